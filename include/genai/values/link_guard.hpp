#pragma once

#include <nlohmann/json.hpp>

#include <genai/config.hpp>

// Everything that must be the same in a compiled library and in the files that use it, as one symbol's name:
// a mixture fails to link, and the linker's message says what differs.

#if defined(JSON_DIAGNOSTICS) && JSON_DIAGNOSTICS
#define GENAI_GUARD_JSON _diagnostics
#else
#define GENAI_GUARD_JSON
#endif
#if defined(JSON_USE_LEGACY_DISCARDED_VALUE_COMPARISON) && JSON_USE_LEGACY_DISCARDED_VALUE_COMPARISON
#define GENAI_GUARD_LEGACY _legacy
#else
#define GENAI_GUARD_LEGACY
#endif

#define GENAI_GUARD_NAME(major, minor, json_major, json_minor, json_patch, diagnostics, legacy) \
    version_##major##_##minor##_compiled_json_##json_major##_##json_minor##_##json_patch##diagnostics##legacy
#define GENAI_GUARD_EXPAND(major, minor, json_major, json_minor, json_patch, diagnostics, legacy) \
    GENAI_GUARD_NAME(major, minor, json_major, json_minor, json_patch, diagnostics, legacy)
#define GENAI_GUARD                                                                                \
    GENAI_GUARD_EXPAND(GENAI_VERSION_MAJOR, GENAI_VERSION_MINOR, NLOHMANN_JSON_VERSION_MAJOR,      \
                       NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH, GENAI_GUARD_JSON, \
                       GENAI_GUARD_LEGACY)

#if defined(GENAI_COMPILED)
namespace genai::link_guard {

extern const char GENAI_GUARD;
#if defined(GENAI_COMPILED) && GENAI_BODIES
const char GENAI_GUARD = 0;
#elif defined(__GNUC__)
[[gnu::used]] static const char* const linked = &GENAI_GUARD;
#else
static const char* volatile const linked = &GENAI_GUARD;
#endif

}  // namespace genai::link_guard
#endif

#undef GENAI_GUARD
#undef GENAI_GUARD_EXPAND
#undef GENAI_GUARD_NAME
#undef GENAI_GUARD_JSON
#undef GENAI_GUARD_LEGACY
