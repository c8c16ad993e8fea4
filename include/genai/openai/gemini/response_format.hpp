#pragma once

#include <genai/config.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/types/generate_content_config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// How the answer looks. Throws InvalidArgument for a format that is not known, a schema that is none, and
/// for a validation without a validator.
void set_response_format(GenerateContentConfig& config, const CompletionCreateParams& params,
                         const ModelTraits& model, const Validator& validator);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <string>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/gemini/schema_cleanup.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Removes a keyword of OpenAI's from a schema and those within it; names of properties stay.
GENAI_INLINE void remove_strict(Tree& schema, bool names = false) {
    if (schema.is_array()) {
        for (Tree& one : schema) remove_strict(one);
        return;
    }
    if (!schema.is_object()) return;
    if (!names) schema.erase("strict");
    for (auto& [key, value] : schema.items())
        if (names || !is_one_of(key, "enum const default examples"))
            remove_strict(value, !names && is_one_of(key, "properties $defs definitions"));
}

/// The schema, of whichever form; a null tree where there is none.
GENAI_INLINE Tree schema_of(const ResponseFormat& format) {
    const bool named = format.json_schema && !format.json_schema->schema.text().empty();
    const RawJson& given = named ? format.json_schema->schema : format.response_schema;
    const char* const place =
        named ? "/response_format/json_schema/schema" : "/response_format/response_schema";
    if (given.text().empty()) return nullptr;
    Tree schema = try_parse_tree(given.text());
    if (!schema.is_object()) throw InvalidArgument(place, "is no JSON Schema");
    remove_strict(schema);
    return schema;
}

/// Where Google Maps is a tool too, the service takes the format at another place.
GENAI_INLINE bool has_maps(const GenerateContentConfig& config) {
    for (const Tool& tool : config.tools)
        if (tool.google_maps) return true;
    return false;
}

GENAI_INLINE void set_response_format(GenerateContentConfig& config, const CompletionCreateParams& params,
                                      const ModelTraits& model, const Validator& validator) {
    if (!params.response_format) return;
    const ResponseFormat& format = *params.response_format;
    const std::string type = format.type.value_or("");
    if (type == "text") {
        config.response_mime_type = "text/plain";
        return;
    }
    if (type != "json_object" && type != "json_schema")
        throw InvalidArgument("/response_format/type", type.empty() ? "is missing" : "is not known: " + type);
    Tree schema = schema_of(format);
    if (type == "json_schema" && schema.is_null())
        throw InvalidArgument("/response_format/json_schema/schema", "is missing");
    if (format.enforce_validation) {
        if (!validator)
            throw InvalidArgument("/response_format/enforce_validation",
                                  "needs Options::validator, such as genai::validate");
        config.enforce_validation = validator;
    }
    if (has_maps(config)) {
        Json text{{"mimeType", "APPLICATION_JSON"}};
        if (!schema.is_null()) text["schema"] = Json::parse(write_tree(schema));
        merge_body(config, {{"generationConfig", {{"responseFormat", {{"text", std::move(text)}}}}}});
        return;
    }
    config.response_mime_type = "application/json";
    if (schema.is_null()) return;
    if (model.takes_json_schema()) {
        config.response_json_schema = RawJson(schema);
    } else {
        const SchemaCleanup how{.ordering = true};
        config.response_schema = gemini_schema(schema, "/response_format", how);
    }
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
