#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Whether `text` is well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
inline bool is_utf8(std::string_view text) noexcept {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = p + text.size();
    const auto follows = [end](const unsigned char* at, std::ptrdiff_t count) {
        if (end - at <= count) return false;
        for (std::ptrdiff_t i = 1; i <= count; ++i)
            if ((at[i] & 0xC0U) != 0x80U) return false;
        return true;
    };
    while (p != end) {
        if (end - p >= 8) {
            std::uint64_t block = 0;
            std::memcpy(&block, p, 8);
            if ((block & 0x8080808080808080U) == 0) {
                p += 8;
                continue;
            }
        }
        const unsigned lead = *p;
        if (lead < 0x80) {
            ++p;
        } else if (lead >= 0xC2 && lead <= 0xDF) {
            if (!follows(p, 1)) return false;
            p += 2;
        } else if ((lead & 0xF0U) == 0xE0) {
            if (!follows(p, 2)) return false;
            if (lead == 0xE0 && p[1] < 0xA0) return false;  // overlong
            if (lead == 0xED && p[1] > 0x9F) return false;  // surrogate
            p += 3;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            if (!follows(p, 3)) return false;
            if (lead == 0xF0 && p[1] < 0x90) return false;  // overlong
            if (lead == 0xF4 && p[1] > 0x8F) return false;  // above U+10FFFF
            p += 4;
        } else {
            return false;
        }
    }
    return true;
}

/// The text with U+FFFD for each byte that is no part of a well-formed sequence.
inline std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < 4 && length <= text.size() && !is_utf8(text.substr(0, length))) ++length;
        if (length <= (std::min)(text.size(), std::size_t{4}) && is_utf8(text.substr(0, length))) {
            out += text.substr(0, length);
        } else {
            out += "\xEF\xBF\xBD";
            length = 1;
        }
        text.remove_prefix(length);
    }
    return out;
}

/// Writes the code point, which must be a scalar value, to `out` as one to four bytes; returns how many.
inline std::size_t put_utf8(std::uint32_t code, char* out) noexcept {
    const auto byte = [](std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
    if (code < 0x80) {
        out[0] = byte(code);
        return 1;
    }
    if (code < 0x800) {
        out[0] = byte(0xC0U | (code >> 6U));
        out[1] = byte(0x80U | (code & 0x3FU));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = byte(0xE0U | (code >> 12U));
        out[1] = byte(0x80U | ((code >> 6U) & 0x3FU));
        out[2] = byte(0x80U | (code & 0x3FU));
        return 3;
    }
    out[0] = byte(0xF0U | (code >> 18U));
    out[1] = byte(0x80U | ((code >> 12U) & 0x3FU));
    out[2] = byte(0x80U | ((code >> 6U) & 0x3FU));
    out[3] = byte(0x80U | (code & 0x3FU));
    return 4;
}

/// How a text begins, in quotes and on one line, for messages; empty for an empty one.
inline std::string excerpt(std::string_view text, std::size_t limit) {
    if (text.empty()) return {};
    std::string_view begin = text.substr(0, limit);
    if (begin.size() < text.size())  // not within a character
        while (!begin.empty() && (static_cast<unsigned char>(text[begin.size()]) & 0xC0U) == 0x80)
            begin.remove_suffix(1);
    if (!is_utf8(begin)) return "(" + std::to_string(text.size()) + " bytes that are not text)";
    std::string line(1, '\'');
    for (const char c : begin) {
        const bool blank = static_cast<unsigned char>(c) <= ' ';
        if (!blank) line += c;
        else if (line.back() != ' ' && line.size() > 1) line += ' ';
    }
    return line + (begin.size() < text.size() ? "...'" : "'");
}

}  // namespace genai::inline GENAI_ABI::wire
