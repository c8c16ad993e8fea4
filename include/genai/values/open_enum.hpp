#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// The base of every enumeration of the API: its text. A value that this version does not know keeps its
/// text, never throws, and is sent back as it came.
class OpenEnumBase {
public:
    /// The wire text, such as `MAX_TOKENS`; empty for a default-constructed value.
    const std::string& text() const noexcept { return text_; }

    /// The text to replace; for the codec.
    std::string& edit_text() noexcept { return text_; }

    /// Whether nothing was set.
    bool empty() const noexcept { return text_.empty(); }

protected:
    OpenEnumBase() = default;
    explicit OpenEnumBase(std::string text) noexcept : text_(std::move(text)) {}

private:
    std::string text_{};
};

/// An enumeration whose enumerators are constants of the derived type. `Self` only keeps the types apart.
template <class Self>
class OpenEnum : public OpenEnumBase {
public:
    /// A named constant; converts to the enumeration without allocation until it does.
    class Enumerator {
    public:
        constexpr explicit Enumerator(std::string_view text) noexcept : text_(text) {}
        /// The wire text.
        constexpr std::string_view text() const noexcept { return text_; }
        friend constexpr bool operator==(Enumerator, Enumerator) = default;

    private:
        std::string_view text_;
    };

    OpenEnum() = default;
    OpenEnum(Enumerator known) : OpenEnumBase(std::string(known.text())) {}
    /// A value by its wire text, known to this version or not.
    explicit OpenEnum(std::string_view text) : OpenEnumBase(std::string(text)) {}

    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept { return a.text() == b.text(); }
    friend bool operator==(const OpenEnum& a, Enumerator b) noexcept { return a.text() == b.text(); }
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& value) { return out << value.text(); }
};

}  // namespace genai::inline GENAI_ABI
