#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/ambient_stop.hpp>
#include <genai/stop_token.hpp>
#include <genai/clock.hpp>
#include <genai/core/retry.hpp>
#include <genai/core/backoff.hpp>
#include <genai/error.hpp>
#include <genai/http_options.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Polls something that takes the service a while, as a state machine: when to ask, how long to wait, when to
/// give up. A failure that may pass is no end, five in a row are.
class Polling {
public:
    /// What to do.
    struct Step {
        bool wait{};  ///< for `span`, or until `options.stop_token` is triggered; else ask
        std::chrono::milliseconds span{};
        HttpOptions
            options{};  ///< to ask with: the call's, within the time that is left; tell `came` or `failed`
    };

    /// Asks at once when there is no first answer. `what` is its name in messages. Throws InvalidArgument.
    Polling(Clock& clock, const WaitOptions& options, const HttpOptions& call, std::string what,
            bool ask_at_once);

    /// What to do now. Throws TransportError with TransportError::Reason::timeout when time is up, Cancelled.
    Step next();
    /// It is not done yet.
    void came() noexcept { failures_ = 0; }
    /// Asking failed. Whether to go on.
    bool failed(const Error& problem) {
        return is_retryable(problem, options_.retry, true) && ++failures_ <= 5;
    }

private:
    std::optional<std::chrono::milliseconds> left() const;

    HttpOptions options_;
    std::optional<std::chrono::milliseconds> call_timeout_;
    std::string what_;
    Deadline deadline_;
    Backoff backoff_;
    int failures_{0};
    bool ask_;
};

/// Polls on this thread until `done(value)`; `ask(options)` gives the value as it stands. Throws what `ask`
/// throws, and as Polling does.
template <class Value, class Done, class Ask>
Value poll_until(Clock& clock, std::optional<Value> value, const WaitOptions& options,
                 const HttpOptions& call, std::string what, Done&& done, Ask&& ask) {
    Polling polling(clock, options, call, std::move(what), !value);
    while (!value || !done(*value)) {
        const Polling::Step step = polling.next();
        if (step.wait) {
            pause(clock, step.span, step.options.stop_token);
            continue;
        }
        try {
            value = ask(step.options);
            polling.came();
        } catch (const Error& problem) {
            if (!polling.failed(problem)) throw;
        }
    }
    return std::move(*value);
}

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE Polling::Polling(Clock& clock, const WaitOptions& options, const HttpOptions& call,
                              std::string what, bool ask_at_once)
    : options_(call),
      call_timeout_(call.timeout),
      what_(std::move(what)),
      deadline_(clock, options.timeout.value_or(std::chrono::hours(1))),
      backoff_(at_most_a_year(options.poll_interval), at_most_a_year(options.poll_interval) * 10),
      ask_(ask_at_once) {
    if (options.poll_interval.count() <= 0) throw InvalidArgument("poll_interval", "must be positive");
    if (options.timeout && options.timeout->count() <= 0)
        throw InvalidArgument("timeout", "must be positive");
    if (options.stop_token.stop_possible()) options_.stop_token = options.stop_token;
    options_.stop_token = effective_stop_token(options_.stop_token);
}

GENAI_INLINE std::optional<std::chrono::milliseconds> Polling::left() const {
    const auto span = deadline_.left();
    if (span && span->count() == 0)
        throw TimeoutError(TransportError::Phase::wait, what_ + " is not done yet; the work goes on");
    return span;
}

GENAI_INLINE Polling::Step Polling::next() {
    const auto span = left();
    if (!std::exchange(ask_, !ask_))
        return {.wait = true,
                .span = (std::min)(backoff_.next(), span.value_or((std::chrono::milliseconds::max)())),
                .options = options_};
    if (options_.stop_token.stop_requested()) throw Cancelled();
    if (span) options_.timeout = (std::min)(*span, call_timeout_.value_or(*span));
    return {.options = options_};
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
