#pragma once

#include <memory>

#include <genai/detail/env.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/proxy.hpp>
#include <genai/http/transport.hpp>
#include <genai/http/url.hpp>
#include <genai/transport.hpp>
#include <genai/version.hpp>

namespace genai::inline v0 {

namespace detail {

/// What the default transport does, behind a pointer, so that it can be compiled once (CMake's `genai::compiled`).
class TransportImpl {
public:
    TransportImpl() = default;
    TransportImpl(const TransportImpl&) = delete;
    TransportImpl& operator=(const TransportImpl&) = delete;
    virtual ~TransportImpl() = default;
    virtual void send(const http::Request& request, http::Sink& sink) = 0;
};

/// Makes the default transport.
std::shared_ptr<TransportImpl> make_httplib_transport(const TransportOptions& options);

}  // namespace detail

/// The default transport: HTTP/1.1 by cpp-httplib, TLS by OpenSSL. Keeps connections open and shares them among all
/// threads and all copies of itself; never waits for another call. Cheap to copy.
class HttplibTransport {
public:
    /// Throws InvalidArgument when they cannot be used.
    explicit HttplibTransport(const TransportOptions& options = {}) : impl_(detail::make_httplib_transport(options)) {}

    /// See http::Transport.
    void send(const http::Request& request, http::Sink& sink) { impl_->send(request, sink); }

private:
    std::shared_ptr<detail::TransportImpl> impl_;
};

static_assert(http::Transport<HttplibTransport>);

}  // namespace genai::inline v0

#if GENAI_BODIES

#if defined(CPPHTTPLIB_HTTPLIB_H) && !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#error "genai: httplib.h was included before without CPPHTTPLIB_OPENSSL_SUPPORT; define it for the whole program"
#endif
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
#define CPPHTTPLIB_OPENSSL_SUPPORT
#endif

#include <httplib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#if !defined(_WIN32)
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <locale>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>


