#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/proxy.hpp>
#include <genai/http/url.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/resolver.hpp>
#include <genai/transport/httplib_connection.hpp>
#include <genai/transport/httplib_include.hpp>

namespace genai::inline GENAI_ABI::detail {

/// One request on one connection.
struct HttplibAttempt {
    const http::Request& request;
    http::Sink& sink;
    CallLimits& limits;
    HttplibConnection& connection;
    const http::Url& url;
    const std::optional<http::Proxy>& proxy;
    bool head_seen{false};
    bool framed{false};  // whether the answer says where it ends
    bool sink_stopped{false};
    bool stale{false};
    std::uint64_t received_before{0};
    std::chrono::steady_clock::time_point begun{std::chrono::steady_clock::now()};
    std::exception_ptr thrown{};

    /// Whether the connection can serve another call.
    bool run() {
        httplib::ClientImpl& client = *connection.client;
        connection.limits = &limits;
        connection.opened = false;
        const bool was_open = client.is_socket_open() != 0;
        try {
            limit(client);
            if (!was_open) limits.enter(TransportError::Phase::connect);
            httplib::Request message = compose();
            httplib::Response response;
            httplib::Error error{};  // Success, which Xlib.h defines as a macro
            bool ok = false;
            if (was_open) {
                limits.enter(TransportError::Phase::send);
                received_before = connection.socket.received();
                ok = client.send(message, response, error);
            } else {
                ok = first(client, message, response, error);
            }
            connection.limits = nullptr;
            return judge(ok, was_open, response, error);
        } catch (...) {
            connection.limits = nullptr;
            thrown = std::current_exception();
            return false;
        }
    }

    void limit(httplib::ClientImpl& client) const {
        // a margin over the watchdog's times: these only catch what it cannot
        const auto margin = [](std::optional<std::chrono::milliseconds> limit) {
            return limit ? *limit + std::chrono::seconds(2)
                         : std::chrono::milliseconds(std::chrono::hours(24));
        };
        client.set_connection_timeout(margin(request.timeouts.connect));
        client.set_read_timeout(
            (std::max)(margin(request.timeouts.first_byte), margin(request.timeouts.idle)));
        client.set_write_timeout(margin(request.timeouts.idle));
    }

    /// Sends on a new connection, to each of the host's addresses in turn until one answers.
    bool first(httplib::ClientImpl& client, httplib::Request& message, httplib::Response& response,
               httplib::Error& error) {
        const std::string& host = proxy ? proxy->host : url.host;
        if (httplib::detail::is_ip_address(host)) return client.send(message, response, error);
        limits.enter(TransportError::Phase::resolve);
        const auto addresses = Resolver::addresses(host, limits);
        if (addresses.empty())
            throw TransportError(TransportError::Phase::resolve, TransportError::Reason::unknown_host,
                                 "no address is known for " + host);
        limits.enter(TransportError::Phase::connect);
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            if (proxy) client.set_proxy(addresses[i], proxy->port);
            else client.set_hostname_addr_map({{host, addresses[i]}});
            const auto left = limits.connect_deadline() - std::chrono::steady_clock::now();
            const auto share =
                left / static_cast<int>(addresses.size() -
                                        i);  // one that never answers must leave time for the next
            if (i + 1 < addresses.size())
                client.set_connection_timeout(
                    (std::max)(std::chrono::duration_cast<std::chrono::milliseconds>(share),
                               std::chrono::milliseconds(1)));
            else limit(client);
            if (client.send(message, response, error)) return true;
            const bool unreachable =
                error == httplib::Error::Connection || error == httplib::Error::ConnectionTimeout;
            if (!unreachable || limits.interrupted() || i + 1 == addresses.size()) return false;
        }
        return false;
    }

