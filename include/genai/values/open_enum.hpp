#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <version>
#if defined(__cpp_lib_format)
#include <format>
#endif

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

class EnumAccess;

}  // namespace wire

/// The base of every enumeration of the API: its text. Unset, which is not sent, unless a value is given. A
/// value that this version does not know keeps its text, never throws, and is sent back as it came.
class OpenEnumBase {
public:
    /// The wire text, such as `MAX_TOKENS`; empty when unset.
    const std::string& text() const noexcept { return text_; }
    /// Whether no value is set.
    bool empty() const noexcept { return text_.empty(); }
    /// Whether a value is set.
    bool has_value() const noexcept { return !text_.empty(); }
    /// Whether a value is set.
    explicit operator bool() const noexcept { return !text_.empty(); }
    /// Makes it unset.
    void reset() noexcept { text_.clear(); }

    friend std::ostream& operator<<(std::ostream& out, const OpenEnumBase& value) {
        return out << value.text();
    }

protected:
    OpenEnumBase() = default;
    explicit OpenEnumBase(std::string_view text) : text_(text) {}

private:
    friend class wire::EnumAccess;

    std::string text_{};
};

namespace wire {

/// What the codec may do to an enumeration.
class EnumAccess {
public:
    /// The text to replace.
    static std::string& text(OpenEnumBase& value) noexcept { return value.text_; }
};

}  // namespace wire

/// An enumeration whose enumerators are constants of the derived type. `Self` only keeps the types apart.
/// Ordered by text, so that it may be a map's key; printed as its text by streams, `std::format` and {fmt}.
template <class Self>
class OpenEnum : public OpenEnumBase {
public:
    /// A named constant; converts to the enumeration.
    class Enumerator {
    public:
        constexpr explicit Enumerator(std::string_view text) noexcept : text_(text) {}
        /// The wire text.
        constexpr std::string_view text() const noexcept { return text_; }
        friend constexpr bool operator==(Enumerator, Enumerator) = default;
        friend std::ostream& operator<<(std::ostream& out, Enumerator value) { return out << value.text_; }

    private:
        std::string_view text_;
    };

    OpenEnum() = default;
    OpenEnum(Enumerator known) : OpenEnumBase(known.text()) {}
    /// A value by its wire text, known to this version or not.
    explicit OpenEnum(std::string_view text) : OpenEnumBase(text) {}

    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept { return a.text() == b.text(); }
    friend bool operator==(const OpenEnum& a, Enumerator b) noexcept { return a.text() == b.text(); }
    friend std::strong_ordering operator<=>(const OpenEnum& a, const OpenEnum& b) noexcept {
        return a.text() <=> b.text();
    }
    /// For {fmt}.
    friend std::string_view format_as(const OpenEnum& value) noexcept { return value.text(); }
};

}  // namespace genai::inline GENAI_ABI

template <std::derived_from<genai::OpenEnumBase> T>
struct std::hash<T> {
    std::size_t operator()(const T& value) const noexcept { return std::hash<std::string>()(value.text()); }
};

#if defined(__cpp_lib_format)
template <std::derived_from<genai::OpenEnumBase> T>
struct std::formatter<T> : std::formatter<std::string_view> {
    auto format(const T& value, auto& context) const {
        return std::formatter<std::string_view>::format(value.text(), context);
    }
};
#endif
