#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <genai/detail/pause.hpp>
#include <genai/error.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline v0::detail {

/// Looks until `done(value)`; `look` gets a new value. A look that fails for a reason that may pass is repeated, five
/// times in a row. Throws TransportError with Phase::wait and Reason::timeout when time is up, Cancelled, and what
/// `look` throws.
template <class Value, class Done, class Look>
Value wait_until(Value value, const WaitOptions& options, const std::string& what, Done&& done, Look&& look) {
    if (options.poll.count() <= 0) throw InvalidArgument("poll", "must be positive");
    const auto begin = std::chrono::steady_clock::now();
    Backoff backoff(options.poll, options.poll * 10);
    int failures = 0;
    while (!done(value)) {
        auto span = backoff.next();
        if (options.timeout) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*options.timeout - (std::chrono::steady_clock::now() - begin));
            if (left.count() <= 0) throw TransportError(Phase::wait, Reason::timeout, what + " is not done yet; the work goes on");
            span = (std::min)(span, left);
        }
        pause(span, options.stop_token);
        try {
            value = look();
            failures = 0;
        } catch (const TransportError&) {
            if (++failures > 5) throw;
        } catch (const ServerError&) {
            if (++failures > 5) throw;
        }
    }
    return value;
}

}  // namespace genai::inline v0::detail
