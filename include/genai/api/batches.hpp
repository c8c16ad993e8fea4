#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline GENAI_ABI {

/// Many requests at half the price, done within a day. https://ai.google.dev/api/batch-api
class Batches {
public:
    explicit Batches(detail::Caller& caller) : caller_(caller) {}
    Batches(const Batches&) = default;

    /// Begins a batch of generations. https://ai.google.dev/api/batch-api#method:-models.batchgeneratecontent
    GENAI_LAZY BatchJob create(std::string_view model, const BatchSource& src,
                               const CreateBatchJobConfig& config = detail::no_config) const;

    /// Begins a batch of embeddings.
    /// https://ai.google.dev/api/batch-api#method:-models.asyncbatchembedcontent
    GENAI_LAZY BatchJob
    create_embeddings(std::string_view model, const EmbeddingsBatchJobSource& src,
                      const CreateEmbeddingsBatchJobConfig& config = detail::no_config) const;

    /// The batch as it stands now. https://ai.google.dev/api/batch-api#method:-batches.get
    GENAI_LAZY [[nodiscard]] BatchJob get(std::string_view name,
                                          const GetBatchJobConfig& config = detail::no_config) const;

    /// All batches of the project. https://ai.google.dev/api/batch-api#method:-batches.list
    GENAI_LAZY Pager<BatchJob> list(const ListBatchJobsConfig& config = detail::no_config) const;

    /// Asks a batch to stop; what is under way may still be done.
    /// https://ai.google.dev/api/batch-api#method:-batches.cancel
    GENAI_LAZY void cancel(std::string_view name,
                           const CancelBatchJobConfig& config = detail::no_config) const;

    /// Forgets a batch; one under way is not stopped.
    /// https://ai.google.dev/api/batch-api#method:-batches.delete
    GENAI_LAZY DeleteResourceJob delete_(std::string_view name,
                                         const DeleteBatchJobConfig& config = detail::no_config) const;

    /// Polls until the batch is over, well or not: see `state`. Batches take minutes to a day:
    /// `poll_interval` should be seconds. Throws TransportError with TransportError::Reason::timeout when
    /// time is up, Cancelled, and what `get` throws.
    GENAI_LAZY [[nodiscard]] BatchJob wait(std::string_view name, const WaitOptions& options = {},
                                           const GetBatchJobConfig& config = detail::no_config) const;

    /// Reads the result file of a batch that came from a file, line by line, with a line in memory at a time:
    /// `on_result(const BatchResult&)`, which may return false to stop; a line that cannot be read is a
    /// result with an error. Throws InvalidArgument for a batch without one.
    template <class OnResult>
    requires std::invocable<OnResult&, const BatchResult&>
    void read_results(const BatchJob& job, OnResult&& on_result,
                      const DownloadFileConfig& config = detail::no_config) const {
        push_results(job, detail::as_bool_callback<BatchResult>(on_result), config);
    }

private:
    friend class SubApis;
    Batches& operator=(const Batches&) = default;

