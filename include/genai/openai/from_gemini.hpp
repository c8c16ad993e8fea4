#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/openai/answer_options.hpp>
#include <genai/openai/gemini/answer_message.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/openai/types/completion_chunk.hpp>
#include <genai/types/generate_content_response.hpp>

namespace genai::inline GENAI_ABI::openai {

/// An answer of Gemini's as a chat completion. Does no I/O. A prompt that was blocked, and an answer without
/// candidates, is one choice with the finish reason `content_filter`. Ids that Gemini does not give are made.
/// Throws DecodeError for an answer that says nothing at all.
ChatCompletion from_gemini(const GenerateContentResponse& response, const AnswerOptions& options = {});

/// The chunks of a stream of Gemini's as chat completion chunks, one after another. Does no I/O.
class ChunkReader {
public:
    explicit ChunkReader(AnswerOptions options = {});

    /// What a chunk of Gemini's becomes: chunks, or none where it says nothing.
    std::vector<ChatCompletionChunk> take(const GenerateContentResponse& response);
    /// What follows when the stream has ended: the usage, where it was asked for and told.
    std::vector<ChatCompletionChunk> finish();

private:
    struct State {
        bool begun{false};
        detail::AnswerSoFar so_far{};
    };

    ChatCompletionChunk chunk() const;
    State& state(std::int64_t index);
    void finish_choice(std::vector<ChunkChoice>& finished, const Candidate& candidate, std::int64_t index);