namespace genai::inline v0::detail {

/// Whether a "major.minor.patch" is at least 0.41: older ones lack what the transport is built on.
constexpr bool recent_httplib(std::string_view version) {
    unsigned part[2] = {};
    std::size_t i = 0;
    for (unsigned& number : part) {
        while (i < version.size() && version[i] >= '0' && version[i] <= '9') number = number * 10 + static_cast<unsigned>(version[i++] - '0');
        ++i;
    }
    return part[0] > 0 || part[1] >= 41;
}
static_assert(recent_httplib(CPPHTTPLIB_VERSION), "genai: cpp-httplib 0.41.0 or later is needed");

using SteadyClock = std::chrono::steady_clock;

/// Keeps a write to a closed connection from killing the process: neither httplib nor OpenSSL's socket layer does.
class SigpipeGuard {
public:
#if defined(_WIN32) || defined(__APPLE__)
    SigpipeGuard() = default;  // no such signal; SO_NOSIGPIPE on the socket
#else
    SigpipeGuard() {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, &before_);
        was_blocked_ = sigismember(&before_, SIGPIPE) == 1;
    }
    ~SigpipeGuard() {
        if (was_blocked_) return;
        sigset_t pending;
        if (sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1) {
            sigset_t pipe;
            sigemptyset(&pipe);
            sigaddset(&pipe, SIGPIPE);
            const timespec now{};
            sigtimedwait(&pipe, nullptr, &now);
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t before_{};
    bool was_blocked_{false};

public:
#endif
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;
};

/// A second handle on a connection's socket. Shutting it down ends whatever waits on the connection, in any phase, and
/// it cannot hit a stranger that was given the same number after the connection closed its own.
class SocketHandle {
public:
    SocketHandle() = default;
    SocketHandle(const SocketHandle&) = delete;
    SocketHandle& operator=(const SocketHandle&) = delete;
    ~SocketHandle() { release(); }

    void hold(socket_t socket) {
        const std::lock_guard lock(mutex_);
        release();
#if defined(_WIN32)
        held_ = socket;
#else
        held_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
#endif
    }
    /// How many bytes the peer has sent so far; always 0 where the system does not tell.
    std::uint64_t received() {
#if defined(__linux__)
        const std::lock_guard lock(mutex_);
        struct {
            tcp_info info;
            std::uint64_t more[16];  // the kernel's structure has grown since the header's
        } now{};
        socklen_t size = sizeof now;
        if (held_ == INVALID_SOCKET || ::getsockopt(held_, IPPROTO_TCP, TCP_INFO, &now, &size) != 0) return 0;
        constexpr std::size_t place = 128;  // of tcpi_bytes_received, since Linux 4.1
        if (size < place + sizeof(std::uint64_t)) return 0;
        std::uint64_t count = 0;
        std::memcpy(&count, reinterpret_cast<const char*>(&now) + place, sizeof count);
        return count;
#else
        return 0;
#endif
    }
    void shutdown() {
        const std::lock_guard lock(mutex_);
        if (held_ == INVALID_SOCKET) return;
#if defined(_WIN32)
        ::shutdown(held_, SD_BOTH);
#else
        ::shutdown(held_, SHUT_RDWR);
#endif
    }

private:
    void release() {
#if !defined(_WIN32)
        if (held_ != INVALID_SOCKET) ::close(held_);
#endif
        held_ = INVALID_SOCKET;
    }

    std::mutex mutex_{};
    socket_t held_{INVALID_SOCKET};
};

/// One call in flight: which phase it is in, when that must end, and the way to end it.
class CallLimits {
public:
    explicit CallLimits(const http::Timeouts& limits) : limits_(limits), start_(SteadyClock::now()), phase_start_(ticks(start_)) {}

    /// Enters a phase, or within the body marks that something came.
    void enter(Phase phase) noexcept {
        phase_start_.store(ticks(SteadyClock::now()), std::memory_order_relaxed);
        paused_.store(false, std::memory_order_relaxed);
        phase_.store(phase, std::memory_order_release);
    }
    /// Stops the phase's clock until the next is entered: the caller is at work, not the peer.
    void pause() noexcept { paused_.store(true, std::memory_order_release); }
    Phase phase() const noexcept { return phase_.load(std::memory_order_acquire); }

    /// Ends the call from another thread. The first caller's reason counts.
    void interrupt(bool cancelled) {
        int none = 0;
        ended_.compare_exchange_strong(none, cancelled ? 1 : 2);
        const std::lock_guard lock(mutex_);
        if (socket_ != nullptr) socket_->shutdown();
    }
    bool interrupted() const noexcept { return ended_.load() != 0; }
    bool cancelled() const noexcept { return ended_.load() == 1; }

    /// The socket to shut down; null before the connection goes to another call.
    void use(SocketHandle* socket) {
        const std::lock_guard lock(mutex_);
        socket_ = socket;
    }

    /// When to look again; ends the call when its time is up.
    SteadyClock::time_point inspect(SteadyClock::time_point now) {
        if (interrupted()) {  // again and again until it has an effect: a connect may have begun only after the last one
            interrupt(false);
            return now + std::chrono::milliseconds(5);
        }
        // the next phase may have a shorter limit than this one: look again when the shortest could have passed
        SteadyClock::time_point next = now + std::chrono::hours(1);
        for (const auto& limit : {limits_.connect, limits_.first_byte, limits_.idle})
            if (limit) next = (std::min)(next, now + *limit);
        SteadyClock::time_point due = next;
        if (limits_.total) due = (std::min)(due, start_ + *limits_.total);
        const Phase phase = this->phase();
        const auto& limit = phase <= Phase::tls ? limits_.connect : phase == Phase::wait ? limits_.first_byte : limits_.idle;
        if (limit && !paused_.load(std::memory_order_acquire)) due = (std::min)(due, SteadyClock::time_point(SteadyClock::duration(phase_start_.load(std::memory_order_relaxed))) + *limit);
        if (due > now) return due;
        interrupt(false);
        return now + std::chrono::milliseconds(5);
    }

    /// What is left of the whole, or of the time to connect.
    SteadyClock::time_point connect_deadline() const {
        SteadyClock::time_point due = start_ + std::chrono::hours(24);
        if (limits_.total) due = (std::min)(due, start_ + *limits_.total);
        if (limits_.connect) due = (std::min)(due, start_ + *limits_.connect);
        return due;
    }

private:
    static SteadyClock::rep ticks(SteadyClock::time_point at) noexcept { return at.time_since_epoch().count(); }

    http::Timeouts limits_;
    SteadyClock::time_point start_;
    std::atomic<SteadyClock::rep> phase_start_;
    std::atomic<Phase> phase_{Phase::resolve};
    std::atomic<bool> paused_{false};
    std::atomic<int> ended_{0};  // 1 cancelled, 2 out of time
    std::mutex mutex_{};
    SocketHandle* socket_{nullptr};
};

/// One thread that ends calls whose time is up. httplib's own timeouts know no total, no first byte and no idle time.
class Watchdog {
public:
    Watchdog() = default;
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable()) thread_.join();
    }

