#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>

#if !defined(_WIN32)
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif

#include <genai/config.hpp>
#include <genai/net/socket.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A second handle on a connection's socket. Shutting it down ends whatever waits on the connection, in any
/// phase, and it cannot hit a stranger that was given the same number after the connection closed its own.
class SocketHandle {
public:
    SocketHandle() = default;
    SocketHandle(const SocketHandle&) = delete;
    SocketHandle& operator=(const SocketHandle&) = delete;
    ~SocketHandle() { release(); }

    void hold(Socket socket) {
        const std::lock_guard lock(mutex_);
        release();
#if defined(_WIN32)
        held_ = socket;
#else
        held_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
#endif
    }
    /// How many bytes the peer has sent so far; always 0 where the system does not tell.
    std::uint64_t received() {
#if defined(__linux__)
        const std::lock_guard lock(mutex_);
        struct {
            tcp_info info;
            std::uint64_t more[16];  // the kernel's structure has grown since the header's
        } now{};
        socklen_t size = sizeof now;
        if (held_ == no_socket || ::getsockopt(held_, IPPROTO_TCP, TCP_INFO, &now, &size) != 0) return 0;
        constexpr std::size_t place = 128;  // of tcpi_bytes_received, since Linux 4.1
        if (size < place + sizeof(std::uint64_t)) return 0;
        std::uint64_t count = 0;
        std::memcpy(&count, reinterpret_cast<const char*>(&now) + place, sizeof count);
        return count;
#else
        return 0;
#endif
    }
    void shutdown() {
        const std::lock_guard lock(mutex_);
        if (held_ == no_socket) return;
#if defined(_WIN32)
        ::shutdown(held_, SD_BOTH);
#else
        ::shutdown(held_, SHUT_RDWR);
#endif
    }

private:
    void release() {
#if !defined(_WIN32)
        if (held_ != no_socket) ::close(held_);
#endif
        held_ = no_socket;
    }

    std::mutex mutex_{};
    Socket held_{no_socket};
};

}  // namespace genai::inline GENAI_ABI::detail
