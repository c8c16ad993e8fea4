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

namespace detail {

/// Writes into an error what a call's attempts failed with.
struct AttemptErrors {
    static void set(Error& error, std::vector<std::string> errors);
};

}  // namespace detail

/// The root of everything this library throws.
class GENAI_EXPORT Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;

    const char* what() const noexcept override {
        return attempts_ ? attempts_->what.c_str() : std::runtime_error::what();
    }
    /// How many requests were made for the call that failed; 1 also where none was.
    int attempts() const noexcept { return attempts_ ? static_cast<int>(attempts_->errors.size()) : 1; }
    /// What each of them failed with in a few words, such as `503 UNAVAILABLE`, in order; empty where there
    /// was but one.
    std::vector<std::string> attempt_errors() const {
        return attempts_ ? attempts_->errors : std::vector<std::string>();
    }

private:
    friend struct detail::AttemptErrors;

    struct Attempts {
        std::vector<std::string> errors{};
        std::string what{};
    };
    std::shared_ptr<const Attempts> attempts_{};  // copies of an exception must not throw
};

/// A call was wrong before anything was sent: nothing reached the network.
class GENAI_EXPORT InvalidArgument : public Error {
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
class GENAI_EXPORT DecodeError : public Error {
public:
    DecodeError(std::string pointer, std::string problem)
        : Error("cannot decode " + (pointer.empty() ? std::string("the document") : pointer) + ": " +
                problem),
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
class GENAI_EXPORT Cancelled : public Error {
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
class GENAI_EXPORT TransportError : public Error {
public:
    TransportError(Phase phase, Reason reason, const std::string& problem)
        : Error("transport failed (" + std::string(to_string(phase)) + ", " + std::string(to_string(reason)) +
                "): " + problem),
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

/// A stream ended, in good order or not, before the model said why it finished. Chunks that came stay
/// delivered. `HttpOptions::require_finish_reason = false` tolerates gateways that never send one.
class GENAI_EXPORT StreamInterrupted : public Error {
public:
    using Error::Error;
};

/// A place where a text is not as its schema says.
struct Violation {
    std::string pointer{};  ///< where: an RFC 6901 JSON pointer, empty for the whole text
    std::string problem{};  ///< what is wrong there
};

/// An answer is not as the schema it was asked for with says; only where `enforce_validation` is set.
class GENAI_EXPORT ValidationError : public Error {
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
        if (!violations.empty())
            what += ": " + violations.front().pointer + (violations.front().pointer.empty() ? "" : ": ") +
                    violations.front().problem;
        if (violations.size() > 1) what += " (and " + std::to_string(violations.size() - 1) + " more)";
        return what;
    }

    std::string text_;
    std::vector<Violation> violations_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE void detail::AttemptErrors::set(Error& error, std::vector<std::string> errors) {
    std::string what = error.std::runtime_error::what();
    what += " (after " + std::to_string(errors.size()) + " attempts: ";
    for (std::size_t i = 0; i < errors.size(); ++i) what += (i == 0 ? "" : ", ") + errors[i];
    error.attempts_ = std::make_shared<const Error::Attempts>(Error::Attempts{std::move(errors), what + ')'});
}

}  // namespace genai::inline GENAI_ABI

#endif