    /// Watches a call for as long as it lives.
    class Watch {
    public:
        Watch(Watchdog& dog, CallLimits& limits) : dog_(dog), limits_(limits) { dog_.add(limits_); }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        ~Watch() { dog_.remove(limits_); }

    private:
        Watchdog& dog_;
        CallLimits& limits_;
    };

    /// Looks at all exchanges at once, because one was interrupted.
    void look() {
        {
            const std::lock_guard lock(mutex_);
            next_ = (SteadyClock::time_point::min)();
        }
        wake_.notify_one();
    }

private:
    void add(CallLimits& limits) {
        bool earlier = false;
        {
            const std::lock_guard lock(mutex_);
            if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
            calls_.insert(&limits);
            const SteadyClock::time_point due = limits.inspect(SteadyClock::now());
            earlier = due < next_;
            if (earlier) next_ = due;
        }
        if (earlier) wake_.notify_one();
    }

    void remove(CallLimits& limits) {
        const std::lock_guard lock(mutex_);
        calls_.erase(&limits);
    }

    void run() {
        std::unique_lock lock(mutex_);
        while (!closing_) {
            const SteadyClock::time_point now = SteadyClock::now();
            if (now < next_) {
                wake_.wait_until(lock, next_);
                continue;
            }
            // sleeping on past a removed call's time is harmless: one idle wake-up
            SteadyClock::time_point next = now + std::chrono::hours(1);
            for (CallLimits* const limits : calls_) next = (std::min)(next, limits->inspect(now));
            next_ = next;
        }
    }

    std::mutex mutex_{};
    std::condition_variable wake_{};
    std::set<CallLimits*> calls_{};
    SteadyClock::time_point next_{(SteadyClock::time_point::max)()};
    bool closing_{false};
    std::thread thread_{};
};

