#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

/// A budget or a rate limit that the program itself keeps refuses a call. Nothing was sent.
class GENAI_EXPORT LimitExceeded : public Error {
public:
    /// `limit` names it, as `max_budget of end user 'u1'`.
    LimitExceeded(const std::string& limit, const std::string& problem,
                  std::optional<std::chrono::milliseconds> retry_after)
        : Error(limit + ": " + problem, ErrorKind::limit_exceeded), retry_after_(retry_after) {}

    /// When it may be tried again; nothing where time does not help.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept { return retry_after_; }

private:
    std::optional<std::chrono::milliseconds> retry_after_;
};

}  // namespace genai::inline GENAI_ABI
