#pragma once

#include <cerrno>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

#if defined(_WIN32)
/// The system's handle on a socket.
using Socket = SOCKET;
/// The handle that is none.
inline constexpr Socket no_socket = INVALID_SOCKET;
/// What poll waits with.
using PollEntry = WSAPOLLFD;

inline int socket_error() noexcept { return ::WSAGetLastError(); }
inline bool would_block(int error) noexcept { return error == WSAEWOULDBLOCK || error == WSAEINPROGRESS; }
inline bool out_of_descriptors(int error) noexcept { return error == WSAEMFILE || error == WSAENOBUFS; }
inline void close_socket(Socket socket) noexcept { ::closesocket(socket); }
inline void shut_down(Socket socket) noexcept { ::shutdown(socket, SD_BOTH); }
inline int poll_socket(PollEntry& entry, int milliseconds) noexcept {
    return ::WSAPoll(&entry, 1, milliseconds);
}
inline void set_nonblocking(Socket socket) noexcept {
    u_long on = 1;
    ::ioctlsocket(socket, FIONBIO, &on);
}
/// Winsock is started once and stays until the process ends.
inline void start_sockets() noexcept {
    static const bool started = [] {
        WSADATA data;
        return ::WSAStartup(0x0202, &data) == 0;
    }();
    static_cast<void>(started);
}
#else
/// The system's handle on a socket.
using Socket = int;
/// The handle that is none.
inline constexpr Socket no_socket = -1;
/// What poll waits with.
using PollEntry = pollfd;

inline int socket_error() noexcept { return errno; }
inline bool would_block(int error) noexcept {
#if EAGAIN != EWOULDBLOCK
    if (error == EWOULDBLOCK) return true;
#endif
    return error == EAGAIN || error == EINPROGRESS || error == EINTR;
}
inline bool out_of_descriptors(int error) noexcept {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}
inline void close_socket(Socket socket) noexcept { ::close(socket); }
inline void shut_down(Socket socket) noexcept { ::shutdown(socket, SHUT_RDWR); }
inline int poll_socket(PollEntry& entry, int milliseconds) noexcept {
    return ::poll(&entry, 1, milliseconds);
}
inline void set_nonblocking(Socket socket) noexcept {
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
}
inline void start_sockets() noexcept {}
#endif

}  // namespace genai::inline GENAI_ABI::detail
