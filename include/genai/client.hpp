#pragma once

#include <concepts>
#include <memory>
#include <string_view>
#include <utility>

#include <genai/api/agents.hpp>
#include <genai/api/auth_tokens.hpp>
#include <genai/api/batches.hpp>
#include <genai/api/caches.hpp>
#include <genai/api/chats.hpp>
#include <genai/api/credentials.hpp>
#include <genai/api/environments.hpp>
#include <genai/api/file_search_stores.hpp>
#include <genai/api/files.hpp>
#include <genai/api/interactions.hpp>
#include <genai/api/models.hpp>
#include <genai/api/operations.hpp>
#include <genai/api/raw.hpp>
#include <genai/api/triggers.hpp>
#include <genai/api/tunings.hpp>
#include <genai/api/voices.hpp>
#include <genai/api/webhooks.hpp>
#include <genai/detail/core.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>
#include <genai/transport/httplib.hpp>

namespace genai::inline v0 {

/// `Chat<>` is a chat over the default transport.
template <http::Transport T = HttplibTransport>
class Chat;

/// The way in: one server, one key, and the API's parts as members. May be used from many threads at once. Copies are
/// cheap and share the connections; chats and streams live on when their client is gone.
template <http::Transport T = HttplibTransport>
class Client {
    using Shared = std::shared_ptr<detail::Core<T>>;

public:
    /// A client over a transport of its own. What the options leave open comes from the environment: GOOGLE_API_KEY,
    /// else GEMINI_API_KEY; GOOGLE_GEMINI_BASE_URL; GOOGLE_GENAI_API_VERSION. Throws InvalidArgument.
    explicit Client(ClientOptions options = {})
        requires std::constructible_from<T, const ClientOptions&>
        : Client(options, T(options)) {}

    /// A client over the given transport, which takes no notice of `tls` and `proxy`.
    Client(ClientOptions options, T transport) : Client(std::make_shared<detail::Core<T>>(std::move(options), std::move(transport))) {}

    Models<T> models;                         ///< generation, embeddings, tokens, and which models there are
    Files<T> files;                           ///< media that prompts refer to
    Caches<T> caches;                         ///< content kept ready for a model
    Chats<T> chats;                           ///< conversations, kept here
    FileSearchStores<T> file_search_stores;   ///< documents that can be searched
    Operations<T> operations;                 ///< work that goes on in the service
    Batches<T> batches;                       ///< many requests at once, some time
    AuthTokens<T> auth_tokens;                ///< tokens for devices
    Tunings<T> tunings;                       ///< tuning of models
    Interactions<T> interactions;             ///< conversations, kept by the service
    Agents<T> agents;                         ///< agents of the project's own
    Environments<T> environments;             ///< where agents' code runs
    Credentials<T> credentials;               ///< secrets kept for agents
    Triggers<T> triggers;                     ///< schedules for agents
    Webhooks<T> webhooks;                     ///< whom the service calls
    Voices<T> voices;                         ///< voices to speak with

    /// Calls what this library has no method for: an HTTP method, a path behind the API version (`models?pageSize=2`,
    /// `models/m:generateContent`), a JSON body or null for none. Gives the answer's JSON, null for an empty one.
    /// Throws as the methods do.
    Json request(std::string_view verb, std::string_view path, const Json& body = {}, const RequestConfig& config = {}) const {
        return detail::raw_request(*core_, detail::raw_call(core_->protocol(), verb, path, body, config));
    }

    /// The same for an answer that is a stream: the JSON of its events as they come.
    Stream<Json> request_stream(std::string_view verb, std::string_view path, const Json& body = {}, const RequestConfig& config = {}) const {
        return detail::raw_stream(core_, detail::raw_stream_call(core_->protocol(), verb, path, body, config));
    }
    /// The same, pushed to `on_event(const Json&)` in this thread; where that returns a bool, false ends the request.
    template <class OnEvent>
        requires std::invocable<OnEvent&, const Json&>
    void request_stream(std::string_view verb, std::string_view path, const Json& body, const RequestConfig& config, OnEvent&& on_event) const {
        auto push = detail::going_on<Json>(on_event);
        detail::run_events<Json>(*core_, core_->protocol().request(detail::raw_stream_call(core_->protocol(), verb, path, body, config)),
                                 [&push](Json&& event) { return push(event); }, [] {});
    }

private:
    explicit Client(Shared core)
        : models(core),
          files(core),
          caches(core),
          chats(core),
          file_search_stores(core),
          operations(core),
          batches(core),
          auth_tokens(core),
          tunings(core),
          interactions(core),
          agents(core),
          environments(core),
          credentials(core),
          triggers(core),
          webhooks(core),
          voices(core),
          core_(core) {}

    Shared core_;
};

}  // namespace genai::inline v0

#if defined(GENAI_IMPLEMENTATION)
template class genai::Models<genai::HttplibTransport>;
template class genai::Files<genai::HttplibTransport>;
template class genai::Caches<genai::HttplibTransport>;
template class genai::Chats<genai::HttplibTransport>;
template class genai::Chat<genai::HttplibTransport>;
template class genai::FileSearchStores<genai::HttplibTransport>;
template class genai::Documents<genai::HttplibTransport>;
template class genai::Operations<genai::HttplibTransport>;
template class genai::Batches<genai::HttplibTransport>;
template class genai::AuthTokens<genai::HttplibTransport>;
template class genai::Tunings<genai::HttplibTransport>;
template class genai::Interactions<genai::HttplibTransport>;
template class genai::Agents<genai::HttplibTransport>;
template class genai::Environments<genai::HttplibTransport>;
template class genai::EnvironmentFiles<genai::HttplibTransport>;
template class genai::Credentials<genai::HttplibTransport>;
template class genai::Triggers<genai::HttplibTransport>;
template class genai::Webhooks<genai::HttplibTransport>;
template class genai::Voices<genai::HttplibTransport>;
template class genai::Client<genai::HttplibTransport>;
#elif defined(GENAI_COMPILED)
extern template class genai::Models<genai::HttplibTransport>;
extern template class genai::Files<genai::HttplibTransport>;
extern template class genai::Caches<genai::HttplibTransport>;
extern template class genai::Chats<genai::HttplibTransport>;
extern template class genai::Chat<genai::HttplibTransport>;
extern template class genai::FileSearchStores<genai::HttplibTransport>;
extern template class genai::Documents<genai::HttplibTransport>;
extern template class genai::Operations<genai::HttplibTransport>;
extern template class genai::Batches<genai::HttplibTransport>;
extern template class genai::AuthTokens<genai::HttplibTransport>;
extern template class genai::Tunings<genai::HttplibTransport>;
extern template class genai::Interactions<genai::HttplibTransport>;
extern template class genai::Agents<genai::HttplibTransport>;
extern template class genai::Environments<genai::HttplibTransport>;
extern template class genai::EnvironmentFiles<genai::HttplibTransport>;
extern template class genai::Credentials<genai::HttplibTransport>;
extern template class genai::Triggers<genai::HttplibTransport>;
extern template class genai::Webhooks<genai::HttplibTransport>;
extern template class genai::Voices<genai::HttplibTransport>;
extern template class genai::Client<genai::HttplibTransport>;
#endif
