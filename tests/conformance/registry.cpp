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
    for (const auto& [theirs, ours] :
         {std::pair("URL", "Url"), std::pair("MCP", "Mcp"), std::pair("SSE", "Sse")})
        if (const auto at = name.find(theirs); at != std::string::npos) name.replace(at, 3, ours);
    if (name == "Status" || name == "Interactions.Status") name = "interactions::RpcStatus";
    if (name == "Environment") name = "ComputerUseEnvironment";
    if (const TypeInfo* found = look(core_types(), name)) return found;
    if (name.ends_with("_2")) {
        name.resize(name.size() - 2);
        const bool media =
            name == "Blob" || name == "File" || name == "Image" || name == "Document";  // the API's own
        if (media) return look(core_types(), name);
    }
    if (name == "Environment_3") name = "environments::Environment";
    if (const auto dot = name.find('.'); dot != std::string::npos) {  // Webhooks.Webhook
        name.replace(dot, 1, "::");
        if (name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] + 32);
    }
    if (name == "FunctionT" || name == "ErrorT") name.pop_back();
    if (const TypeInfo* found = look(newer_types(), name)) return found;
    for (const char* space : {"interactions::", "agents::", "webhooks::", "triggers::", "environments::",
                              "credentials::", "voices::", "decisions::"})
        if (const TypeInfo* found = look(newer_types(), space + name)) return found;
    return nullptr;
}

}  // namespace conformance
