#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include <genai/api/models.hpp>
#include <genai/detail/core.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>
#include <genai/transport/httplib.hpp>

namespace genai::inline v0 {

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

    /// Generation.
    Models<T> models;

private:
    explicit Client(Shared core) : models(core) {}
};

}  // namespace genai::inline v0

#if defined(GENAI_COMPILED) && !defined(GENAI_IMPLEMENTATION)
extern template class genai::Models<genai::HttplibTransport>;  // genai::compiled has it
#endif
