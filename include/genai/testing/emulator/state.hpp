#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// A long-running operation or a batch.
struct EmulatedWork {
    Tree shown{};                         ///< the resource as it is returned
    int polls_until_done{0};              ///< polls that still find it unfinished
    std::function<void(Tree&)> finish{};  ///< completes `shown`; empty once it ran or was cancelled
};

/// What the handlers of all resources share. Not thread-safe: EmulatedService locks around each request.
struct EmulatorState {
    EmulatorOptions options{};
    std::string url{};                            ///< base of the URLs in responses
    std::string version{};                        ///< API version in the current request's path
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

    /// The request body as an object, unchanged, after validating its fields against those of `T`.
    template <class T>
    Tree checked(const std::string& text) const {
        static_cast<void>(parse_body<T>(text, options.strict));
        return parsed(text);
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

    /// Throws Refusal unless `model` is of a known family, tuned, or named in the options. The message
    /// names `verb`.
    void check_model(const std::string& model, std::string_view verb) const {
        const std::string_view name = std::string_view(model).substr(model.find('/') + 1);
        for (const char* family : {"gemini-", "gemma-", "imagen-", "veo-"})
            if (name.starts_with(family)) return;
        if (tuned_models.count(model) != 0) return;
        if (std::find(options.models.begin(), options.models.end(), name) != options.models.end()) return;
        throw Refusal{
            404, "NOT_FOUND",
            model + " is not found for API version " + version + ", or is not supported for " +
                std::string(verb) +
                ". Call ListModels to see the list of available models and their supported methods."};
    }
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