    httplib::Request compose() {
        httplib::Request message;
        message.method = request.method;
        message.path = url.target;
        message.set_header("Expect",
                           "");  // httplib's own would wait a second for servers that do not know it
        if (url.tls)
            message.set_header("Proxy-Authorization", "");  // or httplib tells the server behind the tunnel
        for (const auto& [name, value] : request.headers) message.headers.emplace(name, value);
        if (request.body.present()) add_body(message);
        message.response_handler = [this](const httplib::Response& response) { return on_head(response); };
        message.content_receiver = [this](const char* data, std::size_t size, std::size_t, std::size_t) {
            return on_data({data, size});
        };
        return message;
    }

    void add_body(httplib::Request& message) {
        const auto size = request.body.size();
        message.is_chunked_content_provider_ = !size;
        message.content_length_ = static_cast<std::size_t>(size.value_or(0));
        if (size && *size == 0) return;
        if (!size) message.set_header("Transfer-Encoding", "chunked");
        message.content_provider_ = [this, size, buffer = std::vector<char>()](
                                        std::size_t offset, std::size_t length,
                                        httplib::DataSink& out) mutable {
            try {
                bool last = false;
                if (const auto text = request.body.in_memory()) {
                    const auto piece = text->substr(offset, (std::min<std::size_t>)(length, 1U << 20U));
                    last = offset + piece.size() == text->size();
                    limits.enter(TransportError::Phase::send);
                    if (!out.write(piece.data(), piece.size())) return false;
                } else {
                    buffer.resize(1U << 18U);
                    const std::size_t wanted = size ? (std::min)(length, buffer.size()) : buffer.size();
                    limits.pause();
                    const std::size_t count =
                        request.body.read(offset, std::span<char>(buffer.data(), wanted));
                    limits.enter(TransportError::Phase::send);
                    if (count == 0 && size)
                        throw InvalidArgument("body", "ended before its announced length");
                    if (count != 0 && !out.write(buffer.data(), count)) return false;
                    last = size ? offset + count == *size : count == 0;
                    if (last && !size) out.done();
                }
                if (last) limits.enter(TransportError::Phase::wait);
                return true;
            } catch (...) {
                thrown = std::current_exception();
                connection.socket.shutdown();  // or httplib would wait for an answer to half a request
                return false;
            }
        };
    }

    bool on_head(const httplib::Response& response) {
        limits.enter(TransportError::Phase::body);
        head_seen = true;
        framed = response.has_header("Content-Length") || response.has_header("Transfer-Encoding");
        http::ResponseHead head{.status = response.status};
        for (const auto& [name, value] : response.headers) head.headers.add(name, value);
        return guarded([&] { return sink.head(head); });
    }

    bool on_data(std::string_view piece) {
        limits.enter(TransportError::Phase::body);
        return guarded([&] { return sink.data(piece); });
    }

    /// Runs the sink; what it throws must not pass through httplib.
    template <class Step>
    bool guarded(Step&& step) {
        if (limits.interrupted()) return false;
        try {
            limits.pause();  // the sink may take its time: the server is not at fault
            sink_stopped = step() == http::Flow::stop;
            limits.enter(TransportError::Phase::body);
        } catch (...) {
            thrown = std::current_exception();
        }
        if (!sink_stopped && !thrown) return true;
        connection.socket.shutdown();
        return false;
    }

