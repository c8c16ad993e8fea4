#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace genai::inline v0 {

/// What one attempt of a call came to, for logs and metrics. Holds no key, no body, and no header.
struct AttemptEvent {
    /// Tokens, as far as the answer counts them.
    struct Usage {
        std::optional<std::int64_t> prompt{};  ///< read, cached ones included
        std::optional<std::int64_t> cached{};  ///< of these, from a cache
        std::optional<std::int64_t> output{};  ///< written, by all candidates
        std::optional<std::int64_t> total{};   ///< counted in all, thoughts and tool use included
    };

    std::string method{};                                    ///< of the request
    std::string url{};                                       ///< without what is secret in its query
    int attempt{1};                                          ///< which of the call's, counted from 1
    std::optional<int> status{};                             ///< of the answer; nothing when there was none
    std::uint64_t bytes_sent{};                              ///< of the request's body, where its length was known
    std::uint64_t bytes_received{};                          ///< of the answer's body
    std::optional<std::chrono::microseconds> first_byte{};   ///< from the attempt's begin to the answer's head
    std::chrono::microseconds duration{};                    ///< from its begin to its end; of a stream, to its last chunk
    std::string problem{};                                   ///< what it failed with, in a few words; empty when it did not
    std::optional<std::chrono::milliseconds> retry_in{};     ///< how long the call waits before it tries again; nothing when it does not
    std::optional<Usage> usage{};                            ///< what it cost
};

}  // namespace genai::inline v0
