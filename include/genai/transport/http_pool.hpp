#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/net/openssl.hpp>
#include <genai/error.hpp>
#include <genai/http/header_rules.hpp>
#include <genai/http/message.hpp>
#include <genai/http/proxy.hpp>
#include <genai/http/response_parser.hpp>
#include <genai/http/url.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/connection.hpp>
#include <genai/net/ip_address.hpp>
#include <genai/net/resolver.hpp>
#include <genai/net/transport_options.hpp>
#include <genai/net/trust_store.hpp>
#include <genai/os/environment.hpp>
#include <genai/transport/http_exchange.hpp>
#include <genai/transport/idle_connections.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The default transport itself.
class HttpPool {
public:
    explicit HttpPool(const TransportOptions& options) : options_(options), trust_(options.tls) {
        if (options_.proxy && !options_.proxy->empty())
            static_cast<void>(http::parse_proxy(*options_.proxy));  // bad input shows at once
        idle_ = make_idle();  // last: nothing deletes it when the constructor throws
    }
    HttpPool(const HttpPool&) = delete;
    HttpPool& operator=(const HttpPool&) = delete;
    ~HttpPool() {
        IdleConnections* const idle = idle_.load();
        if (idle->is_ours()) delete idle;
        else idle->abandon();
    }

    void send(const http::Request& request, http::Sink& sink) {
        if (request.stop.stop_requested()) throw Cancelled();
        for (const auto& [name, value] : request.headers) http::check_header_field("headers", name, value);
        const http::Url url = http::parse_url(request.url);
        const Route route{url, http::choose_proxy(url, options_.proxy, environment)};
        const std::string server = route.name();
        CallLimits limits(request.timeouts, request.stop, url.authority());
        IdleConnections& idle = this->idle();

        std::unique_ptr<Connection> connection = idle.take(server);
        if (connection) {
            const auto begun = std::chrono::steady_clock::now();
            const auto sent_before = connection->sent();
            const auto outcome = run(request, sink, limits, route, *connection);
            if (outcome == HttpExchange::Outcome::reusable) return idle.give(server, std::move(connection));
            if (outcome == HttpExchange::Outcome::spent) return;
            // A connection that had died shows at once; later, the server may have been at work on the
            // request. What is not to be done twice is sent again only if nothing of it can have been read.
            const bool repeatable = request.idempotent && !request.no_transparent_resend &&
                                    std::chrono::steady_clock::now() - begun < std::chrono::seconds(2);
            if (!repeatable && connection->sent() != sent_before) throw unanswered(limits);
        }
        connection = open(route, limits, idle);
        const auto outcome = run(request, sink, limits, route, *connection);
        if (outcome == HttpExchange::Outcome::unanswered) throw unanswered(limits);
        if (outcome == HttpExchange::Outcome::reusable) idle.give(server, std::move(connection));
    }

private:
    /// Where a request goes, and through what.
    struct Route {
        const http::Url& url;
        std::optional<http::Proxy> proxy;

