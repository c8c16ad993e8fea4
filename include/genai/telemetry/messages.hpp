#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Turns of a conversation as OpenTelemetry's conventions have messages: roles `user`, `assistant` and
/// `tool`, parts by `type`. Parts that they have no type for are left out.
/// https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-input-messages.json
Json telemetry_messages(const std::vector<Content>& contents);
/// The parts of one.
Json telemetry_parts(const Content& content);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <optional>
#include <string_view>

#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE Json telemetry_part(const Part& part, std::size_t at) {
    const auto modality = [](const std::optional<std::string>& type) {
        return type ? type->substr(0, type->find('/')) : std::string();
    };
    if (part.text) return {{"type", part.thought ? "reasoning" : "text"}, {"content", *part.text}};
    if (part.function_call) {
        const std::string name = part.function_call->name.value_or("");
        const Json call = decode<Json>(encode(*part.function_call));
        return {{"type", "tool_call"},
                {"id", part.function_call->id.value_or(name + '_' + std::to_string(at))},
                {"name", name},
                {"arguments", call.contains("args") ? Json(call["args"]) : Json()}};
    }
    if (part.function_response) {
        const std::string name = part.function_response->name.value_or("");
        return {{"type", "tool_call_response"},
                {"id", part.function_response->id.value_or(name + '_' + std::to_string(at))},
                {"response",
                 part.function_response->response ? Json(*part.function_response->response) : Json()}};
    }
    if (part.inline_data)
        return {{"type", "blob"},
                {"mime_type", part.inline_data->mime_type.value_or("")},
                {"modality", modality(part.inline_data->mime_type)},
                {"content", part.inline_data->data ? wire::to_base64(part.inline_data->data->view()) : ""}};
    if (part.file_data)
        return {{"type", "uri"},
                {"mime_type", part.file_data->mime_type.value_or("")},
                {"modality", modality(part.file_data->mime_type)},
                {"uri", part.file_data->file_uri.value_or("")}};
    return {};
}

GENAI_INLINE Json telemetry_parts(const Content& content) {
    Json parts = Json::array();
    for (std::size_t i = 0; i < content.parts.size(); ++i)
        if (Json part = telemetry_part(content.parts[i], i); !part.is_null())
            parts.push_back(std::move(part));
    return parts;
}

GENAI_INLINE Json telemetry_messages(const std::vector<Content>& contents) {
    Json messages = Json::array();
    for (const Content& content : contents) {
        const std::string role = content.role.value_or("user");
        const bool answers = !content.parts.empty() && content.parts.front().function_response;
        messages.push_back({{"role", role == "model" ? "assistant"
                                     : answers       ? "tool"
                                                     : role},
                            {"parts", telemetry_parts(content)}});
    }
    return messages;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
