#pragma once

#include <array>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/json.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/types/auth_token.hpp>
#include <genai/types/live_config.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/writer.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/dict.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The setup a live session begins with, as JSON text: of the config, what is about generating goes into
/// `generationConfig`. https://ai.google.dev/api/live#BidiGenerateContentSetup
GENAI_LAZY std::string live_setup(const LiveConnectConstraints& constraints);

/// The fields a token may not change: of each member of the setup, the members it has itself; then the
/// additional ones.
GENAI_LAZY std::string live_field_mask(const std::string& setup, const std::vector<std::string>& additional);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY_BODY GENAI_INLINE std::string live_setup(const LiveConnectConstraints& constraints) {
    constexpr std::array<std::string_view, 11> generating{
        "responseModalities", "temperature", "topP",         "topK",           "maxOutputTokens",
        "mediaResolution",    "seed",        "speechConfig", "thinkingConfig", "enableAffectiveDialog",
        "translationConfig"};
    const auto generates = [&](std::string_view name) {
        return std::find(generating.begin(), generating.end(), name) != generating.end();
    };
    wire::Buffer out;
    wire::Writer writer(out);
    writer.begin_object();
    if (constraints.model)
        writer.member(
            "\"model\":",
            ResourceName::model(*constraints.model, "config.live_connect_constraints.model").full());
    if (constraints.config) {
        const LiveConnectConfig& config = *constraints.config;
        const wire::StructTable& table = wire::struct_table<LiveConnectConfig>();
        wire::Buffer generation;
        wire::Writer nested(generation);
        nested.begin_object();
        if (config.generation_config) {
            nested.members(wire::struct_table<GenerationConfig>(), &*config.generation_config,
                           [&](std::string_view name) {
                               const wire::Field* over = table.find(name);
                               if (over == nullptr || !generates(name)) return true;
                               wire::Buffer probe;  // what stands beside it wins
                               wire::Writer(probe).members(
                                   table, &config, [&](std::string_view other) { return other == name; });
                               return probe.size() == 0;
                           });
            nested.unknown(config.generation_config->extra);
        }
        nested.members(table, &config, generates);
        nested.end_object();
        if (generation.size() > 2) writer.raw("\"generationConfig\":", generation.view());
        writer.members(table, &config,
                       [&](std::string_view name) { return !generates(name) && name != "generationConfig"; });
        writer.unknown(config.extra);
    }
    writer.end_object();
    return std::string(out.view());
}

GENAI_LAZY_BODY GENAI_INLINE std::string live_field_mask(const std::string& setup,
                                                         const std::vector<std::string>& additional) {
    constexpr std::array<std::string_view, 7> generating{
        "temperature", "topK", "topP", "maxOutputTokens", "responseModalities", "seed", "speechConfig"};
    std::string mask;
    const auto add = [&mask](const std::string& field) { mask += (mask.empty() ? "" : ",") + field; };
    const auto tree = decode<Dict<RawJson>>(setup);
    for (const auto& [name, value] : tree) {
        const bool object = value.text().starts_with('{') && value.text() != "{}";
        if (!object) add(name);
        else
            for (const auto& [member, unused] : decode<Dict<RawJson>>(value.text())) add(name + '.' + member);
    }
    const bool constrained = !tree.empty();
    for (const std::string& field : additional) {
        const bool nested =
            constrained && std::find(generating.begin(), generating.end(), field) != generating.end();
        add(nested ? "generationConfig." + field : field);
    }
    return mask;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
