#pragma once

#include <genai/config.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/types/usage.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What a call used, in OpenAI's counts: thoughts are part of the completion, what tools gave part of the
/// prompt unless it was grounded. `details` false leaves the details out.
CompletionUsage usage_of(const GenerateContentResponseUsageMetadata& usage,
                         const genai::detail::GroundingUse& grounding, bool details);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace genai::inline GENAI_ABI::openai::detail {

/// Adds up counts by modality; documents count as text.
template <class Details>
void add_tokens(Details& details, const std::vector<ModalityTokenCount>& counts) {
    for (const ModalityTokenCount& one : counts) {
        std::optional<std::int64_t>* to = nullptr;
        if (one.modality == MediaModality::text || one.modality == MediaModality::document)
            to = &details.text_tokens;
        else if (one.modality == MediaModality::audio) to = &details.audio_tokens;
        else if (one.modality == MediaModality::image) to = &details.image_tokens;
        else if (one.modality == MediaModality::video) to = &details.video_tokens;
        if (to != nullptr) *to = to->value_or(0) + one.token_count.value_or(0);
    }
}

GENAI_INLINE PromptTokensDetails prompt_details(const GenerateContentResponseUsageMetadata& usage,
                                                const genai::detail::GroundingUse& grounding) {
    PromptTokensDetails details;
    add_tokens(details, usage.prompt_tokens_details);
    add_tokens(details, usage.tool_use_prompt_tokens_details);
    details.tool_use_tokens = usage.tool_use_prompt_token_count;
    if (grounding.searches != 0) details.web_search_requests = grounding.searches;
    if (grounding.maps) details.google_maps_grounding_requests = 1;
    details.cached_tokens = usage.cached_content_token_count;
    if (!usage.cache_tokens_details.empty()) {
        TokensByModality cached;
        add_tokens(cached, usage.cache_tokens_details);
        details.cached_tokens_details = cached;
    } else if (details.text_tokens && details.cached_tokens) {
        details.text_tokens = (std::max)(std::int64_t{0}, *details.text_tokens - *details.cached_tokens);
    }
    return details;
}

GENAI_INLINE std::optional<CompletionTokensDetails> completion_details(
    const GenerateContentResponseUsageMetadata& usage, const std::optional<std::int64_t>& generated) {
    if (generated.value_or(0) == 0 && !usage.thoughts_token_count) return std::nullopt;
    CompletionTokensDetails details;
    add_tokens(details, genai::detail::generated_details(usage));
    const std::int64_t media = details.audio_tokens.value_or(0) + details.image_tokens.value_or(0) +
                               details.video_tokens.value_or(0);
    const std::int64_t text = generated.value_or(0) - media;
    const bool told = usage.candidates_token_count.has_value();
    if (!details.text_tokens && text >= 0 && (told || media == 0)) details.text_tokens = text;
    details.reasoning_tokens = usage.thoughts_token_count;
    return details;
}

GENAI_INLINE CompletionUsage usage_of(const GenerateContentResponseUsageMetadata& usage,
                                      const genai::detail::GroundingUse& grounding, bool details) {
    const std::int64_t prompt = usage.prompt_token_count.value_or(0);
    const std::int64_t tools = usage.tool_use_prompt_token_count.value_or(0);
    const std::optional<std::int64_t> generated = genai::detail::generated_tokens(usage);
    const std::int64_t thoughts = usage.thoughts_token_count.value_or(0);
    CompletionUsage made{.prompt_tokens = prompt + (grounding.any() ? 0 : tools),
                         .completion_tokens = generated.value_or(0)};
    if (!generated || !genai::detail::counts_thoughts_within(usage)) made.completion_tokens += thoughts;
    made.total_tokens = usage.total_token_count.value_or(made.prompt_tokens + made.completion_tokens);
    if (!details) return made;
    made.prompt_tokens_details = prompt_details(usage, grounding);
    if (auto some = completion_details(usage, generated)) made.completion_tokens_details = std::move(*some);
    made.cache_read_input_tokens = usage.cached_content_token_count;
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
