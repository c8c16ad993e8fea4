#pragma once

#include <memory>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/transport.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
class HttplibPool;
}  // namespace detail

/// The default transport: HTTP/1.1 by cpp-httplib, TLS by OpenSSL. Keeps connections open and shares them
/// among all threads and all copies of itself; never waits for another call. Cheap to copy.
class HttplibTransport {
public:
    /// Throws InvalidArgument when they cannot be used.
    explicit HttplibTransport(const TransportOptions& options = {});

    /// See http::Transport.
    void send(const http::Request& request, http::Sink& sink);

private:
    std::shared_ptr<detail::HttplibPool> pool_;
};

static_assert(http::Transport<HttplibTransport>);

}  // namespace genai::inline GENAI_ABI

#if GENAI_TRANSPORT_BODIES

#include <cstddef>
#include <locale>
#include <string>

#include <genai/transport/httplib_pool.hpp>

namespace genai::inline GENAI_ABI::detail {

/// libstdc++'s regular expressions, with which httplib reads status lines, note what they learn of a locale's
/// characters without a lock (GCC bug 77704). All there is to learn is noted here, before there are threads.
GENAI_INLINE void force_locale_init() {
    static const bool learned = [] {
        std::string all(256, '\0');
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
        std::string narrow = all;
        std::use_facet<std::ctype<char>>(std::locale())
            .narrow(all.data(), all.data() + all.size(), '\0', narrow.data());
        return true;
    }();
    static_cast<void>(learned);
}

}  // namespace genai::inline GENAI_ABI::detail

namespace genai::inline GENAI_ABI {

GENAI_INLINE HttplibTransport::HttplibTransport(const TransportOptions& options) {
    detail::force_locale_init();
    pool_ = std::make_shared<detail::HttplibPool>(options);
}

GENAI_INLINE void HttplibTransport::send(const http::Request& request, http::Sink& sink) {
    pool_->send(request, sink);
}

}  // namespace genai::inline GENAI_ABI

#endif
