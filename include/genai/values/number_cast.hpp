#pragma once

#include <concepts>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A number as another type, where it is one: `std::uint64_t` and `std::size_t` are the same on some systems
/// and not on others.
template <std::integral To, std::integral From>
constexpr To number_cast(From value) noexcept {
    if constexpr (std::same_as<To, From>) return value;
    else return static_cast<To>(value);
}

}  // namespace genai::inline GENAI_ABI::detail
