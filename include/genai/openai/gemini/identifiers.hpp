#pragma once

#include <cstddef>
#include <string>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A random text of `digits` hexadecimal digits.
std::string random_hex(std::size_t digits);
/// An id for a completion that came without: `chatcmpl-…`.
std::string completion_id();
/// An id for a call that came without: `call_…`.
std::string call_id();

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstdint>
#include <string_view>

#include <genai/os/random.hpp>
#include <genai/values/number_cast.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE std::string random_hex(std::size_t digits) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string made;
    while (made.size() < digits) {
        std::uint64_t number = genai::detail::random_number();
        for (int i = 0; i < 16 && made.size() < digits; ++i, number >>= 4U)
            made += alphabet[genai::detail::number_cast<std::size_t>(number & 15U)];
    }
    return made;
}

GENAI_INLINE std::string completion_id() { return "chatcmpl-" + random_hex(32); }
GENAI_INLINE std::string call_id() { return "call_" + random_hex(28); }

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
