#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

class Error;
struct Content;

namespace detail {

/// Writes into an error what a call's attempts failed with.
struct AttemptErrors {
    static void set(Error& error, std::vector<std::string> errors);
};

/// Writes into an error how far automatic function calling had come.
struct CallHistory {
    static void set(Error& error, std::vector<Content> history);
};

/// Throws the MissingValue for the type in `function`, the name of a member function of a Box of it.
[[noreturn]] void throw_missing(const char* function);

}  // namespace detail

/// What kind of error one is, for a `switch`; the classes say the same. A kind stands for the most derived
/// class that names it: `rate_limit` is a RateLimitError, which is a ClientError too.
enum class ErrorKind {
    other,               ///< an Error that has no class of its own
    invalid_argument,    ///< InvalidArgument
    missing_value,       ///< MissingValue
    decode,              ///< DecodeError
    validation,          ///< ValidationError
    cancelled,           ///< Cancelled
    stream_interrupted,  ///< StreamInterrupted
    no_deployment,       ///< NoDeploymentError: a router has nothing it may call
    limit_exceeded,      ///< LimitExceeded: a budget or a rate limit kept here refuses the call
    transport,           ///< TransportError
    timeout,             ///< TimeoutError
    api,                 ///< ApiError that is neither a 4xx nor a 5xx
    client,              ///< ClientError: another 4xx than those below
    bad_request,         ///< BadRequestError
    authentication,      ///< AuthenticationError
    permission_denied,   ///< PermissionDeniedError
    not_found,           ///< NotFoundError
    conflict,            ///< ConflictError
    rate_limit,          ///< RateLimitError
    server,              ///< ServerError: another 5xx than those below
    internal_server,     ///< InternalServerError
    unavailable,         ///< ServiceUnavailableError
    gateway_timeout,     ///< GatewayTimeoutError
};

/// The base class of every exception that the library throws. Copying one never throws.
class GENAI_EXPORT Error : public std::runtime_error {
public:
    explicit Error(const std::string& what, ErrorKind kind = ErrorKind::other)
        : std::runtime_error(what), kind_(kind) {}

    const char* what() const noexcept override {
        return attempts_ && !attempts_->what.empty() ? attempts_->what.c_str() : std::runtime_error::what();
    }
    /// What kind of error it is.
    ErrorKind kind() const noexcept { return kind_; }
    /// How many attempts the call made; 0 where it failed before the first.
    int attempts() const noexcept { return attempts_ ? static_cast<int>(attempts_->errors.size()) : 0; }
    /// What each attempt failed with in a few words, such as `503 UNAVAILABLE`, in order.
    std::vector<std::string> attempt_errors() const {
        return attempts_ ? attempts_->errors : std::vector<std::string>();
    }
    /// Where automatic function calling failed after functions were called: the conversation so far, as in
    /// the response's member of that name. Calls with it as contents resume it. Else empty.
    std::vector<Content> automatic_function_calling_history() const;

private:
    friend struct detail::AttemptErrors;
    friend struct detail::CallHistory;

    struct Attempts {
        std::vector<std::string> errors{};
        std::string what{};
    };
    std::shared_ptr<const Attempts> attempts_{};
    std::shared_ptr<const std::vector<Content>> history_{};
    ErrorKind kind_{ErrorKind::other};
};

/// An argument is invalid. Nothing was sent.
class GENAI_EXPORT InvalidArgument : public Error {
public:
    /// `parameter` is the name of the offending argument or a JSON pointer into the request.
    InvalidArgument(const std::string& parameter, const std::string& problem);

    /// The argument at fault, such as `model` or `/contents/0/parts/1/text`.
    const std::string& parameter() const noexcept { return *parameter_; }

private:
    std::shared_ptr<const std::string> parameter_;
};

/// A value that is absent was read, such as `response.candidate()` of a prompt that was blocked, or a Box
/// that is empty.
class GENAI_EXPORT MissingValue : public Error {
public:
    explicit MissingValue(const std::string& what) : Error(what, ErrorKind::missing_value) {}
};

/// Text was not the JSON, or not the shape, that was expected of it.
class GENAI_EXPORT DecodeError : public Error {
public:
    /// `context` is said behind the problem: where the text came from, how it begins.
    DecodeError(const std::string& pointer, const std::string& problem, const std::string& context = {});

    /// Where: an RFC 6901 JSON pointer, empty for the whole document.
    const std::string& pointer() const noexcept { return info_->pointer; }

    /// What was wrong there, without the place.
    const std::string& problem() const noexcept { return info_->problem; }

private:
    struct Info {
        std::string pointer{};
        std::string problem{};
    };
    std::shared_ptr<const Info> info_;
};

/// The call's stop_token was triggered. The connection it used is closed; the client stays usable.
class GENAI_EXPORT Cancelled : public Error {
public:
    Cancelled() : Error("the call was cancelled", ErrorKind::cancelled) {}
};

/// A network failure: there is no complete HTTP response. Transports throw it; it never carries the address's
/// query. One whose reason is `timeout` is a TimeoutError.
class GENAI_EXPORT TransportError : public Error {
public:
    /// The phase that failed.
    enum class Phase { resolve, connect, tls, send, wait, body };

    /// Why it failed.
    enum class Reason {
        timeout,
        refused,
        reset,
        closed,
        unknown_host,
        certificate,
        proxy,
        protocol,
        resources,
        other
    };

    TransportError(Phase phase, Reason reason, const std::string& problem);

    /// The phase that failed.
    Phase phase() const noexcept { return phase_; }

