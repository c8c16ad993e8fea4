#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/proxy.hpp>
#include <genai/http/url.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/trust_store.hpp>
#include <genai/net/watchdog.hpp>
#include <genai/os/environment.hpp>
#include <genai/os/sigpipe.hpp>
#include <genai/net/transport_options.hpp>
#include <genai/transport/httplib_attempt.hpp>
#include <genai/transport/httplib_connection.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The transport itself: a pool of connections, the last used first.
class HttplibPool {
public:
    explicit HttplibPool(const TransportOptions& options)
        : options_(options), trust_(options.tls, [](SSL_CTX* context) {
              static_cast<void>(httplib::tls::load_system_certs(context));
          }) {
        if (options_.proxy && !options_.proxy->empty())
            static_cast<void>(http::parse_proxy(*options_.proxy));  // bad input shows at once
    }

    void send(const http::Request& request, http::Sink& sink) {
        if (request.stop.stop_requested()) throw Cancelled();
        const http::Url url = http::parse_url(request.url);
        const auto proxy = http::choose_proxy(url, options_.proxy, environment);
        const std::string key =
            (url.tls ? "s|" : "p|") + url.host + '|' + std::to_string(url.port) + '|' +
            (proxy ? proxy->user + '@' + proxy->host + ':' + std::to_string(proxy->port) : "");

        CallLimits limits(request.timeouts);
        const Watchdog::Watch watch(watchdog_, limits);
        const std::stop_callback on_stop(request.stop, [&] {
            limits.interrupt(true);
            watchdog_.look();
        });
        const SigpipeGuard no_signal;
        for (;;) {
            std::unique_ptr<HttplibConnection> connection = take(key);
            if (!connection) connection = connect_later(url, proxy);
            HttplibAttempt attempt{request, sink, limits, *connection, url, proxy};
            limits.use(&connection->socket);
            const bool whole = attempt.run();
            limits.use(nullptr);
            const bool reusable = whole && !limits.interrupted();
            if (attempt.stale) continue;  // a kept connection had died unseen: once more, on another
            if (reusable) give(key, std::move(connection));
            if (attempt.thrown) std::rethrow_exception(attempt.thrown);
            return;
        }
    }

private:
    std::unique_ptr<HttplibConnection> take(const std::string& key) {
        std::vector<std::unique_ptr<HttplibConnection>> old;  // closed outside the lock
        const std::lock_guard lock(mutex_);
        const auto at = idle_.find(key);
        if (at == idle_.end() || at->second.empty()) return nullptr;
        if (std::chrono::steady_clock::now() - at->second.back()->used >= options_.idle_connection_timeout) {
            old.swap(at->second);  // the last used is too old: so are the others
            return nullptr;
        }
        auto connection = std::move(at->second.back());
        at->second.pop_back();
        return connection;
    }

    void give(const std::string& key, std::unique_ptr<HttplibConnection> connection) {
        connection->used = std::chrono::steady_clock::now();
        std::unique_ptr<HttplibConnection> oldest;  // closed outside the lock
        if (options_.max_idle_connections == 0) return;
        const std::lock_guard lock(mutex_);
        auto& kept = idle_[key];
        if (kept.size() >= options_.max_idle_connections) {
            oldest = std::move(kept.front());
            kept.erase(kept.begin());
        }
        kept.push_back(std::move(connection));
    }

    /// A connection that opens with its first request.
    std::unique_ptr<HttplibConnection> connect_later(const http::Url& url,
                                                     const std::optional<http::Proxy>& proxy) {
        auto connection = std::make_unique<HttplibConnection>();
        if (url.tls) {
            auto client = std::make_unique<httplib::SSLClient>(url.host, url.port);
            client->load_ca_cert_store(
                " ", 1);  // else the system's authorities are loaded into the shared store again
            ERR_clear_error();
            client->set_ca_cert_store(trust_.share());
            connection->client = std::move(client);
        } else {
            connection->client = std::make_unique<httplib::ClientImpl>(url.host, url.port);
        }
        httplib::ClientImpl& client = *connection->client;
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);  // 44 ms a call otherwise: Nagle against delayed acknowledgement
        client.set_follow_location(false);
        client.set_path_encode(false);
        client.set_decompress(false);
        if (proxy) {
            client.set_proxy(proxy->host, proxy->port);
            if (!proxy->user.empty()) client.set_proxy_basic_auth(proxy->user, proxy->password);
        }
        client.set_socket_options([kept = connection.get(), tunnels = proxy && url.tls](socket_t socket) {
#if defined(__APPLE__)
            const int on = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
            kept->opened = true;
            kept->tunnels = tunnels;
            kept->socket.hold(socket);
            if (kept->limits != nullptr && kept->limits->phase() > TransportError::Phase::connect)
                kept->limits->enter(TransportError::Phase::connect);
        });
        client.set_header_writer(
            [kept = connection.get()](httplib::Stream& stream, httplib::Headers& headers) -> ssize_t {
                if (kept->limits != nullptr) {
                    if (kept->limits->interrupted()) return -1;
                    if (!std::exchange(kept->tunnels, false))
                        kept->limits->enter(TransportError::Phase::wait);
                }
                std::string text;
                for (const auto& [name, value] : headers)
                    if (!value.empty()) text.append(name).append(": ").append(value).append("\r\n");
                text += "\r\n";
                return stream.write(text.data(), text.size());
            });
        return connection;
    }

    Watchdog watchdog_{};
    TransportOptions options_;
    TrustStore trust_;
    std::mutex mutex_{};
    std::map<std::string, std::vector<std::unique_ptr<HttplibConnection>>> idle_{};
};

}  // namespace genai::inline GENAI_ABI::detail
