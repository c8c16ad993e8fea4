#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>

#include <genai/clock.hpp>
#include <genai/core/retry.hpp>
#include <genai/detail/pause.hpp>
#include <genai/error.hpp>
#include <genai/options.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline v0::detail {

/// Polls something that takes the service a while, as a state machine: when to ask, how long to wait, when to give up. A
/// failure that may pass is no end, five in a row are.
class Polling {
public:
    /// Ask how it stands, with these options: the call's, within the time that is left. Tell `came` or `failed`.
    struct Ask {
        HttpOptions options{};
    };
    /// Wait that long, or until the token is triggered, and ask again.
    struct Wait {
        std::chrono::milliseconds span{};
        std::stop_token stop_token{};
    };
    using Step = std::variant<Ask, Wait>;

    /// Asks at once when there is no first answer. `what` is its name in messages. Throws InvalidArgument.
    Polling(Clock& clock, const WaitOptions& options, const HttpOptions& call, std::string what, bool ask_at_once);

    /// What to do now. Throws TransportError with Reason::timeout when time is up, Cancelled.
    Step next();
    /// It is not done yet.
    void came() noexcept { failures_ = 0; }
    /// Asking failed. Whether to go on.
    bool failed(const Error& problem) { return is_retryable(problem, options_.retry, true) && ++failures_ <= 5; }

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

/// Polls on this thread until `done(value)`; `ask(options)` gives the value as it stands. Throws what `ask` throws, and as
/// Polling does.
template <class Value, class Done, class Ask>
Value poll_until(Clock& clock, std::optional<Value> value, const WaitOptions& options, const HttpOptions& call, std::string what, Done&& done, Ask&& ask) {
    Polling polling(clock, options, call, std::move(what), !value);
    while (!value || !done(*value)) {
        const Polling::Step step = polling.next();
        if (const auto* wait = std::get_if<Polling::Wait>(&step)) {
            pause(clock, wait->span, wait->stop_token);
            continue;
        }
        try {
            value = ask(std::get<Polling::Ask>(step).options);
            polling.came();
        } catch (const Error& problem) {
            if (!polling.failed(problem)) throw;
        }
    }
    return std::move(*value);
}

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

GENAI_INLINE Polling::Polling(Clock& clock, const WaitOptions& options, const HttpOptions& call, std::string what, bool ask_at_once)
    : options_(call),
      call_timeout_(call.timeout),
      what_(std::move(what)),
      deadline_(clock, options.timeout),
      backoff_(at_most_a_year(options.poll_interval), at_most_a_year(options.poll_interval) * 10),
      ask_(ask_at_once) {
    if (options.poll_interval.count() <= 0) throw InvalidArgument("poll_interval", "must be positive");
    if (options.timeout && options.timeout->count() <= 0) throw InvalidArgument("timeout", "must be positive");
    if (options.stop_token.stop_possible()) options_.stop_token = options.stop_token;
}

GENAI_INLINE std::optional<std::chrono::milliseconds> Polling::left() const {
    const auto span = deadline_.left();
    if (span && span->count() == 0) throw TransportError(Phase::wait, Reason::timeout, what_ + " is not done yet; the work goes on");
    return span;
}

GENAI_INLINE Polling::Step Polling::next() {
    const auto span = left();
    if (!std::exchange(ask_, !ask_)) return Wait{(std::min)(backoff_.next(), span.value_or((std::chrono::milliseconds::max)())), options_.stop_token};
    if (options_.stop_token.stop_requested()) throw Cancelled();
    if (span) options_.timeout = (std::min)(*span, call_timeout_.value_or(*span));
    return Ask{options_};
}

}  // namespace genai::inline v0::detail

#endif
