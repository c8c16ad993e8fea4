#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// The type of a value, in OpenAPI's words. https://ai.google.dev/api/caching#Type
struct Type : OpenEnum<Type> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"TYPE_UNSPECIFIED"};  ///< not to be used
    static constexpr Enumerator string{"STRING"};                 ///< text
    static constexpr Enumerator number{"NUMBER"};                 ///< any number
    static constexpr Enumerator integer{"INTEGER"};               ///< a whole number
    static constexpr Enumerator boolean{"BOOLEAN"};               ///< true or false
    static constexpr Enumerator array{"ARRAY"};                   ///< a list
    static constexpr Enumerator object{"OBJECT"};                 ///< an object
    static constexpr Enumerator null{"NULL"};                     ///< null
};

/// The shape of a value: the subset of OpenAPI 3.0 that the API takes.
/// https://ai.google.dev/api/caching#Schema For full JSON Schema see the `…_json_schema` members beside the
/// places a Schema is used.
struct Schema {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Schema> any_of{};                      ///< the value fits one of these
    std::optional<Json> default_{};                    ///< what to take when absent; a note to the model
    Text description{};                                ///< what the value means; may hold Markdown
    std::vector<std::string> enum_{};                  ///< the values allowed, for a string
    std::optional<Json> example{};                     ///< a sample; a note to the model
    Text format{};                             ///< `float`, `double`, `int32`, `int64`, `enum`, `date-time`
    Box<Schema> items{};                       ///< the shape of a list's elements
    std::optional<std::int64_t> max_items{};   ///< most elements of a list
    std::optional<std::int64_t> max_length{};  ///< most characters of a string
    std::optional<std::int64_t> max_properties{};  ///< most properties of an object
    std::optional<double> maximum{};               ///< largest number
    std::optional<std::int64_t> min_items{};       ///< fewest elements of a list
    std::optional<std::int64_t> min_length{};      ///< fewest characters of a string
    std::optional<std::int64_t> min_properties{};  ///< fewest properties of an object
    std::optional<double> minimum{};               ///< smallest number
    Flag nullable{};                               ///< whether null is allowed
    Text pattern{};                                ///< a regular expression strings fit
    Dict<Schema> properties{};                     ///< the shapes of an object's members, in order
    std::vector<std::string> property_ordering{};  ///< the order the model writes them in
    std::vector<std::string> required{};           ///< the members that must be present
    Text title{};                                  ///< a name
    Type type{};                                   ///< the value's type
    Extra extra{};                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("anyOf", self.any_of);
        visit("default", self.default_);
        visit("description", self.description);
        visit("enum", self.enum_);
        visit("example", self.example);
        visit("format", self.format);
        visit("items", self.items);
        visit("maxItems", self.max_items, wire::as_string);
        visit("maxLength", self.max_length, wire::as_string);
        visit("maxProperties", self.max_properties, wire::as_string);
        visit("maximum", self.maximum);
        visit("minItems", self.min_items, wire::as_string);
        visit("minLength", self.min_length, wire::as_string);
        visit("minProperties", self.min_properties, wire::as_string);
        visit("minimum", self.minimum);
        visit("nullable", self.nullable);
        visit("pattern", self.pattern);
        visit("properties", self.properties);
        visit("propertyOrdering", self.property_ordering);
        visit("required", self.required);
        visit("title", self.title);
        visit("type", self.type);
    }
};

}  // namespace genai::inline GENAI_ABI
