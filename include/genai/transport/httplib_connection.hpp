#pragma once

#include <chrono>
#include <memory>

#include <genai/config.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/socket_handle.hpp>
#include <genai/os/sigpipe.hpp>
#include <genai/transport/httplib_include.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A connection that is kept open between calls.
struct HttplibConnection {
    HttplibConnection() = default;
    HttplibConnection(const HttplibConnection&) = delete;
    HttplibConnection& operator=(const HttplibConnection&) = delete;
    ~HttplibConnection() {
        // a TLS session takes leave of its peer, and waits for it to answer: not of a socket that is shut
        const SigpipeGuard no_signal;
        socket.shutdown();
        client.reset();
    }

    std::unique_ptr<httplib::ClientImpl> client{};
    SocketHandle socket{};
    CallLimits* limits{nullptr};  ///< those of the call that uses it now
    bool opened{false};           ///< whether that call had to connect
    bool tunnels{false};          ///< whether the next request is a proxy's CONNECT
    std::chrono::steady_clock::time_point used{};
};

}  // namespace genai::inline GENAI_ABI::detail
