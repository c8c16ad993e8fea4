#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace support {

/// Runs a function in a forked process; what it returns, or 100 for an exception, 200 and more for a signal.
template <class Function>
int in_child(Function function) {
    const pid_t child = ::fork();
    if (child == 0) {
        int result = 100;
        try {
            result = function();
        } catch (...) {
        }
        ::_exit(result);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

}  // namespace support
