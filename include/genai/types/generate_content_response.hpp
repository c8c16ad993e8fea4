#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/types/content.hpp>
#include <genai/types/grounding.hpp>
#include <genai/types/http_response.hpp>
#include <genai/types/safety.hpp>
#include <genai/types/usage.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Why a candidate ended. https://ai.google.dev/api/generate-content#FinishReason
struct FinishReason : OpenEnum<FinishReason> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"FINISH_REASON_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator stop{"STOP"};              ///< it was done, or met a stop sequence
    static constexpr Enumerator max_tokens{"MAX_TOKENS"};  ///< max_output_tokens ran out, thinking included
    static constexpr Enumerator safety{"SAFETY"};          ///< flagged for safety
    static constexpr Enumerator recitation{"RECITATION"};  ///< flagged for repeating a source
    static constexpr Enumerator language{"LANGUAGE"};      ///< an unsupported language
    static constexpr Enumerator other{"OTHER"};            ///< not said
    static constexpr Enumerator blocklist{"BLOCKLIST"};    ///< a forbidden term
    static constexpr Enumerator prohibited_content{"PROHIBITED_CONTENT"};  ///< forbidden content
    static constexpr Enumerator spii{"SPII"};                              ///< sensitive personal data
    static constexpr Enumerator malformed_function_call{
        "MALFORMED_FUNCTION_CALL"};  ///< the model wrote an invalid call; the candidate may have no content
    static constexpr Enumerator image_safety{"IMAGE_SAFETY"};  ///< an unsafe image
    static constexpr Enumerator unexpected_tool_call{
        "UNEXPECTED_TOOL_CALL"};  ///< the model called a tool that is not on
    static constexpr Enumerator too_many_tool_calls{"TOO_MANY_TOOL_CALLS"};  ///< the model called too often
    static constexpr Enumerator image_prohibited_content{"IMAGE_PROHIBITED_CONTENT"};  ///< a forbidden image
    static constexpr Enumerator no_image{"NO_IMAGE"};                  ///< an image was due, none came
    static constexpr Enumerator image_recitation{"IMAGE_RECITATION"};  ///< an image too like a source
    static constexpr Enumerator image_other{"IMAGE_OTHER"};            ///< image generation failed otherwise
    static constexpr Enumerator continuation{"CONTINUATION"};  ///< more follows: send the continuation token
    static constexpr Enumerator malformed_response{
        "MALFORMED_RESPONSE"};  ///< the model wrote an invalid answer
    static constexpr Enumerator missing_thought_signature{
        "MISSING_THOUGHT_SIGNATURE"};  ///< a part of the history came without its `thought_signature`
    static constexpr Enumerator escalation{"ESCALATION"};  ///< handed over to a person
    static constexpr Enumerator pup_limited_disabled{
        "PUP_LIMITED_DISABLED"};                             ///< the account may not use the model
    static constexpr Enumerator model_armor{"MODEL_ARMOR"};  ///< stopped by Model Armor
};

/// Where a model is in its life.
struct ModelStage : OpenEnum<ModelStage> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODEL_STAGE_UNSPECIFIED"};          ///< not said
    static constexpr Enumerator unstable_experimental{"UNSTABLE_EXPERIMENTAL"};  ///< may change any time
    static constexpr Enumerator experimental{"EXPERIMENTAL"};                    ///< for trials
    static constexpr Enumerator preview{"PREVIEW"};                              ///< nearly done
    static constexpr Enumerator stable{"STABLE"};                                ///< for production
    static constexpr Enumerator legacy{"LEGACY"};                                ///< a newer one is advised
    static constexpr Enumerator deprecated{"DEPRECATED"};                        ///< will be retired
    static constexpr Enumerator retired{"RETIRED"};                              ///< gone
};

/// Why the prompt was refused, if it was. https://ai.google.dev/api/generate-content#PromptFeedback
struct GenerateContentResponsePromptFeedback {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    BlockedReason block_reason{};                ///< set when it was refused: there are no candidates then
    std::vector<SafetyRating> safety_ratings{};  ///< of the prompt
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("blockReason", self.block_reason);
        visit("safetyRatings", self.safety_ratings);
    }
};

