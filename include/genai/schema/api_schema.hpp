#pragma once

#include <genai/config.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::detail {

/// JSON Schema in the API's own words, which have no maps and no references.
/// https://ai.google.dev/api/caching#Schema
RawJson api_schema(const RawJson& json_schema);

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
#include <vector>

#include <genai/error.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Makes one object of JSON Schema one of the API's.
class ApiSchema {
public:
    explicit ApiSchema(const RawJson& from) {
        if (from.text() == "true") return;  // anything
        if (!from.text().starts_with('{')) throw InvalidArgument("schema", "must be an object");
        for (const auto& [key, value] : decode<Dict<RawJson>>(from.text())) {
            if (key == "type") take_type(value);
            else if (key == "properties") take_properties(value);
            else if (key == "items") to_.set(key, api_schema(value));
            else if (key == "anyOf") take_alternatives(value);
            else if (key != "additionalProperties") to_.set(key, value);
        }
    }

    RawJson text() const { return RawJson::from(to_); }

private:
    void take_type(const RawJson& value) {
        const bool several = value.text().starts_with('[');
        for (std::string type : several ? decode<std::vector<std::string>>(value.text())
                                        : std::vector{decode<std::string>(value.text())}) {
            std::transform(type.begin(), type.end(), type.begin(), [](char c) {
                return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            });
            if (several && type == "NULL") to_.set("nullable", RawJson::from(true));
            else if (to_.contains("type"))
                throw InvalidArgument(
                    "schema", "a value of several types cannot be expressed in the API's Schema: use anyOf");
            else to_.set("type", RawJson::from(type));
        }
    }

    void take_properties(const RawJson& value) {
        Dict<RawJson> properties;
        std::vector<std::string> order;
        for (const auto& [name, member] : decode<Dict<RawJson>>(value.text())) {
            properties.set(name, api_schema(member));
            order.push_back(name);
        }
        to_.set("properties", RawJson::from(properties));
        if (!order.empty()) to_.set("propertyOrdering", RawJson::from(order));
    }

    void take_alternatives(const RawJson& value) {
        std::vector<RawJson> any;
        for (const RawJson& one : decode<std::vector<RawJson>>(value.text())) {
            if (wire::first_value(one.text()).starts_with('{') &&
                wire::member_text(one.text(), "type") == "\"null\"")
                to_.set("nullable", RawJson::from(true));
            else any.push_back(api_schema(one));
        }
        if (any.size() != 1) return to_.set("anyOf", RawJson::from(any));
        for (const auto& [key, member] : decode<Dict<RawJson>>(any.front().text())) to_.set(key, member);
    }

    Dict<RawJson> to_{};
};

GENAI_INLINE RawJson api_schema(const RawJson& from) { return ApiSchema(from).text(); }

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
