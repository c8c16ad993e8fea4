#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/tcp_stream.hpp>
#include <genai/net/tls_session.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A connection to a server, plain or under TLS: bytes in, bytes out, within a call's limits.
class Connection {
public:
    explicit Connection(TcpStream stream) : stream_(std::move(stream)) {}

    /// Cancellations of the call that uses the connection now, for as long as this lives.
    class Use {
    public:
        Use(const Connection& connection, CallLimits& limits) : limits_(limits) {
            limits_.attach(connection.stream_.socket());
        }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use() { limits_.attach(no_socket); }

    private:
        CallLimits& limits_;
    };

    /// Begins TLS. Throws TransportError, TimeoutError, Cancelled.
    void secure(const TlsContext& context, const std::string& host, bool numeric, CallLimits& limits) {
        limits.enter(CallLimits::Phase::tls);
        tls_ = std::make_unique<TlsSession>(context, host, numeric);
        for (;;) {
            const bool done = tls_->handshake();
            bool open = flush(limits);
            if (open && done) return;
            if (open) {
                limits.wait(stream_.socket(), POLLIN);
                const Transferred::State got = take_in().state;
                open = got == Transferred::State::some || got == Transferred::State::none;
            }
            if (open) continue;
            limits.ensure_in_time();
            throw tls_->closed_in_handshake();
        }
    }

    /// What the peer sends next, waiting for it.
    Transferred read(std::span<char> buffer, const CallLimits& limits) {
        for (;;) {
            const Transferred got = read_now(buffer);
            if (got.state != Transferred::State::none) {
                if (got.state != Transferred::State::some && limits.cancelled()) throw Cancelled();
                return got;
            }
            limits.wait(stream_.socket(), POLLIN);
        }
    }

    /// What became of writing.
    enum class Written {
        all,
        interrupted,  ///< the peer said something, or closed, before it had taken everything
    };
    /// Sends everything, unless the peer says something meanwhile: a response to a request that is too large
    /// comes before its end. Progress counts as such for the limits.
    Written write(std::string_view data, CallLimits& limits) {
        while (!data.empty()) {
            const Transferred put = tls_ ? tls_->write(data) : send(data);
            if (put.state == Transferred::State::some) data.remove_prefix(put.count);
            if (put.state == Transferred::State::broken) return Written::interrupted;
            if (tls_ ? !flush(limits) : put.state == Transferred::State::none && !wait_to_write(limits))
                return Written::interrupted;
            limits.enter(limits.phase());
        }
        return Written::all;
    }

    /// How many bytes have been given to the system to send.
    std::uint64_t sent() const noexcept { return sent_; }

    /// Whether nothing has come since the last response: what lies on a connection that is kept would become
    /// the next call's response. Under TLS, tickets and new keys are no data.
    bool is_quiet() {
        std::array<char, 1> byte;
        return ahead_.empty() && read_now(byte).state == Transferred::State::none;
    }

private:
    /// Received bytes into the TLS session.
    Transferred take_in() {
        std::array<char, 16'384> buffer;
        const Transferred got = stream_.read(buffer);
        if (got.state == Transferred::State::some) tls_->put({buffer.data(), got.count});
        return got;
    }

    Transferred read_now(std::span<char> buffer) {
        if (!ahead_.empty()) {
            const std::size_t count = ahead_.copy(buffer.data(), buffer.size());
            ahead_.erase(0, count);
            return {Transferred::State::some, count};
        }
        if (!tls_) return stream_.read(buffer);
        for (;;) {
            const Transferred got = tls_->read(buffer);
            if (got.state != Transferred::State::none) return got;
            const Transferred raw = take_in();
            if (raw.state != Transferred::State::some) return raw;
        }
    }

    /// Waits until the socket takes more; false where the peer has said something first.
    bool wait_to_write(CallLimits& limits) {
        const short ready = limits.wait(stream_.socket(), POLLIN | POLLOUT);
        if ((ready & (POLLIN | POLLERR | POLLHUP)) == 0) return true;
        std::array<char, 4096> buffer;
        const Transferred got = read_now(buffer);
        if (got.state == Transferred::State::none) return true;  // a part of TLS's own
        if (got.state == Transferred::State::some) ahead_.assign(buffer.data(), got.count);
        return false;
    }

    /// Sends what the TLS session has to send.
    bool flush(CallLimits& limits) {
        for (std::string_view left = tls_->to_send(); !left.empty(); left = tls_->to_send()) {
            const Transferred put = send(left);
            if (put.state == Transferred::State::broken) return false;
            if (put.state == Transferred::State::some) tls_->sent(put.count);
            else if (!wait_to_write(limits)) return false;
        }
        return true;
    }

    Transferred send(std::string_view data) noexcept {
        const Transferred put = stream_.write(data);
        sent_ += put.count;
        return put;
    }

    TcpStream stream_;
    std::uint64_t sent_{};
    std::unique_ptr<TlsSession> tls_{};
    std::string ahead_{};  // read while the request was still being sent
};

}  // namespace genai::inline GENAI_ABI::detail