    /// Why it failed.
    Reason reason() const noexcept { return reason_; }

private:
    Phase phase_;
    Reason reason_;
};

/// The word for a phase, as it stands in messages.
constexpr std::string_view to_string(TransportError::Phase phase) noexcept {
    using Phase = TransportError::Phase;
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
constexpr std::string_view to_string(TransportError::Reason reason) noexcept {
    using Reason = TransportError::Reason;
    switch (reason) {
        case Reason::timeout: return "timeout";
        case Reason::refused: return "refused";
        case Reason::reset: return "reset";
        case Reason::closed: return "closed";
        case Reason::unknown_host: return "unknown host";
        case Reason::certificate: return "certificate";
        case Reason::proxy: return "proxy";
        case Reason::protocol: return "protocol";
        case Reason::resources: return "resources";
        case Reason::other: return "other";
    }
    return "unknown";
}

/// A time limit of HttpOptions, or of a wait, has passed.
class GENAI_EXPORT TimeoutError : public TransportError {
public:
    TimeoutError(Phase phase, const std::string& problem) : TransportError(phase, Reason::timeout, problem) {}
    /// A TransportError whose reason is `timeout`, as this class.
    explicit TimeoutError(const TransportError& error) : TransportError(error) {}
};

/// A stream ended before the model said why it finished. The chunks that came stay delivered.
/// `HttpOptions::require_finish_reason = false` tolerates gateways that never send a finish reason.
class GENAI_EXPORT StreamInterrupted : public Error {
public:
    explicit StreamInterrupted(const std::string& what) : Error(what, ErrorKind::stream_interrupted) {}
};

/// A place where a text violates its schema.
struct Violation {
    std::string pointer{};  ///< where: an RFC 6901 JSON pointer, empty for the whole text
    std::string problem{};  ///< what is wrong there
};

/// A response violates the schema that was asked for; only where `enforce_validation` is set.
class GENAI_EXPORT ValidationError : public Error {
public:
    ValidationError(std::string text, std::vector<Violation> violations);

    /// The response's text, as it came.
    const std::string& text() const noexcept { return info_->text; }
    /// All that is wrong with it; at least one.
    const std::vector<Violation>& violations() const noexcept { return info_->violations; }

private:
    struct Info {
        std::string text{};
        std::vector<Violation> violations{};
    };

    static std::string describe(const std::vector<Violation>& violations);

    std::shared_ptr<const Info> info_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE void detail::AttemptErrors::set(Error& error, std::vector<std::string> errors) {
    std::string what;
    if (errors.size() > 1) {
        what = error.std::runtime_error::what();
        what += " (after " + std::to_string(errors.size()) + " attempts: ";
        for (std::size_t i = 0; i < errors.size(); ++i) what += (i == 0 ? "" : ", ") + errors[i];
        what += ')';
    }
    error.attempts_ =
        std::make_shared<const Error::Attempts>(Error::Attempts{std::move(errors), std::move(what)});
}

/// The name of the type is what the compiler writes between "T = " or "Box<" and what ends it.
GENAI_INLINE void detail::throw_missing(const char* function) {
    std::string_view name = function;
    for (const std::string_view before : {"T = ", "Box<"}) {
        const auto at = name.find(before);
        if (at == std::string_view::npos) continue;
        name.remove_prefix(at + before.size());
        name = name.substr(0, name.find_first_of(";],>("));
        break;
    }
    if (name.starts_with("genai::")) name.remove_prefix(7);
    if (const auto at = name.find("v0_");
        at != std::string_view::npos)  // the inline namespace is nobody's business
        if (const auto behind = name.find("::", at); behind != std::string_view::npos)
            name.remove_prefix(behind + 2);
    if (name.find("basic_string") != std::string_view::npos) name = "text";
    throw MissingValue("no " + std::string(name) +
                       " is there: look whether it is (`if (value)`) before reading it");
}

GENAI_INLINE InvalidArgument::InvalidArgument(const std::string& parameter, const std::string& problem)
    : Error(parameter.empty() ? problem : parameter + ": " + problem, ErrorKind::invalid_argument),
      parameter_(std::make_shared<const std::string>(parameter)) {}

GENAI_INLINE DecodeError::DecodeError(const std::string& pointer, const std::string& problem,
                                      const std::string& context)
    : Error("cannot decode " + (pointer.empty() ? std::string("the document") : pointer) + ": " + problem +
                (context.empty() ? "" : "; " + context),
            ErrorKind::decode),
      info_(std::make_shared<const Info>(Info{pointer, problem})) {}

GENAI_INLINE TransportError::TransportError(Phase phase, Reason reason, const std::string& problem)
    : Error("transport failed (" + std::string(to_string(phase)) + ", " + std::string(to_string(reason)) +
                "): " + problem,
            reason == Reason::timeout ? ErrorKind::timeout : ErrorKind::transport),
      phase_(phase),
      reason_(reason) {}

GENAI_INLINE ValidationError::ValidationError(std::string text, std::vector<Violation> violations)
    : Error(describe(violations), ErrorKind::validation),
      info_(std::make_shared<const Info>(Info{std::move(text), std::move(violations)})) {}

GENAI_INLINE std::string ValidationError::describe(const std::vector<Violation>& violations) {
    std::string what = "the response violates its schema";
    if (!violations.empty())
        what += ": " + violations.front().pointer + (violations.front().pointer.empty() ? "" : ": ") +
                violations.front().problem;
    if (violations.size() > 1) what += " (and " + std::to_string(violations.size() - 1) + " more)";
    return what;
}

}  // namespace genai::inline GENAI_ABI

#endif
