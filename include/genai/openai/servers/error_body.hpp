#pragma once

#include <optional>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Whether a body, or an event, is an error in place of what was asked for, whatever its HTTP status.
bool is_error_body(const Tree& body);
/// An error in the API's form: `{"error": {code, message, status, details}}`. `http_status` is what the
/// response's status line said; 200 for an error inside a stream.
Tree error_body(const Tree& body, int http_status);
/// The same for a body that is no JSON.
Tree text_error_body(std::string_view text, int http_status);
/// Whether the error says that trying again is of no use.
bool is_final(const Tree& error);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <charconv>
#include <string>

#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The error in a body of any of the shapes that servers send.
GENAI_INLINE const Tree& error_in(const Tree& body) {
    if (body.is_array() && !body.empty()) return error_in(body.front());
    const Tree* const error = find(body, "error");
    if (error != nullptr && !error->is_boolean()) return *error;
    for (const Tree& choice : list_at(body, "choices"))
        if (const Tree* const inner = find(choice, "error")) return *inner;
    return body;
}

GENAI_INLINE bool is_error_body(const Tree& body) {
    if (body.is_array()) return !body.empty() && is_error_body(body.front());
    if (text_at(body, "object") == "error") return true;
    if (const Tree* const error = find(body, "error"))
        return error->is_boolean() ? error->get<bool>() : !error->empty() && *error != "";
    for (const Tree& choice : list_at(body, "choices"))
        if (find(choice, "error") != nullptr) return true;
    return false;
}

/// What a list of problems says: `body.stream: Extra inputs are not permitted`.
GENAI_INLINE std::string problems_in(const Tree& list) {
    std::string said;
    for (const Tree& one : list) {
        std::string place;
        for (const Tree& step : list_at(one, "loc"))
            (place += place.empty() ? "" : ".") +=
                step.is_string() ? step.get<std::string>() : write_tree(step);
        const auto message = text_at(one, "msg");
        (said += said.empty() ? "" : "; ") += place.empty() ? "" : place + ": ";
        said += message.empty() ? write_tree(one) : std::string(message);
    }
    return said;
}

GENAI_INLINE std::string message_in(const Tree& error) {
    if (error.is_string()) return error.get<std::string>();
    for (const char* name : {"message", "error", "msg", "detail", "details", "title"}) {
        const Tree* const value = find(error, name);
        if (value == nullptr) continue;
        if (value->is_string() && *value != "") return value->get<std::string>();
        if (value->is_array() && !value->empty()) return problems_in(*value);
        if (value->is_object())
            if (std::string inner = message_in(*value); !inner.empty()) return inner;
    }
    return {};
}

/// The code that a word means; 0 where it is unknown.
GENAI_INLINE int code_of_word(std::string_view word) {
    const auto has = [word](std::string_view part) { return word.find(part) != std::string_view::npos; };
    if (has("rate_limit") || word == "insufficient_quota" || has("throttling")) return 429;
    if (has("overloaded")) return 503;
    if (word == "authentication_error" || word == "invalid_api_key") return 401;
    if (word == "permission_error") return 403;
    if (word == "not_found_error" || word == "model_not_found") return 404;
    if (word == "invalid_request_error" || word == "context_length_exceeded" || word == "BadRequestError")
        return 400;
    if (word == "server_error" || word == "api_error") return 500;
    return 0;
}

/// A code that an HTTP status can be; 0 where there is none.
GENAI_INLINE int code_in(const Tree& error) {
    for (const char* name : {"code", "status"}) {
        const Tree* const value = find(error, name);
        if (value == nullptr) continue;
        int code = 0;
        if (value->is_number_integer()) {
            code = value->get<int>();
        } else if (value->is_string()) {
            const auto& text = value->get_ref<const std::string&>();
            const auto end = std::from_chars(text.data(), text.data() + text.size(), code).ptr;
            if (end != text.data() + text.size()) code = 0;
        }
        if (code >= 400 && code <= 599) return code;
    }
    return 0;
}

GENAI_INLINE std::string_view status_of_code(int code) {
    switch (code) {
        case 400:
        case 413:
        case 422: return "INVALID_ARGUMENT";
        case 401: return "UNAUTHENTICATED";
        case 402: return "FAILED_PRECONDITION";
        case 403: return "PERMISSION_DENIED";
        case 404: return "NOT_FOUND";
        case 408:
        case 504: return "DEADLINE_EXCEEDED";
        case 409: return "ABORTED";
        case 429: return "RESOURCE_EXHAUSTED";
        case 499: return "CANCELLED";
        case 500: return "INTERNAL";
        case 501: return "UNIMPLEMENTED";
        case 502:
        case 503:
        case 529: return "UNAVAILABLE";
        default: return code >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    }
}

/// The body's own word for what happened, where it is one of the API's.
GENAI_INLINE std::string own_status(const Tree& error) {
    const auto word = text_at(error, "status");
    const bool capitals = !word.empty() && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == word.npos;
    return capitals ? std::string(word) : std::string();
}

GENAI_INLINE Tree error_body(const Tree& body, int http_status) {
    const Tree& error = error_in(body);
    int code = code_in(error);
    for (const char* name : {"code", "type"})
        if (code == 0) code = code_of_word(text_at(error, name));
    if (http_status >= 400) code = code_in(error) != 0 ? code_in(error) : http_status;
    if (code == 0) code = 500;
    std::string status = own_status(error);
    if (status.empty()) status = status_of_code(code);
    std::string message = message_in(error);
    if (message.empty()) message = message_in(body);
    if (message.empty()) message = write_tree(body).substr(0, 300);
    const Tree& details = list_at(error, "details");
    return {{"error",
             {{"code", code},
              {"message", std::move(message)},
              {"status", std::move(status)},
              {"details", details.empty() ? error : details}}}};
}

GENAI_INLINE Tree text_error_body(std::string_view text, int http_status) {
    const std::string said = wire::is_utf8(text) ? std::string(text) : wire::replace_invalid_utf8(text);
    return {{"error",
             {{"code", http_status},
              {"message", said.substr(0, 1000)},
              {"status", status_of_code(http_status)}}}};
}

GENAI_INLINE bool is_final(const Tree& error) {
    const Tree& inner = error_in(error);
    return text_at(inner, "code") == "insufficient_quota" || text_at(inner, "type") == "insufficient_quota";
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
