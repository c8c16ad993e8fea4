#pragma once

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// The first member of every struct of the API. Nothing initialises it but its default, so that members are
/// only ever given by their names: `{.temperature = 1}` compiles, `{"https://example.com"}` does not, and a
/// member that is inserted breaks no program. Takes no space. `Rank` is 1 where the next member is such a
/// struct too.
template <int Rank = 0>
class NamedOnly {
public:
    explicit constexpr NamedOnly() noexcept {}  // not defaulted: clang 16 would miscompile structs with one
};

}  // namespace genai::inline GENAI_ABI
