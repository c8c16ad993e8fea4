#pragma once

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A schema in the API's own form as JSON Schema: types in lower case, `nullable` as a type beside,
/// properties in the order that `propertyOrdering` says, counts as numbers.
Tree json_schema_of(const Tree& schema);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

namespace genai::inline GENAI_ABI::openai::detail {

/// The properties, those that the ordering names first.
GENAI_INLINE Tree properties_of(const Tree& properties, const Tree& ordering) {
    Tree made = Tree::object();
    for (const Tree& name : ordering)
        if (name.is_string())
            if (const Tree* const one = find(properties, name.get_ref<const std::string&>().c_str()))
                made[name.get<std::string>()] = json_schema_of(*one);
    for (const auto& [name, value] : properties.items())
        if (!made.contains(name)) made[name] = json_schema_of(value);
    return made;
}

/// A count, which protobuf's JSON writes as text.
GENAI_INLINE Tree count_of(const Tree& value) {
    if (!value.is_string()) return value;
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? Tree(number) : value;
}

/// Lets a schema take null too.
GENAI_INLINE void add_null(Tree& schema) {
    if (Tree* const values = schema.contains("enum") ? &schema["enum"] : nullptr) values->push_back(nullptr);
    if (schema.contains("type")) schema["type"] = Tree::array({schema["type"], "null"});
    else if (schema.contains("anyOf")) schema["anyOf"].push_back({{"type", "null"}});
}

GENAI_INLINE Tree json_schema_of(const Tree& schema) {
    if (!schema.is_object()) return schema;
    Tree made = Tree::object();
    for (const auto& [key, value] : schema.items()) {
        if (key == "nullable" || key == "propertyOrdering" || (key == "format" && value == "enum")) continue;
        if (key == "type" && value.is_string()) {
            if (value != "TYPE_UNSPECIFIED") made[key] = lower(value.get_ref<const std::string&>());
        } else if (key == "properties" && value.is_object()) {
            made[key] = properties_of(value, list_at(schema, "propertyOrdering"));
        } else if (key == "items" || key == "additionalProperties") {
            made[key] = json_schema_of(value);
        } else if ((key == "anyOf" || key == "prefixItems") && value.is_array()) {
            made[key] = Tree::array();
            for (const Tree& one : value) made[key].push_back(json_schema_of(one));
        } else if (key == "defs" || key == "$defs") {
            made["$defs"] = properties_of(value, Tree::array());
        } else if (key == "ref") {
            made["$ref"] = value;
        } else if (key == "example") {
            made["examples"] = Tree::array({value});
        } else if (key.starts_with("min") || key.starts_with("max")) {
            made[key] = key == "minimum" || key == "maximum" ? value : count_of(value);
        } else {
            made[key] = value;
        }
    }
    if (is_set(schema, "nullable")) add_null(made);
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
