#pragma once

#include <chrono>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// When a span from now on is over. One of more than a year would only overflow.
template <class Rep, class Period>
std::chrono::steady_clock::time_point deadline_after(std::chrono::duration<Rep, Period> span) {
    using Span = std::chrono::steady_clock::duration;
    constexpr std::chrono::hours year{365 * 24};
    return std::chrono::steady_clock::now() + (span < year ? std::chrono::ceil<Span>(span) : Span(year));
}

}  // namespace detail

/// Time as calls see it between their requests: how long a call has taken, and the waits before another
/// attempt or another look. Tests put a clock of their own in `ClientOptions::clock`, and nothing sleeps.
/// Thread-safe.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Now, for spans.
    GENAI_INLINE virtual std::chrono::steady_clock::time_point now();
    /// Now, by the calendar: servers may say when to come back.
    GENAI_INLINE virtual std::chrono::system_clock::time_point date();
    /// Waits that long, or until the token is triggered.
    GENAI_INLINE virtual void sleep(std::chrono::milliseconds span, const stop_token& stop);
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <condition_variable>
#include <mutex>

namespace genai::inline GENAI_ABI {

GENAI_INLINE std::chrono::steady_clock::time_point Clock::now() { return std::chrono::steady_clock::now(); }

GENAI_INLINE std::chrono::system_clock::time_point Clock::date() { return std::chrono::system_clock::now(); }

GENAI_INLINE void Clock::sleep(std::chrono::milliseconds span, const stop_token& stop) {
    std::mutex mutex;
    std::condition_variable wake;
    const auto notify = [&] {
        const std::lock_guard lock(mutex);
        wake.notify_all();
    };
    const stop_callback<decltype(notify)> on_stop(stop, notify);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, span, [&stop] { return stop.stop_requested(); });
}

}  // namespace genai::inline GENAI_ABI

#endif
