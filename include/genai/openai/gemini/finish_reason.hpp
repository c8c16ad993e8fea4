#pragma once

#include <genai/config.hpp>
#include <genai/openai/answer_options.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/types/generate_content_response.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A candidate's finish reason in OpenAI's words, tool calls aside; `stop` where there is none.
FinishReason candidate_finish(const Candidate& candidate);
/// The same, with calls: `tool_calls`, or `function_call`, unless something was flagged.
FinishReason choice_finish(const Candidate& candidate, bool has_calls, const AnswerOptions& options);
/// Whether OpenAI's word hides that something went wrong: a call that could not be read, for one.
bool is_unusual(const Candidate& candidate);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <string>
#include <string_view>

#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE FinishReason candidate_finish(const Candidate& candidate) {
    const std::string& reason = candidate.finish_reason.text();
    if (is_one_of(reason, "MAX_TOKENS CONTINUATION")) return FinishReason::length;
    if (is_one_of(reason,
                  "SAFETY RECITATION LANGUAGE OTHER BLOCKLIST PROHIBITED_CONTENT SPII IMAGE_SAFETY "
                  "IMAGE_PROHIBITED_CONTENT NO_IMAGE IMAGE_RECITATION IMAGE_OTHER ESCALATION "
                  "MODEL_ARMOR"))
        return FinishReason::content_filter;
    return FinishReason::stop;
}

GENAI_INLINE FinishReason choice_finish(const Candidate& candidate, bool has_calls,
                                        const AnswerOptions& options) {
    const FinishReason reason = candidate_finish(candidate);
    if (!has_calls || reason == FinishReason::content_filter) return reason;
    return options.older_functions ? FinishReason::function_call : FinishReason::tool_calls;
}

GENAI_INLINE bool is_unusual(const Candidate& candidate) {
    return is_one_of(candidate.finish_reason.text(),
                     "MALFORMED_FUNCTION_CALL UNEXPECTED_TOOL_CALL TOO_MANY_TOOL_CALLS "
                     "MALFORMED_RESPONSE MISSING_THOUGHT_SIGNATURE");
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