        std::string name() const {
            std::string text = (url.tls ? "https://" : "http://") + url.authority();
            if (proxy) text += " by " + proxy->user + '@' + proxy->host + ':' + std::to_string(proxy->port);
            return text;
        }
        std::string authorization() const {
            if (!proxy || proxy->user.empty()) return {};
            const std::string text = proxy->user + ':' + proxy->password;
            std::string encoded(4 * (text.size() + 2) / 3 + 4, '\0');
            encoded.resize(static_cast<std::size_t>(EVP_EncodeBlock(
                reinterpret_cast<unsigned char*>(encoded.data()),
                reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()))));
            return "Basic " + encoded;
        }
    };

    IdleConnections* make_idle() const {
        return new IdleConnections(options_.max_idle_connections, options_.idle_connection_timeout);
    }

    /// Those of this process.
    IdleConnections& idle() {
        IdleConnections* idle = idle_.load();
        while (!idle->is_ours()) {
            IdleConnections* const own = make_idle();
            if (idle_.compare_exchange_strong(idle, own)) {
                idle->abandon();  // and never deleted: its thread is the parent's
                return *own;
            }
            delete own;
        }
        return *idle;
    }

    HttpExchange::Outcome run(const http::Request& request, http::Sink& sink, CallLimits& limits,
                              const Route& route, Connection& connection) {
        const Connection::Use use(connection, limits);
        const bool plain_proxy = route.proxy && !route.url.tls;
        return HttpExchange(request, sink, limits, connection)
            .run(request_head(request, route.url, plain_proxy, plain_proxy ? route.authorization() : ""));
    }

    static TransportError unanswered(const CallLimits& limits) {
        return {CallLimits::Phase::wait, TransportError::Reason::closed,
                "the connection closed before a response came (" + limits.peer() + ')'};
    }

    /// Opens a connection. Throws TransportError, TimeoutError, Cancelled.
    std::unique_ptr<Connection> open(const Route& route, CallLimits& limits, IdleConnections& idle) {
        const http::Url& url = route.url;
        limits.enter(CallLimits::Phase::resolve);
        if (route.proxy)
            limits.set_peer(url.authority() + " by the proxy " + route.proxy->host + ':' +
                            std::to_string(route.proxy->port));
        const auto addresses = route.proxy ? Resolver::addresses(route.proxy->host, route.proxy->port, limits)
                                           : Resolver::addresses(url.host, url.port, limits);
        if (options_.public_addresses_only)
            refuse_private(route.proxy ? Resolver::addresses(url.host, url.port, limits) : addresses, limits);
        auto connection = std::make_unique<Connection>(connect(addresses, route, limits, idle));
        const Connection::Use use(*connection, limits);
        if (route.proxy && url.tls) tunnel(*connection, route, limits);
        limits.set_peer(url.authority());
        if (url.tls) connection->secure(tls(), url.host, net::IpAddress::parse(url.host).has_value(), limits);
        return connection;
    }

    /// Refuses a server one of whose addresses is not public.
    static void refuse_private(const std::vector<SocketAddress>& addresses, const CallLimits& limits) {
        for (const SocketAddress& address : addresses)
            if (!net::IpAddress::of(*address.get()).is_public())
                throw TransportError(
                    CallLimits::Phase::connect, TransportError::Reason::other,
                    "the server is at an address that is not public (" + limits.peer() + ')');
    }

    static TcpStream connect(const std::vector<SocketAddress>& addresses, const Route& route,
                             CallLimits& limits, IdleConnections& idle) {
        const auto once = [&] {
            TcpStream stream = TcpStream::connect(addresses, limits);
            if (stream.is_open()) return stream;
            throw TransportError(
                CallLimits::Phase::connect, TransportError::Reason::refused,
                (route.proxy
                     ? "no connection to the proxy could be made: is ClientOptions::proxy, or the "
                       "environment's HTTPS_PROXY, right? ("
                     : "no connection could be made: is the server running and the base URL right? (") +
                    limits.peer() + ')');
        };
        try {
            return once();
        } catch (const TransportError& error) {
            if (error.reason() != TransportError::Reason::resources) throw;
            idle.clear();  // descriptors are short
            return once();
        }
    }

    /// Asks the proxy for a tunnel (RFC 9110 §9.3.6).
    static void tunnel(Connection& connection, const Route& route, CallLimits& limits) {
        const auto failed = [&](const std::string& why) {
            return TransportError(CallLimits::Phase::connect, TransportError::Reason::proxy,
                                  why + " (" + limits.peer() + ')');
        };
        const std::string host =
            route.url.host.find(':') == std::string::npos ? route.url.host : '[' + route.url.host + ']';
        const std::string target = host + ':' + std::to_string(route.url.port);
        std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
        if (const std::string authorization = route.authorization(); !authorization.empty())
            request += "Proxy-Authorization: " + authorization + "\r\n";
        static_cast<void>(connection.write(request + "\r\n", limits));
        http::ResponseParser parser(true);
        std::array<char, 4096> buffer;
        try {
            for (;;) {
                const Transferred got = connection.read(buffer, limits);
                if (got.state != Transferred::State::some) throw failed("the proxy closed the connection");
                std::string_view input(buffer.data(), got.count);
                if (parser.next(input) == http::ResponseParser::Event::more) continue;
                const int status = parser.head().status;
                if (status < 200 || status > 299)
                    throw failed("the proxy answered " + std::to_string(status));
                if (!input.empty()) throw failed("the proxy sent bytes before the server did");
                return;
            }
        } catch (const TransportError& error) {
            if (error.reason() != TransportError::Reason::protocol) throw;
            throw failed("the proxy's answer to CONNECT is no HTTP response");
        }
    }

    const TlsContext& tls() {
        std::call_once(tls_once_, [this] { tls_.emplace(trust_.share()); });
        return *tls_;
    }

    TransportOptions options_;
    TrustStore trust_;
    std::once_flag tls_once_{};
    std::optional<TlsContext> tls_{};
    std::atomic<IdleConnections*> idle_{nullptr};
};

}  // namespace genai::inline GENAI_ABI::detail
