#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/types/agents.hpp>
#include <genai/types/credentials.hpp>
#include <genai/types/environments.hpp>
#include <genai/types/triggers.hpp>
#include <genai/types/voices.hpp>
#include <genai/types/webhooks.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The smaller resources of an emulator: tokens, agents, webhooks, triggers, environments, credentials and
/// voices.
class EmulatedPlatform {
public:
    /// `state` must outlive it.
    explicit EmulatedPlatform(EmulatorState& state) : state_(state) {}

    /// Whether it answers requests for this collection.
    static bool handles(std::string_view collection) {
        for (const char* name :
             {"agents", "webhooks", "triggers", "environments", "credentials", "voices", "auth_tokens"})
            if (collection == name) return true;
        return false;
    }

    /// Answers a request for a collection (`listed`), one of its resources, or what belongs to one.
    RawReply answer(const ReceivedRequest& request, const std::string& collection, const std::string& name,
                    std::string_view verb, bool listed) {
        const bool verbs = collection == "webhooks" && !listed && request.method == "POST";
        if (!verb.empty() && !verbs) return not_found();
        if (collection == "auth_tokens")
            return listed && request.method == "POST" ? create_token(request) : not_found();
        auto& all = resources_[collection];
        if (listed && request.method == "GET")
            return page(
                request, collection.c_str(), all, 50, [](const auto& entry) { return entry.second; }, true);
        if (listed && request.method == "POST") return create(request, collection);
        if (listed) return not_found();
        const auto key_at = collection.size() + 1;
        const auto rest_at = name.find('/', key_at);
        const std::string key =
            name.substr(key_at, rest_at == std::string::npos ? rest_at : rest_at - key_at);
        const std::string rest = rest_at == std::string::npos ? "" : name.substr(rest_at + 1);
        const auto found = all.find(key);
        if (found == all.end()) throw missing(name);
        if (collection == "triggers" && rest == "executions") return executions(request, key);
        if (collection == "environments" && (rest == "files" || rest.starts_with("files/")))
            return environment_files(request, name, key, rest);
        if (!rest.empty()) return not_found();
        if (collection == "webhooks" && request.method == "POST" && verb == "ping") return ok();
        if (collection == "webhooks" && request.method == "POST" && verb == "rotateSigningSecret") {
            static_cast<void>(state_.checked<webhooks::RotateSigningSecretRequest>(request.body));
            return ok({{"secret", "whsec_" + state_.id('w')}});
        }
        if (request.method == "GET") return ok(found->second);
        if (request.method == "DELETE") {
            all.erase(found);
            return ok();
        }
        return request.method == "PATCH" ? update(request, collection, found->second) : not_found();
    }

    /// Throws Refusal where the environment of a path below `environments/` does not exist.
    void check_environment(const std::string& path) const {
        const std::string key = path.substr(13, path.find('/', 13) - 13);
        const auto all = resources_.find("environments");
        if (all == resources_.end() || all->second.count(key) == 0) throw missing("environments/" + key);
    }

    /// Stores a file at `environments/ID/files/...` and returns the body of the response to its upload.
    Tree add_environment_file(const std::string& path, const std::string& mime_type, std::string content) {
        const std::string inner = path.substr(path.find("/files/") + 7);
        const Tree meta{{"name", inner.substr(inner.rfind('/') + 1)},
                        {"path", inner},
                        {"size_bytes", std::to_string(content.size())},
                        {"mime_type", mime_type},
                        {"type", "file"},
                        {"created", state_.now_text()}};
        environment_files_[path] = {meta, std::move(content)};
        return {{"files", Tree::array({meta})}};
    }

private:
    struct EnvironmentFile {
        Tree meta{};
        std::string content{};
    };

    struct TokenRequest {
        std::optional<Timestamp> expire_time{};
        std::optional<Timestamp> new_session_expire_time{};
        std::optional<std::int32_t> uses{};
        RawJson setup{};
        std::optional<std::string> field_mask{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("expireTime", self.expire_time);
            visit("newSessionExpireTime", self.new_session_expire_time);
            visit("uses", self.uses);
            visit("bidiGenerateContentSetup", self.setup);
            visit("fieldMask", self.field_mask);
        }
    };

    RawReply create_token(const ReceivedRequest& request) {
        static_cast<void>(parse_body<TokenRequest>(request.body, state_.options.strict));
        return ok({{"name", "auth_tokens/" + state_.id('a')}});
    }

