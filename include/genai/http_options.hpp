#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/open_enum.hpp>

namespace genai::inline GENAI_ABI {

/// Retries: which failures, how many, how long apart (exponential backoff with jitter). Retried are the
/// statuses named here; connection failures, unless the certificate or the proxy is at fault; and dropped
/// connections on idempotent calls. A stream is retried only before its first chunk. The call's `timeout` and
/// stop_token hold for all attempts and the delays between them.
struct HttpRetryOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> attempts{};  ///< requests in all, the first included; 4. 1 disables retries
    std::optional<std::chrono::milliseconds> initial_delay{};  ///< before the second attempt; 1 s
    std::optional<std::chrono::milliseconds> max_delay{};      ///< maximum delay, also caps Retry-After; 60 s
    std::optional<double> exp_base{};                          ///< factor from one delay to the next; 2
    std::optional<double> jitter{};  ///< random part of a delay that may be left off, 0 to 1; 0.5
    Box<std::vector<std::int32_t>> http_status_codes{};  ///< 408, 429, 500, 502, 503 and 504

    static constexpr void fields(auto& self, auto&& visit) {
        visit("attempts", self.attempts);
        visit("initialDelay", self.initial_delay);
        visit("maxDelay", self.max_delay);
        visit("expBase", self.exp_base);
        visit("jitter", self.jitter);
        visit("httpStatusCodes", self.http_status_codes);
    }
};

/// How long each phase of a request may take, and how large its response may be. `HttpOptions::timeout` is
/// for the whole call. A response past a size is a TransportError, not a lack of memory.
struct HttpLimits {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::chrono::milliseconds>
        connect{};  ///< to an open connection, name resolution aside; 10 s
    std::optional<std::chrono::milliseconds>
        first_byte{};  ///< from the request to the response's first byte; 10 min
    std::optional<std::chrono::milliseconds> idle{};    ///< between two pieces of the response; 2 min
    std::optional<std::uint64_t> max_response_bytes{};  ///< of a body held in memory; 1 GiB
    std::optional<std::uint64_t> max_event_bytes{};     ///< of one event of a stream; 64 MiB

    static constexpr void fields(auto& self, auto&& visit) {
        visit("connect", self.connect);
        visit("firstByte", self.first_byte);
        visit("idle", self.idle);
        visit("maxResponseBytes", self.max_response_bytes);
        visit("maxEventBytes", self.max_event_bytes);
    }
};

/// Where `tags` and `end_user` go in requests to a LiteLLM proxy, which books what calls cost on them.
/// https://docs.litellm.ai/docs/proxy/cost_tracking
struct TrackingPlacement : OpenEnum<TrackingPlacement> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator litellm_headers{
        "LITELLM_HEADERS"};                                    ///< `x-litellm-tags`, `x-litellm-end-user-id`
    static constexpr Enumerator litellm_body{"LITELLM_BODY"};  ///< the body's `tags` and `user`
};

/// HTTP options. The client has them and every call's config has them; the call's win member by member,
/// `headers`, `extra_body`, `limits` and `retry` entry by entry.
struct HttpOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<std::string> base_url{};  ///< where the API is; a path in it is kept. Google's when unset
    Box<std::string>
        api_version{};            ///< path segment behind the base URL; empty for none. `v1beta` when unset
    Dict<std::string> headers{};  ///< sent with every request, over the library's own of the same name
    std::optional<std::chrono::milliseconds> timeout{};  ///< whole call, retries included; none when unset
    HttpLimits limits{};                                 ///< for each phase of a request
    Flag
        require_finish_reason{};  ///< false accepts streams that end without a finish reason; true when unset
    Box<Json> extra_body{};       ///< merged deeply into the request's body: objects merge, all else replaces
    Dict<std::string> tags{};     ///< for hooks, logs and metrics; sent only where `tracking` says so
    Box<std::string> end_user{};  ///< whom the call is made for, for hooks, logs and metrics; sent only where
                                  ///< `tracking` says so
    TrackingPlacement tracking{};  ///< whether tags, as `name:value`, and end user are sent; they are not
    HttpRetryOptions retry{};      ///< retries
    Box<std::vector<std::string>>
        upload_hosts{};  ///< other hosts that a server may send uploads to, `*.example.com` for all below;
                         ///< the key never goes there. Google's own need not be named
    genai::stop_token stop_token{};  ///< cancels the call with Cancelled, from any thread at any time

    static constexpr void fields(auto& self, auto&& visit) {
        visit("baseUrl", self.base_url);
        visit("apiVersion", self.api_version);
        visit("headers", self.headers);
        visit("timeout", self.timeout);
        visit("limits", self.limits);
        visit("requireFinishReason", self.require_finish_reason);
        visit("extraBody", self.extra_body);
        visit("tags", self.tags);
        visit("endUser", self.end_user);
        visit("tracking", self.tracking);
        visit("retryOptions", self.retry);
        visit("uploadHosts", self.upload_hosts);
    }

    /// Equal member by member; a stop token to the same source is the same.
    friend bool operator==(const HttpOptions& a, const HttpOptions& b);
};

/// The config of a call that has no options of its own.
struct CallConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's

    static constexpr void fields(auto&, auto&&) {}
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE bool operator==(const HttpOptions& a, const HttpOptions& b) {
    const auto times = [](const HttpOptions& of) {
        return std::tie(of.timeout, of.limits.connect, of.limits.first_byte, of.limits.idle,
                        of.limits.max_response_bytes, of.limits.max_event_bytes);
    };
    const auto retry = [](const HttpRetryOptions& of) {
        return std::tie(of.attempts, of.initial_delay, of.max_delay, of.exp_base, of.jitter,
                        of.http_status_codes);
    };
    return a.base_url == b.base_url && a.api_version == b.api_version && a.headers == b.headers &&
           times(a) == times(b) && a.require_finish_reason == b.require_finish_reason &&
           a.extra_body == b.extra_body && a.tags == b.tags && a.end_user == b.end_user &&
           a.tracking == b.tracking && retry(a.retry) == retry(b.retry) && a.upload_hosts == b.upload_hosts &&
           a.stop_token == b.stop_token;
}

}  // namespace genai::inline GENAI_ABI

#endif
