#pragma once

#include <utility>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The stop token of the task that runs on this thread; null outside of tasks.
inline constinit thread_local const stop_token* current_stop_token = nullptr;

/// The stop token of the task that runs on this thread, or none.
inline stop_token ambient_stop_token() {
    return current_stop_token == nullptr ? stop_token() : *current_stop_token;
}
/// What cancels a call that was given this token: the token, or, where it is none, its task's.
inline stop_token effective_stop_token(const stop_token& given) {
    return given.stop_possible() ? given : ambient_stop_token();
}

/// Makes a token the ambient one on this thread for a scope. The token must outlive it.
class AmbientStop {
public:
    explicit AmbientStop(const stop_token& token) noexcept
        : before_(std::exchange(current_stop_token, &token)) {}
    AmbientStop(const AmbientStop&) = delete;
    AmbientStop& operator=(const AmbientStop&) = delete;
    ~AmbientStop() { current_stop_token = before_; }

private:
    const stop_token* before_;
};

}  // namespace genai::inline GENAI_ABI::detail
