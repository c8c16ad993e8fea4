#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include <genai/error.hpp>

namespace genai::inline v0::detail {

/// Waits that long. Throws Cancelled as soon as the token is triggered.
inline void pause(std::chrono::milliseconds span, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, span, [&stop] { return stop.stop_requested(); });
    if (stop.stop_requested()) throw Cancelled();
}

/// Waits between tries, each longer than the one before.
class Backoff {
public:
    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest) : next_(first), longest_(longest) {}

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

}  // namespace genai::inline v0::detail
