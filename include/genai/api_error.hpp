#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI {

/// What is known of a refused call.
struct ApiErrorInfo {
    int http_status{};      ///< the response's status line; 200 for an error inside a stream
    int code{};             ///< `error.code` of the body, else http_status
    std::string status{};   ///< `error.status`, such as RESOURCE_EXHAUSTED; empty when the body names none
    std::string message{};  ///< the server's sentence, or the start of a body that is not JSON
    Json details{};         ///< `error.details` as sent; null when absent
    std::vector<std::pair<std::string, std::string>> headers{};  ///< the response's headers, as received
    std::string request_id{};  ///< what to quote to the server's operator; may be empty
    std::optional<std::chrono::milliseconds>
        retry_after{};  ///< the server's own hint: RetryInfo, else Retry-After
};

/// The server answered and said no. https://ai.google.dev/gemini-api/docs/troubleshooting
class GENAI_EXPORT ApiError : public Error {
public:
    explicit ApiError(ApiErrorInfo info) : Error(describe(info)), info_(std::move(info)) {}

    /// The response's status line; 200 for an error inside a stream.
    int http_status() const noexcept { return info_.http_status; }
    /// `error.code` of the body, else the HTTP status.
    int code() const noexcept { return info_.code; }
    /// `error.status`, such as `RESOURCE_EXHAUSTED`; empty when the body names none.
    const std::string& status() const noexcept { return info_.status; }
    /// The server's sentence.
    const std::string& message() const noexcept { return info_.message; }
    /// `error.details` as sent; null when absent.
    const Json& details() const noexcept { return info_.details; }
    /// The response's headers, as received.
    const auto& headers() const noexcept { return info_.headers; }
    /// What to quote to the server's operator; may be empty.
    const std::string& request_id() const noexcept { return info_.request_id; }
    /// The server's own hint when to come back, if it gave one.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept { return info_.retry_after; }

private:
    static std::string describe(const ApiErrorInfo& info);

    ApiErrorInfo info_;
};

/// The request was at fault: a 4xx.
class GENAI_EXPORT ClientError : public ApiError {
public:
    using ApiError::ApiError;
};

/// The service was at fault: a 5xx.
class GENAI_EXPORT ServerError : public ApiError {
public:
    using ApiError::ApiError;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

namespace detail {

/// What the one who reads an error may try next.
GENAI_INLINE std::string advice(const ApiErrorInfo& info) {
    switch (info.code) {
        case 400: return info.message.find("API key") != std::string::npos ? "check the API key" : "";
        case 401:
        case 403: return "check the API key and what it may use";
        case 404: return "check the resource's name, the base URL and the API version";
        case 413: return "send less, or upload large media as files";
        case 429: return info.retry_after ? "" : "slow down, or raise the quota";
        case 500:
        case 502:
        case 503:
        case 504: return "the service is at fault; try again later";
        default: return "";
    }
}

}  // namespace detail

GENAI_INLINE std::string ApiError::describe(const ApiErrorInfo& info) {
    std::string text = std::to_string(info.code);
    if (!info.status.empty()) text += ' ' + info.status;
    if (!info.message.empty()) text += ": " + info.message;
    if (info.retry_after) text += " (retry after " + std::to_string(info.retry_after->count()) + " ms)";
    if (const std::string next = detail::advice(info); !next.empty()) text += " (" + next + ')';
    return text;
}

}  // namespace genai::inline GENAI_ABI

#endif
