#pragma once

/// The library's version; CMake and the amalgamation read it here and nowhere else.
#define GENAI_VERSION_MAJOR 0
#define GENAI_VERSION_MINOR 1
#define GENAI_VERSION_PATCH 0

/// The version as one number, for `#if`: 10203 is 1.2.3.
#define GENAI_VERSION (GENAI_VERSION_MAJOR * 10000 + GENAI_VERSION_MINOR * 100 + GENAI_VERSION_PATCH)
