#pragma once

#include <cstdint>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// About how many tokens a text comes to, in hundredths: by weights a code point, which were fitted to counts
/// of the open Gemma 3 tokenizer. Bytes that are no UTF-8 count as other characters.
std::int64_t text_token_hundredths(std::string_view text);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <cstddef>

namespace genai::inline GENAI_ABI::detail {

/// Takes the next code point off a text; U+FFFD for a byte that begins none.
GENAI_INLINE char32_t next_code_point(std::string_view& text) {
    const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    char32_t point = length <= 1 ? first : first & (0xFFU >> (length + 1));
    bool whole = length != 0 && length <= text.size();
    for (std::size_t i = 1; whole && i < length; ++i) {
        whole = (byte(i) & 0xC0U) == 0x80U;
        point = point << 6U | (byte(i) & 0x3FU);
    }
    text.remove_prefix(whole ? length : 1);
    return whole ? point : char32_t{0xFFFD};
}

/// A range of code points, and what each comes to.
struct ScriptWeight {
    char32_t first;
    char32_t last;
    std::int64_t hundredths;
};

/// Beyond ASCII, by code point. Sorted.
inline constexpr ScriptWeight script_weights[] = {
    {0x00C0, 0x024F, 70},    // Latin letters
    {0x0370, 0x03FF, 42},    // Greek
    {0x0400, 0x052F, 33},    // Cyrillic
    {0x0590, 0x05FF, 45},    // Hebrew
    {0x0600, 0x06FF, 33},    // Arabic
    {0x0750, 0x077F, 33},    // Arabic
    {0x0900, 0x0DFF, 30},    // Indic
    {0x0E00, 0x0EFF, 33},    // Thai, Lao
    {0x1100, 0x11FF, 60},    // Hangul
    {0x1E00, 0x1EFF, 70},    // Latin letters
    {0x200D, 0x200D, 95},    // joiner
    {0x2010, 0x2027, 70},    // punctuation
    {0x2600, 0x27BF, 95},    // emoji
    {0x3000, 0x303F, 70},    // punctuation
    {0x3040, 0x30FF, 50},    // kana
    {0x3400, 0x9FFF, 70},    // Han
    {0xAC00, 0xD7AF, 60},    // Hangul
    {0xF900, 0xFAFF, 70},    // Han
    {0xFE00, 0xFE0F, 95},    // variation selectors
    {0xFF00, 0xFF65, 70},    // punctuation
    {0x1F000, 0x1FAFF, 95},  // emoji
    {0x20000, 0x3FFFF, 70},  // Han
};

GENAI_INLINE std::int64_t script_weight(char32_t point) {
    constexpr std::int64_t other = 60;
    for (const ScriptWeight& one : script_weights)
        if (point <= one.last) return point >= one.first ? one.hundredths : other;
    return other;
}

GENAI_INLINE bool is_ascii_letter(char32_t point) {
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

GENAI_INLINE std::int64_t text_token_hundredths(std::string_view text) {
    constexpr std::int64_t word = 35;
    constexpr std::int64_t letter = 20;
    constexpr std::int64_t digit = 100;
    constexpr std::int64_t punctuation = 60;
    constexpr std::int64_t run = 100;  // of blanks
    std::int64_t total = 0;
    char32_t before = 0;
    std::size_t blanks = 0;  // equal ones, up to here
    while (!text.empty()) {
        const char32_t point = next_code_point(text);
        const bool blank = point == ' ' || point == '\n' || point == '\t' || point == '\r';
        blanks = blank ? (point == before ? blanks + 1 : 1) : 0;
        if (blank) total += blanks == (point == ' ' ? 2U : 1U) ? run : 0;
        else if (is_ascii_letter(point)) total += letter + (is_ascii_letter(before) ? 0 : word);
        else if (point >= '0' && point <= '9') total += digit;
        else total += point < 0x80 ? punctuation : script_weight(point);
        before = point;
    }
    return total;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