    GENAI_LAZY void push_results(const BatchJob& job,
                                 const std::function<bool(const BatchResult&)>& on_result,
                                 const DownloadFileConfig& config) const;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/core/caller.hpp>
#include <genai/core/download.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/json_lines.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/polling.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/mapping/batch.hpp>
#include <genai/types/batch.hpp>
#include <genai/types/file.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_LAZY GENAI_INLINE ResourceName batch_name(std::string_view name) {
    return ResourceName::of("batches", name);
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE BatchJob Batches::create(std::string_view model, const BatchSource& src,
                                                      const CreateBatchJobConfig& config) const {
    return caller_->call<BatchJob>({.operation = "batches.create",
                                    .resource = detail::ResourceName::model(model),
                                    .verb = ":batchGenerateContent",
                                    .body = detail::batch_body(src.source(), config),
                                    .options = config.http_options},
                                   detail::read_batch);
}

GENAI_LAZY_BODY GENAI_INLINE BatchJob
Batches::create_embeddings(std::string_view model, const EmbeddingsBatchJobSource& src,
                           const CreateEmbeddingsBatchJobConfig& config) const {
    return caller_->call<BatchJob>({.operation = "batches.create_embeddings",
                                    .resource = detail::ResourceName::model(model),
                                    .verb = ":asyncBatchEmbedContent",
                                    .body = detail::embeddings_batch_body(model, src, config),
                                    .options = config.http_options},
                                   detail::read_batch);
}

GENAI_LAZY_BODY GENAI_INLINE BatchJob Batches::get(std::string_view name,
                                                   const GetBatchJobConfig& config) const {
    return caller_->call<BatchJob>({.operation = "batches.get",
                                    .method = "GET",
                                    .resource = detail::batch_name(name),
                                    .options = config.http_options},
                                   detail::read_batch);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<BatchJob> Batches::list(const ListBatchJobsConfig& config) const {
    return detail::list<BatchJob>(
        caller_, {.operation = "batches.list", .resource = detail::ResourceName::path("batches")}, config,
        detail::read_batch_page);
}

GENAI_LAZY_BODY GENAI_INLINE void Batches::cancel(std::string_view name,
                                                  const CancelBatchJobConfig& config) const {
    caller_->call_void({.operation = "batches.cancel",
                        .resource = detail::batch_name(name),
                        .verb = ":cancel",
                        .body = detail::json_body(Json::object()),
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE DeleteResourceJob Batches::delete_(std::string_view name,
                                                                const DeleteBatchJobConfig& config) const {
    return caller_->call<DeleteResourceJob>({.operation = "batches.delete",
                                             .method = "DELETE",
                                             .resource = detail::batch_name(name),
                                             .options = config.http_options},
                                            true);
}

GENAI_LAZY_BODY GENAI_INLINE BatchJob Batches::wait(std::string_view name, const WaitOptions& options,
                                                    const GetBatchJobConfig& config) const {
    WaitOptions limited = options;
    if (!limited.timeout) limited.timeout = std::chrono::hours(72);
    return detail::poll_until(
        caller_->clock(), std::optional<BatchJob>(), limited, config.http_options,
        detail::batch_name(name).full(), [](const BatchJob& job) { return detail::is_final(job.state); },
        [&](const HttpOptions& ask) { return get(name, {.http_options = ask}); });
}

namespace detail {

/// One line of a result file. What cannot be read is a result with an error, and no end of the file.
GENAI_LAZY GENAI_INLINE BatchResult read_batch_result(std::string_view line, std::size_t number) {
    try {
        auto result = decode<BatchResult>(line);
        if (result.response && result.response->extra.raw() != nullptr)
            if (const RawJson whole = decode<Dict<RawJson>>(line)["response"];
                decode<Dict<RawJson>>(whole.text()).contains("embedding")) {
                result.embedding = decode<SingleEmbedContentResponse>(whole.text());
                result.response.reset();
            }
        return result;
    } catch (const DecodeError& problem) {
        return {.error = GoogleRpcStatus{
                    .code = 3,
                    .message = "line " + std::to_string(number) + " cannot be read: " + problem.what()}};
    }
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE void Batches::push_results(
    const BatchJob& job, const std::function<bool(const BatchResult&)>& on_result,
    const DownloadFileConfig& config) const {
    if (!job.dest || !job.dest->file_name)
        throw InvalidArgument(
            "job", "has no result file: it is not done, or its answers are in dest.inlined_responses");
    detail::Lines lines;
    std::size_t number = 0;
    const auto on_line = [&](std::string_view line) {
        return on_result(detail::read_batch_result(line, ++number));
    };
    const auto on_piece = [&](std::string_view piece) { return lines.feed(piece, on_line); };
    detail::download(*caller_,
                     {.operation = "batches.read_results",
                      .method = "GET",
                      .resource = detail::ResourceName::file(*job.dest->file_name, "job"),
                      .verb = ":download",
                      .query = {{"alt", "media"}},
                      .options = config.http_options},
                     on_piece);
    lines.end(on_line);
}

}  // namespace genai::inline GENAI_ABI

#endif
