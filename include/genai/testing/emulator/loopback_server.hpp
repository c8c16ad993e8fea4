#pragma once

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace genai::inline GENAI_ABI::testing {

/// What goes wrong with a reply, at a byte counted from the start of its status line.
struct Fault {
    /// How.
    enum class Kind {
        none,
        close,  ///< the connection is closed in order
        reset,  ///< the connection is reset
        stall,  ///< nothing more comes, and the connection stays open
    };
    Kind kind{Kind::none};
    std::size_t at{0};  ///< bytes that still go out
};

/// A request as the server received it.
struct ReceivedRequest {
    std::string method{};
    std::string target{};                                      ///< path and query as sent
    std::string path{};                                        ///< decoded, without the query
    std::vector<std::pair<std::string, std::string>> query{};  ///< decoded, in order
    http::Headers headers{};
    std::string body{};
    std::size_t connection{};  ///< which connection it came on, counted from 0

    /// Sets the target, and the path and the query within it.
    void set_target(std::string text) {
        target = std::move(text);
        const auto mark = (std::min)(target.find('?'), target.size());
        path = http::percent_decode(std::string_view(target).substr(0, mark));
        query = http::parse_query(std::string_view(target).substr((std::min)(mark + 1, target.size())));
    }
};

/// What the server sends back, to the byte.
struct RawReply {
    int status{200};
    http::Headers headers{};
    std::vector<std::string> pieces{};         ///< of the body, sent one by one
    std::uint64_t repeat{1};                   ///< how often the pieces are sent, one round after the other
    bool chunked{false};                       ///< chunked framing, a piece a chunk; else Content-Length
    std::chrono::milliseconds delay{0};        ///< before the first byte
    std::chrono::milliseconds piece_delay{0};  ///< before each piece but the first
    Fault fault{};                             ///< what goes wrong
    std::optional<std::string>
        verbatim{};  ///< sent as it is instead of all the above, head included; then the connection closes
};

/// A stream of these event texts.
inline RawReply event_stream(const std::vector<std::string>& events) {
    RawReply reply{.headers = {{"Content-Type", "text/event-stream"}}, .chunked = true};
    for (const std::string& event : events) reply.pieces.push_back("data: " + event + "\r\n\r\n");
    return reply;
}

/// An HTTP/1.1 server, on the loopback interface unless told otherwise, a thread a connection. For tests and
/// demos: it reads requests strictly enough for them and breaks replies where it is told to. Stops, and ends
/// its connections, when destroyed.
class LoopbackServer {
public:
    /// Answers one request; called from many threads.
    using Handler = std::function<RawReply(ReceivedRequest&&)>;

    /// Listens on `port`, or on a free one for 0, of the IPv4 address `host`. Throws std::runtime_error when
    /// it cannot.
    explicit LoopbackServer(Handler handler, std::uint16_t port = 0, const std::string& host = "127.0.0.1")
        : handler_(std::move(handler)), host_(host) {
#if defined(_WIN32)
        WSADATA data;
        WSAStartup(MAKEWORD(2, 2), &data);
#endif
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        const int on = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, reinterpret_cast<const char*>(&on), sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        socklen_t size = sizeof address;
        if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1 ||
            ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 512) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            close_socket(listener_);
            throw std::runtime_error("cannot listen on " + host + ":" + std::to_string(port));
        }
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    ~LoopbackServer() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
            for (const auto& worker : workers_)
                if (worker->socket != no_socket) shut(worker->socket);
        }
        changed_.notify_all();
        shut(listener_);  // wakes accept on Linux
        poke();           // and elsewhere
        acceptor_.join();
        close_socket(listener_);
        for (const auto& worker : workers_) {
            worker->thread.join();
        }
    }

    /// The port it listens on.
    std::uint16_t port() const noexcept { return port_; }
    /// `http://127.0.0.1:PORT`, where it listens there.
    std::string url() const {
        return "http://" + (host_ == "0.0.0.0" ? "127.0.0.1" : host_) + ":" + std::to_string(port_);
    }
    /// How many connections were made so far.
    std::size_t connections() const noexcept { return connections_; }
    /// How many are open now.
    std::size_t open_connections() const {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(std::count_if(workers_.begin(), workers_.end(),
                                                      [](const auto& worker) { return !worker->finished; }));
    }

