#pragma once

#include <concepts>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline GENAI_ABI {

/// Work that goes on in the service after the call that began it.
class Operations {
public:
    explicit Operations(detail::Caller& caller) : caller_(caller) {}
    Operations(const Operations&) = default;

    /// The operation as it stands now. Of `operation`, only the name counts.
    GENAI_LAZY [[nodiscard]] GenerateVideosOperation get(
        const GenerateVideosOperation& operation, const GetOperationConfig& config = detail::no_config) const;
    /// The same of an upload to a store.
    GENAI_LAZY [[nodiscard]] UploadToFileSearchStoreOperation get(
        const UploadToFileSearchStoreOperation& operation,
        const GetOperationConfig& config = detail::no_config) const;
    /// The same of an import into a store.
    GENAI_LAZY [[nodiscard]] ImportFileOperation get(
        const ImportFileOperation& operation, const GetOperationConfig& config = detail::no_config) const;

    /// Polls until the operation is done, and gives it as it is then: with its response, or its error. Throws
    /// TransportError with TransportError::Reason::timeout when time is up, Cancelled, and what `get` throws.
    GENAI_LAZY [[nodiscard]] GenerateVideosOperation wait(
        const GenerateVideosOperation& operation, const WaitOptions& options = {},
        const GetOperationConfig& config = detail::no_config) const;
    /// The same for an upload to a store.
    GENAI_LAZY [[nodiscard]] UploadToFileSearchStoreOperation wait(
        const UploadToFileSearchStoreOperation& operation, const WaitOptions& options = {},
        const GetOperationConfig& config = detail::no_config) const;
    /// The same for an import into a store.
    GENAI_LAZY [[nodiscard]] ImportFileOperation wait(
        const ImportFileOperation& operation, const WaitOptions& options = {},
        const GetOperationConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Operations& operator=(const Operations&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <optional>
#include <string>
#include <utility>

#include <genai/core/caller.hpp>
#include <genai/core/polling.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/mapping/predict.hpp>
#include <genai/types/operation.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// The call that asks for an operation.
GENAI_INLINE Call operation_call(const std::string& name, const GetOperationConfig& config) {
    return {.operation = "operations.get",
            .method = "GET",
            .resource = ResourceName::any(name, "operation"),
            .options = config.http_options};
}

/// Polls an operation; `operations` has the `get` for its kind.
template <class Kind>
Kind wait_for_operation(Caller& caller, const Operations& operations, const Kind& operation,
                        const WaitOptions& options, const GetOperationConfig& config) {
    return poll_until(
        caller.clock(), std::optional(operation), options, config.http_options, operation.name,
        [](const Kind& now) { return now.done || now.error || now.response; },
        [&](const HttpOptions& ask) { return operations.get(operation, {.http_options = ask}); });
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE GenerateVideosOperation Operations::get(const GenerateVideosOperation& operation,
                                                                     const GetOperationConfig& config) const {
    return caller_->call<GenerateVideosOperation>(detail::operation_call(operation.name, config),
                                                  detail::read_videos);
}
GENAI_LAZY_BODY GENAI_INLINE UploadToFileSearchStoreOperation
Operations::get(const UploadToFileSearchStoreOperation& operation, const GetOperationConfig& config) const {
    return caller_->call<UploadToFileSearchStoreOperation>(detail::operation_call(operation.name, config));
}
GENAI_LAZY_BODY GENAI_INLINE ImportFileOperation Operations::get(const ImportFileOperation& operation,
                                                                 const GetOperationConfig& config) const {
    return caller_->call<ImportFileOperation>(detail::operation_call(operation.name, config));
}

GENAI_LAZY_BODY GENAI_INLINE GenerateVideosOperation
Operations::wait(const GenerateVideosOperation& operation, const WaitOptions& options,
                 const GetOperationConfig& config) const {
    return detail::wait_for_operation(*caller_, *this, operation, options, config);
}
GENAI_LAZY_BODY GENAI_INLINE UploadToFileSearchStoreOperation
Operations::wait(const UploadToFileSearchStoreOperation& operation, const WaitOptions& options,
                 const GetOperationConfig& config) const {
    return detail::wait_for_operation(*caller_, *this, operation, options, config);
}
GENAI_LAZY_BODY GENAI_INLINE ImportFileOperation Operations::wait(const ImportFileOperation& operation,
                                                                  const WaitOptions& options,
                                                                  const GetOperationConfig& config) const {
    return detail::wait_for_operation(*caller_, *this, operation, options, config);
}

}  // namespace genai::inline GENAI_ABI

#endif
