#pragma once

#include <atomic>
#include <coroutine>
#include <functional>
#include <memory>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// Runs a function on a thread of the program's choice, soon: `[](auto work) { queue.push(std::move(work));
/// }`, `QMetaObject::invokeMethod`, `asio::post`. It may run it at once. What it drops or throws at ends what
/// waits for it: a callback is not called, a coroutine is destroyed, and its task fails with Cancelled.
using Executor = std::function<void(std::function<void()>)>;

namespace detail {

/// A coroutine that is to be resumed once. Destroyed without that, it destroys the coroutine where it is a
/// task's; one of another kind stays suspended.
class Resumption {
public:
    Resumption(std::coroutine_handle<> handle, bool owned) : handle_(handle), owned_(owned) {}
    Resumption(const Resumption&) = delete;
    Resumption& operator=(const Resumption&) = delete;
    ~Resumption() {
        if (owned_ && !used_.exchange(true)) handle_.destroy();
    }
    void resume() {
        if (!used_.exchange(true)) handle_.resume();
    }

private:
    std::coroutine_handle<> handle_;
    bool owned_;
    std::atomic<bool> used_{false};
};

/// Runs work by an executor, or here where there is none; what the executor throws is swallowed.
inline void run_by(const Executor& executor, std::function<void()> work) noexcept {
    try {
        if (executor) executor(std::move(work));
        else work();
    } catch (...) {
    }
}

/// Resumes a coroutine by an executor, or here where there is none.
inline void resume_by(const Executor& executor, std::coroutine_handle<> handle, bool owned) noexcept {
    if (!executor) return handle.resume();
    run_by(executor, [resumption = std::make_shared<Resumption>(handle, owned)] { resumption->resume(); });
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