private:
#if defined(_WIN32)
    using Socket = SOCKET;
    static constexpr Socket no_socket = INVALID_SOCKET;
    static void close_socket(Socket socket) { ::closesocket(socket); }
    static void shut(Socket socket) { ::shutdown(socket, SD_BOTH); }
    static constexpr int send_flags = 0;
#else
    using Socket = int;
    static constexpr Socket no_socket = -1;
    static void close_socket(Socket socket) { ::close(socket); }
    static void shut(Socket socket) { ::shutdown(socket, SHUT_RDWR); }
#if defined(MSG_NOSIGNAL)
    static constexpr int send_flags = MSG_NOSIGNAL;
#else
    static constexpr int send_flags = 0;
#endif
#endif

    struct Worker {
        Socket socket{no_socket};
        std::thread thread{};
        bool reset{false};  // whether closing sends a reset
        std::atomic<bool> finished{false};
    };

    void accept_all() {
        for (;;) {
            const Socket accepted = ::accept(listener_, nullptr, nullptr);
            std::unique_lock lock(mutex_);
            if (closing_) {
                if (accepted != no_socket) close_socket(accepted);
                return;
            }
            if (accepted == no_socket) {  // as when no descriptor is left: some will be closed
                reap();
                changed_.wait_for(lock, std::chrono::milliseconds(10), [this] { return closing_; });
                continue;
            }
            const int on = 1;
            ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char*>(&on), sizeof on);
            reap();
            auto worker = std::make_unique<Worker>();
            worker->socket = accepted;
            try {
                worker->thread = std::thread([this, self = worker.get(), number = connections_++] {
                    serve(*self, number);
                    const std::lock_guard done(mutex_);
                    if (!self->reset) shut(self->socket);
                    close_socket(std::exchange(self->socket, no_socket));
                    self->finished = true;
                });
            } catch (const std::system_error&) {  // no thread is left
                close_socket(accepted);
                continue;
            }
            workers_.push_back(std::move(worker));
        }
    }

    /// Puts away the connections that have ended. The mutex is held.
    void reap() {
        for (auto at = workers_.begin(); at != workers_.end();) {
            if (!(*at)->finished) {
                ++at;
                continue;
            }
            (*at)->thread.join();
            at = workers_.erase(at);
        }
    }

    /// Connects to itself once, so that accept returns.
    void poke() const {
        const Socket socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, host_ == "0.0.0.0" ? "127.0.0.1" : host_.c_str(), &address.sin_addr);
        address.sin_port = htons(port_);
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        close_socket(socket);
    }

    // ---- one connection

    void serve(Worker& worker, std::size_t number) {
        const Socket socket = worker.socket;
        std::string input;
        while (!stopping()) {
            ReceivedRequest request;
            request.connection = number;
            RawReply reply;
            bool keep = true;
            try {
                const Read read = read_request(socket, input, request);
                if (read == Read::ended) return;
                keep = read == Read::done && !http::same_name(request.headers.get("connection"), "close");
                if (read == Read::done) reply = handler_(std::move(request));
                else reply = {.status = static_cast<int>(read), .pieces = {"The request cannot be read.\n"}};
            } catch (const std::exception&) {
                reply = {.status = 500, .pieces = {"The request cannot be answered.\n"}};
                keep = false;
            }
            if (!pause(reply.delay)) return;
            if (!write_reply(worker, reply, keep) || !keep) return;
        }
    }

    bool stopping() const {
        const std::lock_guard lock(mutex_);
        return closing_;
    }

    /// Waits; false when the server stops meanwhile.
    bool pause(std::chrono::milliseconds time) {
        if (time.count() <= 0) return true;
        std::unique_lock lock(mutex_);
        return !changed_.wait_for(lock, time, [this] { return closing_; });
    }

    static bool more(Socket socket, std::string& input) {
        char buffer[65536];
        const auto count = ::recv(socket, buffer, sizeof buffer, 0);
        if (count <= 0) return false;
        input.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    /// How reading a request went: read, at its end, or with this status to be refused.
    enum class Read { done, ended, bad = 400, too_large = 413, long_head = 431 };

    static constexpr std::size_t most_head = 64U << 10U;             // bytes of a head
    static constexpr std::size_t most_body = std::size_t{2} << 30U;  // bytes of a body, as of a file

    /// Reads a line of a head, of which `left` bytes may still come.
    static Read read_line(Socket socket, std::string& input, std::string& line, std::size_t& left) {
        std::size_t at = 0;
        for (std::size_t from = 0; (at = input.find('\n', from)) == std::string::npos;) {
            from = input.size();
            if (from > left) return Read::long_head;
            if (!more(socket, input)) return Read::ended;
        }
        if (at >= left) return Read::long_head;
        left -= at + 1;
        line = input.substr(0, at > 0 && input[at - 1] == '\r' ? at - 1 : at);
        input.erase(0, at + 1);
        return Read::done;
    }

    static bool take(Socket socket, std::string& input, std::size_t count, std::string& out) {
        out.reserve(out.size() + (std::min<std::size_t>)(count, 1U << 20U));
        while (count > input.size()) {
            count -= input.size();
            out += input;
            input.clear();
            if (!more(socket, input)) return false;
        }
        out.append(input, 0, count);
        input.erase(0, count);
        return true;
    }

    static Read read_head(Socket socket, std::string& input, ReceivedRequest& request) {
        std::string line;
        std::size_t left = most_head;
        if (const Read read = read_line(socket, input, line, left); read != Read::done) return read;
        const auto first = line.find(' ');
        const auto second = first == std::string::npos ? first : line.find(' ', first + 1);
        if (second == std::string::npos || !std::string_view(line).substr(second + 1).starts_with("HTTP/1."))
            return Read::bad;
        request.method = line.substr(0, first);
        request.set_target(line.substr(first + 1, second - first - 1));
        for (;;) {
            if (const Read read = read_line(socket, input, line, left); read != Read::done) return read;
            if (line.empty()) return Read::done;
            const auto colon = line.find(':');
            if (colon == std::string::npos || colon == 0) return Read::bad;
            auto value = std::string_view(line).substr(colon + 1);
            while (value.starts_with(' ')) value.remove_prefix(1);
            while (value.ends_with(' ')) value.remove_suffix(1);
            request.headers.add(std::string_view(line).substr(0, colon), value);
        }
    }

    /// A number of bytes, to this base; nothing for what is none or is more than is taken.
    static std::optional<std::size_t> byte_count(std::string_view text, int base) {
        std::size_t count = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count, base);
        if (problem == std::errc::result_out_of_range) return most_body + 1;
        if (problem != std::errc()) return std::nullopt;
        const bool whole = end == text.data() + text.size();
        return whole || (base == 16 && (*end == ';' || *end == ' ')) ? std::optional(count) : std::nullopt;
    }

    static Read read_chunks(Socket socket, std::string& input, std::string& body) {
        std::string line;
        for (;;) {
            std::size_t left = most_head;
            if (const Read read = read_line(socket, input, line, left); read != Read::done) return read;
            const auto size = byte_count(line, 16);
            if (!size) return Read::bad;
            if (*size > most_body || body.size() + *size > most_body) return Read::too_large;
            if (*size == 0) break;
            if (!take(socket, input, *size, body)) return Read::ended;
            if (const Read read = read_line(socket, input, line, left); read != Read::done) return read;
            if (!line.empty()) return Read::bad;
        }
        for (std::size_t left = most_head;;) {  // trailers
            if (const Read read = read_line(socket, input, line, left); read != Read::done) return read;
            if (line.empty()) return Read::done;
        }
    }

    static Read read_request(Socket socket, std::string& input, ReceivedRequest& request) {
        if (const Read read = read_head(socket, input, request); read != Read::done) return read;
        const bool chunked = http::same_name(request.headers.get("transfer-encoding"), "chunked");
        const auto announced = request.headers.get("content-length");
        const auto length =
            chunked || announced.empty() ? std::optional<std::size_t>(0) : byte_count(announced, 10);
        if (!length) return Read::bad;
        if (*length > most_body) return Read::too_large;
        if (http::same_name(request.headers.get("expect"), "100-continue") &&
            !write(socket, "HTTP/1.1 100 Continue\r\n\r\n"))
            return Read::ended;
        if (chunked) return read_chunks(socket, input, request.body);
        return take(socket, input, *length, request.body) ? Read::done : Read::ended;
    }

    static bool write(Socket socket, std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count =
                ::send(socket, bytes.data(),
                       static_cast<unsigned>((std::min<std::size_t>)(bytes.size(), 1U << 20U)), send_flags);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    /// Writes up to the fault; false when the connection is over.
    bool write_some(Worker& worker, std::string_view bytes, const Fault& fault, std::size_t& written) {
        const Socket socket = worker.socket;
        if (fault.kind == Fault::Kind::none) return write(socket, bytes);
        const std::size_t left = fault.at - (std::min)(fault.at, written);
        const std::string_view whole = bytes.substr(0, left);
        if (!write(socket, whole)) return false;
        written += whole.size();
        if (whole.size() == bytes.size() && written < fault.at) return true;
        switch (fault.kind) {
            case Fault::Kind::reset: {
                const linger now{1, 0};
                ::setsockopt(socket, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&now), sizeof now);
                worker.reset = true;
                break;
            }
            case Fault::Kind::stall: {
                char byte = 0;
                while (::recv(socket, &byte, 1, 0) > 0) {
                }  // until the peer gives up, or the server stops
                break;
            }
            default: break;
        }
        return false;
    }

    static std::string_view reason(int status) {
        switch (status) {
            case 200: return "OK";
            case 400: return "Bad Request";
            case 401: return "Unauthorized";
            case 403: return "Forbidden";
            case 404: return "Not Found";
            case 413: return "Content Too Large";
            case 429: return "Too Many Requests";
            case 431: return "Request Header Fields Too Large";
            case 500: return "Internal Server Error";
            case 503: return "Service Unavailable";
            default: return "Status";
        }
    }

    bool write_reply(Worker& worker, const RawReply& reply, bool keep) {
        std::size_t written = 0;
        if (reply.verbatim) {
            write_some(worker, *reply.verbatim, reply.fault, written);
            return false;
        }
        std::string out =
            "HTTP/1.1 " + std::to_string(reply.status) + ' ' + std::string(reason(reply.status)) + "\r\n";
        for (const auto& [name, value] : reply.headers) out += name + ": " + value + "\r\n";
        if (!keep) out += "Connection: close\r\n";
        if (reply.chunked) {
            out += "Transfer-Encoding: chunked\r\n\r\n";
        } else {
            std::uint64_t length = 0;
            for (const std::string& piece : reply.pieces) length += piece.size();
            if (reply.status != 204)
                out += "Content-Length: " + std::to_string(length * reply.repeat) + "\r\n";
            out += "\r\n";
        }
        // the head goes out with the first piece, and at once where a pause follows
        for (std::uint64_t i = 0; i < reply.pieces.size() * reply.repeat; ++i) {
            if (i != 0 && reply.piece_delay.count() > 0) {
                if (!write_some(worker, out, reply.fault, written)) return false;
                out.clear();
                if (!pause(reply.piece_delay)) return false;
            }
            const std::string& piece = reply.pieces[i % reply.pieces.size()];
            if (reply.chunked) {
                if (piece.empty()) continue;
                char size[20];
                const auto end = std::to_chars(size, size + sizeof size, piece.size(), 16).ptr;
                out.append(size, end).append("\r\n").append(piece).append("\r\n");
            } else {
                out += piece;
            }
            if (out.size() > (1U << 16U) || (reply.chunked && reply.piece_delay.count() == 0)) {
                if (!write_some(worker, out, reply.fault, written)) return false;
                out.clear();
            }
        }
        if (reply.chunked) out += "0\r\n\r\n";
        return write_some(worker, out, reply.fault, written);
    }

    Handler handler_;
    std::string host_;
    Socket listener_{no_socket};
    std::uint16_t port_{0};
    std::atomic<std::size_t> connections_{0};
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    bool closing_{false};
    std::list<std::unique_ptr<Worker>> workers_{};
    std::thread acceptor_{};
};

}  // namespace genai::inline GENAI_ABI::testing
