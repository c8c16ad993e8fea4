#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::net {

/// The SHA-256 of bytes, in 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace genai::inline GENAI_ABI::net

#if GENAI_TRANSPORT_BODIES

#include <cstddef>
#include <new>

#include <genai/net/openssl.hpp>

namespace genai::inline GENAI_ABI::net {

GENAI_INLINE std::string sha256(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

}  // namespace genai::inline GENAI_ABI::net

#endif
