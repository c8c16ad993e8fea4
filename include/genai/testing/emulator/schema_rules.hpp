#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/types/schema.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// Refuses a schema that the service would refuse; `place` is where it stands in the body. Throws Refusal.
/// https://ai.google.dev/api/caching#Schema
inline void check_schema(const Schema& schema, const std::string& place) {
    const auto refuse = [&place](const char* member, const std::string& why) {
        const std::string field = place + '.' + member;
        throw bad_request(field, "* GenerateContentRequest." + field + ": " + why);
    };
    const std::string type = upper_case(schema.type.text());
    const bool number = type.find_first_not_of("0123456789") == std::string::npos;
    constexpr std::string_view types[]{"TYPE_UNSPECIFIED", "STRING", "NUMBER", "INTEGER",
                                       "BOOLEAN",          "ARRAY",  "OBJECT", "NULL"};
    if (!number && std::find(std::begin(types), std::end(types), type) == std::end(types))
        throw unknown_enumerator(place + ".type", "Type", schema.type.text());
    if (type == "OBJECT" && schema.properties.empty())
        refuse("properties", "should be non-empty for OBJECT type");
    if (type == "ARRAY" && !schema.items) refuse("items", "missing field.");
    const auto takes = [&](const char* of, std::string_view one, std::string_view other) {
        if (schema.format && type == of && schema.format != one && schema.format != other)
            refuse("format", "only '" + std::string(one) + "' and '" + std::string(other) +
                                 "' are supported for " + of + " type");
    };
    takes("STRING", "enum", "date-time");
    takes("NUMBER", "float", "double");
    takes("INTEGER", "int32", "int64");
    for (const std::string& name : schema.required)
        if (!schema.properties.empty() && !schema.properties.contains(name))
            refuse("required", "property is not defined: " + name);
    if (schema.items) check_schema(*schema.items, place + ".items");
    for (const auto& [name, property] : schema.properties)
        check_schema(property, place + ".properties[" + name + "]");
    for (std::size_t i = 0; i < schema.any_of.size(); ++i)
        check_schema(schema.any_of[i], place + ".any_of[" + std::to_string(i) + "]");
}

}  // namespace genai::inline GENAI_ABI::testing::emulated
