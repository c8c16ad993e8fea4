#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
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
    std::optional<BlockedReason> block_reason{};  ///< set when it was refused: there are no candidates then
    std::vector<SafetyRating> safety_ratings{};   ///< of the prompt
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("blockReason", self.block_reason);
        visit("safetyRatings", self.safety_ratings);
    }
};

/// A token and its log probability. https://ai.google.dev/api/generate-content#Candidate_1
struct LogprobsResultCandidate {
    std::optional<double> log_probability{};  ///< natural logarithm
    std::optional<std::string> token{};       ///< its text
    std::optional<std::int32_t> token_id{};   ///< its number
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("logProbability", self.log_probability);
        visit("token", self.token);
        visit("tokenId", self.token_id);
    }
};

/// The likeliest tokens at one step. https://ai.google.dev/api/generate-content#TopCandidates
struct LogprobsResultTopCandidates {
    std::vector<LogprobsResultCandidate> candidates{};  ///< likeliest first
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("candidates", self.candidates); }
};

/// Log probabilities of an answer. https://ai.google.dev/api/generate-content#LogprobsResult
struct LogprobsResult {
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
    std::optional<std::string> message{};        ///< what to know
    std::optional<ModelStage> model_stage{};     ///< the stage
    std::optional<Timestamp> retirement_time{};  ///< when it goes
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("message", self.message);
        visit("modelStage", self.model_stage);
        visit("retirementTime", self.retirement_time);
    }
};

/// One answer. https://ai.google.dev/api/generate-content#Candidate
struct Candidate {
    Box<Content> content{};                           ///< what was said; absent when nothing could be
    Box<CitationMetadata> citation_metadata{};        ///< sources it repeats
    std::optional<std::string> finish_message{};      ///< more on why it ended
    std::optional<std::int32_t> token_count{};        ///< its tokens
    std::optional<FinishReason> finish_reason{};      ///< why it ended; in a stream set on the last chunk
    Box<GroundingMetadata> grounding_metadata{};      ///< what it rests on
    std::optional<double> avg_logprobs{};             ///< mean log probability of its tokens
    std::optional<std::int32_t> index{};              ///< which answer it is
    Box<LogprobsResult> logprobs_result{};            ///< log probabilities, where asked for
    std::vector<SafetyRating> safety_ratings{};       ///< one a category
    Box<UrlContextMetadata> url_context_metadata{};   ///< pages that were read
    std::optional<std::string> continuation_token{};  ///< to go on with, when it ended with `continuation`
    Extra extra{};                                    ///< members this version does not know

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

namespace detail {

/// JSON without the fence that some models put around it whatever they are told.
std::string_view without_fence(std::string_view text);

}  // namespace detail

/// An answer, or one chunk of a stream of them.
/// https://ai.google.dev/api/generate-content#GenerateContentResponse The accessors look at the first
/// candidate alone, as the official SDKs' do.
struct GenerateContentResponse {
    Box<HttpResponse> sdk_http_response{};   ///< set by the client; on a stream's chunks too
    std::vector<Candidate> candidates{};     ///< the answers; none when the prompt was refused
    std::optional<Timestamp> create_time{};  ///< when the request came in
    /// What the last request said, where functions were called for the model: the input, the calls, their
    /// answers. In a stream the chunks that bring functions' answers have it. Empty otherwise.
    std::vector<Content> automatic_function_calling_history{};
    std::optional<std::string> model_version{};                    ///< the model that answered
    Box<GenerateContentResponsePromptFeedback> prompt_feedback{};  ///< why the prompt was refused
    std::optional<std::string> response_id{};                      ///< to quote to the service's operator
    Box<GenerateContentResponseUsageMetadata>
        usage_metadata{};             ///< what it used; a stream's last chunk has the whole
    Box<ModelStatus> model_status{};  ///< whether the model is about to go
    Extra extra{};                    ///< members this version does not know

    /// The parts of the first candidate; empty when there are none.
    const std::vector<Part>& parts() const noexcept {
        static const std::vector<Part> none;
        return candidates.empty() || !candidates.front().content ? none : candidates.front().content->parts;
    }

    /// The text of all text parts that are not thoughts, joined; empty when there is none.
    std::string text() const {
        std::string joined;
        for (const Part& part : parts())
            if (part.text && !part.thought.value_or(false)) joined += *part.text;
        return joined;
    }

    /// The text as a `T`: a struct with `fields`, or whatever else `decode` reads. An enum's text and a
    /// string may stand there without quotes, JSON within a Markdown fence. Throws DecodeError with the
    /// place.
    template <class T>
    T parsed() const {
        const std::string said = text();
        constexpr wire::Kind kind = wire::type_of<T>.kind;
        constexpr bool bare =
            kind == wire::Kind::choice || kind == wire::Kind::text || kind == wire::Kind::enumeration;
        if (bare && !said.starts_with('"')) return decode<T>(encode(said));
        return decode<T>(detail::without_fence(said));
    }

    /// The calls the model wants made, in order.
    std::vector<FunctionCall> function_calls() const {
        std::vector<FunctionCall> calls;
        for (const Part& part : parts())
            if (part.function_call) calls.push_back(*part.function_call);
        return calls;
    }

    /// The first program the model ran; empty when there is none.
    std::string executable_code() const {
        for (const Part& part : parts())
            if (part.executable_code) return part.executable_code->code.value_or("");
        return {};
    }

    /// The output of the first program the model ran; empty when there is none.
    std::string code_execution_result() const {
        for (const Part& part : parts())
            if (part.code_execution_result) return part.code_execution_result->output.value_or("");
        return {};
    }

    /// All inline media joined, thoughts' included; empty when there is none.
    Bytes data() const {
        std::string joined;
        for (const Part& part : parts())
            if (part.inline_data && part.inline_data->data) joined += part.inline_data->data->view();
        return Bytes(joined);
    }

    /// The prompt's tokens in the first request of a continued answer; the prompt's own otherwise.
    std::optional<std::int32_t> initial_prompt_token_count() const {
        if (!usage_metadata) return std::nullopt;
        return usage_metadata->initial_prompt_token_count ? usage_metadata->initial_prompt_token_count
                                                          : usage_metadata->prompt_token_count;
    }

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
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::string_view without_fence(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || !text.substr(begin).starts_with("```")) return text;
    const auto line = text.find('\n', begin);
    const auto end = text.rfind("```");
    return line == std::string_view::npos || end <= line ? text : text.substr(line + 1, end - line - 1);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

#if defined(GENAI_IMPLEMENTATION)
template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentResponse>();
#elif defined(GENAI_COMPILED)
extern template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentResponse>();
#endif
