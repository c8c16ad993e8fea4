#pragma once

#include <atomic>
#include <coroutine>
#include <memory>
#include <utility>

#include <genai/config.hpp>
#include <genai/executor.hpp>

namespace genai::inline GENAI_ABI {

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

/// Resumes a coroutine by an executor, or here where there is none.
inline void resume_by(const Executor& executor, std::coroutine_handle<> handle, bool owned) noexcept {
    if (!executor) return handle.resume();
    run_by(executor, [resumption = std::make_shared<Resumption>(handle, owned)] { resumption->resume(); });
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
