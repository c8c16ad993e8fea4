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
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
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
        if (request.method == "PATCH") {
            found->second.expires = expiration(state_.checked<UpdateCachedContentConfig>(request.body));
            found->second.meta["expireTime"] = time_text(found->second.expires);
            found->second.meta["updateTime"] = state_.now_text();
        }
        return ok(found->second.meta);
    }

    /// How many tokens a cache holds. Throws Refusal where it does not exist or was made for another model.
    std::int32_t tokens(const std::string& name, const std::string& model) {
        expire();
        const auto found = caches_.find(name);
        if (found == caches_.end()) throw unknown_cache();
        if (found->second.model != model)
            throw Refusal{400, "INVALID_ARGUMENT",
                          "Model used by GenerateContent request (" + model + ") and CachedContent (" +
                              found->second.model + ") has to be the same."};
        return found->second.tokens;
    }

private:
    struct Cached {
        Tree meta{};
        std::string model{};
        std::int32_t tokens{};
        std::chrono::milliseconds expires{};
    };

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

    static Refusal unknown_cache() {
        return {403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)"};
    }

    void expire() {
        std::erase_if(caches_, [this](const auto& entry) { return entry.second.expires <= state_.now(); });
    }

    // When a cache with this request body expires; one hour from now where the body does not say.
    std::chrono::milliseconds expiration(const Tree& body) const {
        if (body.contains("ttl") && body.contains("expireTime"))
            throw bad_request("ttl", "Only one of ttl and expire_time can be set.");
        if (body.contains("expireTime"))
            if (const auto when = Timestamp::parse(body["expireTime"].get<std::string>()))
                return std::chrono::duration_cast<std::chrono::milliseconds>(
                    when->time_point().time_since_epoch());
        if (body.contains("ttl"))
            if (const auto span = Duration::parse(body["ttl"].get<std::string>()))
                return state_.now() + span->as<std::chrono::milliseconds>();
        return state_.now() + std::chrono::hours(1);
    }

    RawReply create(const ReceivedRequest& request) {
        const auto body = parse_body<CacheRequest>(request.body, state_.options.strict);
        if (!body.model) throw bad_request("model", "* CreateCachedContentRequest.model: is required");
        state_.check_model(*body.model, "createCachedContent");
        for (const Content& turn : body.contents)
            for (const Part& part : turn.parts)
                if (part.file_data && part.file_data->file_uri) files_.check_ready(*part.file_data->file_uri);
        Cached cached{.model = *body.model, .expires = expiration(parsed(request.body))};
        cached.tokens = EmulatedModel::count_tokens(body.contents);
        if (body.system_instruction) cached.tokens += EmulatedModel::count_tokens({*body.system_instruction});
        const std::string made = "cachedContents/" + state_.id('c');
        cached.meta = {{"name", made}, {"model", cached.model}};
        if (body.display_name) cached.meta["displayName"] = *body.display_name;
        for (const char* field : {"createTime", "updateTime"}) cached.meta[field] = state_.now_text();
        cached.meta["expireTime"] = time_text(cached.expires);
        cached.meta["usageMetadata"] = {{"totalTokenCount", cached.tokens}};
        caches_[made] = cached;
        return ok(cached.meta);
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    std::map<std::string, Cached> caches_{};  // by name
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
