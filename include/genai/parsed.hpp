#pragma once

#include <genai/config.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

/// A typed answer, and what came with it.
template <class T>
struct Parsed {
    T value{};                           ///< what was asked for
    GenerateContentResponse response{};  ///< the answer it was read from

    const T& operator*() const noexcept { return value; }
    T& operator*() noexcept { return value; }
    const T* operator->() const noexcept { return &value; }
    T* operator->() noexcept { return &value; }
};

namespace detail {

/// The config with the schema in it, where it says none of its own.
GenerateContentConfig asking_for(const wire::Type& type, GenerateContentConfig config);

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <algorithm>
#include <string>

#include <genai/schema_of.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether the API's own form can say a schema. It has no maps, no objects without members, no formats of
/// texts but two, and nothing that must be there and may be null.
GENAI_INLINE bool is_api_schema(const Json& schema) {
    if (schema.contains("additionalProperties")) return false;
    const Json type = schema.value("type", Json());
    if (type == "object" && schema.value("properties", Json::object()).empty()) return false;
    const std::string format = schema.value("format", "");
    if (type == "string" && !format.empty() && format != "enum" && format != "date-time") return false;
    for (const char* list : {"anyOf", "prefixItems"})
        for (const Json& one : schema.value(list, Json::array()))
            if (one.value("type", "") == "null" || !is_api_schema(one)) return false;
    if (schema.contains("items") && !is_api_schema(schema["items"])) return false;
    const Json properties = schema.value("properties", Json::object());
    return std::all_of(properties.begin(), properties.end(), is_api_schema);
}

GENAI_INLINE GenerateContentConfig asking_for(const wire::Type& type, GenerateContentConfig config) {
    if (!config.response_mime_type)
        config.response_mime_type = type.kind == wire::Kind::choice ? "text/x.enum" : "application/json";
    if (config.response_schema || !config.response_json_schema.text().empty()) return config;
    const TypeSchema schema(json_schema(type));
    if (schema.recursive() || !is_api_schema(Json::parse(schema.json().text())))
        config.response_json_schema = schema;
    else config.response_schema = schema;
    return config;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
