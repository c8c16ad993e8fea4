#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/openai/answer_options.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/openai/types/completion_chunk.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/types/generate_content_response.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A candidate as a message.
ChatCompletionMessage message_of(const Candidate& candidate, const AnswerOptions& options);
/// The choice of a prompt that was blocked: nothing, and why.
Choice blocked_choice(const GenerateContentResponse& response);
/// What a stream's answer was so far.
struct AnswerSoFar {
    std::size_t calls{0};
    std::size_t images{0};
    std::string text{};
};
/// What a candidate of a stream adds; false where that is nothing.
bool delta_of(ChoiceDelta& delta, const Candidate& candidate, AnswerSoFar& so_far,
              const AnswerOptions& options);
/// The log probabilities of a candidate; empty where there are none.
Box<ChoiceLogprobs> logprobs_of(const Candidate& candidate);
/// Whether a candidate calls a function.
bool has_calls(const Candidate& candidate);
/// Whether a candidate says anything.
bool has_content(const Candidate& candidate);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/openai/gemini/finish_reason.hpp>
#include <genai/openai/gemini/identifiers.hpp>
#include <genai/openai/gemini/turns.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE bool has_calls(const Candidate& candidate) {
    return candidate.content && std::any_of(candidate.content->parts.begin(), candidate.content->parts.end(),
                                            [](const Part& part) { return part.function_call.has_value(); });
}

GENAI_INLINE bool has_content(const Candidate& candidate) {
    return candidate.content && !candidate.content->parts.empty();
}

