#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <memory>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/web_socket.hpp>

namespace genai::inline GENAI_ABI::http {

/// What carries requests. `send` blocks; it gives the response's head and then its body to the sink, in
/// order, from the calling thread, and returns when the body has ended or the sink has said stop. Any status
/// is a response; redirects are not followed. It throws TransportError when there is no complete response,
/// Cancelled when `request.stop` was triggered, and lets through what the sink or the body's source throws.
/// It may be called from many threads at once.
template <class T>
concept Transport = requires(T& transport, const Request& request, Sink& sink) {
    transport.send(request, sink);
};

/// Called once when a started exchange is over: with null, or with what `send` would have thrown.
using Done = std::function<void(std::exception_ptr)>;

/// A transport that can also carry a request without blocking: `start` returns at once, and calls the sink
/// and then `done` from a thread of its own choice.
template <class T>
concept EventTransport = Transport<T> &&
    requires(T& transport, const Request& request, std::shared_ptr<Sink> sink, Done done) {
    transport.start(request, sink, done);
};

/// A transport that can also open a WebSocket: the request is the handshake's.
template <class T>
concept WebSocketTransport = Transport<T> && requires(T& transport, const Request& request) {
    { transport.open_socket(request) } -> std::convertible_to<std::unique_ptr<WebSocket>>;
};

/// A transport whose type is erased, with what it can do beyond `send`.
class ErasedTransport {
public:
    ErasedTransport() = default;
    ErasedTransport(const ErasedTransport&) = delete;
    ErasedTransport& operator=(const ErasedTransport&) = delete;
    virtual ~ErasedTransport() = default;
    /// See Transport.
    virtual void send(const Request& request, Sink& sink) = 0;
    /// Whether `start` may be called.
    virtual bool can_start() const noexcept = 0;
    /// See EventTransport. Throws TransportError where the transport cannot.
    virtual void start(const Request& request, std::shared_ptr<Sink> sink, Done done) = 0;
    /// Whether the transport merges `http_options.extra_body` into the body itself, which it finds in the
    /// request's context.
    virtual bool merges_extra_body() const noexcept { return false; }
    /// Whether `open_socket` may be called.
    virtual bool can_open_socket() const noexcept = 0;
    /// See WebSocketTransport. Throws TransportError where the transport cannot.
    virtual std::unique_ptr<WebSocket> open_socket(const Request& request) = 0;
};

}  // namespace genai::inline GENAI_ABI::http
