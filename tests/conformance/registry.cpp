#include "registry.hpp"

#include <genai/genai.hpp>

#include "all_types.hpp"

namespace conformance {

const std::map<std::string, TypeInfo>& core_types() {
    static const std::map<std::string, TypeInfo> all{
#define GENAI_TESTS_ENTRY(name) {#name, describe<genai::name>()},
        GENAI_TESTS_CORE_TYPES(GENAI_TESTS_ENTRY)
#undef GENAI_TESTS_ENTRY
    };
    return all;
}

const TypeInfo* find_type(std::string name) {
    const auto look = [](const std::map<std::string, TypeInfo>& types, const std::string& wanted) {
        const auto found = types.find(wanted);
        return found == types.end() ? nullptr : &found->second;
    };
    if (const TypeInfo* found = look(core_types(), name)) return found;
    if (name.ends_with("_2")) {
        name.resize(name.size() - 2);
        const bool media = name == "Blob" || name == "File" || name == "Image" || name == "Document";  // the API's own
        if (media) return look(core_types(), name);
    }
    for (const char* prefix : {"Interactions.", "interactions.", "interactions::"})
        if (name.starts_with(prefix)) name.erase(0, std::string(prefix).size());
    if (name == "FunctionT" || name == "ErrorT") name.pop_back();
    return look(interactions_types(), "interactions::" + name);
}

}  // namespace conformance
