#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/batches.hpp>
#include <genai/testing/emulator/caches.hpp>
#include <genai/testing/emulator/decisions.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/interactions.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/models.hpp>
#include <genai/testing/emulator/openai.hpp>
#include <genai/testing/emulator/platform.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/stores.hpp>
#include <genai/testing/emulator/uploads.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing {

namespace emulated {

/// Checks API keys and routes requests to the handler of each resource. The lock is held but where a model's
/// answer is made.
class EmulatedService final : public EmulatedApi {
public:
    explicit EmulatedService(EmulatorOptions options) { state_.options = std::move(options); }

    void set_url(std::string url) override { state_.url = std::move(url); }

    void advance(std::chrono::milliseconds span) override {
        const std::lock_guard lock(state_.mutex);
        state_.passed += span;
    }

    void break_upload(std::size_t kept) override {
        const std::lock_guard lock(state_.mutex);
        uploads_.break_next(kept);
    }

    RawReply answer(ReceivedRequest request) override {
        RawReply reply = answered(request);
        if (state_.options.cors) {
            reply.headers.add("Access-Control-Allow-Origin", "*");
            reply.headers.add("Access-Control-Expose-Headers", "*");
        }
        return reply;
    }

private:
    // Nothing that goes wrong within leaves it but in the service's form.
    RawReply answered(ReceivedRequest& request) {
        if (request.method == "OPTIONS" && state_.options.cors) return preflight(request);
        try {
            return route(request);
        } catch (const Refusal& refusal) {
            return refused(request, refusal);
        } catch (const Error&) {
            return refused(request, {400, "INVALID_ARGUMENT", "Request contains an invalid argument."});
        } catch (const nlohmann::json::exception&) {
            return refused(request, {400, "INVALID_ARGUMENT", "Invalid JSON payload received."});
        } catch (const std::exception&) {
            return refused(request, {500, "INTERNAL", "Internal error encountered."});
        }
    }

    // What a browser asks before a request to another origin.
    // https://fetch.spec.whatwg.org/#cors-preflight-fetch
    static RawReply preflight(const ReceivedRequest& request) {
        const std::string headers(request.headers.get("access-control-request-headers"));
        return {.status = 204,
                .headers = {{"Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"},
                            {"Access-Control-Allow-Headers", headers.empty() ? "*" : headers},
                            {"Access-Control-Max-Age", "3600"}}};
    }

    // A refusal in the form of what was asked: a word as the code for interactions, a list for a stream that
    // is one.
    RawReply refused(const ReceivedRequest& request, const Refusal& refusal) const {
        if (request.path.find("/openai/") != std::string::npos)
            return openai_.refused(refusal.status, refusal.name, refusal.message, "");
        if (request.path.find("/interactions") != std::string::npos) {
            return whole(refusal.status,
                         {{"error", {{"message", refusal.message}, {"code", lower_case(refusal.name)}}}});
        }
        Tree error{{"code", refusal.status}, {"message", refusal.message}, {"status", refusal.name}};
        if (!refusal.details.is_null()) error["details"] = refusal.details;
        const Tree body{{"error", error}};
        const bool listed = request.path.ends_with(":streamGenerateContent") && !asks_for_events(request);
        return whole(refusal.status, listed ? Tree::array({body}) : body);
    }

