#pragma once

// Servers that do less than HTTP, for what a connection can go through before an answer.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace support {

/// A socket that listens on loopback.
class Listener {
public:
    explicit Listener(int backlog) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size);
        ::listen(socket_, backlog);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { ::close(socket_); }

    std::uint16_t port() const { return port_; }
    int socket() const { return socket_; }
    std::string url(std::string_view scheme = "http") const {
        return std::string(scheme) + "://127.0.0.1:" + std::to_string(port_);
    }

    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }

private:
    int socket_;
    std::uint16_t port_{0};
};

/// Lets connections wait for ever: its queue is full, and nobody takes from it.
class FullServer : public Listener {
public:
    FullServer() : Listener(0) {
        for (int i = 0; i < 4; ++i) {
            const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            const sockaddr_in address = loopback(port());
            ::connect(filler, reinterpret_cast<const sockaddr*>(&address), sizeof address);
            fillers_.push_back(filler);
        }
    }
    ~FullServer() {
        for (const int filler : fillers_) ::close(filler);
    }

private:
    std::vector<int> fillers_{};
};

/// Connects, and then neither reads nor writes.
class SilentServer : public Listener {
public:
    SilentServer() : Listener(512) {}
};

/// Reads a little of each connection, answers, and closes with the rest unread.
class RudeServer : public Listener {
public:
    explicit RudeServer(std::string answer)
        : Listener(16), worker_([this, answer = std::move(answer)] {
              for (;;) {
                  const int connection = ::accept(socket(), nullptr, nullptr);
                  if (connection < 0 || closing_) {
                      if (connection >= 0) ::close(connection);
                      return;
                  }
                  char buffer[1024];
                  static_cast<void>(::recv(connection, buffer, sizeof buffer, 0));
                  static_cast<void>(::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL));
                  ::close(connection);
              }
          }) {}
    ~RudeServer() {
        closing_ = true;
        ::shutdown(socket(), SHUT_RDWR);
        worker_.join();
    }

private:
    std::atomic<bool> closing_{false};
    std::thread worker_;
};

/// Takes connections until it is destroyed, each on a thread of its own.
class ConnectionServer : public Listener {
public:
    ConnectionServer() : Listener(64) {}
    virtual ~ConnectionServer() = default;
    /// To be called by the last constructor, and `stop` by the first destructor.
    void start() {
        worker_ = std::thread([this] { accept_all(); });
    }
    void stop() {
        closing_ = true;
        ::shutdown(socket(), SHUT_RDWR);
        worker_.join();
        {
            const std::lock_guard lock(mutex_);
            for (const int one : open_) ::shutdown(one, SHUT_RDWR);
        }
        for (std::thread& one : threads_) one.join();
    }
    /// How many connections came, and how many of them the client has closed.
    int connections() const { return connections_; }
    int closed() const { return closed_; }

protected:
    /// Serves a connection until its end.
    virtual void serve(int connection) = 0;
    /// A request's head and body; empty at the connection's end. `receive` is recv, or TLS's.
    template <class Receive>
    static std::string read_request(Receive receive) {
        std::string text;
        char buffer[16384];
        for (;;) {
            const auto end = text.find("\r\n\r\n");
            if (end != std::string::npos) {
                const auto at = text.find("Content-Length: ");
                const std::size_t size = at < end ? std::stoul(text.substr(at + 16)) : 0;
                if (text.size() >= end + 4 + size) return text;
            }
            const auto count = receive(buffer, sizeof buffer);
            if (count <= 0) return {};
            text.append(buffer, static_cast<std::size_t>(count));
        }
    }

private:
    void accept_all() {
        for (;;) {
            const int connection = ::accept(socket(), nullptr, nullptr);
            if (connection < 0 || closing_) {
                if (connection >= 0) ::close(connection);
                return;
            }
            ++connections_;
            const std::lock_guard lock(mutex_);
            open_.push_back(connection);
            threads_.emplace_back([this, connection] {
                serve(connection);
                ++closed_;
                const std::lock_guard unlisted(mutex_);
                std::erase(open_, connection);
                ::close(connection);
            });
        }
    }

