#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include <genai/attempt_event.hpp>
#include <genai/clock.hpp>
#include <genai/http/retry.hpp>
#include <genai/wire/dict.hpp>
#include <genai/wire/json.hpp>

namespace genai::inline v0 {

/// How calls travel. The client has one and every call's config has one; the call's wins member by member, `headers`,
/// `extra_body` and `retry` entry by entry.
struct HttpOptions {
    std::optional<std::string> base_url{};     ///< where the API is; a path in it is kept. Google's when unset
    std::optional<std::string> api_version{};  ///< path segment behind the base URL; empty for none. `v1beta` when unset
    Dict<std::string> headers{};               ///< sent with every request, over the library's own of the same name
    std::optional<std::chrono::milliseconds> timeout{};             ///< whole call, body, attempts and waits included; none when unset
    std::optional<std::chrono::milliseconds> connect_timeout{};     ///< name look-up aside, to an open connection; 10 s
    std::optional<std::chrono::milliseconds> first_byte_timeout{};  ///< request sent to first byte of the answer; 10 min
    std::optional<std::chrono::milliseconds> idle_timeout{};        ///< between two pieces of the answer; 2 min
    std::optional<bool> require_finish_reason{};  ///< false accepts streams that end without saying why; true when unset
    std::optional<Json> extra_body{};             ///< merged deeply into the request's body: objects merge, all else replaces
    Dict<std::string> tags{};                     ///< for hooks, logs and metrics; never sent
    std::optional<std::string> end_user{};        ///< whom the call is made for, for hooks, logs and metrics; never sent
    HttpRetryOptions retry{};                     ///< what is tried again when it fails, member by member
    std::stop_token stop_token{};                 ///< ends the call with Cancelled, from any thread at any time

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

/// Where the API key goes. Google takes the first; the others are for gateways.
enum class Auth {
    x_goog_api_key,  ///< `x-goog-api-key: KEY`
    bearer,          ///< `Authorization: Bearer KEY`
    x_api_key,       ///< `X-API-Key: KEY`
    api_key,         ///< `api-key: KEY`
    query,           ///< `?key=KEY`, for servers that know nothing else: addresses end up in servers' logs
    none,            ///< nowhere
};

/// How the peer's certificate is checked. It always is.
struct TlsOptions {
    std::string ca_file{};  ///< PEM file of the authorities to trust instead of the system's
    std::string ca_pem{};   ///< the same, as PEM text
};

class CallHooks;
struct TransportOptions;

/// What a client is made with.
struct ClientOptions {
    std::optional<std::string> api_key{};  ///< GOOGLE_API_KEY, else GEMINI_API_KEY, when unset
    Auth auth{Auth::x_goog_api_key};       ///< where the key goes
    HttpOptions http_options{};            ///< for every call
    TlsOptions tls{};                      ///< whom to trust
    std::optional<std::string> proxy{};    ///< `http://[user:password@]host:port`; HTTPS_PROXY and the like when unset, empty for none
    /// Told of every attempt when it is over, from the thread that made it: log it, count it. Silent when unset. What it
    /// throws is dropped.
    std::function<void(const AttemptEvent&)> on_attempt{};
    std::shared_ptr<CallHooks> hooks{};    ///< told of every call and attempt, and asked before; see call_hooks.hpp
    std::shared_ptr<Clock> clock{};        ///< for deadlines and waits; the system's when unset

    /// What a transport takes of them. Defined in transport.hpp.
    operator TransportOptions() const;
};

}  // namespace genai::inline v0
