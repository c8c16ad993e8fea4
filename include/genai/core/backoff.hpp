#pragma once

#include <algorithm>
#include <chrono>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/clock.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What is longer than a year is no limit, and would only overflow a clock.
inline std::chrono::milliseconds at_most_a_year(std::chrono::milliseconds span) {
    return (std::min)(span, std::chrono::milliseconds(std::chrono::hours(365 * 24)));
}

/// Waits that long. Throws Cancelled as soon as the token is triggered.
inline void pause(Clock& clock, std::chrono::milliseconds span, const stop_token& stop) {
    if (!stop.stop_requested()) clock.sleep(span, stop);
    if (stop.stop_requested()) throw Cancelled();
}

/// Waits between tries, each longer than the one before.
class Backoff {
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : next_(at_most_a_year(first)), longest_(at_most_a_year(longest)) {}

    /// The next wait.
    std::chrono::milliseconds next() {
        const auto current = next_;
        next_ = (std::min)(longest_, next_ * 3 / 2 + std::chrono::milliseconds(1));
        return current;
    }

private:
    std::chrono::milliseconds next_;
    std::chrono::milliseconds longest_;
};

}  // namespace genai::inline GENAI_ABI::detail
