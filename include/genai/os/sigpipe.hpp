#pragma once

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
#endif

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Keeps a write to a closed connection from killing the process: neither httplib nor OpenSSL's socket layer
/// does.
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

}  // namespace genai::inline GENAI_ABI::detail
