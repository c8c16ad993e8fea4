#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/writer.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether functions of some tool can be called here.
bool has_handlers(const std::vector<Tool>& tools);

/// Whether a tool has anything that is sent.
bool declares_something(const Tool& tool);

/// The tools as they are sent: functions with handlers stand in one list, for some models take but one. Where
/// the declarations lie in a cache, which the service then wants alone, functions with handlers stay here.
std::vector<Tool> tools_for_request(const std::vector<Tool>& tools, bool cached = false);

/// Writes those members of a config that `wanted(name)` picks, its tools as they are sent.
template <class Config, class Wanted>
void write_config(wire::Writer& writer, const Config& config, Wanted&& wanted) {
    const bool functions = has_handlers(config.tools);
    writer.members(wire::struct_table<Config>(), &config,
                   [&](std::string_view name) { return wanted(name) && !(functions && name == "tools"); });
    bool cached = false;
    if constexpr (requires { config.cached_content.has_value(); }) cached = config.cached_content.has_value();
    if (functions) writer.member("\"tools\":", tools_for_request(config.tools, cached));
}

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <utility>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool has_handlers(const std::vector<Tool>& tools) {
    return std::any_of(tools.begin(), tools.end(), [](const Tool& tool) { return !tool.handlers.empty(); });
}

GENAI_INLINE bool declares_something(const Tool& tool) {
    const Tool none;
    return !wire::equal(wire::type_of<Tool>, &tool, &none);
}

GENAI_INLINE std::vector<Tool> tools_for_request(const std::vector<Tool>& tools, bool cached) {
    std::vector<Tool> sent;
    std::size_t functions = tools.size();  // where they stand
    for (const Tool& tool : tools) {
        if (tool.handlers.empty()) {
            sent.push_back(tool);
            continue;
        }
        if (!cached) {
            if (functions == tools.size() && !tool.function_declarations.empty()) {
                functions = sent.size();
                sent.push_back({});
            }
            for (const FunctionDeclaration& one : tool.function_declarations)
                sent[functions].function_declarations.push_back(one);
        }
        Tool rest = tool;
        rest.function_declarations.clear();
        if (declares_something(rest)) sent.push_back(std::move(rest));
    }
    return sent;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