/// A token and its log probability. https://ai.google.dev/api/generate-content#Candidate_1
struct LogprobsResultCandidate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<double> log_probability{};           ///< natural logarithm
    Text token{};                                      ///< its text
    std::optional<std::int32_t> token_id{};            ///< its number
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("logProbability", self.log_probability);
        visit("token", self.token);
        visit("tokenId", self.token_id);
    }
};

/// The likeliest tokens at one step. https://ai.google.dev/api/generate-content#TopCandidates
struct LogprobsResultTopCandidates {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    std::vector<LogprobsResultCandidate> candidates{};  ///< likeliest first
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("candidates", self.candidates); }
};

/// Log probabilities of an answer. https://ai.google.dev/api/generate-content#LogprobsResult
struct LogprobsResult {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    std::vector<LogprobsResultCandidate> chosen_candidates{};   ///< the tokens taken, step by step
    std::vector<LogprobsResultTopCandidates> top_candidates{};  ///< the likeliest at each step
    std::optional<double> log_probability_sum{};                ///< of the tokens taken
    Extra extra{};                                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("chosenCandidates", self.chosen_candidates);
        visit("topCandidates", self.top_candidates);
        visit("logProbabilitySum", self.log_probability_sum);
    }
};

/// Where the model that answered is in its life.
struct ModelStatus {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text message{};                                    ///< what to know
    ModelStage model_stage{};                          ///< the stage
    std::optional<Timestamp> retirement_time{};        ///< when it goes
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("message", self.message);
        visit("modelStage", self.model_stage);
        visit("retirementTime", self.retirement_time);
    }
};

/// One answer. https://ai.google.dev/api/generate-content#Candidate
struct Candidate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Content> content{};                            ///< what was said; absent when nothing could be
    Box<CitationMetadata> citation_metadata{};         ///< sources it repeats
    Text finish_message{};                             ///< more on why it ended
    std::optional<std::int64_t> token_count{};         ///< its tokens
    FinishReason finish_reason{};                      ///< why it ended; in a stream set on the last chunk
    Box<GroundingMetadata> grounding_metadata{};       ///< what it rests on
    std::optional<double> avg_logprobs{};              ///< mean log probability of its tokens
    std::optional<std::int32_t> index{};               ///< which answer it is
    Box<LogprobsResult> logprobs_result{};             ///< log probabilities, where asked for
    std::vector<SafetyRating> safety_ratings{};        ///< one a category
    Box<UrlContextMetadata> url_context_metadata{};    ///< pages that were read
    Text continuation_token{};                         ///< to go on with, when it ended with `continuation`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("citationMetadata", self.citation_metadata);
        visit("finishMessage", self.finish_message);
        visit("tokenCount", self.token_count);
        visit("finishReason", self.finish_reason);
        visit("groundingMetadata", self.grounding_metadata);
        visit("avgLogprobs", self.avg_logprobs);
        visit("index", self.index);
        visit("logprobsResult", self.logprobs_result);
        visit("safetyRatings", self.safety_ratings);
        visit("urlContextMetadata", self.url_context_metadata);
        visit("continuationToken", self.continuation_token);
    }
};

