#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/values/json.hpp>
#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing {

/// JSON with its members in order.
using Tree = nlohmann::ordered_json;

/// A refusal on its way out. https://cloud.google.com/apis/design/errors
struct Refusal {
    int status{};           ///< of HTTP
    std::string name{};     ///< the google.rpc.Code
    std::string message{};  ///< in the service's words
    Tree details{};         ///< a list, or null
};

/// What the service says to a request that is wrong in a field.
inline Refusal bad_request(const std::string& field, const std::string& message) {
    return {
        400, "INVALID_ARGUMENT", message,
        Tree::array({{{"@type", "type.googleapis.com/google.rpc.BadRequest"},
                      {"fieldViolations", Tree::array({{{"field", field}, {"description", message}}})}}})};
}

/// "/generationConfig/topK" as the service writes a field's path: "generation_config.top_k".
inline std::string field_path(std::string_view pointer) {
    std::string path;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto end = pointer.find('/');
        const std::string_view token = pointer.substr(0, end);
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
        if (token.find_first_not_of("0123456789") == std::string_view::npos && !token.empty()) {
            path += '[' + std::string(token) + ']';
            continue;
        }
        if (!path.empty()) path += '.';
        for (const char c : token) {
            if (c >= 'A' && c <= 'Z') path += {'_', static_cast<char>(c + ('a' - 'A'))};
            else path += c;
        }
    }
    return path;
}

/// The first member that no field stands for: the place of its object and its name.
inline std::optional<std::pair<std::string, std::string>> find_unknown(const wire::Type& type, const void* at,
                                                                       const std::string& pointer) {
    switch (type.kind) {
        case wire::Kind::nullable: {
            const void* const held = type.first(at);
            return held == nullptr ? std::nullopt : find_unknown(*type.inner, held, pointer);
        }
        case wire::Kind::list: {
            const auto* element = static_cast<const char*>(type.first(at));
            for (std::size_t i = 0; i < type.count(at); ++i, element += type.size)
                if (auto found = find_unknown(*type.inner, element, pointer + '/' + std::to_string(i)))
                    return found;
            return std::nullopt;
        }
        case wire::Kind::map:
            for (const auto& [key, value] : wire::entries(type, at))
                if (auto found = find_unknown(*type.inner, value, pointer + '/' + std::string(key)))
                    return found;
            return std::nullopt;
        case wire::Kind::structure: {
            const wire::StructTable& table = type.table();
            const auto* base = static_cast<const char*>(at);
            if (table.extra_offset) {
                const auto& extra = *reinterpret_cast<const Extra*>(base + *table.extra_offset);
                if (!extra.empty()) return std::pair(pointer, extra.json().begin().key());
            }
            for (const wire::Field& field : table.members())
                if (auto found = find_unknown(*field.type, base + field.offset,
                                              pointer + '/' + std::string(field.name)))
                    return found;
            return std::nullopt;
        }
        case wire::Kind::one_of: {
            const wire::Typed held = type.held(at);
            return held.value == nullptr ? std::nullopt : find_unknown(*held.type, held.value, pointer);
        }
        default: return std::nullopt;
    }
}

/// A request's body as a `T`. Throws Refusal where it is none, and, strictly, for members that `T` does not
/// have.
template <class T>
T parse_body(const std::string& text, bool strict) {
    T body;
    try {
        body = decode<T>(text.empty() ? "{}" : text);
    } catch (const DecodeError& problem) {
        const std::string field = field_path(problem.pointer());
        throw bad_request(field, field.empty() ? "Invalid JSON payload received. " + problem.problem()
                                               : "Invalid value at '" + field + "': " + problem.problem());
    }
    if (!strict) return body;
    if (const auto unknown = find_unknown(wire::type_of<T>, &body, ""))
        throw bad_request(field_path(unknown->first),
                          "Invalid JSON payload received. Unknown name \"" + unknown->second + "\"" +
                              (unknown->first.empty() ? "" : " at '" + field_path(unknown->first) + "'") +
                              ": Cannot find field.");
    return body;
}

}  // namespace genai::inline GENAI_ABI::testing
