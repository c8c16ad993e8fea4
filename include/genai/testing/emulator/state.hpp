#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// A long-running operation or a batch.
struct EmulatedWork {
    Tree shown{};                         ///< the resource as it is returned
    int polls_until_done{0};              ///< polls that still find it unfinished
    std::function<void(Tree&)> finish{};  ///< completes `shown`; empty once it ran or was cancelled
};

/// What the handlers of all resources share. The mutex is held by whoever touches it or a resource, and not
/// while a model's answer is made: a slow one does not hold up the others.
struct EmulatorState {
    std::mutex mutex{};
    EmulatorOptions options{};
    std::string url{};                            ///< base of the URLs in responses
    std::string version{};                        ///< API version in the path of the latest request
    std::chrono::milliseconds passed{0};          ///< added to the system clock
    std::uint64_t last_id{0};                     ///< counter for generated names
    std::map<std::string, EmulatedWork> works{};  ///< operations and batches by name
    std::map<std::string, Tree> tuned_models{};   ///< by name

    /// The emulated time since the Unix epoch.
    std::chrono::milliseconds now() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch()) +
               passed;
    }

    /// The emulated time in RFC 3339 format.
    std::string now_text() const { return time_text(now()); }

    /// A new identifier of twelve characters that begins with `kind`.
    std::string id(char kind) {
        const std::string number = std::to_string(++last_id);
        return kind + std::string(11 - (std::min<std::size_t>)(11, number.size()), '0') + number;
    }

    /// The request body as an object, each member by the name that `T` gives it. Throws Refusal.
    template <class T>
    Tree checked(const std::string& text) const {
        return canonical_body<T>(text, options.strict);
    }

    /// Starts work that `finish` completes after `options.polls_until_done` polls; returns it as it begins.
    Tree begin_work(const std::string& name, Tree shown, std::function<void(Tree&)> finish) {
        EmulatedWork work{.shown = std::move(shown),
                          .polls_until_done = options.polls_until_done,
                          .finish = std::move(finish)};
        const Tree begun = work.shown;
        works[name] = std::move(work);
        return begun;
    }

    /// Answers one poll of an operation or a batch. Throws Refusal where it does not exist.
    RawReply work_status(const std::string& name) {
        const auto found = works.find(name);
        if (found == works.end()) throw missing("Operation " + name);
        EmulatedWork& work = found->second;
        if (work.finish && work.polls_until_done-- <= 0) std::exchange(work.finish, nullptr)(work.shown);
        return ok(work.shown);
    }

    /// The model of this name, which is no tuned one; null where there is none.
    const ModelInfo* base_model(std::string_view name) const {
        if (!name.starts_with("models/")) return nullptr;
        const std::string_view id = name.substr(7);
        if (const ModelInfo* const known = find_model(id)) return known;
        const bool named =
            std::find(options.models.begin(), options.models.end(), id) != options.models.end();
        return named ? find_model(newest_model) : nullptr;
    }

    /// The model of this name, which has the method. Throws Refusal where there is none.
    const ModelInfo& model_with(const std::string& name, std::string_view method) const {
        const ModelInfo* const model =
            tuned_models.count(name) != 0 ? find_model("gemini-2.0-flash") : base_model(name);
        if (model != nullptr && has_method(model->kind, method)) return *model;
        throw Refusal{
            404, "NOT_FOUND",
            name + " is not found for API version v1beta, or is not supported for " + std::string(method) +
                ". Call ListModels to see the list of available models and their supported methods."};
    }
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