/// An answer, or one chunk of a stream of them.
/// https://ai.google.dev/api/generate-content#GenerateContentResponse The accessors look at the first
/// candidate alone, as the official SDKs' do.
struct GenerateContentResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client; on a stream's chunks too
    std::vector<Candidate> candidates{};               ///< the answers; none when the prompt was refused
    std::optional<Timestamp> create_time{};            ///< when the request came in
    /// What the last request said, where functions were called for the model: the input, the calls, their
    /// answers. In a stream the chunks that bring functions' answers have it. Empty otherwise.
    std::vector<Content> automatic_function_calling_history{};
    Text model_version{};                                          ///< the model that answered
    Box<GenerateContentResponsePromptFeedback> prompt_feedback{};  ///< why the prompt was refused
    Text response_id{};                                            ///< to quote to the service's operator
    Box<GenerateContentResponseUsageMetadata>
        usage_metadata{};             ///< what it used; a stream's last chunk has the whole
    Box<ModelStatus> model_status{};  ///< whether the model is about to go
    Extra extra{};                    ///< members this version does not know

    /// The first candidate. Throws MissingValue that says why there is none, such as a blocked prompt.
    const Candidate& candidate() const;

    /// The parts of the first candidate; empty when there are none.
    const std::vector<Part>& parts() const noexcept;

    /// The text of all text parts that are not thoughts, joined; empty when there is none: see `why_empty`.
    std::string text() const;

    /// The text of all thoughts, joined: summaries, where `thinking_config` asks for them.
    std::string thoughts() const;

    /// Why there is no text, in words: the prompt was blocked, the finish reason, functions to be called.
    /// Empty when there is text.
    std::string why_empty() const;

    /// The text with its sources as Markdown links behind what rests on them, `[1](https://…)`: by the
    /// grounding metadata, whose offsets count the bytes of a part. The same as `text()` where there are no
    /// sources.
    std::string cited_text() const;

    /// Every inline blob, with its media type, in order; thoughts' included.
    std::vector<Blob> media() const;

    /// The text as a `T`: a struct with `fields`, or whatever else `decode` reads. An enum's text and a
    /// string may stand there without quotes, JSON within a Markdown fence or between prose. Throws
    /// TypedResponseError, which says why there is none: the finish reason, the place, how the text begins.
    template <class T>
    T parsed() const {
        T value{};
        parse_text(wire::type_of<T>, &value);
        return value;
    }

    /// The calls the model wants made, in order.
    std::vector<FunctionCall> function_calls() const;

    /// The first program the model ran; empty when there is none.
    std::string executable_code() const;

    /// The output of the first program the model ran; empty when there is none.
    std::string code_execution_result() const;

    /// All inline media joined, thoughts' included; empty when there is none.
    Bytes data() const;

    /// The prompt's tokens in the first request of a continued answer; the prompt's own otherwise.
    std::optional<std::int64_t> initial_prompt_token_count() const;

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("candidates", self.candidates);
        visit("createTime", self.create_time);
        visit("automaticFunctionCallingHistory", self.automatic_function_calling_history);
        visit("modelVersion", self.model_version);
        visit("promptFeedback", self.prompt_feedback);
        visit("responseId", self.response_id);
        visit("usageMetadata", self.usage_metadata);
        visit("modelStatus", self.model_status);
    }

private:
    std::string why_stopped() const;
    void parse_text(const wire::Type& type, void* value) const;
};

/// A typed response that is not there or cannot be read: cut off by MAX_TOKENS, stopped for SAFETY, blocked,
/// or no JSON of the type. `what()` says the finish reason in words.
class GENAI_EXPORT TypedResponseError : public DecodeError {
public:
    /// `context` is said behind the problem.
    TypedResponseError(const DecodeError& problem, const std::string& context,
                       GenerateContentResponse response);

    /// The response, with its usage; its text is what there is so far.
    const GenerateContentResponse& response() const noexcept { return *response_; }

private:
    std::shared_ptr<const GenerateContentResponse> response_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <algorithm>
#include <array>
#include <utility>

#include <genai/wire/embedded.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE TypedResponseError::TypedResponseError(const DecodeError& problem, const std::string& context,
                                                    GenerateContentResponse response)
    : DecodeError(problem.pointer(), problem.problem(), context),
      response_(std::make_shared<const GenerateContentResponse>(std::move(response))) {}

