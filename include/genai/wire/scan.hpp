#pragma once

#include <bit>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::wire {

#if defined(__SSE2__) || defined(_M_X64)
/// One bit for each byte that a JSON string cannot hold as it is.
inline unsigned special_bytes(__m128i block) noexcept {
    const __m128i control = _mm_set1_epi8(0x1F);
    const __m128i special = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))),
        _mm_cmpeq_epi8(_mm_min_epu8(block, control), block));
    return static_cast<unsigned>(_mm_movemask_epi8(special));
}
#endif

/// The first byte at or after `p` that a JSON string cannot hold as it is: a quote, a backslash, a control
/// character; `end` when there is none. Sets `high` when a byte before it is not ASCII.
inline const char* scan_string(const char* p, const char* end, bool& high) noexcept {
#if defined(__SSE2__) || defined(_M_X64)
    while (end - p >= 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const auto hits = special_bytes(block);
        const auto highs = static_cast<unsigned>(_mm_movemask_epi8(block));
        if (hits != 0) {
            const auto at = static_cast<unsigned>(std::countr_zero(hits));
            high = high || (highs & ((1U << at) - 1U)) != 0;
            return p + at;
        }
        high = high || highs != 0;
        p += 16;
    }
#else
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t tops = 0x8080808080808080U;
    while (end - p >= 8) {
        std::uint64_t block = 0;
        std::memcpy(&block, p, 8);
        const auto zero_byte = [](std::uint64_t x) { return (x - ones) & ~x & tops; };
        const std::uint64_t hits = zero_byte(block ^ (ones * '"')) | zero_byte(block ^ (ones * '\\')) |
                                   ((block - ones * 0x20) & ~block & tops);
        if (hits != 0) break;  // the bytewise loop finds which
        high = high || (block & tops) != 0;
        p += 8;
    }
#endif
    for (; p != end; ++p) {
        const auto byte = static_cast<unsigned char>(*p);
        if (byte == '"' || byte == '\\' || byte < 0x20) return p;
        high = high || byte >= 0x80;
    }
    return end;
}

/// As `scan_string`, and copies what it passes over to `to`, which has room for `copy_slack` bytes more than
/// there are up to `end`.
inline constexpr std::size_t copy_slack = 16;
inline const char* copy_string(const char* p, const char* end, char* to, bool& high) noexcept {
#if defined(__SSE2__) || defined(_M_X64)
    for (; end - p >= 16; p += 16, to += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), block);
        const auto hits = special_bytes(block);
        const auto highs = static_cast<unsigned>(_mm_movemask_epi8(block));
        if (hits != 0) {
            const auto at = static_cast<unsigned>(std::countr_zero(hits));
            high = high || (highs & ((1U << at) - 1U)) != 0;
            return p + at;
        }
        high = high || highs != 0;
    }
#endif
    const char* const stop = scan_string(p, end, high);
    std::memcpy(to, p, static_cast<std::size_t>(stop - p));
    return stop;
}

/// A number of JSON text, taken apart.
struct Number {
    const char* begin{};
    const char* end{};  ///< one past its last character; null when it is malformed
    bool negative{};
    bool integral{};           ///< neither fraction nor exponent was written
    std::uint64_t mantissa{};  ///< all digits as one integer, meaningful unless `overflow`
    bool overflow{};           ///< more digits than `mantissa` holds
    std::int64_t exponent{};   ///< the value is mantissa × 10^exponent
};

/// Whether the digits of a number's text, up to its exponent, are more than 64 bits hold.
inline bool overflows(const char* p, const char* end) noexcept {
    std::uint64_t value = 0;
    for (; p != end; ++p) {
        if (*p == '-' || *p == '.') continue;
        const auto digit = static_cast<unsigned>(*p - '0');
        if (value > (UINT64_MAX - digit) / 10) return true;
        value = value * 10 + digit;
    }
    return false;
}

/// Takes the JSON number (RFC 8259 §6) at `p` apart.
inline Number scan_number(const char* p, const char* end) noexcept {
    Number number{.begin = p};
    const auto digits = [&] {
        const char* const first = p;
        for (; p != end && static_cast<unsigned>(*p - '0') <= 9; ++p)
            number.mantissa = number.mantissa * 10 + static_cast<unsigned>(*p - '0');
        return p - first;
    };
    if (p != end && *p == '-') {
        number.negative = true;
        ++p;
    }
    std::ptrdiff_t count = 0;
    if (p != end && *p == '0') {
        ++p;
    } else if ((count = digits()) == 0) {
        return number;
    }
    number.integral = true;
    if (p != end && *p == '.') {
        number.integral = false;
        ++p;
        const std::ptrdiff_t places = digits();
        if (places == 0) return number;
        number.exponent -= places;
        count += places;
    }
    if (count > 19) number.overflow = overflows(number.begin, p);  // nineteen fit, whatever they are
    if (p != end && (*p == 'e' || *p == 'E')) {
        number.integral = false;
        ++p;
        const bool down = p != end && *p == '-';
        if (p != end && (*p == '-' || *p == '+')) ++p;
        const auto digit = [&p, end] { return p != end && *p >= '0' && *p <= '9'; };
        if (!digit()) return number;
        std::int64_t exponent = 0;
        for (; digit(); ++p)
            if (exponent < 1'000'000) exponent = exponent * 10 + (*p - '0');
        number.exponent += down ? -exponent : exponent;
    }
    number.end = p;
    return number;
}

/// Whether a number that no double can hold is too large for it rather than too close to zero.
inline bool is_large(const Number& number) noexcept {
    std::int64_t digits = 0;  // from the first that is not zero
    for (const char* p = number.begin; p != number.end && *p != 'e' && *p != 'E'; ++p)
        if ((*p >= '1' && *p <= '9') || (*p == '0' && digits != 0)) ++digits;
    return number.exponent + digits > 0;
}

/// The nearest double; infinite when the number is too large, as JSON text can say but a double cannot.
inline double to_double(const Number& number) {
    static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    // both factors exact: one rounding, as the standard wants (Clinger's fast path)
    if (!number.overflow && number.mantissa <= (std::uint64_t{1} << 53U) && number.exponent >= -22 &&
        number.exponent <= 22) {
        double value = static_cast<double>(number.mantissa);
        value = number.exponent < 0 ? value / powers[-number.exponent] : value * powers[number.exponent];
        return number.negative ? -value : value;
    }
    double value = 0;
#if defined(__cpp_lib_to_chars)
    const auto result = std::from_chars(number.begin, number.end, value);
    if (result.ec == std::errc::result_out_of_range) {
        value = is_large(number) ? HUGE_VAL : 0.0;
        if (number.negative) value = -value;
    }
#else
    // no from_chars for doubles in this library: strtod, which reads the locale's decimal point
    std::string text(number.begin, number.end);
    if (const auto point = text.find('.'); point != std::string::npos)
        text.replace(point, 1, std::localeconv()->decimal_point);
    value = std::strtod(text.c_str(), nullptr);
#endif
    return value;
}

}  // namespace genai::inline GENAI_ABI::wire
