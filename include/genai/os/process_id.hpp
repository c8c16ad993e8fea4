#pragma once

#if !defined(_WIN32)
#include <unistd.h>
#endif

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The process in which something was made. What a fork copies is not the child's: neither the threads, which
/// are not there, nor the connections and programs, which the parent goes on using.
class OwnerProcess {
public:
    /// Whether this is that process.
    bool is_current() const noexcept { return id_ == current(); }

private:
#if defined(_WIN32)
    static long current() noexcept { return 0; }  // no fork
#else
    static long current() noexcept { return ::getpid(); }
#endif

    long id_{current()};
};

}  // namespace genai::inline GENAI_ABI::detail
