#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/resolver.hpp>
#include <genai/net/socket.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What became of reading or writing without waiting.
struct Transferred {
    enum class State {
        some,    ///< `count` bytes
        none,    ///< nothing can be transferred now
        closed,  ///< the peer has closed in good order
        broken,  ///< the connection is no more
    };

    State state{State::none};
    std::size_t count{};
};

/// A TCP connection that never waits by itself.
class TcpStream {
public:
    TcpStream() = default;
    explicit TcpStream(Socket socket) noexcept : socket_(socket) {}
    TcpStream(TcpStream&& other) noexcept : socket_(std::exchange(other.socket_, no_socket)) {}
    TcpStream& operator=(TcpStream&& other) noexcept {
        std::swap(socket_, other.socket_);
        return *this;
    }
    ~TcpStream() {
        if (socket_ != no_socket) close_socket(socket_);
    }

    /// Connects to the first of the addresses that answers; one that does not must leave time for the next.
    /// The result is not open when all refuse. Throws TransportError, TimeoutError, Cancelled.
    static TcpStream connect(const std::vector<SocketAddress>& addresses, CallLimits& limits) {
        limits.enter(CallLimits::Phase::connect);
        for (std::size_t i = 0;; ++i) {
            TcpStream stream = open(addresses[i], limits);
            const auto now = std::chrono::steady_clock::now();
            const auto left = static_cast<int>(addresses.size() - i);
            limits.attach(stream.socket_);
            const bool connected = stream.finish_connecting(
                addresses[i], limits, left == 1 ? limits.due() : now + (limits.due() - now) / left);
            limits.attach(no_socket);
            if (connected) return stream;
            limits.ensure_in_time();
            if (left == 1) return {};
        }
    }

    Socket socket() const noexcept { return socket_; }
    bool is_open() const noexcept { return socket_ != no_socket; }

    Transferred read(std::span<char> buffer) noexcept {
        const auto count = ::recv(socket_, buffer.data(), length(buffer.size()), 0);
        if (count > 0) return {Transferred::State::some, static_cast<std::size_t>(count)};
        if (count == 0) return {Transferred::State::closed, 0};
        return {would_block(socket_error()) ? Transferred::State::none : Transferred::State::broken, 0};
    }
    Transferred write(std::string_view data) noexcept {
#if defined(MSG_NOSIGNAL)
        constexpr int flags = MSG_NOSIGNAL;
#else
        constexpr int flags = 0;  // SO_NOSIGPIPE instead, or no such signal
#endif
        const auto count = ::send(socket_, data.data(), length(data.size()), flags);
        if (count >= 0) return {Transferred::State::some, static_cast<std::size_t>(count)};
        return {would_block(socket_error()) ? Transferred::State::none : Transferred::State::broken, 0};
    }

private:
#if defined(_WIN32)
    static int length(std::size_t size) noexcept {
        return static_cast<int>((std::min<std::size_t>)(size, 1U << 30U));
    }
#else
    static std::size_t length(std::size_t size) noexcept { return size; }
#endif

    static TcpStream open(const SocketAddress& address, const CallLimits& limits) {
#if defined(SOCK_CLOEXEC)
        constexpr int kind = SOCK_STREAM | SOCK_CLOEXEC;  // not for the programs that other threads start
#else
        constexpr int kind = SOCK_STREAM;
#endif
        TcpStream stream(::socket(address.get()->sa_family, kind, 0));
        if (!stream.is_open()) {
            const bool none_left = out_of_descriptors(socket_error());
            throw TransportError(
                CallLimits::Phase::connect,
                none_left ? TransportError::Reason::resources : TransportError::Reason::other,
                none_left ? "no file descriptor is left for a connection to " + limits.peer() +
                                ": raise the limit (ulimit -n), or make fewer calls at once"
                          : "no socket can be opened for " + limits.peer());
        }
        set_nonblocking(stream.socket_);
        const int on = 1;
        // 44 ms a call otherwise: Nagle's algorithm against delayed acknowledgement
        ::setsockopt(stream.socket_, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char*>(&on), sizeof on);
#if defined(SO_NOSIGPIPE)
        ::setsockopt(stream.socket_, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
        return stream;
    }

    bool finish_connecting(const SocketAddress& address, const CallLimits& limits, CallLimits::Time until) {
        if (limits.cancelled()) throw Cancelled();
        if (::connect(socket_, address.get(), address.size) == 0) return true;
        if (!would_block(socket_error())) return false;
        while (std::chrono::steady_clock::now() < until) {
            PollEntry entry{socket_, POLLOUT, 0};
            const auto left =
                (std::min<std::chrono::milliseconds>)(std::chrono::ceil<std::chrono::milliseconds>(
                                                          until - std::chrono::steady_clock::now()),
                                                      std::chrono::milliseconds(
                                                          50));  // for a cancellation where a shutdown does
                                                                 // not end a connect
            const int ready = poll_socket(entry, static_cast<int>(left.count()));
            if (limits.cancelled()) throw Cancelled();
            if (ready <= 0) continue;
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
            return error == 0 && (entry.revents & POLLOUT) != 0;
        }
        return false;
    }

    Socket socket_{no_socket};
};

}  // namespace genai::inline GENAI_ABI::detail
