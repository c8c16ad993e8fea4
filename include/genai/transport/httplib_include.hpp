#pragma once

/// cpp-httplib, as this library needs it.

#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error \
    "genai: httplib.h was included before without CPPHTTPLIB_OPENSSL_SUPPORT; define it for the whole program"
#endif
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif

#include <cstddef>
#include <string_view>

// X.h and Xlib.h define words that are enumerators there.
#pragma push_macro("None")
#undef None
#pragma push_macro("Success")
#undef Success
#include <httplib.h>
#pragma pop_macro("None")
#pragma pop_macro("Success")

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether a "major.minor.patch" is at least 0.41: older ones lack what the transport is built on.
constexpr bool recent_httplib(std::string_view version) {
    unsigned part[2] = {};
    std::size_t i = 0;
    for (unsigned& number : part) {
        while (i < version.size() && version[i] >= '0' && version[i] <= '9')
            number = number * 10 + static_cast<unsigned>(version[i++] - '0');
        ++i;
    }
    return part[0] > 0 || part[1] >= 41;
}
static_assert(recent_httplib(CPPHTTPLIB_VERSION), "genai: cpp-httplib 0.41.0 or later is needed");

}  // namespace genai::inline GENAI_ABI::detail
