#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <genai/clock.hpp>
#include <genai/detail/attempts.hpp>
#include <genai/detail/pause.hpp>
#include <genai/error.hpp>
#include <genai/options.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline v0::detail {

/// Looks until `done(value)`, at once when there is no first value. `look` gets the options a look travels with: those of
/// the call, within the time that is left and ended by the waiting's token. A look that fails for a reason that may pass,
/// after all its attempts, is no end: five in a row are. Throws TransportError with Phase::wait and Reason::timeout when time is up,
/// Cancelled, and what `look` throws.
template <class Value, class Done, class Look>
Value wait_until(Clock& clock, std::optional<Value> value, const WaitOptions& options, const HttpOptions& call, const std::string& what, Done&& done, Look&& look) {
    if (options.poll.count() <= 0) throw InvalidArgument("poll", "must be positive");
    if (options.timeout && options.timeout->count() <= 0) throw InvalidArgument("timeout", "must be positive");
    const Deadline deadline(clock, options.timeout);
    const auto poll = at_most_a_year(options.poll);
    Backoff backoff(poll, poll * 10);
    int failures = 0;
    HttpOptions travel = call;
    if (options.stop_token.stop_possible()) travel.stop_token = options.stop_token;
    const auto left = [&] {
        const auto span = deadline.left();
        if (span && span->count() == 0) throw TransportError(Phase::wait, Reason::timeout, what + " is not done yet; the work goes on");
        return span;
    };
    for (bool at_once = !value;; at_once = false) {
        if (value && done(*value)) return std::move(*value);
        if (!at_once) pause(clock, (std::min)(backoff.next(), left().value_or((std::chrono::milliseconds::max)())), travel.stop_token);
        if (const auto span = left()) travel.timeout = (std::min)(*span, call.timeout.value_or(*span));
        try {
            value = look(std::as_const(travel));
            failures = 0;
        } catch (const Error& problem) {
            if (!may_pass(problem, call.retry, true) || ++failures > 5) throw;
        }
    }
}

}  // namespace genai::inline v0::detail
