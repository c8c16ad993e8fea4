#pragma once

#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/adapter.hpp>
#include <genai/schema/json_schema.hpp>
#include <genai/types/schema.hpp>
#include <genai/values/json.hpp>
#include <genai/values/note.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

/// The shape of a C++ type, as JSON Schema and as the API's own; becomes either where it is used:
/// `.response_schema = genai::schema_of<Recipe>()`, `.parameters_json_schema = genai::schema_of<Recipe>()`.
class TypeSchema {
public:
    /// Of a JSON Schema of one's own.
    explicit TypeSchema(RawJson json) : json_(std::move(json)) {}

    /// As JSON Schema (draft 2020-12), members in the order of `fields`.
    const RawJson& json() const noexcept { return json_; }
    /// Whether a struct is recursive, which the API's own form cannot express.
    bool recursive() const;

    operator RawJson() const { return json_; }
    operator Json() const { return json_.json(); }
    /// Throws InvalidArgument for a recursive type, and for JSON of one's own that the API has no words for.
    operator Schema() const;

private:
    RawJson json_;
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

GENAI_INLINE bool TypeSchema::recursive() const {
    return json_.text().starts_with('{') && !wire::member_text(json_.text(), "$defs").empty();
}

GENAI_INLINE TypeSchema::operator Schema() const {
    if (recursive())
        throw InvalidArgument(
            "schema",
            "a recursive struct cannot be expressed in the API's Schema: use the member for JSON Schema");
    try {
        return decode<Schema>(detail::api_schema(json_).text());
    } catch (const DecodeError& problem) {
        throw InvalidArgument("schema", problem.what());
    }
}

}  // namespace genai::inline GENAI_ABI

#endif
