#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/types/usage.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What an answer was grounded in, as it is charged.
struct GroundingUse {
    std::int64_t searches{};  ///< queries that were searched for
    bool maps{false};         ///< whether Google Maps gave something

    bool any() const noexcept { return searches != 0 || maps; }
    /// Takes what a later chunk of the answer tells: all of it, again.
    void take_newer(const GroundingUse& newer) noexcept {
        searches = searches < newer.searches ? newer.searches : searches;
        maps = maps || newer.maps;
    }
};

/// A count as a server says it: never less than none, nor so many that sums overflow.
inline std::int64_t token_count(const std::optional<std::int64_t>& said) noexcept {
    constexpr std::int64_t most = 1'000'000'000'000;
    return !said || *said < 0 ? 0 : *said > most ? most : *said;
}

/// What candidates tell of it.
GroundingUse grounding_use(const std::vector<Candidate>& candidates);

/// The tokens that candidates have: by the Live API's name where that is there; nothing where neither is.
std::optional<std::int64_t> generated_tokens(const GenerateContentResponseUsageMetadata& usage);
/// The same by modality.
std::vector<ModalityTokenCount> generated_details(const GenerateContentResponseUsageMetadata& usage);
/// Whether thoughts are counted among the candidates' tokens, as some models do.
bool counts_thoughts_within(const GenerateContentResponseUsageMetadata& usage);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <string>

#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE GroundingUse grounding_use(const std::vector<Candidate>& candidates) {
    GroundingUse use;
    for (const Candidate& candidate : candidates) {
        if (!candidate.grounding_metadata) continue;
        for (const std::string& query : candidate.grounding_metadata->web_search_queries)
            use.searches += query.empty() ? 0 : 1;
        for (const GroundingChunk& chunk : candidate.grounding_metadata->grounding_chunks)
            use.maps = use.maps || chunk.maps.has_value();
    }
    return use;
}

GENAI_INLINE std::optional<std::int64_t> generated_tokens(const GenerateContentResponseUsageMetadata& usage) {
    if (usage.candidates_token_count || usage.extra.empty()) return usage.candidates_token_count;
    const Json live = usage.extra.get("responseTokenCount");
    return live.is_number_integer() ? std::optional(live.get<std::int64_t>()) : std::nullopt;
}

GENAI_INLINE std::vector<ModalityTokenCount> generated_details(
    const GenerateContentResponseUsageMetadata& usage) {
    if (!usage.candidates_tokens_details.empty() || usage.extra.empty())
        return usage.candidates_tokens_details;
    const Json live = usage.extra.get("responseTokensDetails");
    return live.is_array() ? decode<std::vector<ModalityTokenCount>>(live.dump())
                           : std::vector<ModalityTokenCount>();
}

GENAI_INLINE bool counts_thoughts_within(const GenerateContentResponseUsageMetadata& usage) {
    return usage.total_token_count && token_count(usage.prompt_token_count) +
                                              token_count(usage.tool_use_prompt_token_count) +
                                              token_count(generated_tokens(usage)) ==
                                          *usage.total_token_count;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
