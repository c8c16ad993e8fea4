#pragma once

#include <functional>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// Runs a function on a thread of the program's choice, soon: `[](auto work) { queue.push(std::move(work));
/// }`, `QMetaObject::invokeMethod`, `asio::post`. It may run it at once. What it drops or throws at ends what
/// waits for it: a callback is not called, a coroutine is destroyed, and its task fails with Cancelled.
using Executor = std::function<void(std::function<void()>)>;

namespace detail {

/// Runs work by an executor, or here where there is none; what the executor throws is swallowed.
inline void run_by(const Executor& executor, std::function<void()> work) noexcept {
    try {
        if (executor) executor(std::move(work));
        else work();
    } catch (...) {
    }
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
