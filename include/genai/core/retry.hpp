#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/api_error.hpp>
#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/clock.hpp>
#include <genai/core/backoff.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// How much time there is for something; without limit when there is none.
class Deadline {
public:
    Deadline(Clock& clock, std::optional<std::chrono::milliseconds> span) : clock_(&clock) {
        if (span) end_ = clock.now() + at_most_a_year(*span);
    }

    /// When it is; nothing where there is no limit.
    std::optional<std::chrono::steady_clock::time_point> end() const noexcept { return end_; }
    /// What is left, at least nothing.
    std::optional<std::chrono::milliseconds> left() const;
    /// Whether a wait of that length ends before it.
    bool leaves(std::chrono::milliseconds wait) const;

private:
    Clock* clock_;
    std::optional<std::chrono::steady_clock::time_point> end_{};
};

/// A failure in a few words: `503 UNAVAILABLE`, `connect: refused`.
std::string in_short(const Error& problem);

/// Its kind for metrics, of which there are few: a server's code, `timeout`, else the class.
std::string error_type(const Error& problem);

/// What a server says itself of trying again, as OpenAI's do; nothing where it says nothing.
std::optional<bool> should_retry(const ApiError& refused);

/// Whether what failed may work a moment later. What may have been done already is done again only where it
/// is idempotent.
bool is_retryable(const Error& problem, const HttpRetryOptions& options, bool idempotent);

/// The wait behind the `failed`-th failure in a row: exponential backoff, of which `random`, from 0 to 1,
/// takes off its share of the jitter. What the server asks for goes before it.
std::chrono::milliseconds backoff_wait(const HttpRetryOptions& options, std::size_t failed,
                                       const Error& problem, double random);

/// The attempts of one call: whether another follows a failure, and when.
class Retries {
public:
    Retries(const HttpRetryOptions& options, Clock& clock, const Deadline& deadline)
        : options_(options), clock_(clock), deadline_(deadline) {}

    /// To be called when an attempt has failed.
    void record(const Error& problem) { errors_.push_back(in_short(problem)); }
    /// How long to wait after the failure recorded last before the next attempt; nothing when there is none.
    std::optional<std::chrono::milliseconds> next(const Error& problem, bool idempotent);
    /// How many have failed.
    std::size_t failed() const noexcept { return errors_.size(); }
    /// Writes what each of them failed with into the last one's error.
    void annotate(Error& problem) const { AttemptErrors::set(problem, errors_); }
    /// Begins to count anew: something was achieved.
    void restart() { errors_.clear(); }

private:
    const HttpRetryOptions& options_;
    Clock& clock_;
    const Deadline& deadline_;
    std::vector<std::string> errors_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <cmath>
#include <limits>

#include <genai/os/random.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::optional<std::chrono::milliseconds> Deadline::left() const {
    if (!end_) return std::nullopt;
    return (std::max)(std::chrono::milliseconds(0),
                      std::chrono::ceil<std::chrono::milliseconds>(*end_ - clock_->now()));
}

GENAI_INLINE bool Deadline::leaves(std::chrono::milliseconds wait) const {
    const auto span = left();
    return !span || wait < *span;
}

GENAI_INLINE std::string in_short(const Error& problem) {
    if (const auto* refused = as_api_error(problem))
        return std::to_string(refused->code()) + (refused->status().empty() ? "" : ' ' + refused->status());
    if (const auto* transport = as_transport_error(problem))
        return std::string(to_string(transport->phase())) + ": " +
               std::string(to_string(transport->reason()));
    switch (problem.kind()) {
        case ErrorKind::cancelled: return "cancelled";
        case ErrorKind::decode: return "a response that cannot be decoded";
        case ErrorKind::stream_interrupted: return "a stream that ended early";
        case ErrorKind::no_deployment: return "no deployment";
        case ErrorKind::limit_exceeded: return "a limit of the program's own";
        default: return "an error";
    }
}

GENAI_INLINE std::string error_type(const Error& problem) {
    if (const auto* refused = as_api_error(problem)) return std::to_string(refused->code());
    switch (problem.kind()) {
        case ErrorKind::timeout: return "timeout";
        case ErrorKind::transport: return "TransportError";
        case ErrorKind::cancelled: return "Cancelled";
        case ErrorKind::decode: return "DecodeError";
        case ErrorKind::validation: return "ValidationError";
        case ErrorKind::stream_interrupted: return "StreamInterrupted";
        case ErrorKind::invalid_argument: return "InvalidArgument";
        case ErrorKind::no_deployment: return "NoDeploymentError";
        case ErrorKind::limit_exceeded: return "LimitExceeded";
        default: return "_OTHER";
    }
}

GENAI_INLINE std::optional<bool> should_retry(const ApiError& refused) {
    for (const auto& [name, value] : refused.headers())
        if (http::same_name(name, "x-should-retry") && (value == "true" || value == "false"))
            return value == "true";
    return std::nullopt;
}

GENAI_INLINE bool is_retryable(const Error& problem, const HttpRetryOptions& options, bool idempotent) {
    if (const auto* refused = as_api_error(problem)) {
        if (const auto said = should_retry(*refused)) return *said;
        static const auto& usual = *new std::vector<std::int32_t>{408, 429, 500, 502, 503, 504};
        const auto& codes = options.http_status_codes ? *options.http_status_codes : usual;
        const int decisive = refused->http_status() >= 400 ? refused->http_status() : refused->code();
        return std::find(codes.begin(), codes.end(), decisive) != codes.end();
    }
    const auto* transport = as_transport_error(problem);
    if (transport == nullptr) return false;
    switch (transport->reason()) {  // what will not pass by itself
        case TransportError::Reason::certificate:
        case TransportError::Reason::proxy:
        case TransportError::Reason::protocol:
        case TransportError::Reason::resources: return false;
        default: break;
    }
    if (transport->phase() <= TransportError::Phase::tls) return true;  // nothing has been sent
    return idempotent && (transport->reason() == TransportError::Reason::reset ||
                          transport->reason() == TransportError::Reason::closed);
}

GENAI_INLINE std::chrono::milliseconds backoff_wait(const HttpRetryOptions& options, std::size_t failed,
                                                    const Error& problem, double random) {
    using std::chrono::milliseconds;
    const auto most = at_most_a_year(options.max_delay.value_or(std::chrono::seconds(60)));
    if (const auto* refused = as_api_error(problem); refused != nullptr && refused->retry_after())
        return (std::min)(*refused->retry_after(), most);
    const auto first =
        static_cast<double>(at_most_a_year(options.initial_delay.value_or(std::chrono::seconds(1))).count());
    double span = first * std::pow(options.exp_base.value_or(2), static_cast<double>(failed - 1));
    span = (std::min)(span, static_cast<double>(most.count()));
    return milliseconds(static_cast<std::int64_t>(span * (1 - options.jitter.value_or(0.5) * random)));
}

GENAI_INLINE std::optional<std::chrono::milliseconds> Retries::next(const Error& problem, bool idempotent) {
    if (static_cast<std::int64_t>(errors_.size()) >= options_.attempts.value_or(4) ||
        !is_retryable(problem, options_, idempotent))
        return std::nullopt;
    const double random = static_cast<double>(random_number()) /
                          static_cast<double>((std::numeric_limits<std::uint64_t>::max)());
    const auto span = backoff_wait(options_, errors_.size(), problem, random);
    return deadline_.leaves(span) ? std::optional(span)
                                  : std::nullopt;  // there is no use in waiting for nothing
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
