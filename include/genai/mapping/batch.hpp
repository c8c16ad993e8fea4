#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/mapping/embedding.hpp>
#include <genai/mapping/generation_request.hpp>
#include <genai/pager.hpp>
#include <genai/types/batch.hpp>
#include <genai/types/operation.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A batch, which the service has as an operation whose metadata says what the BatchJob does.
GENAI_LAZY BatchJob read_batch(std::string_view text, const http::ResponseHead& head);

/// One page of a list of batches.
GENAI_LAZY Page<BatchJob> read_batch_page(std::string_view text, const http::ResponseHead& head);

/// The body of `:batchGenerateContent`.
GENAI_LAZY std::shared_ptr<wire::JsonText> batch_body(const BatchJobSource& source,
                                                      const CreateBatchJobConfig& config);

/// The body of `:asyncBatchEmbedContent`.
GENAI_LAZY std::shared_ptr<wire::JsonText> embeddings_batch_body(
    std::string_view model, const EmbeddingsBatchJobSource& source,
    const CreateEmbeddingsBatchJobConfig& config);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

/// One answer of a batch, of either kind.
struct BatchAnswer {
    RawJson response{};
    RawJson metadata{};
    Box<JobError> error{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("response", self.response);
        visit("metadata", self.metadata);
        visit("error", self.error);
    }
};

/// The answers, in the list the service wraps twice.
struct BatchAnswers {
    std::vector<BatchAnswer> inlined_responses{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("inlinedResponses", self.inlined_responses);
    }
};

/// Where the answers are.
struct BatchOutput {
    Text responses_file{};
    Box<BatchAnswers> inlined_responses{};
    Box<BatchAnswers> inlined_embed_content_responses{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("responsesFile", self.responses_file);
        visit("inlinedResponses", self.inlined_responses);
        visit("inlinedEmbedContentResponses", self.inlined_embed_content_responses);
    }
};

/// What is known of the batch.
struct BatchMetadata {
    Text type{};
    Text name{};
    Text display_name{};
    Text state{};
    std::optional<Timestamp> create_time{};
    std::optional<Timestamp> start_time{};
    std::optional<Timestamp> end_time{};
    std::optional<Timestamp> update_time{};
    Text model{};
    Box<BatchOutput> output{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("@type", self.type);
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("state", self.state);
        visit("createTime", self.create_time);
        visit("startTime", self.start_time);
        visit("endTime", self.end_time);
        visit("updateTime", self.update_time);
        visit("model", self.model);
        visit("output", self.output);
    }
};

/// The operation.
struct BatchOperation {
    std::string name{};
    Box<BatchMetadata> metadata{};
    Flag done{};
    Box<JobError> error{};
    RawJson response{};  // the output once more
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
        visit("done", self.done);
        visit("error", self.error);
        visit("response", self.response);
    }
};

/// One page of them.
struct BatchOperations {
    Box<HttpResponse> sdk_http_response{};
    std::string next_page_token{};
    std::vector<BatchOperation> operations{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("nextPageToken", self.next_page_token);
        visit("operations", self.operations);
    }
};

/// BATCH_STATE_RUNNING as the JobState of that name.
GENAI_LAZY GENAI_INLINE JobState job_state(std::string_view state) {
    constexpr std::string_view batch = "BATCH_STATE_";
    return JobState(state.starts_with(batch) ? "JOB_STATE_" + std::string(state.substr(batch.size()))
                                             : std::string(state));
}

/// Whether a batch in that state stays in it; so it is with those this version does not know.
GENAI_LAZY GENAI_INLINE bool is_final(const JobState& state) {
    if (!state) return false;
    for (const auto& passing : {JobState::unspecified, JobState::queued, JobState::pending, JobState::running,
                                JobState::cancelling, JobState::paused, JobState::updating})
        if (state == passing) return false;
    return true;
}

/// A member that is there, as its type.
template <class T>
Box<T> read_member(const RawJson& text) {
    return text.text().empty() || text.text() == "null" ? Box<T>() : Box<T>(decode<T>(text.text()));
}

/// The answers by their kind: embeddings, when one of them is one.
GENAI_LAZY GENAI_INLINE void read_answers(std::vector<BatchAnswer>& answers, BatchJobDestination& dest,
                                          bool embeddings) {
    for (const BatchAnswer& answer : answers)
        embeddings =
            embeddings || decode<Json>(answer.response.text().empty() ? "{}" : answer.response.text())
                              .contains("embedding");
    for (BatchAnswer& answer : answers) {
        if (embeddings) {
            InlinedEmbedContentResponse one{
                .response = read_member<SingleEmbedContentResponse>(answer.response),
                .error = std::move(answer.error),
                .extra = std::move(answer.extra)};
            if (!answer.metadata.text().empty()) one.metadata = answer.metadata.json();
            dest.inlined_embed_content_responses.push_back(std::move(one));
        } else {
            InlinedResponse one{.response = read_member<GenerateContentResponse>(answer.response),
                                .error = std::move(answer.error),
                                .extra = std::move(answer.extra)};
            if (!answer.metadata.text().empty())
                for (const auto& [key, value] : decode<Dict<RawJson>>(answer.metadata.text()))
                    one.metadata.set(key, value.text().starts_with('"') ? decode<std::string>(value.text())
                                                                        : value.text());
            dest.inlined_responses.push_back(std::move(one));
        }
    }
}

