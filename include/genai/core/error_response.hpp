#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/api_error.hpp>
#include <genai/config.hpp>
#include <genai/clock.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The header by which a server's operator finds the request again; empty when there is none.
std::string_view request_id(const http::Headers& headers);

/// Whether a text has nothing in it.
inline bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The first words of a body that is not JSON, tags left out, as one line.
std::string first_words(std::string_view body);

/// Whether a body is an error in place of what was asked for: an object with an `error` that says something,
/// or a list that begins with one. An error of a resource, which has a name or an id, is data.
bool is_error(const Json& body);
/// The same for a text that may be no JSON.
bool is_error_text(std::string_view text);

/// Throws the exception for an answer whose status, or whose body, says that the call was refused.
[[noreturn]] void throw_api_error(const http::ResponseHead& head, const std::string& raw_body,
                                  const std::string& url, const http::Redactor& secrets, Clock& clock);

/// The error without the secrets, which may be in names that a server chose; `context` is said behind it.
DecodeError redacted(const DecodeError& problem, const http::Redactor& secrets,
                     const std::string& context = {});

/// Where a response came from, what it says it is, and how it begins.
std::string describe_response(std::string_view url, const http::ResponseHead& head, std::string_view body);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

/// A string of a JSON object; empty when there is none.
GENAI_INLINE std::string text_member(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

GENAI_INLINE std::string first_words(std::string_view body) {
    if (const auto title = body.find("<title>"); title != std::string_view::npos) {
        body.remove_prefix(title + 7);
        body = body.substr(0, body.find("</title>"));
    }
    std::string words;
    bool tag = false;
    for (const char c : body) {
        if (words.size() >= 300) {
            words += "...";
            break;
        }
        if (c == '<') tag = true;
        else if (c == '>') tag = false;
        else if (tag) continue;
        else if (static_cast<unsigned char>(c) > ' ') words += c;
        else if (!words.empty() && words.back() != ' ') words += ' ';
    }
    while (words.ends_with(' ')) words.pop_back();
    return wire::is_utf8(words) ? words : std::string("(a body that is not text)");
}

/// An error's body with the bytes replaced that JSON does not allow: one must not hide what the error says.
GENAI_INLINE std::string well_formed(std::string body) {
    for (char& c : body)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return wire::is_utf8(body) ? body : wire::replace_invalid_utf8(body);
}

/// Seconds, or an HTTP date (RFC 9110 §10.2.3), as a wait from now.
GENAI_INLINE std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view value,
                                                                        Clock& clock) {
    using namespace std::chrono;
    double seconds = 0;
    if (const wire::Number number = wire::scan_number(value.data(), value.data() + value.size());
        number.end == value.data() + value.size() && !value.empty()) {
        seconds = wire::to_double(number);
        if (seconds < 0 || seconds > 1e9) return std::nullopt;
        return milliseconds(static_cast<std::int64_t>(seconds * 1000));
    }
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (value.size() != 29 || !value.ends_with(" GMT")) return std::nullopt;
    const auto number = [value](std::size_t at, std::size_t count) {
        int parsed = -1;
        std::from_chars(value.data() + at, value.data() + at + count, parsed);
        return parsed;
    };
    const auto month_at = months.find(value.substr(8, 3));
    if (month_at == std::string_view::npos) return std::nullopt;
    const year_month_day date{year(number(12, 4)), month(static_cast<unsigned>(month_at / 3 + 1)),
                              day(static_cast<unsigned>((std::max)(0, number(5, 2))))};
    if (!date.ok()) return std::nullopt;
    const auto when =
        sys_days(date) + hours(number(17, 2)) + minutes(number(20, 2)) + std::chrono::seconds(number(23, 2));
    return (std::max)(milliseconds(0),
                      duration_cast<milliseconds>(when - floor<std::chrono::seconds>(clock.date())));
}