namespace detail {

/// Whether a part is of the answer's text.
GENAI_INLINE bool is_answer(const Part& part) { return part.text && !part.thought; }

/// The address of a source; empty when it has none.
GENAI_INLINE std::string source_uri(const GroundingChunk& chunk) {
    if (chunk.web) return chunk.web->uri.value_or("");
    if (chunk.retrieved_context) return chunk.retrieved_context->uri.value_or("");
    if (chunk.maps) return chunk.maps->uri.value_or("");
    if (chunk.image) return chunk.image->source_uri.value_or("");
    return {};
}

/// Links to the sources of a stretch of text: `[1](https://…), [2](https://…)`.
GENAI_INLINE std::string source_links(const GroundingMetadata& grounding, const GroundingSupport& support) {
    std::string links;
    for (const std::int32_t index : support.grounding_chunk_indices) {
        if (index < 0 || static_cast<std::size_t>(index) >= grounding.grounding_chunks.size()) continue;
        const std::string uri = source_uri(grounding.grounding_chunks[static_cast<std::size_t>(index)]);
        if (uri.empty()) continue;
        links += (links.empty() ? "[" : ", [") + std::to_string(index + 1) + "](";
        for (const char c : uri)
            links += c == '(' ? "%28" : c == ')' ? "%29" : c == ' ' ? "%20" : std::string(1, c);
        links += ')';
    }
    return links;
}

/// Where a segment ends in the text that the answer's parts make together. The part is the one it names, else
/// the first that says what it says; an offset within a character or behind the end is moved to the next
/// boundary.
GENAI_INLINE std::size_t end_of_segment(const std::vector<Part>& parts, const Segment& segment) {
    const auto end = static_cast<std::size_t>((std::max)(segment.end_index.value_or(0), std::int32_t{0}));
    const auto begin = static_cast<std::size_t>((std::max)(segment.start_index.value_or(0), std::int32_t{0}));
    const auto says_so = [&](const Part& part) {
        return is_answer(part) && end <= part.text->size() && begin <= end &&
               (!segment.text || part.text->compare(begin, end - begin, *segment.text) == 0);
    };
    const auto named = static_cast<std::size_t>((std::max)(segment.part_index.value_or(0), std::int32_t{0}));
    std::size_t chosen = named;
    if (named >= parts.size() || !says_so(parts[named])) {
        const auto at = std::find_if(parts.begin(), parts.end(), says_so);
        if (at != parts.end()) chosen = static_cast<std::size_t>(at - parts.begin());
    }
    std::size_t offset = 0;
    for (std::size_t i = 0; i < parts.size() && i < chosen; ++i)
        if (is_answer(parts[i])) offset += parts[i].text->size();
    if (chosen >= parts.size() || !is_answer(parts[chosen])) return offset;
    const std::string& text = *parts[chosen].text;
    std::size_t within = (std::min)(end, text.size());
    while (within < text.size() && (static_cast<unsigned char>(text[within]) & 0xC0U) == 0x80U) ++within;
    return offset + within;
}

}  // namespace detail

GENAI_INLINE const Candidate& GenerateContentResponse::candidate() const {
    if (!candidates.empty()) return candidates.front();
    throw MissingValue("the response has no candidate: " + why_empty());
}

GENAI_INLINE const std::vector<Part>& GenerateContentResponse::parts() const noexcept {
    static const auto& none = *new std::vector<Part>();
    return candidates.empty() || !candidates.front().content ? none : candidates.front().content->parts;
}

GENAI_INLINE std::string GenerateContentResponse::text() const {
    std::string joined;
    for (const Part& part : parts())
        if (detail::is_answer(part)) joined += *part.text;
    return joined;
}

GENAI_INLINE std::string GenerateContentResponse::thoughts() const {
    std::string joined;
    for (const Part& part : parts())
        if (part.text && part.thought) joined += *part.text;
    return joined;
}

GENAI_INLINE std::string GenerateContentResponse::why_empty() const {
    if (std::any_of(parts().begin(), parts().end(),
                    [](const Part& part) { return detail::is_answer(part) && !part.text->empty(); }))
        return {};
    if (prompt_feedback && prompt_feedback->block_reason)
        return "the prompt was blocked (" + prompt_feedback->block_reason.text() + ")";
    if (candidates.empty()) return "the service sent no candidate, and no reason";
    const Candidate& first = candidates.front();
    if (!function_calls().empty()) return "the model calls functions: see function_calls()";
    const std::string message = first.finish_message ? ": " + *first.finish_message : std::string();
    if (first.finish_reason == FinishReason::max_tokens)
        return "max_output_tokens ran out before there was text (MAX_TOKENS); thoughts count too" + message;
    if (first.finish_reason == FinishReason::stop) return "the model finished without text (STOP)" + message;
    if (!first.finish_reason) return "the response has no text, and no finish reason";
    return why_stopped();
}