/// A look-up of a name, on a thread of its own because nothing can interrupt one.
class Lookup {
public:
    /// The host's addresses as text, best first; empty when there are none. Waits until they are there, the deadline,
    /// or the call's interruption.
    static std::vector<std::string> addresses(const std::string& host, const CallLimits& limits) {
        if (host == "localhost" || host.ends_with(".localhost")) return {"::1", "127.0.0.1"};  // RFC 6761: always this machine
        auto lookup = std::make_shared<Lookup>();
        std::thread([lookup, host] {
            auto found = resolve(host);
            const std::lock_guard lock(lookup->mutex_);
            lookup->found_ = std::move(found);
            lookup->done_.notify_one();
        }).detach();
        std::unique_lock lock(lookup->mutex_);
        while (!lookup->found_ && !limits.interrupted() && SteadyClock::now() < limits.connect_deadline())
            lookup->done_.wait_until(lock, (std::min)(limits.connect_deadline(), SteadyClock::now() + std::chrono::milliseconds(10)));
        if (lookup->found_) return *lookup->found_;
        if (limits.cancelled()) throw Cancelled();
        throw TransportError(Phase::resolve, Reason::timeout, "looking up " + host + " took too long");
    }

private:
    static std::vector<std::string> resolve(const std::string& host) {
        std::vector<std::string> addresses;
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return addresses;
        for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
            char text[NI_MAXHOST];
            if (::getnameinfo(entry->ai_addr, static_cast<socklen_t>(entry->ai_addrlen), text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
                addresses.emplace_back(text);
        }
        ::freeaddrinfo(found);
        return addresses;
    }

    std::mutex mutex_{};
    std::condition_variable done_{};
    std::optional<std::vector<std::string>> found_{};
};

/// The authorities to trust, loaded once: a new connection would spend 27 ms on the system's otherwise.
class TrustStore {
public:
    explicit TrustStore(TlsOptions options) : options_(std::move(options)) {
        if (!options_.ca_file.empty() || !options_.ca_pem.empty()) load();  // bad input shows at once
    }
    /// The store with a reference of the caller's own.
    X509_STORE* share() {
        std::call_once(once_, [this] {
            if (store_ == nullptr) load();
        });
        X509_STORE_up_ref(store_.get());
        return store_.get();
    }

private:
    struct Free {
        void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
    };

    void load() {
        if (options_.ca_file.empty() && options_.ca_pem.empty()) {
            SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
            httplib::tls::load_system_certs(context);
            store_.reset(SSL_CTX_get_cert_store(context));
            X509_STORE_up_ref(store_.get());
            SSL_CTX_free(context);
            return;
        }
        store_.reset(X509_STORE_new());
        if (!options_.ca_file.empty() && X509_STORE_load_locations(store_.get(), options_.ca_file.c_str(), nullptr) != 1) {
            ERR_clear_error();
            throw InvalidArgument("tls.ca_file", "holds no certificate that can be read: " + options_.ca_file);
        }
        if (!options_.ca_pem.empty() && !add_pem(options_.ca_pem)) throw InvalidArgument("tls.ca_pem", "holds no certificate that can be read");
    }

    bool add_pem(const std::string& pem) {
        BIO* const source = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
        bool any = false;
        while (X509* const certificate = PEM_read_bio_X509(source, nullptr, nullptr, nullptr)) {
            any = X509_STORE_add_cert(store_.get(), certificate) == 1 || any;
            X509_free(certificate);
        }
        BIO_free(source);
        ERR_clear_error();
        return any;
    }

    TlsOptions options_;
    std::once_flag once_{};
    std::unique_ptr<X509_STORE, Free> store_{};
};

/// A connection that is kept open between calls.
struct Connection {
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
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
    SteadyClock::time_point used{};
};

/// The transport itself: a pool of connections, the last used first.
class HttplibPool final : public TransportImpl {
public:
    explicit HttplibPool(const TransportOptions& options) : options_(options), trust_(options.tls) {
        if (options_.proxy && !options_.proxy->empty()) static_cast<void>(http::parse_proxy(*options_.proxy));  // bad input shows at once
    }

