#pragma once

#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/schema/json_schema.hpp>
#include <genai/types/schema.hpp>
#include <genai/values/box.hpp>
#include <genai/values/json.hpp>
#include <genai/values/note.hpp>
#include <genai/wire/raw.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

/// The shape of a C++ type, as JSON Schema and as the API's own; becomes either where it is used:
/// `.response_schema = genai::schema_of<Recipe>()`, `.parameters_json_schema = genai::schema_of<Recipe>()`.
class TypeSchema {
public:
    explicit TypeSchema(nlohmann::ordered_json json) : json_(std::move(json)) {}

    /// As JSON Schema (draft 2020-12), members in the order of `fields`.
    const nlohmann::ordered_json& json() const noexcept { return json_; }
    /// Whether a struct is within itself, which the API's own form cannot say.
    bool recursive() const { return json_.contains("$defs"); }

    operator RawJson() const { return json_; }
    /// Throws InvalidArgument for a recursive type, and for JSON of one's own that the API has no words for.
    operator Schema() const;
    /// Throws as above.
    operator Box<Schema>() const { return static_cast<Schema>(*this); }

private:
    nlohmann::ordered_json json_;
};

/// The shape of `T`: a number, a string, an enum with `enumerators`, a struct with `fields`, and optionals,
/// vectors, maps and variants of these. Members that are not optional are required; a `Note` says more.
template <class T>
TypeSchema schema_of() {
    return TypeSchema(detail::json_schema(wire::type_of<T>));
}

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/error.hpp>
#include <genai/schema/api_schema.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE TypeSchema::operator Schema() const {
    if (recursive())
        throw InvalidArgument(
            "schema",
            "a struct that holds itself has no form in the API's own words: use the member for JSON Schema");
    try {
        return decode<Schema>(detail::api_schema(json_).dump());
    } catch (const DecodeError& problem) {
        throw InvalidArgument("schema", problem.what());
    } catch (const nlohmann::json::exception& problem) {
        throw InvalidArgument("schema", problem.what());
    }
}

}  // namespace genai::inline GENAI_ABI

#endif
