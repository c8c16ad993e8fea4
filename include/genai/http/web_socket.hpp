#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::http {

/// A message received over a WebSocket, or the peer's close (RFC 6455 §5.6, §7).
struct WebSocketMessage {
    /// What it is.
    enum class Kind { text, binary, close };

    Kind kind{Kind::text};
    std::string data{};          ///< the payload; of a close, its reason
    std::uint16_t close_code{};  ///< of a close: RFC 6455 §7.4
};

/// An open WebSocket. Any number of threads may send while one receives.
class WebSocket {
public:
    WebSocket() = default;
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;
    virtual ~WebSocket() = default;
    /// Sends one whole message. Throws TransportError once the connection is closed.
    virtual void send(WebSocketMessage::Kind kind, std::string_view data) = 0;
    /// Waits for the next message; nothing when the time is up first. Throws TransportError, Cancelled.
    virtual std::optional<WebSocketMessage> receive(std::optional<std::chrono::milliseconds> timeout) = 0;
    /// Starts the closing handshake.
    virtual void close(std::uint16_t code, std::string_view reason) noexcept = 0;
    /// Ends the connection at once, from any thread; `receive` then throws Cancelled.
    virtual void interrupt() noexcept = 0;
};

}  // namespace genai::inline GENAI_ABI::http