GENAI_INLINE std::string GenerateContentResponse::cited_text() const {
    std::string cited = text();
    if (candidates.empty() || !candidates.front().grounding_metadata) return cited;
    const GroundingMetadata& grounding = *candidates.front().grounding_metadata;
    std::vector<std::pair<std::size_t, std::string>> links;
    for (const GroundingSupport& support : grounding.grounding_supports)
        if (support.segment)
            if (std::string link = detail::source_links(grounding, support); !link.empty())
                links.emplace_back(detail::end_of_segment(parts(), *support.segment), std::move(link));
    std::stable_sort(links.begin(), links.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto link = links.rbegin(); link != links.rend(); ++link) cited.insert(link->first, link->second);
    return cited;
}

GENAI_INLINE std::vector<Blob> GenerateContentResponse::media() const {
    std::vector<Blob> blobs;
    for (const Part& part : parts())
        if (part.inline_data) blobs.push_back(*part.inline_data);
    return blobs;
}

GENAI_INLINE std::string GenerateContentResponse::why_stopped() const {
    if (candidates.empty() || !candidates.front().finish_reason) return {};
    const Candidate& first = candidates.front();
    const std::string message = first.finish_message ? ": " + *first.finish_message : std::string();
    if (first.finish_reason == FinishReason::stop) return {};
    if (first.finish_reason == FinishReason::max_tokens)
        return "the response was cut off: max_output_tokens ran out (MAX_TOKENS); thoughts count too" +
               message;
    return "the model stopped (" + first.finish_reason.text() + ")" + message;
}

GENAI_INLINE void GenerateContentResponse::parse_text(const wire::Type& type, void* value) const {
    const std::string said = text();
    try {
        const std::string json = wire::embedded_json(type, said);
        wire::read_document(json, type, value);
    } catch (const DecodeError& problem) {
        std::string context = said.empty() ? "there is no text: " + why_empty() : why_stopped();
        if (!said.empty())
            context += (context.empty() ? "" : "; ") + ("the text begins: " + wire::excerpt(said, 200));
        throw TypedResponseError(problem, context, *this);
    }
}

GENAI_INLINE std::vector<FunctionCall> GenerateContentResponse::function_calls() const {
    std::vector<FunctionCall> calls;
    for (const Part& part : parts())
        if (part.function_call) calls.push_back(*part.function_call);
    return calls;
}

GENAI_INLINE std::string GenerateContentResponse::executable_code() const {
    for (const Part& part : parts())
        if (part.executable_code) return part.executable_code->code.value_or("");
    return {};
}

GENAI_INLINE std::string GenerateContentResponse::code_execution_result() const {
    for (const Part& part : parts())
        if (part.code_execution_result) return part.code_execution_result->output.value_or("");
    return {};
}

GENAI_INLINE Bytes GenerateContentResponse::data() const {
    std::string joined;
    for (const Part& part : parts())
        if (part.inline_data && part.inline_data->data) joined += part.inline_data->data->view();
    return Bytes(joined);
}

GENAI_INLINE std::optional<std::int64_t> GenerateContentResponse::initial_prompt_token_count() const {
    if (!usage_metadata) return std::nullopt;
    return usage_metadata->initial_prompt_token_count ? usage_metadata->initial_prompt_token_count
                                                      : usage_metadata->prompt_token_count;
}

}  // namespace genai::inline GENAI_ABI

#endif

#if defined(GENAI_COMPILED) && GENAI_BODIES
template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentResponse>();
#elif defined(GENAI_COMPILED)
extern template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentResponse>();
#endif

GENAI_COMPILED_BOX(CitationMetadata)
GENAI_COMPILED_BOX(GenerateContentResponsePromptFeedback)
GENAI_COMPILED_BOX(GenerateContentResponseUsageMetadata)
GENAI_COMPILED_BOX(GroundingMetadata)
GENAI_COMPILED_BOX(HttpResponse)
GENAI_COMPILED_BOX(LogprobsResult)
GENAI_COMPILED_BOX(ModelStatus)
GENAI_COMPILED_BOX(UrlContextMetadata)
