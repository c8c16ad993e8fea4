#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/generate_request.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/cache.hpp>
#include <genai/types/content.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The cached contents of an emulator. https://ai.google.dev/api/caching
class EmulatedCaches {
public:
    /// `state` and `files` must outlive it.
    EmulatedCaches(EmulatorState& state, EmulatedFiles& files) : state_(state), files_(files) {}

    /// Answers a request for `cachedContents` (`listed`) or for one of them.
    RawReply answer(const ReceivedRequest& request, const std::string& name, bool listed) {
        expire();
        if (listed && request.method == "GET")
            return page(request, "cachedContents", caches_, 1000,
                        [](const auto& entry) { return entry.second.meta; });
        if (listed && request.method == "POST") return create(request);
        const auto found = caches_.find(name);
        if (listed) return not_found();
        if (found == caches_.end()) throw unknown_cache();
        if (request.method == "DELETE") {
            caches_.erase(found);
            return ok();
        }
        if (request.method == "PATCH") update(found->second, request);
        else if (request.method != "GET") return not_found();
        return ok(found->second.meta);
    }

    /// Puts what a cache holds before a request's own, and gives its tokens. Throws Refusal where the cache
    /// does not exist or was made for another model.
    TokenCount prepend(GenerateContentRequest& body, const std::string& model) {
        if (!body.cached_content) return {};
        expire();
        const auto found = caches_.find(*body.cached_content);
        if (found == caches_.end()) throw unknown_cache();
        const CacheRequest& cached = found->second.content;
        if (*cached.model != model)
            throw Refusal{400, "INVALID_ARGUMENT",
                          "Model used by GenerateContent request (" + model + ") and CachedContent (" +
                              *cached.model + ") has to be the same."};
        if (state_.options.strict && (body.system_instruction || !body.tools.empty() || body.tool_config))
            throw bad_request("cached_content",
                              "CachedContent can not be used with GenerateContent request setting "
                              "system_instruction, tools or tool_config.\n\nProposed fix: move those values "
                              "to CachedContent from GenerateContent request.");
        if (!body.system_instruction) body.system_instruction = cached.system_instruction;
        if (body.tools.empty()) body.tools = cached.tools;
        if (!body.tool_config) body.tool_config = cached.tool_config;
        return found->second.tokens;
    }

private:
    struct CacheRequest {
        std::optional<std::string> model{};
        std::vector<Content> contents{};
        Box<Content> system_instruction{};
        std::vector<Tool> tools{};
        Box<ToolConfig> tool_config{};
        std::optional<Duration> ttl{};
        std::optional<Timestamp> expire_time{};
        std::optional<std::string> display_name{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("model", self.model);
            visit("contents", self.contents);
            visit("systemInstruction", self.system_instruction);
            visit("tools", self.tools);
            visit("toolConfig", self.tool_config);
            visit("ttl", self.ttl);
            visit("expireTime", self.expire_time);
            visit("displayName", self.display_name);
        }
    };

    struct Cached {
        Tree meta{};
        CacheRequest content{};
        TokenCount tokens{};
        std::chrono::milliseconds expires{};
    };

    static Refusal unknown_cache() {
        return {403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)"};
    }

    void expire() {
        std::erase_if(caches_, [this](const auto& entry) { return entry.second.expires <= state_.now(); });
    }

    // When a cache expires that is to live as long or until then; nothing where neither is said.
    std::optional<std::chrono::milliseconds> expiration(const std::optional<Duration>& ttl,
                                                        const std::optional<Timestamp>& time) const {
        if (ttl && time) throw bad_request("ttl", "Only one of ttl and expire_time can be set.");
        if (!ttl && !time) return std::nullopt;
        const auto expires = ttl ? state_.now() + ttl->as<std::chrono::milliseconds>()
                                 : std::chrono::duration_cast<std::chrono::milliseconds>(
                                       time->time_point().time_since_epoch());
        if (state_.options.strict && expires <= state_.now())
            throw bad_request(ttl ? "ttl" : "expire_time",
                              ttl ? "* CachedContent.ttl: must be positive"
                                  : "* CachedContent.expire_time: must be in the future");
        return expires;
    }

    void update(Cached& cached, const ReceivedRequest& request) const {
        const auto body = parse_body<UpdateCachedContentConfig>(request.body, state_.options.strict);
        const auto expires = expiration(body.ttl, body.expire_time);
        if (!expires) return;
        cached.expires = *expires;
        cached.meta["expireTime"] = time_text(cached.expires);
        cached.meta["updateTime"] = state_.now_text();
    }

    RawReply create(const ReceivedRequest& request) {
        Cached cached{.content = parse_body<CacheRequest>(request.body, state_.options.strict)};
        CacheRequest& body = cached.content;
        if (!body.model) throw bad_request("model", "* CreateCachedContentRequest.model: is required");
        if (body.model->find('/') == std::string::npos) body.model = "models/" + *body.model;
        static_cast<void>(state_.model_with(*body.model, "createCachedContent"));
        files_.check_ready(body.contents);
        cached.expires =
            expiration(body.ttl, body.expire_time).value_or(state_.now() + std::chrono::hours(1));
        cached.tokens.add(body.contents);
        if (body.system_instruction) cached.tokens.add({*body.system_instruction});
        for (const Tool& tool : body.tools) cached.tokens.add_json(tool);
        if (state_.options.strict && cached.tokens.total() == 0)
            throw bad_request("contents",
                              "Cached content is too small. total_token_count=0, min_total_token_count=1");
        const std::string made = "cachedContents/" + state_.id('c');
        cached.meta = {{"name", made}, {"model", *body.model}};
        if (body.display_name) cached.meta["displayName"] = *body.display_name;
        for (const char* field : {"createTime", "updateTime"}) cached.meta[field] = state_.now_text();
        cached.meta["expireTime"] = time_text(cached.expires);
        cached.meta["usageMetadata"] = {{"totalTokenCount", cached.tokens.total()}};
        const Tree meta = cached.meta;
        caches_[made] = std::move(cached);
        return ok(meta);
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    std::map<std::string, Cached> caches_{};  // by name
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
