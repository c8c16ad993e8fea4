#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/embedding.hpp>
#include <genai/types/file.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/http_response.hpp>
#include <genai/types/media.hpp>
#include <genai/types/operation.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How far a job has come.
struct JobState : OpenEnum<JobState> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"JOB_STATE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator queued{"JOB_STATE_QUEUED"};            ///< waits for its turn
    static constexpr Enumerator pending{"JOB_STATE_PENDING"};          ///< will begin soon
    static constexpr Enumerator running{"JOB_STATE_RUNNING"};          ///< works
    static constexpr Enumerator succeeded{"JOB_STATE_SUCCEEDED"};      ///< done
    static constexpr Enumerator failed{"JOB_STATE_FAILED"};            ///< ended with an error
    static constexpr Enumerator cancelling{"JOB_STATE_CANCELLING"};    ///< is being stopped
    static constexpr Enumerator cancelled{"JOB_STATE_CANCELLED"};      ///< was stopped
    static constexpr Enumerator paused{"JOB_STATE_PAUSED"};            ///< rests
    static constexpr Enumerator expired{"JOB_STATE_EXPIRED"};          ///< took too long
    static constexpr Enumerator updating{"JOB_STATE_UPDATING"};        ///< is being changed
    static constexpr Enumerator partially_succeeded{"JOB_STATE_PARTIALLY_SUCCEEDED"};  ///< done in part
};

/// Why a job, or one request of it, failed.
struct JobError {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Json> details{};                       ///< more about it
    std::optional<std::int32_t> code{};                ///< a google.rpc.Code
    Text message{};                                    ///< in English
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("details", self.details);
        visit("code", self.code);
        visit("message", self.message);
    }
};

/// One request of a batch. https://ai.google.dev/api/batch-api#InlinedRequest
struct InlinedRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the batch's own when unset
    Contents contents{};                               ///< what to send
    Dict<std::string> metadata{};                      ///< comes back with the answer
    Box<GenerateContentConfig> config{};               ///< as for a call
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("contents", self.contents);
        visit("metadata", self.metadata);
        visit("config", self.config);
    }
};

/// What a batch works on: one of the two.
struct BatchJobSource {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text file_name{};                                  ///< a file with one request a line
    std::vector<InlinedRequest> inlined_requests{};    ///< the requests themselves
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fileName", self.file_name);
        visit("inlinedRequests", self.inlined_requests);
    }
};

/// One answer of a batch.
struct InlinedResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<GenerateContentResponse> response{};           ///< the answer
    Dict<std::string> metadata{};                      ///< that of the request
    Box<JobError> error{};                             ///< why there is none
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("response", self.response);
        visit("metadata", self.metadata);
        visit("error", self.error);
    }
};

/// One embedding of a batch, or why there is none.
struct InlinedEmbedContentResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<SingleEmbedContentResponse> response{};        ///< the embedding
    Box<JobError> error{};                             ///< why there is none
    std::optional<Json> metadata{};                    ///< that of the request
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("response", self.response);
        visit("error", self.error);
        visit("metadata", self.metadata);
    }
};

/// Where a batch's answers are.
struct BatchJobDestination {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text file_name{};                                  ///< the file with one answer a line
    std::vector<InlinedResponse> inlined_responses{};  ///< the answers, in order
    std::vector<InlinedEmbedContentResponse> inlined_embed_content_responses{};  ///< the embeddings, in order
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fileName", self.file_name);
        visit("inlinedResponses", self.inlined_responses);
        visit("inlinedEmbedContentResponses", self.inlined_embed_content_responses);
    }
};

/// Many requests at half the price, done within a day. https://ai.google.dev/api/batch-api
struct BatchJob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< `batches/…`
    Text display_name{};                               ///< a name for people
    JobState state{};                                  ///< how far it has come
    Box<JobError> error{};                             ///< why it failed
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::optional<Timestamp> start_time{};             ///< when work began
    std::optional<Timestamp> end_time{};               ///< when it ended
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Text model{};                                      ///< the model
    Box<BatchJobDestination> dest{};                   ///< where the answers are
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("state", self.state);
        visit("error", self.error);
        visit("createTime", self.create_time);
        visit("startTime", self.start_time);
        visit("endTime", self.end_time);
        visit("updateTime", self.update_time);
        visit("model", self.model);
        visit("dest", self.dest);
    }
};

/// Contents to embed in a batch.
struct EmbedContentBatch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Contents contents{};                               ///< what to send
    Box<EmbedContentConfig> config{};                  ///< for all of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("contents", self.contents);
        visit("config", self.config);
    }
};

/// What a batch embeds: one of the two.
struct EmbeddingsBatchJobSource {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text file_name{};                                  ///< a file with one request a line
    Box<EmbedContentBatch> inlined_requests{};         ///< the contents themselves
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fileName", self.file_name);
        visit("inlinedRequests", self.inlined_requests);
    }
};

/// Options of `batches.create`.
struct CreateBatchJobConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text display_name{};                                ///< a name for people
    Box<WebhookConfig> webhook_config{};                ///< whom to call when it is done
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("webhookConfig", self.webhook_config);
    }
};

/// Options of `batches.create_embeddings`.
struct CreateEmbeddingsBatchJobConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text display_name{};                                ///< a name for people
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("displayName", self.display_name); }
};

/// Options of `batches.get`.
using GetBatchJobConfig = CallConfig;

/// Options of `batches.list`.
struct ListBatchJobsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
    }
};

/// Options of `batches.cancel`.
using CancelBatchJobConfig = CallConfig;

/// Options of `batches.delete_`.
using DeleteBatchJobConfig = CallConfig;

/// What `batches.delete_` gives.
struct DeleteResourceJob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string name{};                                ///< what is deleted
    Flag done{};                                       ///< whether it has ended
    Box<JobError> error{};                             ///< why it failed
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("name", self.name);
        visit("done", self.done);
        visit("error", self.error);
    }
};

/// What a batch works on: a file, by name or as it was uploaded, with one request a line, or the requests
/// themselves.
class BatchSource {
public:
    /// A file by its name.
    template <std::convertible_to<std::string_view> T>
    BatchSource(const T& file_name) : source_{.file_name = detail::owned_text(file_name)} {}
    /// A file that was uploaded.
    BatchSource(const File& file) : source_{.file_name = file.name} {}
    /// Requests.
    BatchSource(std::vector<InlinedRequest> requests) : source_{.inlined_requests = std::move(requests)} {}
    /// Requests.
    BatchSource(std::initializer_list<InlinedRequest> requests) : source_{.inlined_requests = requests} {}
    /// Either.
    BatchSource(BatchJobSource source) : source_(std::move(source)) {}

    /// What it comes to.
    const BatchJobSource& source() const noexcept { return source_; }

private:
    BatchJobSource source_{};
};

/// One line of a batch's result file: the key the request had, and its answer or why there is none.
struct BatchResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text key{};                                        ///< that of the request's line
    Box<GenerateContentResponse> response{};           ///< the answer
    Box<SingleEmbedContentResponse> embedding{};       ///< the answer of a batch of embeddings
    Box<GoogleRpcStatus> error{};  ///< why there is none; of a line that cannot be read too, with its number
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("response", self.response);
        visit("embedding", self.embedding);
        visit("error", self.error);
    }
};

}  // namespace genai::inline GENAI_ABI

GENAI_COMPILED_BOX(GenerateContentConfig)
