#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/net/socket_handle.hpp>
#include <genai/net/timeouts.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One call in flight: which phase it is in, when that must end, and the way to end it.
class CallLimits {
public:
    explicit CallLimits(const net::Timeouts& limits)
        : limits_(limits), start_(std::chrono::steady_clock::now()), phase_start_(ticks(start_)) {}

    /// Enters a phase, or within the body marks that something came.
    void enter(TransportError::Phase phase) noexcept {
        phase_start_.store(ticks(std::chrono::steady_clock::now()), std::memory_order_relaxed);
        paused_.store(false, std::memory_order_relaxed);
        phase_.store(phase, std::memory_order_release);
    }
    /// Stops the phase's clock until the next is entered: the caller is at work, not the peer.
    void pause() noexcept { paused_.store(true, std::memory_order_release); }
    TransportError::Phase phase() const noexcept { return phase_.load(std::memory_order_acquire); }

    /// Ends the call from another thread. The first caller's reason counts.
    void interrupt(bool cancelled) {
        int none = 0;
        ended_.compare_exchange_strong(none, cancelled ? 1 : 2);
        const std::lock_guard lock(mutex_);
        if (socket_ != nullptr) socket_->shutdown();
    }
    bool interrupted() const noexcept { return ended_.load() != 0; }
    bool cancelled() const noexcept { return ended_.load() == 1; }

    /// The socket to shut down; null before the connection goes to another call.
    void use(SocketHandle* socket) {
        const std::lock_guard lock(mutex_);
        socket_ = socket;
    }

    /// When to look again; ends the call when its time is up.
    std::chrono::steady_clock::time_point inspect(std::chrono::steady_clock::time_point now) {
        if (interrupted()) {  // again and again until it has an effect: a connect may have begun only after
                              // the last one
            interrupt(false);
            return now + std::chrono::milliseconds(5);
        }
        // the next phase may have a shorter limit than this one: look again when the shortest could have
        // passed
        std::chrono::steady_clock::time_point next = now + std::chrono::hours(1);
        for (const auto& limit : {limits_.connect, limits_.first_byte, limits_.idle})
            if (limit) next = (std::min)(next, now + *limit);
        std::chrono::steady_clock::time_point due = next;
        if (limits_.total) due = (std::min)(due, start_ + *limits_.total);
        const TransportError::Phase phase = this->phase();
        const auto& limit = phase <= TransportError::Phase::tls    ? limits_.connect
                            : phase == TransportError::Phase::wait ? limits_.first_byte
                                                                   : limits_.idle;
        if (limit && !paused_.load(std::memory_order_acquire))
            due = (std::min)(due, std::chrono::steady_clock::time_point(std::chrono::steady_clock::duration(
                                      phase_start_.load(std::memory_order_relaxed))) +
                                      *limit);
        if (due > now) return due;
        interrupt(false);
        return now + std::chrono::milliseconds(5);
    }

    /// What is left of the whole, or of the time to connect.
    std::chrono::steady_clock::time_point connect_deadline() const {
        std::chrono::steady_clock::time_point due = start_ + std::chrono::hours(24);
        if (limits_.total) due = (std::min)(due, start_ + *limits_.total);
        if (limits_.connect) due = (std::min)(due, start_ + *limits_.connect);
        return due;
    }

private:
    static std::chrono::steady_clock::rep ticks(std::chrono::steady_clock::time_point at) noexcept {
        return at.time_since_epoch().count();
    }

    net::Timeouts limits_;
    std::chrono::steady_clock::time_point start_;
    std::atomic<std::chrono::steady_clock::rep> phase_start_;
    std::atomic<TransportError::Phase> phase_{TransportError::Phase::resolve};
    std::atomic<bool> paused_{false};
    std::atomic<int> ended_{0};  // 1 cancelled, 2 out of time
    std::mutex mutex_{};
    SocketHandle* socket_{nullptr};
};

}  // namespace genai::inline GENAI_ABI::detail
