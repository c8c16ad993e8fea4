#include "registry.hpp"

#include <genai/genai.hpp>
#include <genai/openai/types.hpp>

#include "all_types.hpp"

namespace conformance {

const std::map<std::string, TypeInfo>& newer_types() {
    static const std::map<std::string, TypeInfo> all{
#define GENAI_TESTS_ENTRY(name) {#name, describe<genai::name>()},
        GENAI_TESTS_NEWER_TYPES(GENAI_TESTS_ENTRY)
#undef GENAI_TESTS_ENTRY
    };
    return all;
}

}  // namespace conformance
