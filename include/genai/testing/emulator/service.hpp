#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/batches.hpp>
#include <genai/testing/emulator/caches.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/interactions.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/models.hpp>
#include <genai/testing/emulator/platform.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/stores.hpp>
#include <genai/testing/emulator/uploads.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing {

namespace emulated {

/// Checks API keys and routes requests to the handler of each resource, one request at a time.
class EmulatedService final : public EmulatedApi {
public:
    explicit EmulatedService(EmulatorOptions options) { state_.options = std::move(options); }

    void set_url(std::string url) override { state_.url = std::move(url); }

    void advance(std::chrono::milliseconds span) override {
        const std::lock_guard lock(mutex_);
        state_.passed += span;
    }

    void break_upload(std::size_t kept) override {
        const std::lock_guard lock(mutex_);
        uploads_.break_next(kept);
    }

    RawReply answer(const ReceivedRequest& request) override {
        const std::lock_guard lock(mutex_);
        try {
            return route(request);
        } catch (const Refusal& refusal) {
            Tree error{{"code", refusal.status}, {"message", refusal.message}, {"status", refusal.name}};
            if (!refusal.details.is_null()) error["details"] = refusal.details;
            const Tree body{{"error", error}};
            const bool listed = request.path.ends_with(":streamGenerateContent") && !asks_for_events(request);
            return whole(refusal.status, listed ? Tree::array({body}) : body);
        }
    }

private:
    // Paths are [/upload]/VERSION/COLLECTION[/NAME][:VERB].
    RawReply route(const ReceivedRequest& request) {
        std::string_view path = request.path;
        const bool upload = path.starts_with("/upload/");
        if (upload) path.remove_prefix(7);
        const auto version_end = path.find('/', 1);
        if (version_end == std::string_view::npos) return not_found();
        state_.version = std::string(path.substr(1, version_end - 1));
        path.remove_prefix(version_end + 1);
        std::string_view verb;
        if (const auto colon = path.rfind(':'); colon != std::string_view::npos) {
            verb = path.substr(colon + 1);
            path = path.substr(0, colon);
        }
        const std::string name(path);
        if (!upload || !EmulatedUploads::continues(request)) check_key(request);
        if (upload) return uploads_.answer(request, name, verb);

        const std::string collection = name.substr(0, name.find('/'));
        const bool listed = collection.size() == name.size();
        if (collection == "models" || collection == "tunedModels") {
            if (request.method == "POST" && name != "tunedModels" && EmulatedBatches::creates(verb))
                return batches_.create(request, name, verb);
            return models_.answer(request, name, verb, listed);
        }
        if (collection == "files") return files_.answer(request, name, verb, listed);
        if (collection == "cachedContents") return caches_.answer(request, name, listed);
        if (collection == "fileSearchStores") return stores_.answer(request, name, verb, listed);
        if (collection == "batches") return batches_.answer(request, name, verb, listed);
        if (collection == "interactions") return interactions_.answer(request, name, listed);
        if (EmulatedPlatform::handles(collection))
            return platform_.answer(request, collection, name, verb, listed);
        return not_found();
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

    mutable std::mutex mutex_{};
    EmulatorState state_{};
    EmulatedFiles files_{state_};
    EmulatedCaches caches_{state_, files_};
    EmulatedStores stores_{state_, files_};
    EmulatedModels models_{state_, files_, caches_, stores_};
    EmulatedBatches batches_{state_, files_, models_};
    EmulatedPlatform platform_{state_};
    EmulatedUploads uploads_{state_, files_, stores_, platform_};
    EmulatedInteractions interactions_{state_};
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
