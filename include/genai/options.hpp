#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/attempt_event.hpp>
#include <genai/clock.hpp>
#include <genai/http_options.hpp>
#include <genai/net/tls_options.hpp>
#include <genai/net/transport_options.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Where the API key is placed in a request. Google takes the first; the others are for gateways.
enum class ApiKeyPlacement {
    x_goog_api_key,  ///< `x-goog-api-key: KEY`
    bearer,          ///< `Authorization: Bearer KEY`
    x_api_key,       ///< `X-API-Key: KEY`
    api_key,         ///< `api-key: KEY`
    query,           ///< `?key=KEY`, for servers that know nothing else: addresses end up in servers' logs
    none,            ///< nowhere
};

class CallHooks;

/// What a client is made with.
struct ClientOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text api_key{};                                    ///< GOOGLE_API_KEY, else GEMINI_API_KEY, when unset
    ApiKeyPlacement api_key_in{ApiKeyPlacement::x_goog_api_key};  ///< where the key goes
    HttpOptions http_options{};                                   ///< for every call
    TlsOptions tls{};                                             ///< CA certificates
    Text
        proxy{};  ///< `http://[user:password@]host:port`; HTTPS_PROXY and the like when unset, empty for none
    /// Told of every attempt when it is over, from the thread that made it: log it, count it. Silent when
    /// unset. What it throws is dropped.
    std::function<void(const AttemptEvent&)> on_attempt{};
    std::shared_ptr<CallHooks>
        hooks{};                     ///< told of every call and attempt, and asked before; see call_hooks.hpp
    std::shared_ptr<Clock> clock{};  ///< for deadlines and waits; the system's when unset

    /// What a transport takes of them.
    operator TransportOptions() const { return {.tls = tls, .proxy = proxy}; }
};

}  // namespace genai::inline GENAI_ABI
