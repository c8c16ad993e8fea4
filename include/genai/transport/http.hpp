#pragma once

#include <memory>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/transport.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
class HttpPool;
}  // namespace detail

/// The default transport: HTTP/1.1 over TCP, TLS by OpenSSL. Keeps connections open and shares them among all
/// threads and all copies of itself; never waits for another call. Cheap to copy. After a fork the child
/// opens connections of its own and leaves the parent's alone.
class HttpTransport {
public:
    /// Throws InvalidArgument for options that are invalid.
    explicit HttpTransport(const TransportOptions& options = {});

    /// See http::Transport. Throws InvalidArgument for headers that frame a message, such as Content-Length:
    /// they are the transport's own.
    void send(const http::Request& request, http::Sink& sink);

private:
    std::shared_ptr<detail::HttpPool> pool_;
};

/// The default transport's earlier name.
using HttplibTransport = HttpTransport;

static_assert(http::Transport<HttpTransport>);

}  // namespace genai::inline GENAI_ABI

#if GENAI_TRANSPORT_BODIES

#include <genai/transport/http_pool.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE HttpTransport::HttpTransport(const TransportOptions& options)
    : pool_(std::make_shared<detail::HttpPool>(options)) {}

GENAI_INLINE void HttpTransport::send(const http::Request& request, http::Sink& sink) {
    pool_->send(request, sink);
}

}  // namespace genai::inline GENAI_ABI

#endif
