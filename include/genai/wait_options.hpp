#pragma once

#include <chrono>
#include <optional>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How to wait for something that takes the service a while.
struct WaitOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::chrono::milliseconds>
        timeout{};  ///< how long at most, polls included; 1 hour when unset, 72 hours for a batch
    std::chrono::milliseconds poll_interval{1000};  ///< initial poll interval; grows up to 10 times
    genai::stop_token stop_token{};                 ///< ends the waiting with Cancelled; the work goes on
};

}  // namespace genai::inline GENAI_ABI
