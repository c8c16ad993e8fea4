#pragma once

/// The library's version; CMake and the amalgamation read it here and nowhere else.
#define GENAI_VERSION_MAJOR 0
#define GENAI_VERSION_MINOR 1
#define GENAI_VERSION_PATCH 0

namespace genai::inline v0 {

/// "major.minor.patch", as sent in the user agent.
inline constexpr const char* version = "0.1.0";

}  // namespace genai::inline v0
