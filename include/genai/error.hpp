#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/version.hpp>
#include <genai/wire/json.hpp>

namespace genai::inline v0 {

class Error;

namespace detail {

/// Writes into an error what a call's attempts failed with.
struct AttemptErrors {
    static void set(Error& error, std::vector<std::string> errors);
};

}  // namespace detail

/// The root of everything this library throws.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;

    const char* what() const noexcept override { return attempts_ ? attempts_->what.c_str() : std::runtime_error::what(); }
    /// How many requests were made for the call that failed; 1 also where none was.
    int attempts() const noexcept { return attempts_ ? static_cast<int>(attempts_->errors.size()) : 1; }
    /// What each of them failed with in a few words, such as `503 UNAVAILABLE`, in order; empty where there was but one.
    std::vector<std::string> attempt_errors() const { return attempts_ ? attempts_->errors : std::vector<std::string>(); }

private:
    friend struct detail::AttemptErrors;

    struct Attempts {
        std::vector<std::string> errors{};
        std::string what{};
    };
    std::shared_ptr<const Attempts> attempts_{};  // copies of an exception must not throw
};

/// A call was wrong before anything was sent: nothing reached the network.
class InvalidArgument : public Error {
public:
    /// `parameter` is the name of the offending argument or a JSON pointer into the request.
    InvalidArgument(std::string parameter, const std::string& problem)
        : Error(parameter.empty() ? problem : parameter + ": " + problem), parameter_(std::move(parameter)) {}

    /// The argument at fault, such as `model` or `/contents/0/parts/1/text`.
    const std::string& parameter() const noexcept { return parameter_; }

private:
    std::string parameter_;
};

/// Text was not the JSON, or not the shape, that was expected of it.
class DecodeError : public Error {
public:
    DecodeError(std::string pointer, std::string problem)
        : Error("cannot decode " + (pointer.empty() ? std::string("the document") : pointer) + ": " + problem),
          pointer_(std::move(pointer)),
          problem_(std::move(problem)) {}

    /// Where: an RFC 6901 JSON pointer, empty for the whole document.
    const std::string& pointer() const noexcept { return pointer_; }

    /// What was wrong there, without the place.
    const std::string& problem() const noexcept { return problem_; }

private:
    std::string pointer_;
    std::string problem_;
};

/// The call's stop_token was triggered. The connection it used is closed; the client stays usable.
class Cancelled : public Error {
public:
    Cancelled() : Error("the call was cancelled") {}
};

/// How far an exchange had come when the transport failed.
enum class Phase { resolve, connect, tls, send, wait, body };

/// Why the transport failed.
enum class Reason { timeout, refused, reset, closed, unknown_host, certificate, proxy, protocol, other };

/// The word for a phase, as it stands in messages.
constexpr std::string_view to_string(Phase phase) noexcept {
    switch (phase) {
        case Phase::resolve: return "resolve";
        case Phase::connect: return "connect";
        case Phase::tls: return "tls";
        case Phase::send: return "send";
        case Phase::wait: return "wait";
        case Phase::body: return "body";
    }
    return "unknown";
}

/// The word for a reason, as it stands in messages.
constexpr std::string_view to_string(Reason reason) noexcept {
    switch (reason) {
        case Reason::timeout: return "timeout";
        case Reason::refused: return "refused";
        case Reason::reset: return "reset";
        case Reason::closed: return "closed";
        case Reason::unknown_host: return "unknown host";
        case Reason::certificate: return "certificate";
        case Reason::proxy: return "proxy";
        case Reason::protocol: return "protocol";
        case Reason::other: return "other";
    }
    return "unknown";
}

/// No complete HTTP response was had. Transports throw it; it never carries the address's query.
class TransportError : public Error {
public:
    TransportError(Phase phase, Reason reason, const std::string& problem)
        : Error("transport failed (" + std::string(to_string(phase)) + ", " + std::string(to_string(reason)) + "): " + problem),
          phase_(phase),
          reason_(reason) {}

    /// How far the exchange had come.
    Phase phase() const noexcept { return phase_; }

    /// Why it ended there.
    Reason reason() const noexcept { return reason_; }

private:
    Phase phase_;
    Reason reason_;
};

/// A stream ended, in good order or not, before the model said why it finished. Chunks that came stay delivered.
/// `HttpOptions::require_finish_reason = false` tolerates gateways that never send one.
class StreamInterrupted : public Error {
public:
    using Error::Error;
};

/// A place where a text is not as its schema says.
struct Violation {
    std::string pointer{};  ///< where: an RFC 6901 JSON pointer, empty for the whole text
    std::string problem{};  ///< what is wrong there
};

/// An answer is not as the schema it was asked for with says; only where `enforce_validation` is set.
class ValidationError : public Error {
public:
    ValidationError(std::string text, std::vector<Violation> violations)
        : Error(describe(violations)), text_(std::move(text)), violations_(std::move(violations)) {}

    /// The answer, as it came.
    const std::string& text() const noexcept { return text_; }
    /// All that is wrong with it; at least one.
    const std::vector<Violation>& violations() const noexcept { return violations_; }

private:
    static std::string describe(const std::vector<Violation>& violations) {
        std::string what = "the answer does not fit its schema";
        if (!violations.empty()) what += ": " + violations.front().pointer + (violations.front().pointer.empty() ? "" : ": ") + violations.front().problem;
        if (violations.size() > 1) what += " (and " + std::to_string(violations.size() - 1) + " more)";
        return what;
    }

    std::string text_;
    std::vector<Violation> violations_;
};

/// What is known of a refused call.
struct ApiErrorInfo {
    int http_status{};       ///< the response's status line; 200 for an error inside a stream
    int code{};              ///< `error.code` of the body, else http_status
    std::string status{};    ///< `error.status`, such as RESOURCE_EXHAUSTED; empty when the body names none
    std::string message{};   ///< the server's sentence, or the start of a body that is not JSON
    Json details{};          ///< `error.details` as sent; null when absent
    std::vector<std::pair<std::string, std::string>> headers{};  ///< the response's headers, as received
    std::string request_id{};                                    ///< what to quote to the server's operator; may be empty
    std::optional<std::chrono::milliseconds> retry_after{};      ///< the server's own hint: RetryInfo, else Retry-After
};

/// The server answered and said no. https://ai.google.dev/gemini-api/docs/troubleshooting
class ApiError : public Error {
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
class ClientError : public ApiError {
public:
    using ApiError::ApiError;
};

/// The service was at fault: a 5xx.
class ServerError : public ApiError {
public:
    using ApiError::ApiError;
};

}  // namespace genai::inline v0

#if GENAI_BODIES

namespace genai::inline v0 {

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

GENAI_INLINE void detail::AttemptErrors::set(Error& error, std::vector<std::string> errors) {
    std::string what = error.std::runtime_error::what();
    what += " (after " + std::to_string(errors.size()) + " attempts: ";
    for (std::size_t i = 0; i < errors.size(); ++i) what += (i == 0 ? "" : ", ") + errors[i];
    error.attempts_ = std::make_shared<const Error::Attempts>(Error::Attempts{std::move(errors), what + ')'});
}

GENAI_INLINE std::string ApiError::describe(const ApiErrorInfo& info) {
    std::string text = std::to_string(info.code);
    if (!info.status.empty()) text += ' ' + info.status;
    if (!info.message.empty()) text += ": " + info.message;
    if (info.retry_after) text += " (retry after " + std::to_string(info.retry_after->count()) + " ms)";
    if (const std::string next = detail::advice(info); !next.empty()) text += " (" + next + ')';
    return text;
}

}  // namespace genai::inline v0

#endif
