#pragma once

#if !defined(_WIN32)

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/mcp/session.hpp>
#include <genai/os/environment.hpp>
#include <genai/os/process.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Messages to a program that was started for it, line by line over its standard input and output, which are
/// one socket: writing to a program that is gone is then an error, not a signal. One exchange at a time.
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
class McpStdioChannel final : public McpChannel {
public:
    /// Starts the program, with the variables beside the harmless ones of this process. Throws
    /// InvalidArgument where that cannot be done.
    McpStdioChannel(const std::vector<std::string>& command, const Dict<std::string>& environment,
                    bool show_log, std::chrono::milliseconds timeout)
        : timeout_(timeout), program_(command, variables(environment), show_log) {}

    McpMessage exchange(const McpMessage& message, const McpEnvelope&, const std::stop_token& stop) override {
        if (!program_.is_ours())
            throw InvalidArgument("mcp",
                                  "the server belongs to the process that started it, not to its fork");
        const auto deadline = std::chrono::steady_clock::now() + timeout_;
        std::unique_lock lock(mutex_, std::defer_lock);
        while (!lock.try_lock()) {
            within_time(stop, deadline);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        write(message, stop, deadline);
        if (!message.contains("id")) return nullptr;
        try {
            for (;;) {
                McpMessage answer = read(stop, deadline);
                if (answers(answer, message)) return answer;
                if (answer.is_object() && answer.contains("method") && answer.contains("id"))
                    write(mcp_reply(answer), stop, deadline);
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

    /// What the program is given of this process's environment, where there may be keys: what it cannot do
    /// without.
    static std::vector<std::string> variables(const Dict<std::string>& environment) {
        std::vector<std::string> all;
        for (const char* name : {"HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER"})
            if (const auto value = detail::environment(name); value && !environment.contains(name))
                all.push_back(name + ('=' + *value));
        for (const auto& [name, value] : environment) all.push_back(name + '=' + value);
        return all;
    }

    static void within_time(const std::stop_token& stop, Deadline deadline) {
        if (stop.stop_requested()) throw Cancelled();
        if (std::chrono::steady_clock::now() >= deadline)
            throw TimeoutError(TransportError::Phase::wait, "the MCP server did not answer in time");
    }

    /// Waits until the socket is ready.
    void wait_for(short events, const std::stop_token& stop, Deadline deadline) const {
        pollfd one{.fd = program_.socket(), .events = events, .revents = 0};
        while (::poll(&one, 1, static_cast<int>(tick.count())) == 0) within_time(stop, deadline);
        within_time(stop, deadline);
    }

    /// Sends a message, behind what is left of an earlier one; takes in what comes meanwhile, so that a
    /// server that talks first can go on to listen.
    void write(const McpMessage& message, const std::stop_token& stop, Deadline deadline) {
#if defined(MSG_NOSIGNAL)
        constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
        constexpr int flags = MSG_DONTWAIT;
#endif
        unsent_.erase(0, std::exchange(sent_, 0));
        unsent_ += encode(Json(message)) + '\n';
        while (sent_ < unsent_.size()) {
            const ssize_t sent =
                ::send(program_.socket(), unsent_.data() + sent_, unsent_.size() - sent_, flags);
            if (sent > 0) {
                sent_ += static_cast<std::size_t>(sent);
            } else if (would_wait()) {
                wait_for(POLLOUT | POLLIN, stop, deadline);
                receive();
            } else {
                throw TransportError(TransportError::Phase::send, TransportError::Reason::closed,
                                     "the MCP server is gone");
            }
        }
    }

    static bool would_wait() noexcept {
#if EAGAIN != EWOULDBLOCK
        if (errno == EWOULDBLOCK) return true;
#endif
        return errno == EAGAIN || errno == EINTR;
    }

    /// Takes in what has come.
    void receive() {
        if (received_.size() > most)
            throw TransportError(TransportError::Phase::body, TransportError::Reason::protocol,
                                 "the MCP server's message does not end");
        char piece[16384];
        const ssize_t count = ::recv(program_.socket(), piece, sizeof piece, MSG_DONTWAIT);
        if (count > 0) received_.append(piece, static_cast<std::size_t>(count));
        else if (count == 0 || !would_wait())
            throw TransportError(TransportError::Phase::body, TransportError::Reason::closed,
                                 "the MCP server ended");
    }

    McpMessage read(const std::stop_token& stop, Deadline deadline) {
        for (;;) {
            if (const auto end = received_.find('\n', searched_); end != std::string::npos) {
                const std::string line = received_.substr(0, end);
                received_.erase(0, end + 1);
                searched_ = 0;
                const auto first = line.find_first_not_of(" \t\r");
                constexpr std::string_view begins = "{[<\"";  // else it is a word of greeting, or a log
                if (first == std::string::npos || begins.find(line[first]) == std::string_view::npos)
                    continue;
                return read_mcp(line);
            }
            searched_ = received_.size();
            wait_for(POLLIN, stop, deadline);
            receive();
        }
    }

    /// Tells the server that nobody waits for an answer any more.
    void forget(const McpMessage& message) noexcept {
        try {
            write({{"jsonrpc", "2.0"},
                   {"method", "notifications/cancelled"},
                   {"params", {{"requestId", message["id"]}}}},
                  {}, std::chrono::steady_clock::now() + tick);
        } catch (...) {  // it is gone
        }
    }

    static constexpr std::size_t most = std::size_t{1} << 26U;  // of one message
    std::chrono::milliseconds timeout_;
    Process program_;
    std::mutex mutex_{};
    std::string unsent_{};
    std::size_t sent_{0};  // of it
    std::string received_{};
    std::size_t searched_{0};  // how far there is no line's end
};

}  // namespace genai::inline GENAI_ABI::detail

#endif