/// The number of characters in the first `bytes` bytes of a UTF-8 text.
GENAI_INLINE std::int64_t characters_before(std::string_view text, std::size_t bytes) {
    const std::string_view part = text.substr(0, bytes);
    return std::count_if(part.begin(), part.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

/// What is gathered from the parts of a candidate, for a message and for a delta.
struct Gathered {
    std::optional<std::string> text{};
    std::string thoughts{};
    std::vector<ThinkingBlock> blocks{};
    std::vector<ChatCompletionMessageToolCall> calls{};
    std::vector<MessageImage> images{};
    std::string audio{};  // bytes
    bool spoken{false};
    ProviderSpecificFields fields{};
    bool has_fields{false};
    std::vector<std::size_t> part_starts{};  // where in the text each part that is text begins
};

/// Adds an element to a JSON list.
GENAI_INLINE void add_raw(RawJson& list, const Json& element) {
    std::string text = list.text().empty() ? "[" : list.text().substr(0, list.text().size() - 1) + ',';
    text += encode(element) + ']';
    list.edit_raw() = std::move(text);
}

/// Sorts the parts of a candidate into what OpenAI's shapes have, and LiteLLM's.
class Gatherer {
public:
    Gatherer(const AnswerOptions& options, std::size_t calls) : options_(options), calls_(calls) {}

    Gathered gather(const Candidate& candidate) && {
        if (!candidate.content) return std::move(made_);
        for (const Part& part : candidate.content->parts) {
            made_.part_starts.push_back(made_.text ? made_.text->size() : 0);
            add(part);
        }
        return std::move(made_);
    }

private:
    void add(const Part& part) {
        const bool is_signed = part.thought_signature && !part.thought_signature->empty();
        if (is_signed) {
            made_.fields.thought_signatures.push_back(*part.thought_signature);
            made_.has_fields = true;
        }
        if (part.function_call) add_call(part);
        else if (part.inline_data) add_media(*part.inline_data, part.thought.value_or(false));
        else if (part.thought && part.text) {
            made_.thoughts += *part.text;
            made_.blocks.push_back(
                {.type = "thinking", .thinking = part.text, .signature = part.thought_signature});
        } else if (part.text) {
            if (!made_.text) made_.text.emplace();
            *made_.text += *part.text;
        } else {
            add_other(part);
        }
    }

    void add_call(const Part& part) {
        const genai::FunctionCall& call = *part.function_call;
        ChatCompletionMessageToolCall made{.index = static_cast<std::int64_t>(calls_++),
                                           .id = call.id && !call.id->empty() ? *call.id : call_id(),
                                           .type = "function"};
        made.function = FunctionCall{.name = call.name, .arguments = call.args ? encode(*call.args) : "{}"};
        if (part.thought_signature && !part.thought_signature->empty()) {
            made.provider_specific_fields =
                ProviderSpecificFields{.thought_signature = part.thought_signature};
            if (options_.google_extra)
                made.extra_content =
                    ExtraContent{.google = GoogleExtraContent{.thought_signature = part.thought_signature}};
            if (options_.signatures_in_ids)
                made.id = *made.id + std::string(signature_mark) + *part.thought_signature;
        }
        made_.calls.push_back(std::move(made));
    }

    void add_media(const Blob& blob, bool draft) {
        const std::string_view bytes = blob.data ? blob.data->view() : std::string_view();
        const std::string type = blob.mime_type.value_or("");
        if (type.starts_with("audio/")) {
            made_.audio += bytes;
            made_.spoken = true;
            return;
        }
        const std::string uri = "data:" + type + ";base64," + wire::to_base64(bytes);
        if (draft) {
            made_.has_fields = true;
            add_raw(made_.fields.files, Json{{"file_uri", uri}, {"mime_type", type}, {"thought", true}});
            return;
        }
        if (type.starts_with("image/")) {
            made_.images.push_back({.type = "image_url",
                                    .image_url = ImageURL{.url = uri, .detail = ImageDetail::auto_},
                                    .index = static_cast<std::int64_t>(made_.images.size())});
            return;
        }
        if (!made_.text) made_.text.emplace();
        *made_.text += uri;
    }

    /// What has a place in LiteLLM's shapes alone, or in none.
    void add_other(const Part& part) {
        made_.has_fields = true;
        if (part.tool_call) {
            Json call{{"tool_type", part.tool_call->tool_type.text()},
                      {"id", part.tool_call->id.value_or("")}};
            if (part.tool_call->args) call["args"] = *part.tool_call->args;
            if (part.thought_signature) call["thought_signature"] = *part.thought_signature;
            tools_.push_back(std::move(call));
        } else if (part.tool_response) {
            add_tool_response(*part.tool_response);
        } else if (part.executable_code) {
            add_raw(made_.fields.code_execution, Json{{"language", part.executable_code->language.text()},
                                                      {"code", part.executable_code->code.value_or("")}});
        } else if (part.code_execution_result) {
            add_raw(made_.fields.code_execution,
                    Json{{"outcome", part.code_execution_result->outcome.text()},
                         {"output", part.code_execution_result->output.value_or("")}});
        } else if (part.file_data) {
            add_raw(made_.fields.files, Json{{"file_uri", part.file_data->file_uri.value_or("")},
                                             {"mime_type", part.file_data->mime_type.value_or("")}});
        }
        if (!tools_.empty()) made_.fields.server_side_tool_invocations = RawJson(tools_);
    }

    /// Joins what a tool of Google's gave to its call.
    void add_tool_response(const ToolResponse& response) {
        const std::string id = response.id.value_or("");
        const auto given = response.response ? *response.response : Json();
        for (Json& call : tools_)
            if (call["id"] == id && !call.contains("response")) {
                call["response"] = given;
                return;
            }
        tools_.push_back(Json{{"tool_type", response.tool_type.text()}, {"id", id}, {"response", given}});
    }

    const AnswerOptions& options_;
    std::size_t calls_;
    Gathered made_{};
    Json tools_ = Json::array();
};

/// The web pages that parts of the text go back to. Places are counted in characters.
GENAI_INLINE std::vector<Annotation> annotations_of(const Candidate& candidate, std::string_view text,
                                                    const std::vector<std::size_t>& part_starts) {
    std::vector<Annotation> made;
    if (!candidate.grounding_metadata || text.empty()) return made;
    const GroundingMetadata& grounding = *candidate.grounding_metadata;
    for (const GroundingSupport& support : grounding.grounding_supports) {
        if (!support.segment) continue;
        const auto part = static_cast<std::size_t>(support.segment->part_index.value_or(0));
        const std::size_t start = part < part_starts.size() ? part_starts[part] : 0;
        const auto place = [&](const std::optional<std::int32_t>& offset) {
            return characters_before(text,
                                     start + static_cast<std::size_t>((std::max)(offset.value_or(0), 0)));
        };
        for (const auto index : support.grounding_chunk_indices) {
            const auto at = static_cast<std::size_t>(index);
            if (index < 0 || at >= grounding.grounding_chunks.size() || !grounding.grounding_chunks[at].web)
                continue;
            const GroundingChunkWeb& web = *grounding.grounding_chunks[at].web;
            made.push_back(
                {.type = "url_citation",
                 .url_citation = AnnotationURLCitation{.start_index = place(support.segment->start_index),
                                                       .end_index = place(support.segment->end_index),
                                                       .title = web.title,
                                                       .url = web.uri}});
        }
    }
    return made;
}

/// Speech, which can be named for a day by OpenAI's rules.
GENAI_INLINE ChatCompletionAudio audio_of(const Gathered& gathered, const AnswerOptions& options) {
    constexpr std::int64_t day = 24 * 60 * 60;
    std::string id = random_hex(32);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) id.insert(at, "-");
    return {.id = std::move(id),
            .data = wire::to_base64(gathered.audio),
            .expires_at = options.created + day,
            .transcript = ""};
}

/// Why an answer could not be used, where OpenAI's word for its end hides that.
GENAI_INLINE Text refusal_of(const Candidate& candidate) {
    if (!is_unusual(candidate)) return {};
    if (candidate.finish_message) return candidate.finish_message;
    return "the model's answer could not be used: " + candidate.finish_reason.text();
}

GENAI_INLINE ChatCompletionMessage message_of(const Candidate& candidate, const AnswerOptions& options) {
    Gathered gathered = Gatherer(options, 0).gather(candidate);
    ChatCompletionMessage message{.role = Role::assistant};
    message.annotations =
        annotations_of(candidate, gathered.text ? *gathered.text : std::string(), gathered.part_starts);
    if (gathered.text) message.content = std::move(*gathered.text);
    if (!gathered.thoughts.empty()) message.reasoning_content = std::move(gathered.thoughts);
    message.thinking_blocks = std::move(gathered.blocks);
    message.images = std::move(gathered.images);
    if (gathered.spoken) message.audio = audio_of(gathered, options);
    if (options.older_functions && !gathered.calls.empty()) {
        message.function_call = std::move(gathered.calls.front().function);
        gathered.calls.erase(gathered.calls.begin());  // it has room for one
    }
    message.tool_calls = std::move(gathered.calls);
    if (gathered.has_fields) message.provider_specific_fields = std::move(gathered.fields);
    message.refusal = refusal_of(candidate);
    return message;
}

GENAI_INLINE Choice blocked_choice(const GenerateContentResponse& response) {
    Choice choice{.message = {.role = Role::assistant}, .finish_reason = FinishReason::content_filter};
    if (response.prompt_feedback && response.prompt_feedback->block_reason)
        choice.provider_specific_fields =
            ProviderSpecificFields{.native_finish_reason = response.prompt_feedback->block_reason.text()};
    return choice;
}

GENAI_INLINE bool delta_of(ChoiceDelta& delta, const Candidate& candidate, AnswerSoFar& so_far,
                           const AnswerOptions& options) {
    Gathered gathered = Gatherer(options, so_far.calls).gather(candidate);
    if (gathered.text) so_far.text += *gathered.text;
    delta.annotations = annotations_of(candidate, so_far.text, {});
    if (gathered.text && !gathered.text->empty()) delta.content = std::move(*gathered.text);
    if (!gathered.thoughts.empty()) delta.reasoning_content = std::move(gathered.thoughts);
    delta.images = std::move(gathered.images);
    for (MessageImage& image : delta.images) image.index = static_cast<std::int64_t>(so_far.images++);
    if (gathered.spoken) delta.audio = audio_of(gathered, options);
    for (ChatCompletionMessageToolCall& call : gathered.calls) {
        if (so_far.calls++ == 0 && options.older_functions) {
            delta.function_call = std::move(call.function);
            continue;
        }
        delta.tool_calls.push_back({.index = *call.index,
                                    .id = std::move(call.id),
                                    .type = std::move(call.type),
                                    .function = std::move(call.function),
                                    .extra_content = std::move(call.extra_content),
                                    .provider_specific_fields = std::move(call.provider_specific_fields)});
    }
    if (gathered.has_fields) delta.provider_specific_fields = std::move(gathered.fields);
    delta.refusal = refusal_of(candidate);
    return delta != ChoiceDelta{};
}

GENAI_INLINE Box<ChoiceLogprobs> logprobs_of(const Candidate& candidate) {
    if (!candidate.logprobs_result) return {};
    const LogprobsResult& result = *candidate.logprobs_result;
    ChoiceLogprobs made;
    for (std::size_t i = 0; i < result.chosen_candidates.size(); ++i) {
        const auto& chosen = result.chosen_candidates[i];
        std::vector<TopLogprob> top;
        if (i < result.top_candidates.size())
            for (const auto& one : result.top_candidates[i].candidates)
                top.push_back({.token = one.token, .logprob = one.log_probability});
        made.content.push_back(
            {.token = chosen.token, .logprob = chosen.log_probability, .top_logprobs = std::move(top)});
    }
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
