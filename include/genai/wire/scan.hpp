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

namespace genai::inline v0::wire {

/// The first byte at or after `p` that a JSON string cannot hold as it is: a quote, a backslash, a control character;
/// `end` when there is none. Sets `high` when a byte before it is not ASCII.
inline const char* scan_string(const char* p, const char* end, bool& high) noexcept {
#if defined(__SSE2__) || defined(_M_X64)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1F);
    while (end - p >= 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                             _mm_cmpeq_epi8(_mm_min_epu8(block, control), block));
        const auto hits = static_cast<unsigned>(_mm_movemask_epi8(special));
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
        const std::uint64_t hits = zero_byte(block ^ (ones * '"')) | zero_byte(block ^ (ones * '\\')) | ((block - ones * 0x20) & ~block & tops);
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

/// A number of JSON text, taken apart.
struct Number {
    const char* begin{};
    const char* end{};          ///< one past its last character; null when it is malformed
    bool negative{};
    bool integral{};            ///< neither fraction nor exponent was written
    std::uint64_t mantissa{};   ///< all digits as one integer, meaningful unless `overflow`
    bool overflow{};            ///< more digits than `mantissa` holds
    std::int64_t digits{};      ///< how many, from the first that is not zero
    std::int64_t exponent{};    ///< the value is mantissa × 10^exponent
};

/// Takes the JSON number (RFC 8259 §6) at `p` apart.
inline Number scan_number(const char* p, const char* end) noexcept {
    Number number{.begin = p};
    const auto digit = [&p, end] { return p != end && *p >= '0' && *p <= '9'; };
    const auto take = [&] {
        const auto value = static_cast<unsigned>(*p++ - '0');
        if (number.digits != 0 || value != 0) ++number.digits;
        if (number.digits >= 19 && number.mantissa > (UINT64_MAX - value) / 10) {
            number.overflow = true;
        } else {
            number.mantissa = number.mantissa * 10 + value;
        }
    };
    if (p != end && *p == '-') {
        number.negative = true;
        ++p;
    }
    if (!digit()) return number;
    if (*p == '0') {
        ++p;
    } else {
        while (digit()) take();
    }
    number.integral = true;
    if (p != end && *p == '.') {
        number.integral = false;
        ++p;
        if (!digit()) return number;
        const char* const first = p;
        while (digit()) take();
        number.exponent -= p - first;
    }
    if (p != end && (*p == 'e' || *p == 'E')) {
        number.integral = false;
        ++p;
        const bool down = p != end && *p == '-';
        if (p != end && (*p == '-' || *p == '+')) ++p;
        if (!digit()) return number;
        std::int64_t exponent = 0;
        for (; digit(); ++p)
            if (exponent < 1'000'000) exponent = exponent * 10 + (*p - '0');
        number.exponent += down ? -exponent : exponent;
    }
    number.end = p;
    return number;
}

/// The nearest double; infinite when the number is too large, as JSON text can say but a double cannot.
inline double to_double(const Number& number) {
    static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    // both factors exact: one rounding, as the standard wants (Clinger's fast path)
    if (!number.overflow && number.mantissa <= (std::uint64_t{1} << 53U) && number.exponent >= -22 && number.exponent <= 22) {
        double value = static_cast<double>(number.mantissa);
        value = number.exponent < 0 ? value / powers[-number.exponent] : value * powers[number.exponent];
        return number.negative ? -value : value;
    }
    double value = 0;
#if defined(__cpp_lib_to_chars)
    const auto result = std::from_chars(number.begin, number.end, value);
    if (result.ec == std::errc::result_out_of_range) {
        value = number.exponent + number.digits > 0 ? HUGE_VAL : 0.0;
        if (number.negative) value = -value;
    }
#else
    // no from_chars for doubles in this library: strtod, which reads the locale's decimal point
    std::string text(number.begin, number.end);
    if (const auto point = text.find('.'); point != std::string::npos) text.replace(point, 1, std::localeconv()->decimal_point);
    value = std::strtod(text.c_str(), nullptr);
#endif
    return value;
}

}  // namespace genai::inline v0::wire
