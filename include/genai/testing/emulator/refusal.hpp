#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/values/json.hpp>

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

/// A text with its ASCII letters in upper case.
inline std::string upper_case(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    return upper;
}

/// A text with its ASCII letters in lower case.
inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return lower;
}

/// What the service says to a text that is none of an enumeration's.
inline Refusal unknown_enumerator(const std::string& field, const std::string& type, std::string_view text) {
    return bad_request(field, "Invalid value at '" + field +
                                  "' (type.googleapis.com/google.ai.generativelanguage.v1beta." + type +
                                  "), \"" + std::string(text) + '"');
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

}  // namespace genai::inline GENAI_ABI::testing
