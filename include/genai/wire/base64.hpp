#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Length of the base64 text of `size` bytes, padding included.
constexpr std::size_t base64_size(std::size_t size) noexcept { return (size + 2) / 3 * 4; }

namespace base64_tables {

inline constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
inline constexpr std::uint32_t invalid = 0xFF000000U;

// 12 bits to two characters: half the look-ups of a table by character.
inline constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = {alphabet[i >> 6U], alphabet[i & 63U]};
    return table;
}();

// One table a position: the character's six bits already shifted to their place in the triple. Both
// alphabets.
inline constexpr auto shifted = [] {
    std::array<std::array<std::uint32_t, 256>, 4> tables{};
    for (auto& table : tables) table.fill(invalid);
    for (std::size_t position = 0; position < 4; ++position) {
        auto& table = tables[position];
        const auto shift = 18U - 6U * static_cast<unsigned>(position);
        for (std::uint32_t value = 0; value < 64; ++value)
            table[static_cast<unsigned char>(alphabet[value])] = value << shift;
        table[static_cast<unsigned char>('-')] = 62U << shift;
        table[static_cast<unsigned char>('_')] = 63U << shift;
    }
    return tables;
}();

}  // namespace base64_tables

/// Writes the standard base64 of `bytes`, padded, to `out`, which has room for `base64_size` characters.
void encode_base64(std::string_view bytes, char* out) noexcept;

/// Writes the part of the standard base64 of `bytes` that begins at `from` and fills `out`, which does not
/// reach beyond its end.
void encode_base64_part(std::string_view bytes, std::uint64_t from, std::span<char> out) noexcept;

/// The same of bytes that may be deferred, whose text it then is.
inline void base64_part(const Bytes& bytes, std::uint64_t from, std::span<char> out) noexcept {
    if (const std::string_view text = bytes.source(); !text.empty())
        std::memcpy(out.data(), text.data() + from, out.size());
    else encode_base64_part(bytes.view(), from, out);
}

/// The standard base64 of `bytes`, padded.
inline std::string to_base64(std::string_view bytes) {
    std::string text(base64_size(bytes.size()), '\0');
    encode_base64(bytes, text.data());
    return text;
}

/// Decodes as much of base64 text of the standard alphabet as is easily done, to `out`, which has room for
/// what all of it makes; says how many characters that was, a multiple of four.
std::size_t decode_base64_fast(std::string_view text, char* out) noexcept;

/// The bytes of base64 text in the standard or the URL-safe alphabet, padded or not; nothing when it is not
/// base64.
inline std::optional<Bytes> from_base64(std::string_view text) {
    using base64_tables::shifted;
    std::size_t padding = 0;
    while (padding < 2 && !text.empty() && text.back() == '=') {
        text.remove_suffix(1);
        ++padding;
    }
    if (text.size() % 4 == 1 || (padding != 0 && (text.size() + padding) % 4 != 0)) return std::nullopt;

    Bytes bytes =
        Bytes::uninitialized(text.size() / 4 * 3 + (text.size() % 4 == 0 ? 0 : text.size() % 4 - 1));
    const std::size_t done = decode_base64_fast(text, bytes.mutable_data());
    const auto* p = reinterpret_cast<const unsigned char*>(text.data()) + done;
    char* out = bytes.mutable_data() + done / 4 * 3;
    const auto put = [&out](std::uint32_t triple, int count) {
        for (int shift = 16; count > 0; --count, shift -= 8)
            *out++ = static_cast<char>(static_cast<unsigned char>(triple >> static_cast<unsigned>(shift)));
    };
    std::uint32_t seen = 0;
    std::size_t left = text.size() - done;
    for (; left >= 4; left -= 4, p += 4) {
        const std::uint32_t triple =
            shifted[0][p[0]] | shifted[1][p[1]] | shifted[2][p[2]] | shifted[3][p[3]];
        seen |= triple;
        put(triple, 3);
    }
    if (left != 0) {
        const std::uint32_t triple =
            shifted[0][p[0]] | shifted[1][p[1]] | (left == 3 ? shifted[2][p[2]] : 0U);
        seen |= triple;
        put(triple, static_cast<int>(left) - 1);
    }
    if ((seen & base64_tables::invalid) != 0) return std::nullopt;
    return bytes;
}

/// The bytes of base64 text, decoded when they are first looked at where the text is long, padded and of the
/// standard alphabet, so that it can be sent as it is; nothing when it is not base64. The text is copied, or
/// `borrowed`: then it must outlive what is made of it.
std::optional<Bytes> deferred_base64(std::string_view text, bool borrowed);

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

