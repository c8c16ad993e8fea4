#pragma once

#include <genai/config.hpp>
#include <genai/types/generate_content_response.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a content filter refused the prompt, or stopped the answer.
bool stopped_by_filter(const GenerateContentResponse& response);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool stopped_by_filter(const GenerateContentResponse& response) {
    if (response.prompt_feedback && response.prompt_feedback->block_reason) return true;
    if (response.candidates.empty()) return false;
    const FinishReason& reason = response.candidates.front().finish_reason;
    for (const FinishReason::Enumerator filter :
         {FinishReason::safety, FinishReason::recitation, FinishReason::blocklist,
          FinishReason::prohibited_content, FinishReason::spii, FinishReason::image_safety,
          FinishReason::image_prohibited_content, FinishReason::image_recitation, FinishReason::model_armor})
        if (reason == filter) return true;
    return false;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