    AnswerOptions options_;
    std::string id_{};
    std::string model_{};
    ServiceTier tier_{};
    std::vector<State> states_{};
    std::optional<CompletionUsage> usage_{};
    genai::detail::GroundingUse grounding_{};
};

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <algorithm>
#include <string_view>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/answer_usage.hpp>
#include <genai/openai/gemini/finish_reason.hpp>
#include <genai/openai/gemini/identifiers.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai {

namespace detail {

/// How the answer was served, by a header of the response.
GENAI_INLINE ServiceTier tier_of(const GenerateContentResponse& response) {
    if (!response.sdk_http_response) return {};
    const std::string* const tier = response.sdk_http_response->headers.find("x-gemini-service-tier");
    if (tier == nullptr) return {};
    return ServiceTier(*tier == "standard" ? std::string("default") : lower(*tier));
}

template <class T>
bool is_nothing(const Box<T>& value) {
    return !value;
}
template <class T>
bool is_nothing(const std::vector<T>& values) {
    return values.empty();
}

/// Metadata of candidates, as LiteLLM hands it on.
GENAI_INLINE void add_metadata(Extra& extra, const std::vector<Candidate>& candidates) {
    std::string members;
    const auto add = [&](std::string_view name, const auto& value_of) {
        std::string list;
        for (const Candidate& candidate : candidates)
            if (const auto& value = value_of(candidate); !is_nothing(value))
                (list += list.empty() ? "" : ",") += encode(value);
        if (list.empty()) return;
        ((members += members.empty() ? "\"" : ",\"") += name) += "\":[" + list + ']';
    };
    add(
        "vertex_ai_grounding_metadata", [](const Candidate& one) -> auto& { return one.grounding_metadata; });
    add(
        "vertex_ai_url_context_metadata",
        [](const Candidate& one) -> auto& { return one.url_context_metadata; });
    add(
        "vertex_ai_safety_results", [](const Candidate& one) -> auto& { return one.safety_ratings; });
    add(
        "vertex_ai_citation_metadata", [](const Candidate& one) -> auto& { return one.citation_metadata; });
    if (!members.empty()) extra.edit_raw() = std::move(members);
}

/// Whether there is nothing but the news that something was flagged.
GENAI_INLINE bool only_flagged(const GenerateContentResponse& response) {
    const auto flagged = [](const Candidate& candidate) {
        return candidate_finish(candidate) == FinishReason::content_filter && !has_content(candidate);
    };
    return std::all_of(response.candidates.begin(), response.candidates.end(), flagged);
}

}  // namespace detail

GENAI_INLINE ChatCompletion from_gemini(const GenerateContentResponse& response,
                                        const AnswerOptions& options) {
    ChatCompletion made{.id = response.response_id ? *response.response_id : detail::completion_id(),
                        .object = "chat.completion",
                        .created = options.created,
                        .model = response.model_version.value_or(options.model),
                        .service_tier = detail::tier_of(response)};
    for (std::size_t i = 0; i < response.candidates.size(); ++i) {
        const Candidate& candidate = response.candidates[i];
        Choice choice{.index = candidate.index ? *candidate.index : static_cast<std::int64_t>(i)};
        choice.message = detail::message_of(candidate, options);
        choice.finish_reason = detail::choice_finish(candidate, detail::has_calls(candidate), options);
        choice.logprobs = detail::logprobs_of(candidate);
        if (candidate.finish_reason)
            choice.provider_specific_fields =
                ProviderSpecificFields{.native_finish_reason = candidate.finish_reason.text()};
        made.choices.push_back(std::move(choice));
    }
    if (made.choices.empty() && !response.usage_metadata && !response.prompt_feedback)
        throw DecodeError({}, "is no answer: there are neither candidates nor a reason why");
    if (made.choices.empty()) made.choices.push_back(detail::blocked_choice(response));
    if (response.usage_metadata)
        made.usage =
            detail::usage_of(*response.usage_metadata, genai::detail::grounding_use(response.candidates),
                             !detail::only_flagged(response));
    detail::add_metadata(made.extra, response.candidates);
    return made;
}

GENAI_INLINE ChunkReader::ChunkReader(AnswerOptions options) : options_(std::move(options)) {}

GENAI_INLINE ChatCompletionChunk ChunkReader::chunk() const {
    return {.id = id_,
            .object = "chat.completion.chunk",
            .created = options_.created,
            .model = model_,
            .service_tier = tier_};
}

GENAI_INLINE ChunkReader::State& ChunkReader::state(std::int64_t index) {
    const auto at = static_cast<std::size_t>((std::clamp)(index, std::int64_t{0}, std::int64_t{1023}));
    if (states_.size() <= at) states_.resize(at + 1);
    return states_[at];
}

GENAI_INLINE void ChunkReader::finish_choice(std::vector<ChunkChoice>& finished, const Candidate& candidate,
                                             std::int64_t index) {
    if (!candidate.finish_reason) return;
    ChunkChoice choice{.index = index};
    choice.finish_reason = detail::choice_finish(candidate, state(index).so_far.calls != 0, options_);
    choice.provider_specific_fields =
        ProviderSpecificFields{.native_finish_reason = candidate.finish_reason.text()};
    finished.push_back(std::move(choice));
}

GENAI_INLINE std::vector<ChatCompletionChunk> ChunkReader::take(const GenerateContentResponse& response) {
    if (id_.empty()) {
        id_ = response.response_id ? *response.response_id : detail::completion_id();
        tier_ = detail::tier_of(response);
    }
    if (response.model_version) model_ = *response.model_version;
    else if (model_.empty()) model_ = options_.model;
    grounding_.take_newer(genai::detail::grounding_use(response.candidates));
    if (response.usage_metadata) {
        usage_ = detail::usage_of(*response.usage_metadata, grounding_, true);
        CompletionTokensDetails& details = usage_->completion_tokens_details
                                               ? *usage_->completion_tokens_details
                                               : usage_->completion_tokens_details.emplace();
        if (!details.reasoning_tokens) details.reasoning_tokens = 0;
    }

    std::vector<ChunkChoice> going;
    std::vector<ChunkChoice> finished;
    for (std::size_t i = 0; i < response.candidates.size(); ++i) {
        const Candidate& candidate = response.candidates[i];
        const std::int64_t index = candidate.index ? *candidate.index : static_cast<std::int64_t>(i);
        State& choice_state = state(index);
        ChunkChoice choice{.index = index};
        choice.logprobs = detail::logprobs_of(candidate);
        if (detail::delta_of(choice.delta, candidate, choice_state.so_far, options_) || choice.logprobs) {
            if (!std::exchange(choice_state.begun, true)) choice.delta.role = Role::assistant;
            going.push_back(std::move(choice));
        }
        finish_choice(finished, candidate, index);
    }
    if (response.candidates.empty() && response.prompt_feedback && response.prompt_feedback->block_reason) {
        going.push_back({.delta = {.role = Role::assistant}});
        ChunkChoice choice{.finish_reason = FinishReason::content_filter};
        choice.provider_specific_fields = detail::blocked_choice(response).provider_specific_fields;
        finished.push_back(std::move(choice));
    }
    std::vector<ChatCompletionChunk> made;
    if (!going.empty()) {
        made.push_back(chunk());
        made.back().choices = std::move(going);
    }
    if (!finished.empty()) {
        made.push_back(chunk());
        made.back().choices = std::move(finished);
    }
    if (!made.empty()) detail::add_metadata(made.front().extra, response.candidates);
    return made;
}

GENAI_INLINE std::vector<ChatCompletionChunk> ChunkReader::finish() {
    std::vector<ChatCompletionChunk> made;
    if (!options_.include_usage || !usage_) return made;
    made.push_back(chunk());
    made.back().usage = *usage_;
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