/// What the server says about coming back: RetryInfo in the details first, then its headers.
GENAI_INLINE std::optional<std::chrono::milliseconds> retry_hint(const Json& details,
                                                                 const http::Headers& headers, Clock& clock) {
    if (details.is_array()) {
        for (const Json& detail : details) {
            if (!detail.is_object() || !text_member(detail, "@type").ends_with("google.rpc.RetryInfo"))
                continue;
            if (const auto delay = Duration::parse(text_member(detail, "retryDelay")))
                return delay->as<std::chrono::milliseconds>();
        }
    }
    for (const std::string prefix : {"", "llm_provider-"}) {  // the second as LiteLLM passes it on
        if (const auto milliseconds = headers.get(prefix + "retry-after-ms"); !milliseconds.empty()) {
            std::int64_t count = 0;
            if (std::from_chars(milliseconds.data(), milliseconds.data() + milliseconds.size(), count).ec ==
                    std::errc() &&
                count >= 0)
                return std::chrono::milliseconds(count);
        }
        if (const auto after = headers.get(prefix + "retry-after"); !after.empty())
            return parse_retry_after(after, clock);
    }
    return std::nullopt;
}

/// RetryInfo that a gateway has made a part of its message, quoted in one way or another.
GENAI_INLINE std::optional<std::chrono::milliseconds> retry_hint_in(std::string_view message) {
    const auto at = message.find("retryDelay");
    if (at == std::string_view::npos) return std::nullopt;
    message.remove_prefix(at + 10);
    const auto begin = message.find_first_not_of("\\\"': ");
    if (begin == std::string_view::npos) return std::nullopt;
    message = message.substr(begin, message.find_first_not_of("0123456789.", begin) + 1 - begin);
    const auto delay = Duration::parse(message);
    return delay ? std::optional(delay->as<std::chrono::milliseconds>()) : std::nullopt;
}

/// The `error` of a body in any of the shapes servers send: Google's object, a list of one, a gateway's flat
/// object.
GENAI_INLINE const Json* find_error(const Json& body) {
    if (body.is_array() && !body.empty()) return find_error(body.front());
    if (!body.is_object()) return nullptr;
    const auto error = body.find("error");
    return error == body.end() || error->is_boolean() ? &body : &*error;
}

GENAI_INLINE bool is_error(const Json& body) {
    if (body.is_array() && !body.empty()) return is_error(body.front());
    if (!body.is_object() || body.contains("name") || body.contains("id") || body.contains("done"))
        return false;
    const auto error = body.find("error");
    if (error == body.end()) return false;
    if (error->is_boolean()) return error->get<bool>();
    return error->is_string() ? !error->get_ref<const std::string&>().empty()
                              : error->is_object() && !error->empty();
}

GENAI_INLINE bool is_error_text(std::string_view text) {
    if (text.find("\"error\"") == std::string_view::npos) return false;
    try {
        return is_error(decode<Json>(text));
    } catch (const DecodeError&) {
        return false;
    }
}

/// Fills in what an error object says.
GENAI_INLINE void read_error(const Json& error, ApiErrorInfo& info) {
    if (error.is_string()) {
        info.message = error.get<std::string>();
        return;
    }
    if (!error.is_object()) return;
    if (const auto code = error.find("code"); code != error.end()) {
        if (code->is_number_integer()) info.code = code->get<int>();
        else if (code->is_string()) {
            const auto& text = code->get_ref<const std::string&>();
            int number = 0;
            if (const auto end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
                end == text.data() + text.size() && number != 0)
                info.code = number;
            else info.status = text;  // a word, as OpenAI's shape has
        }
    }
    for (const char* name : {"status", "type"})
        if (const std::string word = text_member(error, name); !word.empty() && info.status.empty())
            info.status = word;
    for (const char* name : {"message", "detail", "msg", "title"})
        if (info.message.empty()) info.message = text_member(error, name);
    if (info.message.empty() && error.contains("detail"))
        info.message = error["detail"].dump(-1, ' ', false, Json::error_handler_t::replace);
    if (const auto details = error.find("details"); details != error.end()) info.details = *details;
}

/// Whether a refusal is about the key: Google answers an invalid or expired one with 400.
GENAI_INLINE bool is_about_key(const ApiErrorInfo& info) {
    if (info.details.is_array())
        for (const Json& detail : info.details)
            if (detail.is_object() && text_member(detail, "reason").starts_with("API_KEY_")) return true;
    return info.message.starts_with("API key not valid") || info.message.starts_with("API key expired");
}

