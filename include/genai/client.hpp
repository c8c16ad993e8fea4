#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/api/agents.hpp>
#include <genai/api/auth_tokens.hpp>
#include <genai/api/batches.hpp>
#include <genai/api/caches.hpp>
#include <genai/api/chats.hpp>
#include <genai/api/credentials.hpp>
#include <genai/api/decisions.hpp>
#include <genai/api/environments.hpp>
#include <genai/api/file_search_stores.hpp>
#include <genai/api/files.hpp>
#include <genai/api/interactions.hpp>
#include <genai/api/models.hpp>
#include <genai/api/operations.hpp>
#include <genai/api/triggers.hpp>
#include <genai/api/tunings.hpp>
#include <genai/api/voices.hpp>
#include <genai/api/webhooks.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/http/transport.hpp>
#include <genai/http_options.hpp>
#include <genai/options.hpp>
#include <genai/stream.hpp>
#include <genai/transport.hpp>
#include <genai/transport/http.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
struct ClientAccess;
}  // namespace detail

/// The API's parts as members, over whatever makes the calls. Clients are made of it.
class SubApis {
    std::shared_ptr<detail::Caller> caller_;

public:
    Models models{*caller_};  ///< generation, embeddings, tokens, and which models there are
    Files files{*caller_};    ///< media that prompts refer to
    Caches caches{*caller_};  ///< content kept ready for a model
    Chats chats{*caller_};    ///< conversations, kept here
    FileSearchStores file_search_stores{*caller_};  ///< documents that can be searched
    Operations operations{*caller_};                ///< work that goes on in the service
    Batches batches{*caller_};                      ///< many requests at once, some time
    AuthTokens auth_tokens{*caller_};               ///< tokens for devices
    Tunings tunings{*caller_};                      ///< tuning of models
    Interactions interactions{*caller_};            ///< conversations, kept by the service
    Decisions decisions{*caller_};                  ///< questions with a choice, grade or degree as answer
    Agents agents{*caller_};                        ///< agents of the project's own
    Environments environments{*caller_};            ///< where agents' code runs
    Credentials credentials{*caller_};              ///< secrets kept for agents
    Triggers triggers{*caller_};                    ///< schedules for agents
    Webhooks webhooks{*caller_};                    ///< URLs that the service calls
    Voices voices{*caller_};                        ///< voices to speak with

    /// Calls what this library has no method for: an HTTP method, a path behind the API version
    /// (`models?pageSize=2`, `models/m:generateContent`), a JSON body or null for none. Gives the response's
    /// JSON, null for an empty one. Throws as the methods do.
    GENAI_LAZY Json request(std::string_view verb, std::string_view path, const Json& body = {},
                            const CallConfig& config = {}) const;

    /// The same for a response that is a stream: the JSON of its events as they come.
    GENAI_LAZY Stream<Json> request_stream(std::string_view verb, std::string_view path,
                                           const Json& body = {}, const CallConfig& config = {}) const;
    /// The same, pushed to `on_event(const Json&)` in this thread; where that returns a bool, false ends the
    /// request.
    template <class OnEvent>
    requires std::invocable<OnEvent&, const Json&>
    void request_stream(std::string_view verb, std::string_view path, const Json& body,
                        const CallConfig& config, OnEvent&& on_event) const {
        push_events(verb, path, body, config, detail::as_bool_callback<Json>(on_event));
    }

protected:
    explicit SubApis(std::shared_ptr<detail::Caller> caller) : caller_(std::move(caller)) {}
    SubApis(const SubApis& other) : SubApis(other.caller_) {}
    SubApis& operator=(const SubApis&) = default;
    ~SubApis() = default;

private:
    friend struct detail::ClientAccess;

    GENAI_LAZY void push_events(std::string_view verb, std::string_view path, const Json& body,
                                const CallConfig& config,
                                const std::function<bool(const Json&)>& on_event) const;
};

namespace detail {

/// What calls of a client are made by.
struct ClientAccess {
    static const std::shared_ptr<Caller>& caller(const SubApis& client) noexcept { return client.caller_; }
};

/// Makes a client's caller, and attaches its transport.
std::shared_ptr<Caller> client_caller(const ClientOptions& options, AnyTransport transport);

}  // namespace detail

/// An API client: one server, one key, and the API's parts as members. May be used from many threads at once.
/// Copies are cheap and share the connections, so pass it by value or by reference; chats and streams stay
/// valid after the client is destroyed. This is the one client type, whatever the transport is.
template <>
class Client<AnyTransport> : public SubApis {
public:
    /// A client over the default transport. What the options leave open comes from the environment:
    /// GOOGLE_API_KEY, else GEMINI_API_KEY; GOOGLE_GEMINI_BASE_URL; GOOGLE_GENAI_API_VERSION. Throws
    /// InvalidArgument for invalid options, and where there is no key for Google's own server.
    explicit Client(const ClientOptions& options = {});

    /// A client over the given transport: by value, by `std::shared_ptr` or by `std::ref`. `tls` and `proxy`
    /// concern it only where it has an `attach`.
    Client(const ClientOptions& options, AnyTransport transport)
        : SubApis(detail::client_caller(options, std::move(transport))) {}

protected:
    explicit Client(std::shared_ptr<detail::Caller> caller) : SubApis(std::move(caller)) {}
};

/// A client whose transport is part of its type, where that is wanted; a `Client<>` all the same.
template <class T>
class Client : public Client<> {
    static_assert(
        http::Transport<T>,
        "genai::Client<T>: T must be a transport: it needs send(const http::Request&, http::Sink&)");

public:
    /// A client over a transport of type `T` that is made of the options.
    explicit Client(const ClientOptions& options = {}) : Client<>(options, AnyTransport(T(options))) {}

    /// A client over the given transport.
    Client(const ClientOptions& options, T transport)
        : Client<>(options, AnyTransport(std::move(transport))) {}
};

// clang-format off
Client() -> Client<>;
Client(ClientOptions) -> Client<>;
// clang-format on
template <class Transport>
Client(ClientOptions, Transport) -> Client<>;

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/api/raw_requests.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/client_caller.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE Json SubApis::request(std::string_view verb, std::string_view path,
                                                   const Json& body, const CallConfig& config) const {
    return detail::raw_request(*caller_, detail::raw_call(verb, path, body, config));
}

GENAI_LAZY_BODY GENAI_INLINE Stream<Json> SubApis::request_stream(std::string_view verb,
                                                                  std::string_view path, const Json& body,
                                                                  const CallConfig& config) const {
    return detail::raw_stream(detail::CallerRef(*caller_), detail::raw_stream_call(verb, path, body, config));
}

GENAI_LAZY_BODY GENAI_INLINE void SubApis::push_events(
    std::string_view verb, std::string_view path, const Json& body, const CallConfig& config,
    const std::function<bool(const Json&)>& on_event) const {
    detail::raw_push(*caller_, detail::raw_stream_call(verb, path, body, config), on_event);
}

}  // namespace genai::inline GENAI_ABI

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::shared_ptr<Caller> client_caller(const ClientOptions& options, AnyTransport transport) {
    transport.attach(options);
    return std::make_shared<ClientCaller>(options, transport.erased());
}

}  // namespace genai::inline GENAI_ABI::detail

#endif

#if GENAI_TRANSPORT_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE Client<AnyTransport>::Client(const ClientOptions& options)
    : Client(options, AnyTransport(HttpTransport(options))) {}

}  // namespace genai::inline GENAI_ABI

#endif
