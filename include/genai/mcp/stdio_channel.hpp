#pragma once

#if !defined(_WIN32)

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/mcp/session.hpp>
#include <genai/os/environment.hpp>
#include <genai/os/process.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Messages to a program that was started for it, line by line over its standard input and output, which are
/// one socket: writing to a program that is gone is then an error, not a signal. Any number of exchanges at a
/// time: one of those that wait reads for all.
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
class McpStdioChannel final : public McpChannel {
public:
    /// How the program is started, and how long it may take to answer.
    struct Options {
        std::vector<std::string> command{};
        Dict<std::string> environment{};  ///< beside the harmless variables of this process
        bool show_log{false};
        std::chrono::milliseconds timeout{};
        std::chrono::milliseconds total_timeout{};
    };

    explicit McpStdioChannel(Options options) : options_(std::move(options)) {}

    /// Starts the program, where it does not run. Throws InvalidArgument where that cannot be done.
    void open() override {
        const std::lock_guard lock(mutex_);
        if (program_ != nullptr && (!program_->is_ours() || !ended_)) return;
        program_.reset();
        program_ =
            std::make_unique<Process>(options_.command, variables(options_.environment), options_.show_log);
        unsent_.clear();
        received_.clear();
        sent_ = searched_ = 0;
        ended_ = false;
    }

    bool has_ended() override {
        const std::lock_guard lock(mutex_);
        if (program_ == nullptr || !program_->is_ours()) return false;
        pump();
        return ended_;
    }

    McpMessage exchange(const McpMessage& message, const McpEnvelope&, const stop_token& stop) override {
        Waiting waiting{.deadline = McpDeadline(options_.timeout, options_.total_timeout)};
        std::unique_lock lock(mutex_);
        if (!program_->is_ours())
            throw InvalidArgument("mcp",
                                  "the server belongs to the process that started it, not to its fork");
        if (ended_) throw gone();
        const bool wanted = is_request(message);
        const Registered registered(*this, wanted ? message["id"].get<std::int64_t>() : 0, &waiting);
        write(message);
        try {
            while (wanted ? !waiting.over() : !unsent_.empty() && !ended_) {
                waiting.deadline.ensure_in_time(stop);
                wait(lock);
            }
        } catch (const Error&) {
            if (wanted && text_in(message, "method") != "initialize") write(mcp_cancellation(message));
            throw;
        }
        if (waiting.failure) std::rethrow_exception(waiting.failure);
        return std::move(waiting.answer);
    }

private:
    static constexpr std::chrono::milliseconds tick{20};

    /// An exchange that waits for its answer.
    struct Waiting {
        McpDeadline deadline;
        McpMessage answer{};
        std::exception_ptr failure{};
        bool over() const noexcept { return !answer.is_null() || failure; }
    };
    /// Keeps an exchange in the list of those that wait.
    class Registered {
    public:
        Registered(McpStdioChannel& channel, std::int64_t id, Waiting* waiting) : channel_(channel), id_(id) {
            if (id_ != 0) channel_.waiting_[id_] = waiting;
        }
        Registered(const Registered&) = delete;
        Registered& operator=(const Registered&) = delete;
        ~Registered() {
            channel_.waiting_.erase(id_);
            channel_.changed_.notify_all();  // another must read now
        }

    private:
        McpStdioChannel& channel_;
        std::int64_t id_;
    };

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

    static TransportError gone() {
        return TransportError(TransportError::Phase::body, TransportError::Reason::closed,
                              "the MCP server ended");
    }

    /// Waits a moment for something to come: the first that waits reads, the others are told.
    void wait(std::unique_lock<std::mutex>& lock) {
        if (polling_) {
            changed_.wait_for(lock, tick);
            return;
        }
        polling_ = true;
        pollfd one{.fd = program_->socket(),
                   .events = static_cast<short>(unsent_.empty() ? POLLIN : POLLIN | POLLOUT),
                   .revents = 0};
        lock.unlock();
        ::poll(&one, 1, static_cast<int>(tick.count()));
        lock.lock();
        polling_ = false;
        pump();
        changed_.notify_all();
    }

    /// Sends and takes in what goes without waiting. Throws nothing: what fails, fails those that wait.
    void pump() {
        try {
            send();
            receive();
            send();  // replies to what it asked
        } catch (const Error&) {
            fail(std::current_exception());
        }
    }

