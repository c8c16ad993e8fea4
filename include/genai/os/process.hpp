#pragma once

#if !defined(_WIN32)

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/os/process_id.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A program that was started, its standard input and output on one socket: writing to a program that is gone
/// is then an error, not a signal.
class Process {
public:
    /// Starts a program, looked for in PATH, with its arguments and these variables (`NAME=value`) alone;
    /// what it writes to its standard error is dropped unless `show_log`. Throws InvalidArgument where that
    /// cannot be done.
    Process(const std::vector<std::string>& command, const std::vector<std::string>& variables,
            bool show_log);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    /// Ends it, and the programs that it has started: by the end of its input, and, where that does not help,
    /// by signals.
    ~Process();

    /// Whether this process has started it, and not one that this was forked from.
    bool is_ours() const noexcept { return owner_.is_current(); }
    /// The socket of its input and output.
    int socket() const noexcept { return socket_; }

private:
    bool ends_in_time() const;

    OwnerProcess owner_{};
    int socket_{-1};
    pid_t id_{-1};
};

/// Both ends of a socket that no other program inherits.
inline void make_socket_pair(int (&ends)[2]) {
#if defined(SOCK_CLOEXEC)
    const int made = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
#else
    const int made = ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
    if (made != 0)
        throw TransportError(TransportError::Phase::connect, TransportError::Reason::other,
                             "no socket for the program");
#if defined(SO_NOSIGPIPE)
    const int on = 1;
    ::setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

/// What exec wants of a list of texts.
inline std::vector<char*> exec_list(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

inline Process::Process(const std::vector<std::string>& command, const std::vector<std::string>& variables,
                        bool show_log) {
    if (command.empty() || command.front().empty()) throw InvalidArgument("command", "is empty");
    int ends[2] = {-1, -1};
    make_socket_pair(ends);
    socket_ = ends[0];
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    if (!show_log) ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // what it starts ends with it
    ::posix_spawnattr_setpgroup(&attributes, 0);
    const int problem = ::posix_spawnp(&id_, command.front().c_str(), &actions, &attributes,
                                       exec_list(command).data(), exec_list(variables).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (problem == 0) return;
    ::close(socket_);
    throw InvalidArgument("command", "cannot be started: " + command.front());
}

inline Process::~Process() {
    ::close(socket_);
    if (!is_ours()) return;
    for (const int signal : {0, SIGTERM}) {
        if (signal != 0) ::kill(-id_, signal);
        if (!ends_in_time()) continue;
        ::kill(-id_, SIGKILL);  // what it has started and left behind
        return;
    }
    ::kill(-id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
}

inline bool Process::ends_in_time() const {
    constexpr std::chrono::milliseconds tick{20};
    for (std::chrono::milliseconds waited{0}; waited < std::chrono::seconds(2); waited += tick) {
        if (::waitpid(id_, nullptr, WNOHANG) != 0) return true;
        std::this_thread::sleep_for(tick);
    }
    return false;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
