#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
    std::string url{};         ///< the address that was asked, without its query
    std::string request_id{};  ///< what to quote to the server's operator; may be empty
    std::optional<std::chrono::milliseconds>
        retry_after{};  ///< the server's own hint: RetryInfo, else Retry-After
};

/// An HTTP error: the server refused the call. By its status line, inside a stream by the error's own code,
/// it is a ClientError (4xx) or ServerError (5xx), and one of the classes below those where there is one for
/// the status. https://ai.google.dev/gemini-api/docs/troubleshooting
class GENAI_EXPORT ApiError : public Error {
public:
    explicit ApiError(ApiErrorInfo info, ErrorKind kind = ErrorKind::api);

    /// The response's status line; 200 for an error inside a stream.
    int http_status() const noexcept { return info_->http_status; }
    /// `error.code` of the body, else the HTTP status.
    int code() const noexcept { return info_->code; }
    /// `error.status`, such as `RESOURCE_EXHAUSTED`; empty when the body names none.
    const std::string& status() const noexcept { return info_->status; }
    /// The server's sentence.
    const std::string& message() const noexcept { return info_->message; }
    /// `error.details` as sent; null when absent.
    const Json& details() const noexcept { return info_->details; }
    /// The response's headers, as received.
    const auto& headers() const noexcept { return info_->headers; }
    /// The address that was asked, without its query.
    const std::string& url() const noexcept { return info_->url; }
    /// What to quote to the server's operator; may be empty.
    const std::string& request_id() const noexcept { return info_->request_id; }
    /// The server's own hint when to come back, if it gave one.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept { return info_->retry_after; }

private:
    static std::string describe(const ApiErrorInfo& info);

    std::shared_ptr<const ApiErrorInfo> info_;
};

/// The request was at fault: HTTP 4xx.
class GENAI_EXPORT ClientError : public ApiError {
public:
    explicit ClientError(ApiErrorInfo info, ErrorKind kind = ErrorKind::client)
        : ApiError(std::move(info), kind) {}
};

/// The service was at fault: HTTP 5xx.
class GENAI_EXPORT ServerError : public ApiError {
public:
    explicit ServerError(ApiErrorInfo info, ErrorKind kind = ErrorKind::server)
        : ApiError(std::move(info), kind) {}
};

/// HTTP 400: the request is malformed.
class GENAI_EXPORT BadRequestError : public ClientError {
public:
    explicit BadRequestError(ApiErrorInfo info) : ClientError(std::move(info), ErrorKind::bad_request) {}
};

/// HTTP 401, or the 400 that Google sends for an invalid key: the credentials are missing or invalid.
class GENAI_EXPORT AuthenticationError : public ClientError {
public:
    explicit AuthenticationError(ApiErrorInfo info)
        : ClientError(std::move(info), ErrorKind::authentication) {}
};

/// HTTP 403: the credentials do not allow it.
class GENAI_EXPORT PermissionDeniedError : public ClientError {
public:
    explicit PermissionDeniedError(ApiErrorInfo info)
        : ClientError(std::move(info), ErrorKind::permission_denied) {}
};

/// HTTP 404: there is no such model or resource.
class GENAI_EXPORT NotFoundError : public ClientError {
public:
    explicit NotFoundError(ApiErrorInfo info) : ClientError(std::move(info), ErrorKind::not_found) {}
};

/// HTTP 409: the resource exists already, or was changed meanwhile.
class GENAI_EXPORT ConflictError : public ClientError {
public:
    explicit ConflictError(ApiErrorInfo info) : ClientError(std::move(info), ErrorKind::conflict) {}
};

/// HTTP 429: a rate limit or quota is exhausted; `retry_after()` may say until when.
class GENAI_EXPORT RateLimitError : public ClientError {
public:
    explicit RateLimitError(ApiErrorInfo info) : ClientError(std::move(info), ErrorKind::rate_limit) {}
};

/// HTTP 500: an unexpected error in the service.
class GENAI_EXPORT InternalServerError : public ServerError {
public:
    explicit InternalServerError(ApiErrorInfo info)
        : ServerError(std::move(info), ErrorKind::internal_server) {}
};

/// HTTP 503: the service is overloaded or down.
class GENAI_EXPORT ServiceUnavailableError : public ServerError {
public:
    explicit ServiceUnavailableError(ApiErrorInfo info)
        : ServerError(std::move(info), ErrorKind::unavailable) {}
};

/// HTTP 504: the service did not finish in time.
class GENAI_EXPORT GatewayTimeoutError : public ServerError {
public:
    explicit GatewayTimeoutError(ApiErrorInfo info)
        : ServerError(std::move(info), ErrorKind::gateway_timeout) {}
};

namespace detail {

/// The error as an ApiError, if it is one; null otherwise. By its kind: there may be no RTTI.
inline const ApiError* as_api_error(const Error& error) noexcept {
    return error.kind() >= ErrorKind::api ? static_cast<const ApiError*>(&error) : nullptr;
}
/// The same for a TransportError.
inline const TransportError* as_transport_error(const Error& error) noexcept {
    const bool is_one = error.kind() == ErrorKind::transport || error.kind() == ErrorKind::timeout;
    return is_one ? static_cast<const TransportError*>(&error) : nullptr;
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

namespace detail {

/// The segment of a URL's path that is a version, such as `v1beta`, and follows another; empty when there is
/// none.
GENAI_INLINE std::string doubled_version(std::string_view url) {
    const auto is_version = [](std::string_view segment) {
        return segment.size() >= 2 && segment[0] == 'v' && segment[1] >= '0' && segment[1] <= '9';
    };
    std::string_view before;
    for (std::size_t at = url.find("://"); at != std::string_view::npos && at < url.size();) {
        const std::size_t end = (std::min)(url.find('/', at), url.size());
        const std::string_view segment = url.substr(at, end - at);
        if (is_version(segment) && is_version(before)) return std::string(segment);
        if (!segment.empty()) before = segment;
        at = end + 1;
    }
    return {};
}

/// What the one who reads an error may try next.
GENAI_INLINE std::string advice(const ApiErrorInfo& info) {
    switch (info.code) {
        case 400: return info.message.find("API key") != std::string::npos ? "check the API key" : "";
        case 401:
        case 403: return "check the API key and what it may use";
        case 404:
            if (const std::string version = doubled_version(info.url); !version.empty())
                return "the API version " + version + " stands twice in " + info.url +
                       ": leave it out of the base URL, or set api_version to \"\"";
            return "check the resource's name, the base URL and the API version" +
                   (info.url.empty() ? "" : ": " + info.url);
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

GENAI_INLINE ApiError::ApiError(ApiErrorInfo info, ErrorKind kind)
    : Error(describe(info), kind), info_(std::make_shared<const ApiErrorInfo>(std::move(info))) {}

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