/// The exception for what the server said: by the status line, and inside a stream by the error's own code.
[[noreturn]] GENAI_INLINE void throw_api_error(ApiErrorInfo info) {
    const int decisive = info.http_status >= 400 ? info.http_status : info.code;
    switch (decisive) {
        case 400:
            if (is_about_key(info)) throw AuthenticationError(std::move(info));
            throw BadRequestError(std::move(info));
        case 401: throw AuthenticationError(std::move(info));
        case 403: throw PermissionDeniedError(std::move(info));
        case 404: throw NotFoundError(std::move(info));
        case 409: throw ConflictError(std::move(info));
        case 429: throw RateLimitError(std::move(info));
        case 500: throw InternalServerError(std::move(info));
        case 503: throw ServiceUnavailableError(std::move(info));
        case 504: throw GatewayTimeoutError(std::move(info));
        default: break;
    }
    if (decisive >= 400 && decisive < 500) throw ClientError(std::move(info));
    if (decisive >= 500 && decisive < 600) throw ServerError(std::move(info));
    throw ApiError(std::move(info));
}

GENAI_INLINE std::string_view request_id(const http::Headers& headers) {
    for (const char* name : {"x-request-id", "x-goog-request-id", "request-id", "x-litellm-call-id",
                             "x-amzn-requestid", "cf-ray"})
        if (const auto id = headers.get(name); !id.empty()) return id;
    return {};
}

GENAI_INLINE std::string describe_response(std::string_view url, const http::ResponseHead& head,
                                           std::string_view body) {
    const auto type = head.headers.get("content-type");
    const std::string begin = wire::excerpt(body, 200);
    return std::string(url) + " answered " + std::to_string(head.status) + " with " +
           (type.empty() ? std::string("no content type") : std::string(type)) +
           (begin.empty() ? std::string(" and no body") : " that begins: " + begin);
}

GENAI_INLINE DecodeError redacted(const DecodeError& problem, const http::Redactor& secrets,
                                  const std::string& context) {
    std::string names;  // as they were before they became a pointer, RFC 6901 §3
    for (std::string_view rest = problem.pointer(); !rest.empty();) {
        const bool escaped = rest.starts_with("~0") || rest.starts_with("~1");
        names += !escaped ? rest[0] : rest[1] == '0' ? '~' : '/';
        rest.remove_prefix(escaped ? 2 : 1);
    }
    const std::string clean_names = secrets.redact(names);
    DecodeError clean(clean_names == names ? problem.pointer() : clean_names,
                      secrets.redact(problem.problem()), secrets.redact(context));
    if (problem.attempts() != 0) AttemptErrors::set(clean, problem.attempt_errors());
    return clean;
}

GENAI_INLINE void throw_api_error(const http::ResponseHead& head, const std::string& raw_body,
                                  const std::string& url, const http::Redactor& secrets, Clock& clock) {
    const std::string body = secrets.redact(raw_body);
    ApiErrorInfo info{.http_status = head.status, .code = head.status, .url = secrets.redact(url)};
    for (const auto& [name, value] : head.headers) info.headers.emplace_back(name, secrets.redact(value));
    info.request_id = request_id(head.headers);
    try {
        const Json tree = decode<Json>(well_formed(body));
        if (const Json* error = find_error(tree)) read_error(*error, info);
        if (tree.is_string()) info.message = tree.get<std::string>();
    } catch (const DecodeError&) {
        info.message = first_words(body);
    }
    if (head.status >= 300 && head.status < 400) {
        info.message =
            "the server redirects, and a key is never sent where it was not meant for: set the base URL to "
            "where it points";
    }
    if (info.message.empty()) info.message = "the server gave no reason";
    for (std::string* text : {&info.message, &info.status, &info.request_id})
        *text = secrets.redact(std::move(*text));  // escapes hid it above
    secrets.redact_tree(info.details);
    info.retry_after = retry_hint(info.details, head.headers, clock);
    if (!info.retry_after) info.retry_after = retry_hint_in(info.message);
    throw_api_error(std::move(info));
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
