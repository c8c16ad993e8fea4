#pragma once

#include <genai/config.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#if !defined(VALIJSON_USE_EXCEPTIONS)
#define VALIJSON_USE_EXCEPTIONS 1  // without, valijson ends the program over a schema it cannot read
#endif
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/pointer.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// Where valijson says it is, `<root>[steps][0]`, as a JSON pointer.
inline std::string pointer_of(const std::vector<std::string>& context) {
    std::string pointer;
    for (const std::string& step : context) {
        if (step.starts_with('[')) wire::add_step(pointer, std::string_view(step).substr(1, step.size() - 2));
    }
    return pointer;
}

/// Makes 5.0 a 5, which JSON Schema takes for an integer and valijson does not.
inline void make_integral(Json& value) {
    if (value.is_structured()) {
        for (Json& one : value) make_integral(one);
    } else if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::fabs(number) < 9007199254740992.0 && number == std::trunc(number))
            value = static_cast<std::int64_t>(number);
    }
}

/// The most characters of a text that is matched against patterns and formats: std::regex, which valijson
/// uses, takes some stack for each.
inline constexpr std::size_t longest_matched = 1024;

/// Whether there is a longer text.
inline bool has_long_text(const Json& value) {
    if (value.is_string()) return value.get_ref<const std::string&>().size() > longest_matched;
    return value.is_structured() && std::any_of(value.begin(), value.end(), has_long_text);
}

/// Takes patterns and formats out of a schema.
inline void drop_patterns(Json& schema) {
    if (schema.is_object())
        for (const char* name : {"pattern", "patternProperties", "format"})
            if (schema.contains(name) &&
                !(schema[name].is_object() && name != std::string_view("patternProperties")))
                schema.erase(name);  // not a property of that name
    if (schema.is_structured())
        for (Json& one : schema) drop_patterns(one);
}

/// Whether a complaint only says that there is one about something within.
inline bool is_echo(std::string_view problem) {
    return problem.starts_with("Failed to validate item #") ||
           problem.starts_with("Failed to validate against schema associated with property name");
}

}  // namespace detail

/// Validates a JSON text against a JSON Schema (draft 7, by valijson), and gives the violations; none
/// when all is well:
/// `.enforce_validation = genai::validate`. Where the text holds one string of more than 1024 bytes, patterns
/// and formats are not looked at. Needs valijson's headers (libvalijson-dev, or its FetchContent). Throws
/// InvalidArgument for a schema that is none. https://github.com/tristanpenman/valijson
inline std::vector<Violation> validate(std::string_view text, const Json& schema) {
    Json document;
    try {
        document = decode<Json>(text);
    } catch (const DecodeError& problem) {
        return {{problem.pointer(), problem.problem()}};
    }
    detail::make_integral(document);
    Json looked_at = schema;
    if (detail::has_long_text(document)) detail::drop_patterns(looked_at);
    valijson::ValidationResults results;
    try {
        valijson::Schema compiled;
        valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(looked_at), compiled);
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        if (valijson::Validator(valijson::Validator::kStrongTypes).validate(compiled, adapter, &results))
            return {};
    } catch (const std::exception& problem) {
        throw InvalidArgument("schema", problem.what());
    }
    std::vector<Violation> violations;
    for (valijson::ValidationResults::Error error; results.popError(error);)
        if (!detail::is_echo(error.description))
            violations.push_back({detail::pointer_of(error.context), error.description});
    if (violations.empty()) violations.push_back({"", "does not fit the schema"});
    return violations;
}

}  // namespace genai::inline GENAI_ABI
