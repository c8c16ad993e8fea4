#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/batch.hpp>
#include <genai/detail/core.hpp>
#include <genai/detail/download.hpp>
#include <genai/detail/embedding.hpp>
#include <genai/detail/lines.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/wait.hpp>
#include <genai/types/batch.hpp>
#include <genai/types/file.hpp>

namespace genai::inline v0 {

/// What a batch works on: a file, by name or as it was uploaded, with one request a line, or the requests themselves.
class BatchSource {
public:
    /// A file by its name.
    template <std::convertible_to<std::string_view> Text>
    BatchSource(const Text& file_name) : source_{.file_name = std::string(std::string_view(file_name))} {}
    /// A file that was uploaded.
    BatchSource(const File& file);
    /// Requests.
    BatchSource(std::vector<InlinedRequest> requests);
    /// Requests.
    BatchSource(std::initializer_list<InlinedRequest> requests);
    /// Either.
    BatchSource(BatchJobSource source);

    /// What it comes to.
    const BatchJobSource& source() const noexcept { return source_; }

private:
    BatchJobSource source_{};
};

/// One line of a batch's result file: the key the request had, and its answer or why there is none.
struct BatchResult {
    std::optional<std::string> key{};         ///< that of the request's line
    Box<GenerateContentResponse> response{};  ///< the answer
    Box<GoogleRpcStatus> error{};             ///< why there is none
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("response", self.response);
        visit("error", self.error);
    }
};

/// Many requests at half the price, done within a day. https://ai.google.dev/api/batch-api
template <http::Transport T>
class Batches {
public:
    explicit Batches(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Begins a batch of generations. https://ai.google.dev/api/batch-api#method:-models.batchgeneratecontent
    BatchJob create(std::string_view model, const BatchSource& src, const CreateBatchJobConfig& config = {}) const {
        return ask({.path = detail::model_path(model) + ":batchGenerateContent",
                    .body = detail::batch_body(src.source(), config),
                    .options = core_->protocol().merged(config.http_options)});
    }

    /// Begins a batch of embeddings. https://ai.google.dev/api/batch-api#method:-models.asyncbatchembedcontent
    BatchJob create_embeddings(std::string_view model, const EmbeddingsBatchJobSource& src, const CreateEmbeddingsBatchJobConfig& config = {}) const {
        return ask({.path = detail::model_path(model) + ":asyncBatchEmbedContent",
                    .body = detail::embeddings_batch_body(model, src, config),
                    .options = core_->protocol().merged(config.http_options)});
    }

    /// The batch as it stands now. https://ai.google.dev/api/batch-api#method:-batches.get
    BatchJob get(std::string_view name, const GetBatchJobConfig& config = {}) const { return ask(core_->protocol().call("GET", path(name), config.http_options)); }

    /// All batches of the project. https://ai.google.dev/api/batch-api#method:-batches.list
    Pager<BatchJob> list(const ListBatchJobsConfig& config = {}) const {
        return detail::list(core_, "batches", config, detail::read_batch_page);
    }

    /// Asks a batch to stop; what is under way may still be done. https://ai.google.dev/api/batch-api#method:-batches.cancel
    void cancel(std::string_view name, const CancelBatchJobConfig& config = {}) const {
        detail::Call cancelled = core_->protocol().call("POST", path(name) + ":cancel", config.http_options);
        cancelled.body = detail::json_body(Json::object());
        core_->tell(cancelled);
    }

    /// Forgets a batch; one under way is not stopped. https://ai.google.dev/api/batch-api#method:-batches.delete
    DeleteResourceJob delete_(std::string_view name, const DeleteBatchJobConfig& config = {}) const {
        return core_->template ask<DeleteResourceJob>(core_->protocol().call("DELETE", path(name), config.http_options), true);
    }

    /// Looks until the batch is over, well or not: see `state`. Batches take minutes to a day: `poll` should be seconds.
    /// Throws TransportError with Reason::timeout when time is up, Cancelled, and what `get` throws.
    BatchJob wait(std::string_view name, const WaitOptions& options = {}, const GetBatchJobConfig& config = {}) const {
        const auto over = [](const BatchJob& job) {
            for (const auto end : {JobState::succeeded, JobState::failed, JobState::cancelled, JobState::expired, JobState::partially_succeeded})
                if (job.state == end) return true;
            return false;
        };
        return detail::wait_until(
            core_->protocol().clock(), std::optional<BatchJob>(), options, config.http_options, path(name), over,
                                  [&](const HttpOptions& travel) { return get(name, {.http_options = travel}); });
    }

    /// Reads the result file of a batch that came from a file, line by line, with a line in memory at a time:
    /// `on_result(const BatchResult&)`, which may return false to stop. Throws InvalidArgument for a batch without one.
    template <class OnResult>
        requires std::invocable<OnResult&, const BatchResult&>
    void read_results(const BatchJob& job, OnResult&& on_result, const DownloadFileConfig& config = {}) const {
        if (!job.dest || !job.dest->file_name) throw InvalidArgument("job", "has no result file: it is not done, or its answers are in dest.inlined_responses");
        const auto push = detail::going_on<BatchResult>(on_result);
        detail::Lines lines;
        const auto on_piece = [&](std::string_view piece) { return lines.feed(piece, [&](std::string_view line) { return push(decode<BatchResult>(line)); }); };
        detail::Call media = core_->protocol().call("GET", detail::file_path(*job.dest->file_name, "job") + ":download", config.http_options);
        media.query = {{"alt", "media"}};
        detail::download(*core_, media, on_piece);
        lines.end([&](std::string_view line) { return push(decode<BatchResult>(line)); });
    }

private:
    static std::string path(std::string_view name) { return detail::resource("name", name, "batches"); }

    BatchJob ask(const detail::Call& call) const { return core_->ask(call, detail::read_batch); }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0

#if GENAI_BODIES

namespace genai::inline v0 {

GENAI_INLINE BatchSource::BatchSource(const File& file) : source_{.file_name = file.name} {}
GENAI_INLINE BatchSource::BatchSource(std::vector<InlinedRequest> requests) : source_{.inlined_requests = std::move(requests)} {}
GENAI_INLINE BatchSource::BatchSource(std::initializer_list<InlinedRequest> requests) : source_{.inlined_requests = requests} {}
GENAI_INLINE BatchSource::BatchSource(BatchJobSource source) : source_(std::move(source)) {}

}  // namespace genai::inline v0

#endif
