#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/net/transport_options.hpp>

namespace genai::inline GENAI_ABI {

/// Any transport: what every client holds, whatever its transport's type. Copies share the transport.
/// Thread-safe as the transport is.
class AnyTransport {
public:
    /// Moves the transport in.
    template <http::Transport T>
    requires(!std::same_as<T, AnyTransport> && std::move_constructible<T>) AnyTransport(T transport)
        : AnyTransport(std::make_shared<T>(std::move(transport))) {}
    /// Shares a transport: for one that cannot be moved, or that the program keeps using. Throws
    /// InvalidArgument for null.
    template <http::Transport T>
    AnyTransport(std::shared_ptr<T> transport) : erased_(std::make_shared<Erased<T>>(std::move(transport))) {}
    /// Refers to a transport that outlives every client and every stream over it.
    template <http::Transport T>
    AnyTransport(std::reference_wrapper<T> transport)
        : AnyTransport(std::shared_ptr<T>(std::shared_ptr<void>(), &transport.get())) {}

    /// See http::Transport.
    void send(const http::Request& request, http::Sink& sink) { erased_->send(request, sink); }
    /// Whether the transport is an http::EventTransport.
    bool can_start() const noexcept { return erased_->can_start(); }
    /// See http::EventTransport. Throws TransportError where the transport is none.
    void start(const http::Request& request, std::shared_ptr<http::Sink> sink, http::Done done) {
        erased_->start(request, std::move(sink), std::move(done));
    }
    /// Whether the transport is an http::WebSocketTransport.
    bool can_open_socket() const noexcept { return erased_->can_open_socket(); }
    /// See http::WebSocketTransport. Throws TransportError where the transport is none.
    std::unique_ptr<http::WebSocket> open_socket(const http::Request& request) {
        return erased_->open_socket(request);
    }
    /// Gives a decorator the options of the client it serves, where it has an `attach(const
    /// TransportOptions&)`: one that makes its own inner transport learns `tls` and `proxy` here. A client
    /// calls it before its first request.
    void attach(const TransportOptions& options) { erased_->attach(options); }

    /// The transport behind the erasure.
    std::shared_ptr<http::ErasedTransport> erased() const noexcept { return erased_; }

private:
    struct Attachable : http::ErasedTransport {
        virtual void attach(const TransportOptions& options) = 0;
    };

    template <class T>
    class Erased final : public Attachable {
    public:
        explicit Erased(std::shared_ptr<T> transport) : transport_(std::move(transport)) {
            if (!transport_) throw InvalidArgument("transport", "is null");
        }
        void send(const http::Request& request, http::Sink& sink) override {
            transport_->send(request, sink);
        }
        bool can_start() const noexcept override {
            if constexpr (requires(T & inner) {
                              { inner.can_start() } -> std::same_as<bool>;
                          })
                return transport_->can_start();
            else return http::EventTransport<T>;
        }
        void start(const http::Request& request, std::shared_ptr<http::Sink> sink, http::Done done) override {
            if constexpr (http::EventTransport<T>)
                transport_->start(request, std::move(sink), std::move(done));
            else
                throw TransportError(TransportError::Phase::resolve, TransportError::Reason::other,
                                     "this transport only blocks: it has no start");
        }
        bool merges_extra_body() const noexcept override {
            if constexpr (requires { T::merges_extra_body; }) return T::merges_extra_body;
            else return false;
        }
        bool can_open_socket() const noexcept override {
            if constexpr (requires(T & inner) {
                              { inner.can_open_socket() } -> std::same_as<bool>;
                          })
                return transport_->can_open_socket();
            else return http::WebSocketTransport<T>;
        }
        std::unique_ptr<http::WebSocket> open_socket(const http::Request& request) override {
            if constexpr (http::WebSocketTransport<T>) return transport_->open_socket(request);
            else
                throw TransportError(TransportError::Phase::resolve, TransportError::Reason::other,
                                     "this transport has no WebSockets: it has no open_socket");
        }
        void attach(const TransportOptions& options) override {
            if constexpr (requires(T & inner) { inner.attach(options); }) transport_->attach(options);
        }

    private:
        std::shared_ptr<T> transport_;
    };

    std::shared_ptr<Attachable> erased_;
};

static_assert(http::EventTransport<AnyTransport> && http::WebSocketTransport<AnyTransport>);

}  // namespace genai::inline GENAI_ABI
