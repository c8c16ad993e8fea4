#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/clock.hpp>

namespace genai::inline GENAI_ABI::testing {

/// A clock that stands still until somebody waits, and then is there at once: `{.clock =
/// std::make_shared<ManualClock>()}` lets tests see retries without waiting for them. Thread-safe.
class ManualClock : public Clock {
public:
    /// Begins at this date.
    explicit ManualClock(
        std::chrono::system_clock::time_point date = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1))
        : date_(date) {}

    std::chrono::steady_clock::time_point now() override {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    std::chrono::system_clock::time_point date() override {
        const std::lock_guard lock(mutex_);
        return date_;
    }
    void sleep(std::chrono::milliseconds span, const stop_token&) override {
        std::function<void()> told;
        {
            const std::lock_guard lock(mutex_);
            waits_.push_back(span);
            told = on_sleep_;
        }
        advance(span);
        if (told) told();
    }

    /// Lets time pass.
    void advance(std::chrono::milliseconds span) {
        const std::lock_guard lock(mutex_);
        now_ += span;
        date_ += span;
    }
    /// The waits so far, in order.
    std::vector<std::chrono::milliseconds> waits() const {
        const std::lock_guard lock(mutex_);
        return waits_;
    }
    /// Calls `told` in the thread that waits, at the end of each wait.
    void on_sleep(std::function<void()> told) {
        const std::lock_guard lock(mutex_);
        on_sleep_ = std::move(told);
    }

private:
    mutable std::mutex mutex_{};
    std::chrono::steady_clock::time_point now_{};
    std::chrono::system_clock::time_point date_;
    std::vector<std::chrono::milliseconds> waits_{};
    std::function<void()> on_sleep_{};
};

}  // namespace genai::inline GENAI_ABI::testing
