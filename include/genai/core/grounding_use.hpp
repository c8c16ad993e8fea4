#pragma once

#include <cstdint>

#include <genai/config.hpp>

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

}  // namespace genai::inline GENAI_ABI::detail
