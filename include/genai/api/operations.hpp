#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/predict.hpp>
#include <genai/detail/wait.hpp>
#include <genai/types/operation.hpp>

namespace genai::inline v0 {

/// The kinds of work that go on in the service after the call that began them.
template <class T>
concept LongRunning = std::same_as<T, GenerateVideosOperation> || std::same_as<T, UploadToFileSearchStoreOperation> || std::same_as<T, ImportFileOperation>;

/// Work that goes on in the service.
template <http::Transport T>
class Operations {
public:
    explicit Operations(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// The operation as it stands now. Of `operation`, only the name counts.
    template <LongRunning Kind>
    Kind get(const Kind& operation, const GetOperationConfig& config = {}) const {
        detail::check_resource("operation", operation.name);
        const detail::Call call = core_->protocol().call("GET", operation.name, config.http_options);
        if constexpr (std::same_as<Kind, GenerateVideosOperation>) {
            return core_->ask(call, detail::read_videos);
        } else {
            return core_->template ask<Kind>(call);
        }
    }

    /// Looks until the operation is done, and gives it as it is then: with its response, or its error. Throws
    /// TransportError with Reason::timeout when time is up, Cancelled, and what `get` throws.
    template <LongRunning Kind>
    Kind wait(const Kind& operation, const WaitOptions& options = {}, const GetOperationConfig& config = {}) const {
        return detail::wait_until(
            core_->protocol().clock(), std::optional(operation), options, config.http_options, operation.name, [](const Kind& now) { return now.done.value_or(false); },
            [&](const HttpOptions& travel) { return get(operation, {.http_options = travel}); });
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