    bool judge(bool ok, bool was_open, const httplib::Response& response, httplib::Error error) {
        if (thrown || sink_stopped) return false;
        if (limits.cancelled()) throw Cancelled();
        if (ok && !head_seen) {
            if (response.status != 204 && proxy && url.tls)
                throw TransportError(TransportError::Phase::connect, TransportError::Reason::proxy,
                                     "the proxy answered " + std::to_string(response.status));
            if (!on_head(response)) return false;
        }
        const bool cut = limits.interrupted() && !framed;  // its end may be ours
        if (ok && !cut) return true;
        const TransportError::Phase phase = failed_phase(error);
        if (limits.interrupted())
            throw TimeoutError(phase, "no answer in time from " + peer(phase) +
                                          (phase == TransportError::Phase::tls ? tls_question : ""));
        // a connection that had died shows at once; later, the server may have been at work on the request
        const bool at_once = std::chrono::steady_clock::now() - begun < std::chrono::seconds(2);
        const std::uint64_t farewell =
            url.tls ? 64 : 1;  // closing counts: as a byte, or as TLS's own message
        const bool nothing_came = connection.socket.received() <= received_before + farewell;
        if (was_open && !connection.opened && !head_seen && at_once && nothing_came &&
            !request.no_transparent_resend) {
            stale = true;
            return false;
        }
        throw TransportError(phase, failed_reason(phase, error), words(error) + " (" + peer(phase) + ')');
    }

    static constexpr const char* tls_question = ": does this port speak TLS?";

    /// Who is at fault where a phase fails: the server, or the proxy in front of it.
    std::string peer(TransportError::Phase phase) const {
        if (!proxy || phase != TransportError::Phase::connect) return url.authority();
        return url.authority() + " by the proxy " + proxy->host + ':' + std::to_string(proxy->port);
    }

    TransportError::Phase failed_phase(httplib::Error error) const {
        switch (error) {
            case httplib::Error::Connection:
            case httplib::Error::ConnectionTimeout:
            case httplib::Error::ProxyConnection: return TransportError::Phase::connect;
            case httplib::Error::SSLConnection:
            case httplib::Error::SSLLoadingCerts:
            case httplib::Error::SSLServerVerification:
            case httplib::Error::SSLServerHostnameVerification: return TransportError::Phase::tls;
            case httplib::Error::Write: return TransportError::Phase::send;
            default: break;
        }
        const TransportError::Phase phase = limits.phase();
        return phase == TransportError::Phase::send ? TransportError::Phase::wait
                                                    : phase;  // it was sent, or httplib would have said Write
    }

    static TransportError::Reason failed_reason(TransportError::Phase phase, httplib::Error error) {
        switch (error) {
            case httplib::Error::ConnectionTimeout:
            case httplib::Error::Timeout: return TransportError::Reason::timeout;
            case httplib::Error::ProxyConnection: return TransportError::Reason::proxy;
            case httplib::Error::SSLLoadingCerts:
            case httplib::Error::SSLServerVerification:
            case httplib::Error::SSLServerHostnameVerification: return TransportError::Reason::certificate;
            case httplib::Error::SSLConnection: return TransportError::Reason::protocol;
            case httplib::Error::Connection: return TransportError::Reason::refused;
            case httplib::Error::Write: return TransportError::Reason::reset;
            default:
                return phase == TransportError::Phase::connect ? TransportError::Reason::refused
                                                               : TransportError::Reason::closed;
        }
    }

    std::string words(httplib::Error error) const {
        switch (error) {
            case httplib::Error::Connection:
                return proxy ? "no connection to the proxy could be made: is ClientOptions::proxy, or the "
                               "environment's HTTPS_PROXY, right?"
                             : "no connection could be made: is the server running and the base URL right?";
            case httplib::Error::ConnectionTimeout:
                return proxy ? "no connection to the proxy in time" : "no connection in time";
            case httplib::Error::ProxyConnection: return "the proxy refused the connection";
            case httplib::Error::SSLConnection: return std::string("the TLS handshake failed") + tls_question;
            case httplib::Error::SSLLoadingCerts: return "the trusted certificates could not be loaded";
            case httplib::Error::SSLServerVerification:
                return "the server's certificate is not trusted: set tls.ca_file to its authority's";
            case httplib::Error::SSLServerHostnameVerification:
                return "the server's certificate is for another name";
            case httplib::Error::Write: return "the connection closed while the request was sent";
            default:
                return "the connection closed, or the answer was malformed, before the answer was complete";
        }
    }
};

}  // namespace genai::inline GENAI_ABI::detail
