#pragma once

#include <version>

#include <genai/version.hpp>

#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L
#error "genai needs C++20: compile with -std=c++20 (/std:c++20) or later"
#endif

#if defined(__GNUC__) && !defined(__cpp_exceptions)
#error "genai needs exceptions: compile without -fno-exceptions"
#endif

// What is no template is compiled in each file that includes it, or, where GENAI_COMPILED is defined, once:
// in the file that defines GENAI_IMPLEMENTATION too, as CMake's `genai::compiled` does. The methods of
// sub-APIs are templates in the first case, so that a file compiles those alone that it calls. A virtual
// function is GENAI_INLINE where it is declared too: the first that is not would bring its class into every
// object file.
#if !defined(GENAI_COMPILED)
#define GENAI_BODIES 1
#define GENAI_TRANSPORT_BODIES 1
#define GENAI_OPENAI_BODIES 1
#define GENAI_COST_BODIES 1
#define GENAI_INLINE inline
#define GENAI_LAZY template <int = 0>
#define GENAI_LAZY_BODY template <int>
#elif defined(GENAI_IMPLEMENTATION)
#if !defined(GENAI_IMPLEMENTATION_PART)
#define GENAI_BODIES 1
#define GENAI_TRANSPORT_BODIES 1
#define GENAI_OPENAI_BODIES 1
#define GENAI_COST_BODIES 1
#else
#define GENAI_BODIES (GENAI_IMPLEMENTATION_PART == 1)
#define GENAI_TRANSPORT_BODIES (GENAI_IMPLEMENTATION_PART == 2)
#define GENAI_OPENAI_BODIES (GENAI_IMPLEMENTATION_PART == 3)
#define GENAI_COST_BODIES (GENAI_IMPLEMENTATION_PART == 4)
#endif
#define GENAI_INLINE
#define GENAI_LAZY
#define GENAI_LAZY_BODY
#else
#define GENAI_BODIES 0
#define GENAI_TRANSPORT_BODIES 0
#define GENAI_OPENAI_BODIES 0
#define GENAI_COST_BODIES 0
#define GENAI_INLINE
#define GENAI_LAZY
#endif

// Some standard libraries have no <stop_token>: libc++ before 20, unless -fexperimental-library is given.
#if !defined(__cpp_lib_jthread)
#define GENAI_OWN_STOP_TOKEN 1
#endif

// The inline namespace of everything: one a minor version while the major one is 0, then one a major version.
// Adding a member to a struct changes the ABI and never the source, so files of different versions must not
// link. Nor must files that have the bodies and files that refer to a compiled library, or files that differ
// in what a stop token is.
#define GENAI_ABI_NAME(major, minor, mode, token) v##major##_##minor##mode##token
#define GENAI_ABI_EXPAND(major, minor, mode, token) GENAI_ABI_NAME(major, minor, mode, token)
#if defined(GENAI_COMPILED)
#define GENAI_ABI_MODE _compiled
#else
#define GENAI_ABI_MODE
#endif
#if defined(GENAI_OWN_STOP_TOKEN)
#define GENAI_ABI_TOKEN _stop
#else
#define GENAI_ABI_TOKEN
#endif
#define GENAI_ABI GENAI_ABI_EXPAND(GENAI_VERSION_MAJOR, GENAI_VERSION_MINOR, GENAI_ABI_MODE, GENAI_ABI_TOKEN)

#if defined(_MSC_VER)
#define GENAI_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#else
#define GENAI_NO_UNIQUE_ADDRESS [[no_unique_address]]
#endif

// Exceptions are caught across shared libraries whatever the default visibility is.
#if defined(__GNUC__) && !defined(_WIN32)
#define GENAI_EXPORT __attribute__((visibility("default")))
#else
#define GENAI_EXPORT
#endif

namespace genai::inline GENAI_ABI {

#define GENAI_TEXT_OF(x) #x
#define GENAI_VERSION_TEXT(major, minor, patch) \
    GENAI_TEXT_OF(major) "." GENAI_TEXT_OF(minor) "." GENAI_TEXT_OF(patch)

/// "major.minor.patch", as sent in the user agent.
constexpr const char* version() noexcept {
    return GENAI_VERSION_TEXT(GENAI_VERSION_MAJOR, GENAI_VERSION_MINOR, GENAI_VERSION_PATCH);
}

}  // namespace genai::inline GENAI_ABI

#undef GENAI_TEXT_OF
#undef GENAI_VERSION_TEXT