    /// Adds a message to what is sent.
    void write(const McpMessage& message) {
        if (sent_ > unsent_.size() / 2) unsent_.erase(0, std::exchange(sent_, 0));
        unsent_ += encode(Json(message)) + '\n';
        pump();
    }

    void send() {
#if defined(MSG_NOSIGNAL)
        constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
        constexpr int flags = MSG_DONTWAIT;
#endif
        while (sent_ < unsent_.size()) {
            const ssize_t count =
                ::send(program_->socket(), unsent_.data() + sent_, unsent_.size() - sent_, flags);
            if (count > 0) {
                sent_ += static_cast<std::size_t>(count);
            } else if (would_wait()) {
                return;
            } else {
                ended_ = true;
                throw gone();
            }
        }
        unsent_.clear();
        sent_ = 0;
    }

    static bool would_wait() noexcept {
#if EAGAIN != EWOULDBLOCK
        if (errno == EWOULDBLOCK) return true;
#endif
        return errno == EAGAIN || errno == EINTR;
    }

    void receive() {
        for (;;) {
            char piece[16384];
            const ssize_t count = ::recv(program_->socket(), piece, sizeof piece, MSG_DONTWAIT);
            if (count > 0) {
                received_.append(piece, static_cast<std::size_t>(count));
                take_lines();
            } else if (count == 0 || !would_wait()) {
                ended_ = true;
                throw gone();
            } else {
                return;
            }
        }
    }

    void take_lines() {
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = received_.find('\n', searched_)) != std::string::npos;) {
            const auto line = std::string_view(received_).substr(begin, end - begin);
            try {
                take_line(line);
            } catch (const Error&) {
                fail(std::current_exception(), line);
            }
            begin = searched_ = end + 1;
        }
        received_.erase(0, begin);
        searched_ = received_.size();
        if (received_.size() > most)
            throw TransportError(TransportError::Phase::body, TransportError::Reason::protocol,
                                 "the MCP server's message does not end");
    }

    void take_line(std::string_view line) {
        const auto first = line.find_first_not_of(" \t\r");
        constexpr std::string_view begins = "{[<\"";  // else it is a word of greeting, or a log
        if (first == std::string_view::npos || begins.find(line[first]) == std::string_view::npos) return;
        const McpMessage message = read_mcp(line);
        const bool asks = message.contains("method");
        const McpMessage id = asks ? progress_of(message) : message.value("id", McpMessage());
        const auto found = id.is_number_integer() ? waiting_.find(id.get<std::int64_t>()) : waiting_.end();
        if (is_request(message)) unsent_ += encode(Json(mcp_reply(message))) + '\n';
        else if (found == waiting_.end()) return;
        else if (asks) found->second->deadline.extend();
        else found->second->answer = message;
    }

    /// Fails the exchange whose answer cannot be read; all that wait, where it is not to be seen whose it is.
    void fail(const std::exception_ptr& problem, std::string_view answer = {}) {
        const auto found = waiting_.find(id_within(answer));
        for (const auto& [id, one] : waiting_)
            if (!one->over() && (found == waiting_.end() || id == found->first)) one->failure = problem;
    }

    /// The id in a message that is not well-formed; 0 when there is none.
    static std::int64_t id_within(std::string_view message) {
        constexpr std::string_view name = "\"id\":";
        const auto at = message.rfind(name);
        std::int64_t id = 0;
        if (at == std::string_view::npos) return id;
        const std::string_view rest = message.substr(at + name.size());
        std::from_chars(rest.data() + (std::min)(rest.find_first_not_of(' '), rest.size()),
                        rest.data() + rest.size(), id);
        return id;
    }

    static constexpr std::size_t most = std::size_t{1} << 26U;  // of one message
    Options options_;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::unique_ptr<Process> program_{};
    std::map<std::int64_t, Waiting*> waiting_{};  // by the request's id
    std::string unsent_{};
    std::size_t sent_{0};  // of it
    std::string received_{};
    std::size_t searched_{0};  // how far there is no line's end
    bool polling_{false};      // whether one of those that wait does
    bool ended_{false};        // the program
};

}  // namespace genai::inline GENAI_ABI::detail

#endif
