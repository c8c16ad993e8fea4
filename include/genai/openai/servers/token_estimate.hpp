#pragma once

#include <cstdint>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// About how many tokens a request comes to, for servers that do not count: by the length of its texts, where
/// scripts without blanks take about a token a character, and 258 for an image.
std::int64_t estimated_tokens(const Tree& request);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <string>

namespace genai::inline GENAI_ABI::openai::detail {

/// Quarters of tokens in a text.
GENAI_INLINE std::int64_t quarters_in(std::string_view text) {
    std::int64_t quarters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) quarters += 1;
        else if (byte >= 0xE0) quarters += 4;  // a character of three bytes or more
        else if (byte >= 0xC0) quarters += 2;
    }
    return quarters;
}

GENAI_INLINE std::int64_t quarters_in(const Tree& value) {
    if (value.is_string()) return quarters_in(std::string_view(value.get_ref<const std::string&>()));
    if (!value.is_structured()) return value.is_null() ? 0 : 4;
    std::int64_t quarters = 0;
    if (value.is_array()) {
        for (const Tree& one : value) quarters += quarters_in(one);
        return quarters;
    }
    for (const auto& [key, inner] : value.items()) {
        if (key == "inlineData" || key == "fileData") quarters += std::int64_t{258} * 4;
        else if (key != "role" && key != "thoughtSignature" && key != "generationConfig")
            quarters += quarters_in(inner);
    }
    return quarters;
}

GENAI_INLINE std::int64_t estimated_tokens(const Tree& request) { return (quarters_in(request) + 3) / 4; }

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
