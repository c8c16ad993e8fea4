#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/net/socket.hpp>
#include <genai/net/timeouts.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One call in flight: which phase it is in, when that must end, and its cancellation. All but the
/// cancellation belongs to the call's thread.
class CallLimits {
public:
    using Phase = TransportError::Phase;
    using Time = std::chrono::steady_clock::time_point;

    CallLimits(const net::Timeouts& limits, stop_token stop, std::string peer)
        : limits_(limits), peer_(std::move(peer)), on_stop_(std::move(stop), Cancel{this}) {}
    CallLimits(const CallLimits&) = delete;
    CallLimits& operator=(const CallLimits&) = delete;

    /// Enters a phase, or within one marks progress. All phases up to an open connection have one limit
    /// together.
    void enter(Phase phase) noexcept {
        const Time now = std::chrono::steady_clock::now();
        if (phase > Phase::tls || phase_ > Phase::tls || phase == Phase::resolve) since_ = now;
        phase_ = phase;
    }
    Phase phase() const noexcept { return phase_; }
    /// Whom messages name.
    const std::string& peer() const noexcept { return peer_; }
    void set_peer(std::string peer) { peer_ = std::move(peer); }

    /// When the phase must have ended.
    Time due() const noexcept {
        const auto& limit = phase_ <= Phase::tls    ? limits_.connect
                            : phase_ == Phase::wait ? limits_.first_byte
                                                    : limits_.idle;
        return (std::min)(after(since_, limit), after(start_, limits_.total));
    }
    bool cancelled() const noexcept { return cancelled_.load(); }
    /// Throws Cancelled, or TimeoutError when the phase's time is up.
    void ensure_in_time() const {
        if (cancelled()) throw Cancelled();
        if (due() <= std::chrono::steady_clock::now())
            throw TimeoutError(phase_, "no answer in time from " + peer_ +
                                           (phase_ == Phase::tls ? ": does this port speak TLS?" : ""));
    }

    /// The socket that a cancellation shuts down, which ends a wait on it; none before it is closed.
    void attach(Socket socket) {
        const std::lock_guard lock(mutex_);
        socket_ = socket;
    }

    /// Waits for events on a socket, and returns those there are. Throws as `ensure_in_time` does.
    short wait(Socket socket, short events) const {
        for (;;) {
            ensure_in_time();
            // the longest a cancellation takes where a shutdown does not end a wait: a connect on some
            // systems
            auto left = std::chrono::milliseconds(phase_ == Phase::connect || !shutdown_wakes ? 50 : 60'000);
            left = (std::min)(
                left, std::chrono::ceil<std::chrono::milliseconds>(due() - std::chrono::steady_clock::now()));
            PollEntry entry{socket, events, 0};
            const int ready = poll_socket(entry, static_cast<int>(left.count()));
            if (ready > 0) {
                if (cancelled()) throw Cancelled();
                return entry.revents;
            }
        }
    }

private:
#if defined(_WIN32)
    static constexpr bool shutdown_wakes = false;
#else
    static constexpr bool shutdown_wakes = true;
#endif

    struct Cancel {
        CallLimits* call;
        void operator()() const noexcept { call->cancel(); }
    };

    void cancel() noexcept {
        const std::lock_guard lock(mutex_);
        cancelled_.store(true);
        if (socket_ != no_socket) shut_down(socket_);
    }

    static Time after(Time begin, std::optional<std::chrono::milliseconds> limit) noexcept {
        constexpr auto longest = std::chrono::hours(24 * 365);  // a limit beyond all time must not overflow
        return begin + (limit ? (std::min<std::chrono::milliseconds>)(*limit, longest) : longest);
    }

    net::Timeouts limits_;
    std::string peer_;
    Time start_{std::chrono::steady_clock::now()};
    Time since_{start_};
    Phase phase_{Phase::resolve};
    std::atomic<bool> cancelled_{false};
    std::mutex mutex_{};
    Socket socket_{no_socket};
    stop_callback<Cancel> on_stop_;  // last: it may run at once
};

}  // namespace genai::inline GENAI_ABI::detail