    void send(const http::Request& request, http::Sink& sink) override {
        if (request.stop.stop_requested()) throw Cancelled();
        const http::Url url = http::parse_url(request.url);
        const auto proxy = http::choose_proxy(url, options_.proxy, environment);
        const std::string key = (url.tls ? "s|" : "p|") + url.host + '|' + std::to_string(url.port) + '|' +
                                (proxy ? proxy->user + '@' + proxy->host + ':' + std::to_string(proxy->port) : "");

        CallLimits limits(request.timeouts);
        const Watchdog::Watch watch(watchdog_, limits);
        const std::stop_callback on_stop(request.stop, [&] {
            limits.interrupt(true);
            watchdog_.look();
        });
        const SigpipeGuard no_signal;
        for (;;) {
            std::unique_ptr<Connection> connection = take(key);
            if (!connection) connection = connect_later(url, proxy);
            Attempt attempt{request, sink, limits, *connection, url, proxy};
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
    /// One request on one connection.
    struct Attempt {
        const http::Request& request;
        http::Sink& sink;
        CallLimits& limits;
        Connection& connection;
        const http::Url& url;
        const std::optional<http::Proxy>& proxy;
        bool head_seen{false};
        bool framed{false};  // whether the answer says where it ends
        bool sink_stopped{false};
        bool stale{false};
        std::uint64_t received_before{0};
        SteadyClock::time_point begun{SteadyClock::now()};
        std::exception_ptr thrown{};

        /// Whether the connection can serve another call.
        bool run() {
            httplib::ClientImpl& client = *connection.client;
            connection.limits = &limits;
            connection.opened = false;
            const bool was_open = client.is_socket_open() != 0;
            try {
                limit(client);
                if (!was_open) limits.enter(Phase::connect);
                httplib::Request message = compose();
                httplib::Response response;
                httplib::Error error = httplib::Error::Success;
                bool ok = false;
                if (was_open) {
                    limits.enter(Phase::send);
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
                return limit ? *limit + std::chrono::seconds(2) : std::chrono::milliseconds(std::chrono::hours(24));
            };
            client.set_connection_timeout(margin(request.timeouts.connect));
            client.set_read_timeout((std::max)(margin(request.timeouts.first_byte), margin(request.timeouts.idle)));
            client.set_write_timeout(margin(request.timeouts.idle));
        }

        /// Sends on a new connection, to each of the host's addresses in turn until one answers.
        bool first(httplib::ClientImpl& client, httplib::Request& message, httplib::Response& response, httplib::Error& error) {
            const std::string& host = proxy ? proxy->host : url.host;
            if (httplib::detail::is_ip_address(host)) return client.send(message, response, error);
            limits.enter(Phase::resolve);
            const auto addresses = Lookup::addresses(host, limits);
            if (addresses.empty()) throw TransportError(Phase::resolve, Reason::unknown_host, "no address is known for " + host);
            limits.enter(Phase::connect);
            for (std::size_t i = 0; i < addresses.size(); ++i) {
                if (proxy) client.set_proxy(addresses[i], proxy->port);
                else client.set_hostname_addr_map({{host, addresses[i]}});
                const auto left = limits.connect_deadline() - SteadyClock::now();
                const auto share = left / static_cast<int>(addresses.size() - i);  // one that never answers must leave time for the next
                if (i + 1 < addresses.size()) client.set_connection_timeout((std::max)(std::chrono::duration_cast<std::chrono::milliseconds>(share), std::chrono::milliseconds(1)));
                else limit(client);
                if (client.send(message, response, error)) return true;
                const bool unreachable = error == httplib::Error::Connection || error == httplib::Error::ConnectionTimeout;
                if (!unreachable || limits.interrupted() || i + 1 == addresses.size()) return false;
            }
            return false;
        }

        httplib::Request compose() {
            httplib::Request message;
            message.method = request.method;
            message.path = url.target;
            message.set_header("Expect", "");  // httplib's own would wait a second for servers that do not know it
            if (url.tls) message.set_header("Proxy-Authorization", "");  // or httplib tells the server behind the tunnel
            for (const auto& [name, value] : request.headers) message.headers.emplace(name, value);
            if (request.body.present()) add_body(message);
            message.response_handler = [this](const httplib::Response& response) { return on_head(response); };
            message.content_receiver = [this](const char* data, std::size_t size, std::size_t, std::size_t) { return on_data({data, size}); };
            return message;
        }

        void add_body(httplib::Request& message) {
            const auto size = request.body.size();
            message.is_chunked_content_provider_ = !size;
            message.content_length_ = static_cast<std::size_t>(size.value_or(0));
            if (size && *size == 0) return;
            if (!size) message.set_header("Transfer-Encoding", "chunked");
            message.content_provider_ = [this, size, buffer = std::vector<char>()](std::size_t offset, std::size_t length, httplib::DataSink& out) mutable {
                try {
                    bool last = false;
                    if (const auto text = request.body.in_memory()) {
                        const auto piece = text->substr(offset, (std::min<std::size_t>)(length, 1U << 20U));
                        last = offset + piece.size() == text->size();
                        limits.enter(Phase::send);
                        if (!out.write(piece.data(), piece.size())) return false;
                    } else {
                        buffer.resize(1U << 18U);
                        const std::size_t wanted = size ? (std::min)(length, buffer.size()) : buffer.size();
                        limits.pause();
                        const std::size_t count = request.body.read(offset, std::span<char>(buffer.data(), wanted));
                        limits.enter(Phase::send);
                        if (count == 0 && size) throw InvalidArgument("body", "ended before its announced length");
                        if (count != 0 && !out.write(buffer.data(), count)) return false;
                        last = size ? offset + count == *size : count == 0;
                        if (last && !size) out.done();
                    }
                    if (last) limits.enter(Phase::wait);
                    return true;
                } catch (...) {
                    thrown = std::current_exception();
                    connection.socket.shutdown();  // or httplib would wait for an answer to half a request
                    return false;
                }
            };
        }

        bool on_head(const httplib::Response& response) {
            limits.enter(Phase::body);
            head_seen = true;
            framed = response.has_header("Content-Length") || response.has_header("Transfer-Encoding");
            http::ResponseHead head{.status = response.status};
            for (const auto& [name, value] : response.headers) head.headers.add(name, value);
            return guarded([&] { return sink.head(head); });
        }

        bool on_data(std::string_view piece) {
            limits.enter(Phase::body);
            return guarded([&] { return sink.data(piece); });
        }

        /// Runs the sink; what it throws must not pass through httplib.
        template <class Step>
        bool guarded(Step&& step) {
            if (limits.interrupted()) return false;
            try {
                limits.pause();  // the sink may take its time: the server is not at fault
                sink_stopped = !step();
                limits.enter(Phase::body);
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
                    throw TransportError(Phase::connect, Reason::proxy, "the proxy answered " + std::to_string(response.status));
                if (!on_head(response)) return false;
            }
            const bool cut = limits.interrupted() && !framed;  // its end may be ours
            if (ok && !cut) return true;
            const Phase phase = failed_phase(error);
            if (limits.interrupted()) throw TransportError(phase, Reason::timeout, "no answer in time from " + url.authority());
            // a connection that had died shows at once; later, the server may have been at work on the request
            const bool at_once = SteadyClock::now() - begun < std::chrono::seconds(2);
            const std::uint64_t farewell = url.tls ? 64 : 1;  // closing counts: as a byte, or as TLS's own message
            const bool nothing_came = connection.socket.received() <= received_before + farewell;
            if (was_open && !connection.opened && !head_seen && at_once && nothing_came && !request.no_transparent_resend) {
                stale = true;
                return false;
            }
            throw TransportError(phase, failed_reason(phase, error), words(error) + " (" + url.authority() + ')');
        }

        Phase failed_phase(httplib::Error error) const {
            switch (error) {
                case httplib::Error::Connection:
                case httplib::Error::ConnectionTimeout:
                case httplib::Error::ProxyConnection: return Phase::connect;
                case httplib::Error::SSLConnection:
                case httplib::Error::SSLLoadingCerts:
                case httplib::Error::SSLServerVerification:
                case httplib::Error::SSLServerHostnameVerification: return Phase::tls;
                case httplib::Error::Write: return Phase::send;
                default: break;
            }
            const Phase phase = limits.phase();
            return phase == Phase::send ? Phase::wait : phase;  // it was sent, or httplib would have said Write
        }

        static Reason failed_reason(Phase phase, httplib::Error error) {
            switch (error) {
                case httplib::Error::ConnectionTimeout:
                case httplib::Error::Timeout: return Reason::timeout;
                case httplib::Error::ProxyConnection: return Reason::proxy;
                case httplib::Error::SSLLoadingCerts:
                case httplib::Error::SSLServerVerification:
                case httplib::Error::SSLServerHostnameVerification: return Reason::certificate;
                case httplib::Error::SSLConnection: return Reason::protocol;
                case httplib::Error::Connection: return Reason::refused;
                case httplib::Error::Write: return Reason::reset;
                default: return phase == Phase::connect ? Reason::refused : Reason::closed;
            }
        }

        static std::string words(httplib::Error error) {
            switch (error) {
                case httplib::Error::Connection: return "no connection could be made: is the server running and the base URL right?";
                case httplib::Error::ConnectionTimeout: return "no connection in time";
                case httplib::Error::ProxyConnection: return "the proxy refused the connection";
                case httplib::Error::SSLConnection: return "the TLS handshake failed";
                case httplib::Error::SSLLoadingCerts: return "the trusted certificates could not be loaded";
                case httplib::Error::SSLServerVerification: return "the server's certificate is not trusted: set tls.ca_file to its authority's";
                case httplib::Error::SSLServerHostnameVerification: return "the server's certificate is for another name";
                case httplib::Error::Write: return "the connection closed while the request was sent";
                default: return "the connection closed, or the answer was malformed, before the answer was complete";
            }
        }
    };

    std::unique_ptr<Connection> take(const std::string& key) {
        std::vector<std::unique_ptr<Connection>> old;  // closed outside the lock
        const std::lock_guard lock(mutex_);
        const auto at = idle_.find(key);
        if (at == idle_.end() || at->second.empty()) return nullptr;
        if (SteadyClock::now() - at->second.back()->used >= options_.idle_connection_timeout) {
            old.swap(at->second);  // the last used is too old: so are the others
            return nullptr;
        }
        auto connection = std::move(at->second.back());
        at->second.pop_back();
        return connection;
    }

    void give(const std::string& key, std::unique_ptr<Connection> connection) {
        connection->used = SteadyClock::now();
        std::unique_ptr<Connection> oldest;  // closed outside the lock
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
    std::unique_ptr<Connection> connect_later(const http::Url& url, const std::optional<http::Proxy>& proxy) {
        auto connection = std::make_unique<Connection>();
        if (url.tls) {
            auto client = std::make_unique<httplib::SSLClient>(url.host, url.port);
            client->load_ca_cert_store(" ", 1);  // else the system's authorities are loaded into the shared store again
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
            if (kept->limits != nullptr && kept->limits->phase() > Phase::connect) kept->limits->enter(Phase::connect);
        });
        client.set_header_writer([kept = connection.get()](httplib::Stream& stream, httplib::Headers& headers) -> ssize_t {
            if (kept->limits != nullptr) {
                if (kept->limits->interrupted()) return -1;
                if (!std::exchange(kept->tunnels, false)) kept->limits->enter(Phase::wait);
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
    std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_{};
};

/// libstdc++'s regular expressions, with which httplib reads status lines, note what they learn of a locale's characters
/// without a lock (GCC bug 77704). All there is to learn is noted here, before there are threads.
GENAI_INLINE void learn_characters() {
    static const bool learned = [] {
        std::string all(256, '\0');
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
        std::string narrow = all;
        std::use_facet<std::ctype<char>>(std::locale()).narrow(all.data(), all.data() + all.size(), '\0', narrow.data());
        return true;
    }();
    static_cast<void>(learned);
}

GENAI_INLINE std::shared_ptr<TransportImpl> make_httplib_transport(const TransportOptions& options) {
    learn_characters();
    return std::make_shared<HttplibPool>(options);
}

}  // namespace genai::inline v0::detail

#endif