#if defined(__x86_64__) && defined(__GNUC__)
#define GENAI_HAS_AVX2 1
#include <immintrin.h>
#endif

namespace genai::inline GENAI_ABI::wire {

#if defined(GENAI_HAS_AVX2)
/// Encodes most of a run, 24 bytes at a time, and says how many. W. Mula, D. Lemire, "Faster Base64 Encoding
/// and Decoding using AVX2 Instructions" (2018): bytes are spread to their places, two multiplications shift
/// the sixes, and a table of differences makes characters of them.
__attribute__((target("avx2"))) GENAI_INLINE std::size_t encode_base64_avx2(const unsigned char* from,
                                                                            std::size_t size,
                                                                            char* out) noexcept {
    const __m256i spread = _mm256_set_epi8(10, 11, 9, 10, 7, 8, 6, 7, 4, 5, 3, 4, 1, 2, 0, 1, 14, 15, 13, 14,
                                           11, 12, 10, 11, 8, 9, 7, 8, 5, 6, 4, 5);
    const __m256i differences =
        _mm256_setr_epi8(65, 71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 0, 0, 65, 71, -4, -4, -4,
                         -4, -4, -4, -4, -4, -4, -4, -19, -16, 0, 0);
    std::size_t done = 0;
    for (; size - done >= 32;
         done += 24, out += 32) {  // the twelve bytes of each half stand in the middle of what is loaded
        const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + done));
        const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + done + 12));
        const __m256i loaded = _mm256_set_m128i(high, _mm_slli_si128(low, 4));
        const __m256i bytes = _mm256_shuffle_epi8(loaded, spread);
        const __m256i odd = _mm256_mulhi_epu16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x0FC0FC00)),
                                               _mm256_set1_epi32(0x04000040));
        const __m256i even = _mm256_mullo_epi16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x003F03F0)),
                                                _mm256_set1_epi32(0x01000010));
        const __m256i sixes = _mm256_or_si256(odd, even);
        const __m256i row = _mm256_sub_epi8(_mm256_subs_epu8(sixes, _mm256_set1_epi8(51)),
                                            _mm256_cmpgt_epi8(sixes, _mm256_set1_epi8(25)));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out),
                            _mm256_add_epi8(sixes, _mm256_shuffle_epi8(differences, row)));
    }
    return done;
}

/// The way back, 32 characters at a time, from the same paper: two look-ups by half a byte have no bit in
/// common for a character of the alphabet, a third gives the difference to its six bits, two multiplications
/// join these. Stops at a character that is none.
__attribute__((target("avx2"))) GENAI_INLINE std::size_t decode_base64_avx2(const char* from,
                                                                            std::size_t size,
                                                                            char* out) noexcept {
    const __m256i low_classes = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    const __m256i high_classes = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    const __m256i differences =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i gather =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    const __m256i slash = _mm256_set1_epi8(0x2F);
    std::size_t done = 0;
    for (; size - done >= 48; done += 32, out += 24) {  // 32 bytes are written, of which 24 count
        const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + done));
        const __m256i high = _mm256_and_si256(_mm256_srli_epi32(text, 4), slash);
        const __m256i classes = _mm256_shuffle_epi8(high_classes, high);
        if (_mm256_testz_si256(_mm256_shuffle_epi8(low_classes, _mm256_and_si256(text, slash)), classes) == 0)
            break;
        const __m256i row = _mm256_add_epi8(_mm256_cmpeq_epi8(text, slash), high);
        const __m256i sixes = _mm256_add_epi8(text, _mm256_shuffle_epi8(differences, row));
        const __m256i twelves = _mm256_maddubs_epi16(sixes, _mm256_set1_epi32(0x01400140));
        const __m256i triples =
            _mm256_shuffle_epi8(_mm256_madd_epi16(twelves, _mm256_set1_epi32(0x00011000)), gather);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out),
                            _mm256_permutevar8x32_epi32(triples, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7)));
    }
    return done;
}
#endif

#if defined(GENAI_HAS_AVX2)
/// How many characters from the first on are of the standard alphabet, as far as is easily told.
__attribute__((target("avx2"))) GENAI_INLINE std::size_t base64_run_avx2(const char* from,
                                                                         std::size_t size) noexcept {
    const __m256i low_classes = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    const __m256i high_classes = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    const __m256i slash = _mm256_set1_epi8(0x2F);
    std::size_t done = 0;
    for (; size - done >= 32; done += 32) {
        const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + done));
        const __m256i high = _mm256_and_si256(_mm256_srli_epi32(text, 4), slash);
        const __m256i classes = _mm256_shuffle_epi8(high_classes, high);
        if (_mm256_testz_si256(_mm256_shuffle_epi8(low_classes, _mm256_and_si256(text, slash)), classes) == 0)
            break;
    }
    return done;
}
#endif

