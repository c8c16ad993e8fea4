#pragma once

#include <cstdint>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/generate_content_response.hpp>

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

/// What candidates tell of it.
GroundingUse grounding_use(const std::vector<Candidate>& candidates);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <string>

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

}  // namespace genai::inline GENAI_ABI::detail

#endif
