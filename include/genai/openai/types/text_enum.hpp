#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/values/open_enum.hpp>

namespace genai::inline GENAI_ABI::openai {

/// An OpenEnum that may be given as its text, as OpenAI's shapes are written: `.role = "user"`.
template <class Self>
struct TextEnum : OpenEnum<Self> {
    using OpenEnum<Self>::OpenEnum;
    TextEnum() = default;
    /// The value of that text; unset for an empty one, and for a null `const char*`.
    TextEnum(const char* text)
        : OpenEnum<Self>(text == nullptr ? std::string_view() : std::string_view(text)) {}
    /// The value of that text; unset for an empty one.
    TextEnum(const std::string& text) : OpenEnum<Self>(std::string_view(text)) {}

    /// Whether it is that text.
    template <std::convertible_to<std::string_view> T>
    friend bool operator==(const TextEnum& a, const T& b) {
        return a.text() == std::string_view(b);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