    std::atomic<bool> closing_{false};
    std::atomic<int> connections_{0};
    std::atomic<int> closed_{0};
    std::mutex mutex_{};
    std::vector<int> open_{};
    std::vector<std::thread> threads_{};
    std::thread worker_{};
};

/// Answers each request with bytes as they are.
class ByteServer : public ConnectionServer {
public:
    /// Bytes behind a pause.
    struct Piece {
        std::string bytes{};
        std::chrono::milliseconds pause{0};
    };
    struct Answer {
        std::vector<Piece> pieces{};
        bool close{false};
    };
    /// Gives the answer to a request; the first has the number 0.
    using Handler = std::function<Answer(int number, const std::string& request)>;

    explicit ByteServer(Handler handler) : handler_(std::move(handler)) { start(); }
    ~ByteServer() { stop(); }
    int requests() const { return requests_; }

    /// A response with this body.
    static std::string ok(const std::string& body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

private:
    void serve(int connection) override {
        for (;;) {
            const std::string request = read_request(
                [connection](char* to, std::size_t size) { return ::recv(connection, to, size, 0); });
            if (request.empty()) return;
            const Answer answer = handler_(requests_++, request);
            for (const Piece& piece : answer.pieces) {
                std::this_thread::sleep_for(piece.pause);
                ::send(connection, piece.bytes.data(), piece.bytes.size(), MSG_NOSIGNAL);
            }
            if (answer.close) return;
        }
    }

    Handler handler_;
    std::atomic<int> requests_{0};
};

/// A CONNECT proxy: joins its client to whatever loopback port it names, if the client gives the right
/// credentials.
class Tunnel : public Listener {
public:
    explicit Tunnel(std::string required_header = "")
        : Listener(16), required_(std::move(required_header)), worker_([this] { accept_all(); }) {}
    ~Tunnel() {
        closing_ = true;
        ::shutdown(socket(), SHUT_RDWR);
        worker_.join();
        for (std::thread& one : connections_) one.join();
    }
    int tunnels() const { return tunnels_; }

private:
    void accept_all() {
        for (;;) {
            const int client = ::accept(socket(), nullptr, nullptr);
            if (client < 0 || closing_) {
                if (client >= 0) ::close(client);
                return;
            }
            connections_.emplace_back([this, client] { join(client); });
        }
    }

    void join(int client) {
        std::string head;
        char byte = 0;
        while (head.find("\r\n\r\n") == std::string::npos && ::recv(client, &byte, 1, 0) == 1) head += byte;
        const bool allowed = required_.empty() || head.find(required_) != std::string::npos;
        const auto colon = head.find(':');
        const auto port = static_cast<std::uint16_t>(std::atoi(head.c_str() + colon + 1));
        if (!head.starts_with("CONNECT ") || !allowed) {
            const std::string_view no =
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
            ::send(client, no.data(), no.size(), MSG_NOSIGNAL);
            ::close(client);
            return;
        }
        const int server = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = loopback(port);
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        const std::string_view yes = "HTTP/1.1 200 Connection established\r\n\r\n";
        ::send(client, yes.data(), yes.size(), MSG_NOSIGNAL);
        ++tunnels_;
        std::thread back([&] { copy(server, client); });
        copy(client, server);
        back.join();
        ::close(client);
        ::close(server);
    }

    static void copy(int from, int to) {
        char buffer[16384];
        for (ssize_t count = 0; (count = ::recv(from, buffer, sizeof buffer, 0)) > 0;)
            if (::send(to, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL) != count) break;
        ::shutdown(to, SHUT_RDWR);
        ::shutdown(from, SHUT_RDWR);
    }

    std::string required_;
    std::atomic<bool> closing_{false};
    std::atomic<int> tunnels_{0};
    std::vector<std::thread> connections_{};
    std::thread worker_;
};

}  // namespace support
