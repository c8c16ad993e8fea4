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

#include <string>

#include <genai/schema_of.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE GenerateContentConfig asking_for(const wire::Type& type, GenerateContentConfig config) {
    if (!config.response_mime_type)
        config.response_mime_type = type.kind == wire::Kind::choice ? "text/x.enum" : "application/json";
    if (config.response_schema || !config.response_json_schema.text().empty()) return config;
    const TypeSchema schema(json_schema(type));
    const bool loses =
        schema.recursive() || schema.json().text().find("\"additionalProperties\"") != std::string::npos;
    if (loses) config.response_json_schema = schema;
    else config.response_schema = schema;
    return config;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
