#pragma once

#include <vector>

#include <genai/config.hpp>
#include <genai/types/content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Adds a part to those of a turn: a piece of a function's call to the call, text to text where
/// `text_goes_on`; whatever else a part carries keeps it apart.
void join_part(std::vector<Part>& parts, const Part& part, bool text_goes_on);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>

#include <genai/functions/partial_call.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a part is text, thought or not, and nothing else.
GENAI_INLINE bool is_plain_text(const Part& part) {
    if (!part.text) return false;
    Part text;
    text.text = part.text;
    text.thought = part.thought;
    return text == part;
}

GENAI_INLINE void join_part(std::vector<Part>& parts, const Part& part, bool text_goes_on) {
    if (part.function_call) {
        const auto open = std::find_if(parts.rbegin(), parts.rend(), [&](const Part& one) {
            return one.function_call && is_continuation(*one.function_call, *part.function_call);
        });
        if (open == parts.rend()) {
            parts.push_back(part);
            return complete_call(*parts.back().function_call);
        }
        continue_call(*open->function_call, *part.function_call);
        if (!open->thought_signature) open->thought_signature = part.thought_signature;
        return complete_call(*open->function_call);
    }
    if (text_goes_on && !parts.empty() && is_plain_text(parts.back()) && is_plain_text(part) &&
        parts.back().thought.is_true() == part.thought.is_true())
        *parts.back().text += *part.text;
    else parts.push_back(part);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