    RawReply create(const ReceivedRequest& request, const std::string& collection) {
        auto& all = resources_[collection];
        Tree resource = new_resource(collection, request.body);
        const std::string key = resource.contains("id") && resource["id"].is_string() && resource["id"] != ""
                                    ? resource["id"].get<std::string>()
                                    : state_.id(collection.front());
        resource["id"] = key;
        const bool environment = collection == "environments";
        for (const char* field :
             {environment ? "created" : "create_time", environment ? "updated" : "update_time"})
            if (collection != "agents" && collection != "voices") resource[field] = state_.now_text();
        all[key] = resource;
        all[key].erase("new_signing_secret");
        return ok(resource);
    }

    // The resource that a request body creates, without id and times.
    Tree new_resource(const std::string& collection, const std::string& text) {
        if (collection == "agents") return state_.checked<agents::Agent>(text);
        if (collection == "webhooks") {
            Tree webhook = state_.checked<webhooks::WebhookInput>(text);
            if (!webhook.contains("uri")) throw bad_request("uri", "uri is required");
            webhook["state"] = "enabled";
            webhook["new_signing_secret"] = "whsec_" + state_.id('w');
            return webhook;
        }
        if (collection == "triggers") {
            Tree trigger = state_.checked<triggers::TriggerCreateParams>(text);
            for (const char* field : {"interaction", "schedule", "time_zone"})
                if (!trigger.contains(field)) throw bad_request(field, std::string(field) + " is required");
            trigger["status"] = "active";
            return trigger;
        }
        if (collection == "environments") {
            Tree environment = state_.checked<environments::CreateEnvironmentRequest>(text);
            environment["status"] = "active";
            return environment;
        }
        if (collection == "voices") {
            const Tree body = state_.checked<voices::CreateVoiceRequest>(text);
            Tree voice = body.value("voice", Tree::object());
            voice.erase("replicated");
            return voice;
        }
        const auto known = parse_body<credentials::CredentialCreateParams>(text, state_.options.strict);
        const Tree credential = Tree::parse(encode(known));  // its secret is not returned
        if (known.unknown() != nullptr || !credential.contains("id") || !credential.contains("type"))
            throw bad_request("type", "type and id are required");
        return {{"id", credential["id"]}, {"type", credential["type"]}, {"status", "active"}};
    }

    RawReply update(const ReceivedRequest& request, const std::string& collection, Tree& resource) {
        const Tree changes = parsed(request.body);
        const std::string mask = ',' + query(request, "update_mask") + ',';
        for (const auto& [field, value] : changes.items())
            if (collection == "triggers" || mask.find(',' + field + ',') != std::string::npos)
                if (collection != "credentials") resource[field] = value;
        resource["update_time"] = state_.now_text();
        return ok(resource);
    }

    RawReply executions(const ReceivedRequest& request, const std::string& trigger) {
        auto& runs = executions_[trigger];
        if (request.method == "GET")
            return page(
                request, "trigger_executions", runs, 50, [](const Tree& run) { return run; }, true);
        if (request.method != "POST") return not_found();
        runs.push_back({{"id", state_.id('x')},
                        {"trigger_id", trigger},
                        {"status", "completed"},
                        {"scheduled_time", state_.now_text()},
                        {"start_time", state_.now_text()},
                        {"end_time", state_.now_text()}});
        return ok(runs.back());
    }

    RawReply environment_files(const ReceivedRequest& request, const std::string& name,
                               const std::string& key, const std::string& rest) {
        if (request.method != "GET") return not_found();
        if (query(request, "alt") == "media") {
            const auto found = environment_files_.find(name);
            if (found == environment_files_.end()) throw missing(name);
            return bytes(found->second.content, found->second.meta["mime_type"].get<std::string>());
        }
        std::vector<Tree> inside;
        for (const auto& [path, one] : environment_files_)
            if (path.starts_with("environments/" + key + '/' + rest)) inside.push_back(one.meta);
        return page(
            request, "files", inside, 50, [](const Tree& one) { return one; }, true);
    }

    EmulatorState& state_;
    std::map<std::string, std::map<std::string, Tree>> resources_{};  // by collection and id
    std::map<std::string, std::vector<Tree>> executions_{};           // by id of the trigger
    std::map<std::string, EnvironmentFile> environment_files_{};      // by path
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
