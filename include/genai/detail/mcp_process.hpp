#pragma once

#if !defined(_WIN32)

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <genai/detail/env.hpp>
#include <genai/detail/mcp_session.hpp>
#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/dict.hpp>

namespace genai::inline v0::detail {

/// Messages to a program that was started for it, line by line over its standard input and output, which are one socket:
/// writing to a program that is gone is then an error, not a signal. One exchange at a time.
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
class McpProcess final : public McpChannel {
public:
    /// Starts the program. Throws InvalidArgument where that cannot be done.
    McpProcess(const std::vector<std::string>& command, const Dict<std::string>& environment, bool show_log, std::chrono::milliseconds timeout) : timeout_(timeout) {
        if (command.empty() || command.front().empty()) throw InvalidArgument("command", "is empty");
        int ends[2] = {-1, -1};
#if defined(SOCK_CLOEXEC)
        const int made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
#else
        const int made = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
        for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
        if (made != 0) throw TransportError(Phase::connect, Reason::other, "no socket for the MCP server");
        socket_ = ends[0];
#if defined(SO_NOSIGPIPE)
        const int on = 1;
        setsockopt(socket_, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
        const int problem = start(command, environment, show_log, ends[1]);
        close(ends[1]);
        if (problem == 0) return;
        close(socket_);
        throw InvalidArgument("command", "cannot be started: " + command.front());
    }

    /// Ends the program: by the end of its input, and, where it does not take the hint, by signals.
    ~McpProcess() override {
        close(socket_);
        for (const int signal : {0, SIGTERM, SIGKILL}) {
            if (signal != 0) kill(process_, signal);
            if (signal == SIGKILL) waitpid(process_, nullptr, 0);
            else if (gone_within(std::chrono::seconds(2))) return;
        }
    }

    McpMessage exchange(const McpMessage& message, const McpEnvelope&, const std::stop_token& stop) override {
        const auto deadline = std::chrono::steady_clock::now() + timeout_;
        std::unique_lock lock(mutex_, std::defer_lock);
        while (!lock.try_lock()) {
            look_at(stop, deadline);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        write(message, stop, deadline);
        if (!message.contains("id")) return nullptr;
        try {
            for (;;) {
                McpMessage answer = read(stop, deadline);
                if (answers(answer, message)) return answer;
                if (answer.is_object() && answer.contains("method") && answer.contains("id")) write(mcp_reply(answer), stop, deadline);
            }
        } catch (const Cancelled&) {
            forget(message);
            throw;
        } catch (const TransportError&) {
            forget(message);
            throw;
        }
    }

private:
    using Deadline = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds tick{20};

    int start(const std::vector<std::string>& command, const Dict<std::string>& environment, bool show_log, int end) {
        std::vector<std::string> variables;
        for (const char* name : {"HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER"})
            if (const auto value = detail::environment(name); value && !environment.contains(name)) variables.push_back(name + ('=' + *value));
        for (const auto& [name, value] : environment) variables.push_back(name + '=' + value);
        const auto pointers = [](auto& texts) {
            std::vector<char*> all;
            for (auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));
            all.push_back(nullptr);
            return all;
        };
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, end, 0);
        posix_spawn_file_actions_adddup2(&actions, end, 1);
        if (!show_log) posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        const int problem = posix_spawnp(&process_, command.front().c_str(), &actions, nullptr, pointers(command).data(), pointers(variables).data());
        posix_spawn_file_actions_destroy(&actions);
        return problem;
    }

    bool gone_within(std::chrono::milliseconds span) const {
        for (auto waited = std::chrono::milliseconds(0); waited < span; waited += tick) {
            if (waitpid(process_, nullptr, WNOHANG) != 0) return true;
            std::this_thread::sleep_for(tick);
        }
        return false;
    }

    static void look_at(const std::stop_token& stop, Deadline deadline) {
        if (stop.stop_requested()) throw Cancelled();
        if (std::chrono::steady_clock::now() >= deadline) throw TransportError(Phase::wait, Reason::timeout, "the MCP server did not answer in time");
    }

    /// Waits until the socket is ready.
    void wait_for(short events, const std::stop_token& stop, Deadline deadline) const {
        pollfd one{.fd = socket_, .events = events, .revents = 0};
        while (poll(&one, 1, static_cast<int>(tick.count())) == 0) look_at(stop, deadline);
        look_at(stop, deadline);
    }

    /// Sends a message, behind what is left of an earlier one; takes in what comes meanwhile, so that a server that talks first
    /// can go on to listen.
    void write(const McpMessage& message, const std::stop_token& stop, Deadline deadline) {
#if defined(MSG_NOSIGNAL)
        constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
        constexpr int flags = MSG_DONTWAIT;
#endif
        unsent_ += encode(Json(message)) + '\n';
        while (!unsent_.empty()) {
            const ssize_t sent = send(socket_, unsent_.data(), unsent_.size(), flags);
            if (sent > 0) {
                unsent_.erase(0, static_cast<std::size_t>(sent));
            } else if (would_wait()) {
                wait_for(POLLOUT | POLLIN, stop, deadline);
                receive();
            } else {
                throw TransportError(Phase::send, Reason::closed, "the MCP server is gone");
            }
        }
    }

    static bool would_wait() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

    /// Takes in what has come.
    void receive() {
        if (received_.size() > most) throw TransportError(Phase::body, Reason::protocol, "the MCP server's message does not end");
        char piece[16384];
        const ssize_t count = recv(socket_, piece, sizeof piece, MSG_DONTWAIT);
        if (count > 0) received_.append(piece, static_cast<std::size_t>(count));
        else if (count == 0 || !would_wait()) throw TransportError(Phase::body, Reason::closed, "the MCP server ended");
    }

    McpMessage read(const std::stop_token& stop, Deadline deadline) {
        for (;;) {
            if (const auto end = received_.find('\n', looked_); end != std::string::npos) {
                const std::string line = received_.substr(0, end);
                received_.erase(0, end + 1);
                looked_ = 0;
                try {
                    wire::Reader(line).validate();
                    return McpMessage::parse(line);
                } catch (const std::exception&) {  // some programs greet before they speak
                    continue;
                }
            }
            looked_ = received_.size();
            wait_for(POLLIN, stop, deadline);
            receive();
        }
    }

    /// Tells the server that nobody waits for an answer any more.
    void forget(const McpMessage& message) noexcept {
        try {
            write({{"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}, {"params", {{"requestId", message["id"]}}}}, {}, std::chrono::steady_clock::now() + tick);
        } catch (...) {  // it is gone
        }
    }

    static constexpr std::size_t most = std::size_t{1} << 26U;  // of one message
    std::chrono::milliseconds timeout_;
    int socket_{-1};
    pid_t process_{-1};
    std::mutex mutex_{};
    std::string unsent_{};
    std::string received_{};
    std::size_t looked_{0};  // how far there is no line's end
};

}  // namespace genai::inline v0::detail

#endif
