#pragma once

#include <cstddef>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/types/usage.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What a call used, in OpenAI's counts: thoughts are part of the completion, what tools gave part of the
/// prompt unless it was searched. `details` false leaves the details out.
CompletionUsage usage_of(const GenerateContentResponseUsageMetadata& usage, std::size_t searches,
                         bool details);
/// How many searches candidates tell of.
std::size_t searches_in(const std::vector<Candidate>& candidates);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstdint>
#include <optional>

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

GENAI_INLINE std::size_t searches_in(const std::vector<Candidate>& candidates) {
    std::size_t searches = 0;
    for (const Candidate& candidate : candidates)
        if (candidate.grounding_metadata)
            for (const std::string& query : candidate.grounding_metadata->web_search_queries)
                searches += query.empty() ? 0U : 1U;
    return searches;
}

GENAI_INLINE PromptTokensDetails prompt_details(const GenerateContentResponseUsageMetadata& usage,
                                                std::size_t searches) {
    PromptTokensDetails details;
    add_tokens(details, usage.prompt_tokens_details);
    add_tokens(details, usage.tool_use_prompt_tokens_details);
    details.tool_use_tokens = usage.tool_use_prompt_token_count;
    if (searches != 0) details.web_search_requests = static_cast<std::int64_t>(searches);
    details.cached_tokens = usage.cached_content_token_count;
    if (!usage.cache_tokens_details.empty()) {
        TokensByModality cached;
        add_tokens(cached, usage.cache_tokens_details);
        details.cached_tokens_details = cached;
    } else if (details.text_tokens && details.cached_tokens) {
        details.text_tokens = *details.text_tokens - *details.cached_tokens;
    }
    return details;
}

/// What the candidates used: by the Live API's name where that is there.
GENAI_INLINE std::optional<std::int64_t> generated_tokens(const GenerateContentResponseUsageMetadata& usage) {
    if (usage.candidates_token_count || usage.extra.empty()) return usage.candidates_token_count;
    const Json live = usage.extra.get("responseTokenCount");
    return live.is_number_integer() ? std::optional(live.get<std::int64_t>()) : std::nullopt;
}

GENAI_INLINE std::optional<CompletionTokensDetails> completion_details(
    const GenerateContentResponseUsageMetadata& usage, const std::optional<std::int64_t>& generated) {
    if (!generated && !usage.thoughts_token_count) return std::nullopt;
    CompletionTokensDetails details;
    add_tokens(details, usage.candidates_tokens_details);
    if (usage.candidates_tokens_details.empty() && !usage.extra.empty())
        if (const Json live = usage.extra.get("responseTokensDetails"); live.is_array())
            add_tokens(details, decode<std::vector<ModalityTokenCount>>(live.dump()));
    const std::int64_t media = details.audio_tokens.value_or(0) + details.image_tokens.value_or(0) +
                               details.video_tokens.value_or(0);
    const std::int64_t text = generated.value_or(0) - media;
    if (!details.text_tokens && (media == 0 || text > 0)) details.text_tokens = text;
    details.reasoning_tokens = usage.thoughts_token_count;
    return details;
}

GENAI_INLINE CompletionUsage usage_of(const GenerateContentResponseUsageMetadata& usage, std::size_t searches,
                                      bool details) {
    const std::int64_t prompt = usage.prompt_token_count.value_or(0);
    const std::int64_t tools = usage.tool_use_prompt_token_count.value_or(0);
    const std::optional<std::int64_t> generated = generated_tokens(usage);
    const std::int64_t thoughts = usage.thoughts_token_count.value_or(0);
    CompletionUsage made{.prompt_tokens = prompt + (searches == 0 ? tools : 0),
                         .completion_tokens = generated.value_or(0)};
    // some models count thoughts among the candidates' tokens
    const bool within =
        usage.total_token_count && prompt + tools + made.completion_tokens == *usage.total_token_count;
    if (!within || !generated) made.completion_tokens += thoughts;
    made.total_tokens = usage.total_token_count.value_or(made.prompt_tokens + made.completion_tokens);
    if (!details) return made;
    made.prompt_tokens_details = prompt_details(usage, searches);
    if (auto some = completion_details(usage, generated)) made.completion_tokens_details = std::move(*some);
    made.cache_read_input_tokens = usage.cached_content_token_count;
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
