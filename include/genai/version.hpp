#pragma once

/// The library's version; CMake and the amalgamation read it here and nowhere else.
#define GENAI_VERSION_MAJOR 0
#define GENAI_VERSION_MINOR 1
#define GENAI_VERSION_PATCH 0

// Bodies that are no templates are compiled in each file that includes them, or, where GENAI_COMPILED is defined, once:
// in the file that defines GENAI_IMPLEMENTATION too, as CMake's `genai::compiled` does.
#if !defined(GENAI_COMPILED)
#define GENAI_BODIES 1
#define GENAI_INLINE inline
// The methods of sub-APIs: as templates, a file compiles those alone that it calls.
#define GENAI_LAZY template <int = 0>
#define GENAI_LAZY_BODY template <int>
#elif defined(GENAI_IMPLEMENTATION)
#define GENAI_BODIES 1
#define GENAI_INLINE
#define GENAI_LAZY
#define GENAI_LAZY_BODY
#else
#define GENAI_BODIES 0
#define GENAI_LAZY
#endif

namespace genai::inline v0 {

/// "major.minor.patch", as sent in the user agent.
inline constexpr const char* version = "0.1.0";

}  // namespace genai::inline v0
