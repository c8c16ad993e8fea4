#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI {

/// Which failures are tried again, and when. Tried again are the statuses named here; connections that did
/// not come about, unless the certificate or the proxy is at fault; and connections that broke off, where
/// asking twice changes nothing. A stream is tried again only before its first chunk. The call's `timeout`
/// and stop_token hold for all attempts and the waits between them.
struct HttpRetryOptions {
    std::optional<std::int32_t> attempts{};  ///< requests in all, the first included; 4. 1 never tries again
    std::optional<std::chrono::milliseconds> initial_delay{};  ///< before the second attempt; 1 s
    std::optional<std::chrono::milliseconds>
        max_delay{};                   ///< no wait is longer, whatever the server says; 60 s
    std::optional<double> exp_base{};  ///< each wait is that many times the one before; 2
    std::optional<double> jitter{};    ///< up to that part of a wait is left off, by chance; 0.5
    std::optional<std::vector<std::int32_t>> http_status_codes{};  ///< 408, 429, 500, 502, 503 and 504

    static constexpr void fields(auto& self, auto&& visit) {
        visit("attempts", self.attempts);
        visit("initialDelay", self.initial_delay);
        visit("maxDelay", self.max_delay);
        visit("expBase", self.exp_base);
        visit("jitter", self.jitter);
        visit("httpStatusCodes", self.http_status_codes);
    }
};

/// How calls travel. The client has one and every call's config has one; the call's wins member by member,
/// `headers`, `extra_body` and `retry` entry by entry.
struct HttpOptions {
    std::optional<std::string> base_url{};  ///< where the API is; a path in it is kept. Google's when unset
    std::optional<std::string>
        api_version{};            ///< path segment behind the base URL; empty for none. `v1beta` when unset
    Dict<std::string> headers{};  ///< sent with every request, over the library's own of the same name
    std::optional<std::chrono::milliseconds>
        timeout{};  ///< whole call, body, attempts and waits included; none when unset
    std::optional<std::chrono::milliseconds>
        connect_timeout{};  ///< name look-up aside, to an open connection; 10 s
    std::optional<std::chrono::milliseconds>
        first_byte_timeout{};  ///< request sent to first byte of the answer; 10 min
    std::optional<std::chrono::milliseconds> idle_timeout{};  ///< between two pieces of the answer; 2 min
    std::optional<bool>
        require_finish_reason{};  ///< false accepts streams that end without saying why; true when unset
    std::optional<Json>
        extra_body{};          ///< merged deeply into the request's body: objects merge, all else replaces
    Dict<std::string> tags{};  ///< for hooks, logs and metrics; never sent
    std::optional<std::string>
        end_user{};                ///< whom the call is made for, for hooks, logs and metrics; never sent
    HttpRetryOptions retry{};      ///< what is tried again when it fails, member by member
    std::stop_token stop_token{};  ///< ends the call with Cancelled, from any thread at any time

    static constexpr void fields(auto& self, auto&& visit) {
        visit("baseUrl", self.base_url);
        visit("apiVersion", self.api_version);
        visit("headers", self.headers);
        visit("timeout", self.timeout);
        visit("connectTimeout", self.connect_timeout);
        visit("firstByteTimeout", self.first_byte_timeout);
        visit("idleTimeout", self.idle_timeout);
        visit("requireFinishReason", self.require_finish_reason);
        visit("extraBody", self.extra_body);
        visit("tags", self.tags);
        visit("endUser", self.end_user);
        visit("retryOptions", self.retry);
    }
};

/// How one call travels, where there is nothing else to say about it.
struct RequestConfig {
    HttpOptions http_options{};  ///< for this call, over the client's

    static constexpr void fields(auto&, auto&&) {}
};

}  // namespace genai::inline GENAI_ABI
