#include "registry.hpp"

#include <genai/genai.hpp>

#include "all_types.hpp"

namespace conformance {

template <class T>
static TypeInfo describe() {
    return {.fields =
                [] {
                    std::vector<std::string> names;
                    for (const auto& field : genai::wire::struct_table<T>().fields) names.emplace_back(field.name);
                    return names;
                },
            .round_trip = [](const std::string& text) { return genai::encode(genai::decode<T>(text)); }};
}

const std::map<std::string, TypeInfo>& types() {
    static const std::map<std::string, TypeInfo> all{
#define GENAI_TESTS_ENTRY(name) {#name, describe<genai::name>()},
        GENAI_TESTS_ALL_TYPES(GENAI_TESTS_ENTRY)
#undef GENAI_TESTS_ENTRY
    };
    return all;
}

}  // namespace conformance