    // Paths are [/upload]/VERSION/COLLECTION[/NAME][:VERB].
    RawReply route(ReceivedRequest& request) {
        std::string_view path = request.path;
        const bool upload = path.starts_with("/upload/");
        if (upload) path.remove_prefix(7);
        const auto version_end = path.find('/', 1);
        if (version_end == std::string_view::npos) return not_found();
        const std::string version(path.substr(1, version_end - 1));
        if (version != "v1" && version != "v1beta" && version != "v1alpha") return not_found();
        path.remove_prefix(version_end + 1);
        if (EmulatedOpenAi::handles(path)) {
            check_key(request);
            return openai_.answer(request, path);
        }
        std::string_view verb;
        if (const auto colon = path.rfind(':'); colon != std::string_view::npos) {
            verb = path.substr(colon + 1);
            path = path.substr(0, colon);
        }
        const std::string name(path);
        if (!upload || !EmulatedUploads::continues(request)) check_key(request);
        if (request.method == "POST" && !upload) {
            const bool model = name.starts_with("models/") || name.starts_with("tunedModels/");
            if (model && EmulatedModels::generates(verb)) return models_.generate(request, name, verb);
            if (model && EmulatedBatches::creates(verb)) return batches_.create(request, name, verb);
            if (name == "interactions" && verb.empty()) return interactions_.create(request);
        }
        const std::lock_guard lock(state_.mutex);
        state_.version = version;
        return upload ? uploads_.answer(request, name, verb) : resource(request, name, verb);
    }

    RawReply resource(const ReceivedRequest& request, const std::string& name, std::string_view verb) {
        const std::string collection = name.substr(0, name.find('/'));
        const bool listed = collection.size() == name.size();
        if (collection == "models" || collection == "tunedModels")
            return models_.answer(request, name, verb, listed);
        if (collection == "files") return files_.answer(request, name, verb, listed);
        if (collection == "fileSearchStores") return stores_.answer(request, name, verb, listed);
        if (collection == "batches") return batches_.answer(request, name, verb, listed);
        if (EmulatedPlatform::handles(collection))
            return platform_.answer(request, collection, name, verb, listed);
        if (!verb.empty()) return not_found();
        if (collection == "cachedContents") return caches_.answer(request, name, listed);
        if (collection == "decisions" && listed) return decisions_.answer(request);
        return collection == "interactions" && !listed ? interactions_.answer(request, name) : not_found();
    }

    void check_key(const ReceivedRequest& request) const {
        const std::string& expected = state_.options.api_key;
        if (expected.empty()) return;
        std::string given(request.headers.get("x-goog-api-key"));
        for (const char* name : {"x-api-key", "api-key"})
            if (given.empty()) given = request.headers.get(name);
        if (const auto authorization = request.headers.get("authorization");
            given.empty() && authorization.starts_with("Bearer "))
            given = authorization.substr(7);
        if (given.empty()) given = query(request, "key");
        if (given == expected) return;
        if (given.empty())
            throw Refusal{403, "PERMISSION_DENIED",
                          "Method doesn't allow unregistered callers (callers without established identity). "
                          "Please use API Key or other form of API consumer identity to call this API."};
        throw Refusal{400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                      Tree::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                                    {"reason", "API_KEY_INVALID"},
                                    {"domain", "googleapis.com"},
                                    {"metadata", {{"service", "generativelanguage.googleapis.com"}}}}})};
    }

    EmulatorState state_{};
    EmulatedFiles files_{state_};
    EmulatedCaches caches_{state_, files_};
    EmulatedStores stores_{state_, files_};
    EmulatedModels models_{state_, files_, caches_, stores_};
    EmulatedBatches batches_{state_, files_, models_};
    EmulatedDecisions decisions_{state_};
    EmulatedPlatform platform_{state_};
    EmulatedUploads uploads_{state_, files_, stores_, platform_};
    EmulatedInteractions interactions_{state_, models_};
    EmulatedOpenAi openai_{*this, state_.options};
};

}  // namespace emulated

#if !defined(GENAI_EMULATOR_COMPILED) || defined(GENAI_EMULATOR_IMPLEMENTATION)
#if !defined(GENAI_EMULATOR_IMPLEMENTATION)
inline
#endif
    std::unique_ptr<EmulatedApi>
    make_emulated_api(EmulatorOptions options) {
    return std::make_unique<emulated::EmulatedService>(std::move(options));
}
#endif

}  // namespace genai::inline GENAI_ABI::testing
