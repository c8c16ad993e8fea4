#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <genai/config.hpp>
#include <genai/net/call_limits.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One thread that ends calls whose time is up. httplib's own timeouts know no total, no first byte and no
/// idle time.
class Watchdog {
public:
    Watchdog() = default;
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) thread_.join();
    }

    /// Watches a call for as long as it lives.
    class Watch {
    public:
        Watch(Watchdog& dog, CallLimits& limits) : dog_(dog), limits_(limits) { dog_.add(limits_); }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        ~Watch() { dog_.remove(limits_); }

    private:
        Watchdog& dog_;
        CallLimits& limits_;
    };

    /// Looks at all exchanges at once, because one was interrupted.
    void look() {
        {
            const std::lock_guard lock(mutex_);
            next_ = (std::chrono::steady_clock::time_point::min)();
        }
        wake_.notify_one();
    }

private:
    void add(CallLimits& limits) {
        bool earlier = false;
        {
            const std::lock_guard lock(mutex_);
            if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
            calls_.insert(&limits);
            const std::chrono::steady_clock::time_point due =
                limits.inspect(std::chrono::steady_clock::now());
            earlier = due < next_;
            if (earlier) next_ = due;
        }
        if (earlier) wake_.notify_one();
    }

    void remove(CallLimits& limits) {
        const std::lock_guard lock(mutex_);
        calls_.erase(&limits);
    }

    void run() {
        std::unique_lock lock(mutex_);
        while (!closing_) {
            const std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();
            if (now < next_) {
                wake_.wait_until(lock, next_);
                continue;
            }
            // sleeping on past a removed call's time is harmless: one idle wake-up
            std::chrono::steady_clock::time_point next = now + std::chrono::hours(1);
            for (CallLimits* const limits : calls_) next = (std::min)(next, limits->inspect(now));
            next_ = next;
        }
    }

    std::mutex mutex_{};
    std::condition_variable wake_{};
    std::set<CallLimits*> calls_{};
    std::chrono::steady_clock::time_point next_{(std::chrono::steady_clock::time_point::max)()};
    bool closing_{false};
    std::thread thread_{};
};

}  // namespace genai::inline GENAI_ABI::detail
