#pragma once

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netdb.h>
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
#else
/// The system's handle on a socket.
using Socket = int;
/// The handle that is none.
inline constexpr Socket no_socket = -1;
#endif

}  // namespace genai::inline GENAI_ABI::detail
