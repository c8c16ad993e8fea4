#pragma once

#include <compare>
#include <concepts>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

/// A text that may be unset, which is not sent; a std::optional<std::string> by its members. Unset too when
/// it is given a null `const char*`, such as `std::getenv` gives. Reading an unset one throws MissingValue.
class Text {
public:
    /// The type of what is held.
    using value_type = std::string;

    /// Unset.
    Text() noexcept = default;
    /// Unset.
    Text(std::nullopt_t) noexcept {}
    /// The text; unset when null.
    Text(const char* text) : held_(text == nullptr ? std::nullopt : std::optional<std::string>(text)) {}
    /// The text.
    Text(std::string text) noexcept : held_(std::move(text)) {}
    /// The text, or unset.
    Text(std::optional<std::string> text) noexcept : held_(std::move(text)) {}
    /// The text, of whatever is one, such as a std::string_view.
    template <std::convertible_to<std::string_view> T>
    requires(!std::convertible_to<const T&, std::string> && !std::convertible_to<const T&, const char*>)
        Text(const T& text)
        : held_(std::in_place, std::string_view(text)) {}

    /// Whether there is a text, which may be empty.
    bool has_value() const noexcept { return held_.has_value(); }
    /// Whether there is a text, which may be empty.
    explicit operator bool() const noexcept { return held_.has_value(); }

    /// The text. Throws MissingValue when unset, as do the operators.
    const std::string& value() const& { return checked(held_); }
    std::string& value() & { return checked(held_); }
    std::string&& value() && { return std::move(checked(held_)); }
    const std::string& operator*() const& { return checked(held_); }
    std::string& operator*() & { return checked(held_); }
    std::string&& operator*() && { return std::move(checked(held_)); }
    const std::string* operator->() const { return &checked(held_); }
    std::string* operator->() { return &checked(held_); }

    /// The text, or `fallback` when unset.
    std::string value_or(std::string_view fallback) const& { return std::string(held_ ? *held_ : fallback); }
    std::string value_or(std::string_view fallback) && {
        return held_ ? std::move(*held_) : std::string(fallback);
    }

    /// Replaces the text by one made of `args`.
    template <class... Args>
    std::string& emplace(Args&&... args) {
        return held_.emplace(std::forward<Args>(args)...);
    }
    /// Makes it unset.
    void reset() noexcept { held_.reset(); }

    /// As a std::optional.
    operator const std::optional<std::string>&() const& noexcept { return held_; }

    friend bool operator==(const Text& a, const Text& b) noexcept = default;
    friend bool operator==(const Text& a, std::nullopt_t) noexcept { return !a.held_.has_value(); }
    /// Whether it is set to that text.
    template <std::convertible_to<std::string_view> T>
    friend bool operator==(const Text& a, const T& b) noexcept {
        return a.held_.has_value() && *a.held_ == std::string_view(b);
    }

    /// Writes the text; nothing when unset.
    friend std::ostream& operator<<(std::ostream& out, const Text& text) {
        return text.held_ ? out << *text.held_ : out;
    }

private:
    template <class Held>
    static auto checked(Held& held) -> decltype(*held) {
        if (!held.has_value()) throw_unset();
        return *held;
    }
    [[noreturn]] static void throw_unset();

    std::optional<std::string> held_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE void Text::throw_unset() {
    throw MissingValue("a text that is unset was read: check it (`if (text)`), or use `value_or(\"\")`");
}

}  // namespace genai::inline GENAI_ABI

#endif
