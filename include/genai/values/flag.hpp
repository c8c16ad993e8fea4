#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <ostream>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// A boolean that may be unset, which is not sent. Converts to true only where it was set to true, so that
/// `if (part.thought)` and `while (!operation.done)` mean what they say. Made from a `bool` alone: a text or
/// a number is a compile error.
class Flag {
public:
    /// Unset.
    constexpr Flag() noexcept = default;
    /// Set to `value`.
    template <std::same_as<bool> B>
    constexpr Flag(B value) noexcept : state_(value ? 1 : 0) {}

    /// Whether it is set, to true or to false.
    constexpr bool has_value() const noexcept { return state_ != unset; }
    /// Whether it is set to true.
    constexpr explicit operator bool() const noexcept { return state_ == 1; }
    /// Whether it is set to true.
    constexpr bool is_true() const noexcept { return state_ == 1; }
    /// Whether it is set to false.
    constexpr bool is_false() const noexcept { return state_ == 0; }
    /// The value, or `fallback` when unset.
    constexpr bool value_or(bool fallback) const noexcept { return has_value() ? is_true() : fallback; }
    /// Makes it unset.
    constexpr void reset() noexcept { state_ = unset; }

    /// Equal when both are unset or both have the same value.
    friend constexpr bool operator==(Flag, Flag) noexcept = default;
    /// Not offered: what an unset flag is equal to is for `is_false()`, `is_true()` or `value_or()` to say.
    template <std::same_as<bool> B>
    friend constexpr bool operator==(Flag, B) = delete;

    friend std::ostream& operator<<(std::ostream& out, Flag flag) {
        return out << (flag.is_true() ? "true" : flag.is_false() ? "false" : "unset");
    }

private:
    static constexpr std::int8_t unset = -1;

    std::int8_t state_{unset};
};

}  // namespace genai::inline GENAI_ABI