GENAI_INLINE std::optional<Bytes> deferred_base64(std::string_view text, bool borrowed) {
    constexpr std::size_t worth_it = std::size_t{4} << 10U;
    std::size_t padding = 0;
    while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') ++padding;
    if (text.size() < worth_it || text.size() % 4 != 0) return from_base64(text);
    std::size_t good = 0;
#if defined(GENAI_HAS_AVX2)
    if (__builtin_cpu_supports("avx2")) good = base64_run_avx2(text.data(), text.size() - padding);
#endif
    using base64_tables::alphabet;
    using base64_tables::shifted;
    std::uint32_t seen = 0;
    for (std::size_t i = good; i < text.size() - padding; ++i) {
        if (text[i] == '-' || text[i] == '_') return from_base64(text);
        seen |= shifted[3][static_cast<unsigned char>(text[i])];
    }
    if ((seen & base64_tables::invalid) != 0) return std::nullopt;
    const std::uint32_t last = shifted[3][static_cast<unsigned char>(text[text.size() - 1 - padding])];
    if (padding != 0 && (last & (padding == 1 ? 3U : 15U)) != 0)
        return from_base64(text);  // bits that are lost
    std::shared_ptr<const std::string> owned;
    if (!borrowed) owned = std::make_shared<const std::string>(text);
    const std::string_view kept = borrowed ? text : std::string_view(*owned);
    const auto decode = [](std::string_view from, char* out) noexcept {
        if (const auto made = from_base64(from)) std::memcpy(out, made->data(), made->size());
    };
    return Bytes::deferred(kept, text.size() / 4 * 3 - padding, decode, std::move(owned));
}

GENAI_INLINE std::size_t decode_base64_fast(std::string_view text, char* out) noexcept {
#if defined(GENAI_HAS_AVX2)
    if (text.size() >= 256 && __builtin_cpu_supports("avx2"))
        return decode_base64_avx2(text.data(), text.size(), out);
#else
    static_cast<void>(text);
    static_cast<void>(out);
#endif
    return 0;
}

GENAI_INLINE void encode_base64(std::string_view bytes, char* out) noexcept {
    using base64_tables::pairs;
    const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t left = bytes.size();
#if defined(GENAI_HAS_AVX2)
    if (left >= 256 && __builtin_cpu_supports("avx2")) {
        const std::size_t done = encode_base64_avx2(p, left, out);
        p += done;
        left -= done;
        out += done / 3 * 4;
    }
#endif
    for (; left >= 3; left -= 3, p += 3, out += 4) {
        const unsigned triple = (unsigned{p[0]} << 16U) | (unsigned{p[1]} << 8U) | p[2];
        std::memcpy(out, pairs[triple >> 12U].data(), 2);
        std::memcpy(out + 2, pairs[triple & 4095U].data(), 2);
    }
    if (left == 0) return;
    const unsigned triple = (unsigned{p[0]} << 16U) | (left == 2 ? unsigned{p[1]} << 8U : 0U);
    std::memcpy(out, pairs[triple >> 12U].data(), 2);
    out[2] = left == 2 ? pairs[triple & 4095U][0] : '=';
    out[3] = '=';
}

GENAI_INLINE void encode_base64_part(std::string_view bytes, std::uint64_t from,
                                     std::span<char> out) noexcept {
    const auto part_of_four = [&](std::size_t count) {  // of a group that begins or ends outside
        char four[4];
        encode_base64(bytes.substr(detail::number_cast<std::size_t>(from / 4 * 3), 3), four);
        std::memcpy(out.data(), four + from % 4, count);
        out = out.subspan(count);
        from += count;
    };
    if (from % 4 != 0 && !out.empty())
        part_of_four((std::min)(out.size(), detail::number_cast<std::size_t>(4 - from % 4)));
    if (const std::size_t groups = out.size() / 4; groups != 0) {
        encode_base64(bytes.substr(detail::number_cast<std::size_t>(from / 4 * 3), groups * 3), out.data());
        out = out.subspan(groups * 4);
        from += groups * 4;
    }
    if (!out.empty()) part_of_four(out.size());
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
