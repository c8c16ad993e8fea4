// A server of paced streams that costs little: one thread sends the next chunk of every stream each 20 ms.
// Prints `base_url=…` and serves until it is ended: paced_server CHUNKS.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto pace = std::chrono::milliseconds(20);

/// A piece of a chunked body.
std::string piece(const std::string& text) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx", text.size());
    return size + ("\r\n" + text) + "\r\n";
}

std::string event(const std::string& text, bool last) {
    return piece(R"(data: {"candidates":[{"content":{"role":"model","parts":[{"text":")" + text + R"("}]})" +
                 (last ? R"(,"finishReason":"STOP")" : "") + "}]}\n\n");
}

const std::string head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

struct Connection {
    int fd{};
    std::string request{};  // what came of it
    int sent{-1};           // chunks of the answer; -1 while there is none
    Clock::time_point due{};
};

/// Whether a request is whole.
bool is_whole(std::string_view request) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    const std::size_t at = request.find("Content-Length: ");
    return at == std::string_view::npos ||
           request.size() - end - 4 >= std::stoul(std::string(request.substr(at + 16, 12)));
}

class Server {
public:
    explicit Server(int chunks)
        : chunks_(chunks), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listener_, 4096) != 0)
            throw std::runtime_error("cannot listen");
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        std::cout << "base_url=http://127.0.0.1:" << ntohs(address.sin_port) << std::endl;
    }

    void run() {
        watch(listener_, nullptr);
        for (;;) {
            epoll_event events[256];
            const int count = ::epoll_wait(epoll_, events, 256, 1);
            for (int i = 0; i < count; ++i)
                if (events[i].data.ptr == nullptr) accept();
                else read(*static_cast<Connection*>(events[i].data.ptr));
            for (Connection& one : connections_) send(one);
            connections_.remove_if([](const Connection& one) { return one.fd < 0; });
        }
    }

private:
    void accept() {
        for (;;) {
            const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
            if (fd < 0) return;
            const int on = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            watch(fd, &connections_.emplace_back(Connection{.fd = fd}));
        }
    }
    void watch(int fd, Connection* connection) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connection;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }
    static void close(Connection& connection) {
        ::close(connection.fd);
        connection.fd = -1;
    }
    static void read(Connection& connection) {
        char bytes[16384];
        const ssize_t count = ::recv(connection.fd, bytes, sizeof bytes, 0);
        if (count <= 0) return close(connection);
        connection.request.append(bytes, static_cast<std::size_t>(count));
        if (!is_whole(connection.request)) return;
        connection.request.clear();
        connection.sent = 0;
        connection.due = Clock::now();
    }
    void send(Connection& connection) const {
        if (connection.fd < 0 || connection.sent < 0 || Clock::now() < connection.due) return;
        const bool last = ++connection.sent == chunks_;
        std::string bytes = connection.sent == 1 ? head : "";
        bytes += event(last ? "word end" : "word word word word ", last) + (last ? "0\r\n\r\n" : "");
        if (::send(connection.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return close(connection);
        connection.due += pace;
        if (last) connection.sent = -1;
    }

    int chunks_;
    int listener_;
    int epoll_{::epoll_create1(0)};
    std::list<Connection> connections_{};
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    Server(std::stoi(argv[1])).run();
}