/// The operation in the types' words.
GENAI_LAZY GENAI_INLINE BatchJob batch_job(BatchOperation&& operation) {
    BatchJob job{.name = std::move(operation.name),
                 .error = std::move(operation.error),
                 .extra = std::move(operation.extra)};
    const bool responded = !operation.response.text().empty() && operation.response.text() != "null";
    if (operation.done || job.error || responded)
        job.state = job.error ? JobState::failed : JobState::succeeded;  // unless it says how it ended
    if (!operation.metadata && responded) operation.metadata.emplace();
    if (!operation.metadata) return job;
    BatchMetadata& metadata = *operation.metadata;
    if (!metadata.output && responded) metadata.output = read_member<BatchOutput>(operation.response);
    job.display_name = std::move(metadata.display_name);
    if (metadata.state && (!job.state || is_final(job_state(*metadata.state))))
        job.state = job_state(*metadata.state);
    job.create_time = metadata.create_time;
    job.start_time = metadata.start_time;
    job.end_time = metadata.end_time;
    job.update_time = metadata.update_time;
    job.model = std::move(metadata.model);
    job.extra.append(metadata.extra);  // such as batchStats
    if (!metadata.output) return job;
    BatchJobDestination dest{.file_name = std::move(metadata.output->responses_file),
                             .extra = std::move(metadata.output->extra)};
    if (metadata.output->inlined_responses)
        read_answers(metadata.output->inlined_responses->inlined_responses, dest, false);
    if (metadata.output->inlined_embed_content_responses)
        read_answers(metadata.output->inlined_embed_content_responses->inlined_responses, dest, true);
    job.dest = std::move(dest);
    return job;
}

GENAI_LAZY_BODY GENAI_INLINE BatchJob read_batch(std::string_view text, const http::ResponseHead& head) {
    return batch_job(decode_response<BatchOperation>(text, head));
}

GENAI_LAZY_BODY GENAI_INLINE Page<BatchJob> read_batch_page(std::string_view text,
                                                            const http::ResponseHead& head) {
    auto answer = decode_response<BatchOperations>(text, head);
    Page<BatchJob> page{.next_page_token = std::move(answer.next_page_token),
                        .sdk_http_response = std::move(answer.sdk_http_response)};
    for (BatchOperation& one : answer.operations) page.items.push_back(batch_job(std::move(one)));
    return page;
}

/// Writes what both kinds of batches begin with; `requests` writes the list where there is no file.
template <class Config, class Requests>
std::shared_ptr<wire::JsonText> batch_envelope(const char* file_key,
                                               const std::optional<std::string>& file_name,
                                               const Config& config, Requests&& requests) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer writer(*body);
    writer.begin_object();
    writer.key("\"batch\":");
    writer.begin_object();
    writer.key("\"inputConfig\":");
    writer.begin_object();
    if (file_name) {
        writer.member(file_key, ResourceName::file(*file_name, "src.file_name").full());
    } else {
        writer.key("\"requests\":");
        writer.begin_object();
        requests(writer);
        writer.end_object();
    }
    writer.end_object();
    writer.members(config);
    writer.end_object();
    writer.end_object();
    return body;
}

GENAI_LAZY_BODY GENAI_INLINE std::shared_ptr<wire::JsonText> batch_body(const BatchJobSource& source,
                                                                        const CreateBatchJobConfig& config) {
    if (source.file_name && !source.inlined_requests.empty())
        throw InvalidArgument("src", "has both a file_name and inlined_requests: choose one");
    if (!source.file_name && source.inlined_requests.empty())
        throw InvalidArgument("src", "has neither a file_name nor inlined_requests");
    return batch_envelope("\"fileName\":", source.file_name, config, [&source](wire::Writer& writer) {
        wire::Buffer list;
        list.append('[');
        for (const InlinedRequest& request : source.inlined_requests) {
            if (list.size() > 1) list.append(',');
            wire::Writer item(list);
            item.begin_object();
            item.key("\"request\":");
            static const auto& none = *new GenerateContentConfig{};
            write_generation(item, request.contents.contents(), request.config ? *request.config : none,
                             request.model
                                 ? ResourceName::model(*request.model, "src.inlined_requests.model").full()
                                 : "");
            item.member("\"metadata\":",
                        std::optional<Dict<std::string>>(
                            request.metadata.empty() ? std::nullopt : std::optional(request.metadata)));
            item.unknown(request.extra);
            item.end_object();
        }
        list.append(']');
        writer.raw("\"requests\":", list.view());
    });
}

GENAI_LAZY_BODY GENAI_INLINE std::shared_ptr<wire::JsonText> embeddings_batch_body(
    std::string_view model, const EmbeddingsBatchJobSource& source,
    const CreateEmbeddingsBatchJobConfig& config) {
    if (source.file_name.has_value() == source.inlined_requests.has_value())
        throw InvalidArgument("src", "must have either a file_name or inlined_requests");
    return batch_envelope("\"file_name\":", source.file_name, config, [&](wire::Writer& writer) {
        const auto contents = embedded_contents(model, source.inlined_requests->contents);
        static const auto& none = *new EmbedContentConfig{};
        write_embed_requests(writer, contents.data(), contents.size(),
                             source.inlined_requests->config ? *source.inlined_requests->config : none, {},
                             true);
    });
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
