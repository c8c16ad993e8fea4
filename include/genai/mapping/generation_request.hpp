#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/functions/tools_for_request.hpp>
#include <genai/error.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Writes the contents, the config's history before them.
template <class Config>
void write_contents(wire::Writer& writer, const std::vector<Content>& contents, const Config& config) {
    if constexpr (requires { config.history; }) {
        if (!config.history.empty()) {
            std::vector<Content> all = config.history;
            all.insert(all.end(), contents.begin(), contents.end());
            return writer.member("\"contents\":", all);
        }
    }
    writer.member("\"contents\":", contents);
}

/// Writes a generation request as an object: of the config, some members stand beside `generationConfig`, the
/// rest in it. `model` is written where the request does not go to the model itself.
template <class Config>
void write_generation(wire::Writer& writer, const std::vector<Content>& contents, const Config& config,
                      const std::string& model = {}) {
    if (contents.empty()) throw InvalidArgument("contents", "is empty");
    if (config.response_schema && !config.response_json_schema.text().empty())
        throw InvalidArgument("config.response_json_schema", "is set beside response_schema: choose one");

    constexpr std::array<std::string_view, 8> beside{
        "serviceTier", "systemInstruction", "safetySettings", "tools", "toolConfig",
        "labels",      "continuationToken", "store"};
    const auto stands_beside = [&](std::string_view name) {
        return std::find(beside.begin(), beside.end(), name) != beside.end();
    };

    writer.begin_object();
    if (!model.empty()) writer.member("\"model\":", model);
    write_contents(writer, contents, config);
    write_config(writer, config, stands_beside);
    if (config.cached_content) {
        const bool bare = config.cached_content->find('/') == std::string::npos;
        writer.member("\"cachedContent\":",
                      bare ? "cachedContents/" + *config.cached_content : *config.cached_content);
    }
    wire::Buffer generation;
    wire::Writer nested(generation);
    nested.begin_object();
    const bool shaped = config.response_schema || !config.response_json_schema.text().empty();
    if (shaped && !config.response_mime_type)
        nested.member("\"responseMimeType\":",
                      std::string("application/json"));  // the service takes no schema without
    nested.members(wire::struct_table<Config>(), &config,
                   [&](std::string_view name) { return !stands_beside(name) && name != "cachedContent"; });
    nested.end_object();
    if (generation.size() > 2) writer.raw("\"generationConfig\":", generation.view());
    writer.unknown(config.extra);
    writer.end_object();
}

/// The call that generates: `verb` with its colon.
template <class Config>
Call generation_call(std::string_view operation, const ResourceName& model, std::string_view verb,
                     const std::vector<Content>& contents, const Config& config) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer writer(*body);
    write_generation(writer, contents, config);
    Call call{.operation = operation,
              .resource = model,
              .verb = std::string(verb),
              .body = std::move(body),
              .options = config.http_options,
              .idempotent = true};
    if (verb == ":streamGenerateContent") call.query = {{"alt", "sse"}};
    return call;
}

}  // namespace genai::inline GENAI_ABI::detail
