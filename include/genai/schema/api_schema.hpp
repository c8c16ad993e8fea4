#pragma once

#include <genai/config.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::detail {

/// JSON Schema in the API's own words, which have no maps and no references.
/// https://ai.google.dev/api/caching#Schema
nlohmann::ordered_json api_schema(const nlohmann::ordered_json& json_schema);

/// The way back.
Json json_schema_of_api(const Json& api_schema);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE nlohmann::ordered_json api_schema(const nlohmann::ordered_json& from) {
    nlohmann::ordered_json to = nlohmann::ordered_json::object();
    if (from == true) return to;  // anything
    if (!from.is_object()) throw InvalidArgument("schema", "must be an object");
    for (const auto& [key, value] : from.items()) {
        if (key == "type") {
            for (const auto& one : value.is_array() ? value : nlohmann::ordered_json::array({value})) {
                std::string type = one.template get<std::string>();
                std::transform(type.begin(), type.end(), type.begin(), [](char c) {
                    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
                });
                if (value.is_array() && type == "NULL") to["nullable"] = true;
                else if (to.contains("type"))
                    throw InvalidArgument(
                        "schema", "a value of several types has no form in the API's own words: use anyOf");
                else to["type"] = type;
            }
        } else if (key == "properties") {
            to["properties"] = nlohmann::ordered_json::object();
            for (const auto& [name, member] : value.items()) {
                to["properties"][name] = api_schema(member);
                to["propertyOrdering"].push_back(name);
            }
        } else if (key == "items") {
            to["items"] = api_schema(value);
        } else if (key == "anyOf") {
            for (const auto& one : value) {
                if (one.is_object() && one.contains("type") && one["type"] == "null") to["nullable"] = true;
                else to["anyOf"].push_back(api_schema(one));
            }
            if (to["anyOf"].size() == 1) {
                const auto only = to["anyOf"][0];
                to.erase("anyOf");
                to.update(only);
            }
        } else if (key != "additionalProperties") {
            to[key] = value;
        }
    }
    return to;
}

/// Whether a member says how many there may be of something.
GENAI_INLINE bool is_count(std::string_view key) {
    constexpr std::array<std::string_view, 6> counts{"minItems",  "maxItems",      "minLength",
                                                     "maxLength", "minProperties", "maxProperties"};
    return std::find(counts.begin(), counts.end(), key) != counts.end();
}

GENAI_INLINE Json json_schema_of_api(const Json& from) {
    Json to = Json::object();
    for (const auto& [key, value] : from.items()) {
        if (key == "type") {
            std::string type = value.get<std::string>();
            std::transform(type.begin(), type.end(), type.begin(), [](char c) {
                return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            });
            if (type != "type_unspecified") to["type"] = type;
        } else if (key == "properties") {
            to["properties"] = Json::object();
            for (const auto& [name, member] : value.items())
                to["properties"][name] = json_schema_of_api(member);
        } else if (key == "items") {
            to["items"] = json_schema_of_api(value);
        } else if (key == "anyOf") {
            for (const Json& one : value) to["anyOf"].push_back(json_schema_of_api(one));
        } else if (value.is_string() && is_count(key)) {
            to[key] = decode<std::int64_t>(value.dump());  // 64-bit numbers travel as text
        } else if (key != "nullable" && key != "propertyOrdering") {
            to[key] = value;
        }
    }
    if (!from.value("nullable", false)) return to;
    Json either = Json::object();
    either["anyOf"] = Json::array({std::move(to), Json{{"type", "null"}}});
    return either;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
