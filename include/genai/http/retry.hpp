#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace genai::inline v0 {

/// Which failures are tried again, and when. Tried again are the statuses named here; connections that did not come
/// about, unless the certificate or the proxy is at fault; and connections that broke off, where asking twice changes
/// nothing. A stream is tried again only before its first chunk. The call's `timeout` and stop_token hold for all
/// attempts and the waits between them.
struct HttpRetryOptions {
    std::optional<std::int32_t> attempts{};                       ///< requests in all, the first included; 4. 1 never tries again
    std::optional<std::chrono::milliseconds> initial_delay{};     ///< before the second attempt; 1 s
    std::optional<std::chrono::milliseconds> max_delay{};         ///< no wait is longer, whatever the server says; 60 s
    std::optional<double> exp_base{};                             ///< each wait is that many times the one before; 2
    std::optional<double> jitter{};                               ///< up to that part of a wait is left off, by chance; 0.5
    std::optional<std::vector<std::int32_t>> http_status_codes{}; ///< 408, 429, 500, 502, 503 and 504

    static constexpr void fields(auto& self, auto&& visit) {
        visit("attempts", self.attempts);
        visit("initialDelay", self.initial_delay);
        visit("maxDelay", self.max_delay);
        visit("expBase", self.exp_base);
        visit("jitter", self.jitter);
        visit("httpStatusCodes", self.http_status_codes);
    }
};

}  // namespace genai::inline v0
