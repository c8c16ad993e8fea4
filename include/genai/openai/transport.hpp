#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/net/transport_options.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>
#include <genai/transport.hpp>

namespace genai::inline GENAI_ABI::openai {

/// Carries the calls of a client to a server that speaks OpenAI's chat completions: llama.cpp, Ollama, vLLM,
/// LM Studio, OpenRouter, LiteLLM's proxy, OpenAI itself and others. Requests, answers, streams and errors
/// are translated, so that generation, chats, streams, function calling, structured output, embeddings,
/// models and usage work as with Gemini:
///
///     genai::Client<> client({.http_options = {.base_url = "http://localhost:8080/v1"}},
///                            genai::openai::Transport({.kind = genai::openai::Kind::llama_cpp}));
///
/// The base URL is what an OpenAI SDK is given. The key goes as `Authorization: Bearer`; a server of one's
/// own needs none. What OpenAI's shapes cannot say is InvalidArgument with its place before anything is sent;
/// see Quirks::drop_params. `http_options.extra_body` is merged into the body that is sent, last. countTokens
/// is estimated here, but for llama.cpp. Thread-safe as the transport within is; cheap to copy.
/// docs/openai.md
class Transport {
public:
    /// Over the default transport, made with the client's options.
    explicit Transport(Quirks quirks = {});
    /// Over another.
    Transport(Quirks quirks, AnyTransport inner);

    /// Says that `http_options.extra_body` is for this transport to merge.
    static constexpr bool merges_extra_body = true;

    /// See http::Transport. Throws InvalidArgument for a call that such servers have nothing for.
    void send(const http::Request& request, http::Sink& sink);
    /// Gives the client's options to the transport within.
    void attach(const TransportOptions& options);

private:
    struct Target;
    static Target target_of(const http::Request& request);
    detail::Dialect dialect_at(const Target& target) const;
    http::Request translated(const http::Request& request, const Target& target,
                             const detail::Dialect& dialect, std::string_view path) const;
    void generate(const http::Request& request, const Target& target, http::Sink& sink);
    void embed(const http::Request& request, const Target& target, http::Sink& sink);
    void count(const http::Request& request, const Target& target, http::Sink& sink);
    void models(const http::Request& request, const Target& target, http::Sink& sink);
    AnyTransport& inner();

    Quirks quirks_;
    std::optional<AnyTransport> inner_{};
};

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES || GENAI_TRANSPORT_BODIES  // the first compiles what the second refers to

#include <genai/openai/servers/answers.hpp>
#include <genai/openai/servers/chat_request.hpp>
#include <genai/openai/servers/chat_response.hpp>
#include <genai/openai/servers/embeddings.hpp>
#include <genai/openai/servers/models.hpp>
#include <genai/openai/servers/token_estimate.hpp>
#include <genai/openai/servers/translation.hpp>

#endif

#if GENAI_TRANSPORT_BODIES

#include <cstddef>
#include <string>
#include <utility>

#include <genai/call_context.hpp>
#include <genai/error.hpp>
#include <genai/http/url.hpp>
#include <genai/transport/http.hpp>

namespace genai::inline GENAI_ABI::openai {

/// What a request of the API asks, and of which server.
struct Transport::Target {
    std::string base{};   // without a slash at its end
    std::string model{};  // without `models/`; empty for the list
    std::string verb{};   // as `generateContent`; empty for the models themselves
};

GENAI_INLINE Transport::Transport(Quirks quirks) : quirks_(std::move(quirks)) {}
GENAI_INLINE Transport::Transport(Quirks quirks, AnyTransport inner)
    : quirks_(std::move(quirks)), inner_(std::move(inner)) {}

GENAI_INLINE void Transport::attach(const TransportOptions& options) {
    if (!inner_) inner_ = AnyTransport(HttpTransport(options));
    inner_->attach(options);
}

GENAI_INLINE AnyTransport& Transport::inner() {
    if (!inner_) throw InvalidArgument("transport", "was not given to a client");
    return *inner_;
}

/// Sends a request, and gives the whole answer on translated; not one of 404 or 405 where `may_lack` says so:
/// then it is false.
GENAI_INLINE bool send_whole(AnyTransport& through, const http::Request& request, http::Sink& sink,
                             detail::WholeSink::Translate translate, bool may_lack = false) {
    detail::WholeSink whole(sink, std::move(translate));
    through.send(request, whole);
    if (may_lack && (whole.status() == 404 || whole.status() == 405)) return false;
    whole.complete();
    return true;
}

/// Where the resource begins in an address: behind a version, else at its first `/models`.
GENAI_INLINE std::size_t resource_at(std::string_view path) {
    for (std::size_t at = path.find("/models"); at != std::string_view::npos;
         at = path.find("/models", at + 1)) {
        const std::string_view before = path.substr(0, at);
        const std::string_view last = before.substr(before.rfind('/') + 1);
        if (last.size() > 1 && last.front() == 'v' && last[1] >= '0' && last[1] <= '9') return at;
    }
    return path.find("/models");
}

GENAI_INLINE Transport::Target Transport::target_of(const http::Request& request) {
    const std::string_view path = std::string_view(request.url).substr(0, request.url.find('?'));
    const std::size_t at = resource_at(path);
    if (at == std::string_view::npos)
        throw InvalidArgument(
            request.context == nullptr ? "request" : std::string(request.context->operation),
            "is nothing that OpenAI-compatible servers have");
    std::string_view base = path.substr(0, at);
    for (const std::string_view version : {"/v1beta", "/v1alpha"})  // of the API, not of the server's address
        if (base.ends_with(version)) base.remove_suffix(version.size());
    std::string_view name = path.substr(at + 7);
    if (name.starts_with('/')) name.remove_prefix(1);
    const std::size_t colon = name.rfind(':');
    const std::size_t cut = request.method == "POST" && colon != std::string_view::npos ? colon : name.size();
    Target target{.base = std::string(base), .model = http::percent_decode(name.substr(0, cut))};
    if (cut < name.size()) target.verb = name.substr(cut + 1);
    if (target.model.starts_with("models/")) target.model.erase(0, 7);
    return target;
}

GENAI_INLINE detail::Dialect Transport::dialect_at(const Target& target) const {
    return detail::dialect_of(quirks_, target.base);
}

/// The request as the server has it: another address, and the key where the server looks for it.
GENAI_INLINE http::Request Transport::translated(const http::Request& request, const Target& target,
                                                 const detail::Dialect& dialect,
                                                 std::string_view path) const {
    http::Request made = request;
    made.url = target.base + std::string(path);
    made.headers = {};
    for (const auto& [name, value] : request.headers) {
        if (http::same_name(name, "x-goog-api-client") || http::same_name(name, "x-server-timeout")) continue;
        if (!http::same_name(name, "x-goog-api-key")) made.headers.add(name, value);
        else if (dialect.kind == Kind::azure) made.headers.set("api-key", value);
        else if (request.headers.find("authorization") == nullptr)
            made.headers.add("Authorization", "Bearer " + value);
    }
    const std::size_t query = request.url.find('?');
    for (const auto& [name, value] :
         http::parse_query(query == std::string::npos ? "" : std::string_view(request.url).substr(query + 1)))
        if (name != "alt" && name != "key" && name != "pageSize")
            made.url = http::join_query(std::move(made.url), {{name, value}});
    return made;
}

GENAI_INLINE void Transport::generate(const http::Request& request, const Target& target, http::Sink& sink) {
    const detail::Dialect dialect = dialect_at(target);
    const bool stream = target.verb == "streamGenerateContent";
    http::Request made = translated(request, target, dialect, "/chat/completions");
    const detail::Translation body(request, detail::Translation::Marks::turns);
    made.body = body.written(detail::chat_request(body.asked(), target.model, dialect, stream));
    if (stream) {
        detail::ChunkSink chunks(sink, dialect);
        inner().send(made, chunks);
        chunks.complete();
        return;
    }
    send_whole(inner(), made, sink, [&dialect](const detail::Tree& completion) {
        return detail::CompletionReader(dialect).whole(completion);
    });
}

GENAI_INLINE void Transport::embed(const http::Request& request, const Target& target, http::Sink& sink) {
    const detail::Dialect dialect = dialect_at(target);
    http::Request made = translated(request, target, dialect, "/embeddings");
    const detail::Translation body(request, detail::Translation::Marks::texts);
    made.body = body.written(detail::embeddings_request(body.asked(), target.model, dialect));
    send_whole(inner(), made, sink, [&target](const detail::Tree& response) {
        return detail::embeddings_response(response, target.verb == "embedContent");
    });
}

GENAI_INLINE void Transport::count(const http::Request& request, const Target& target, http::Sink& sink) {
    const detail::Dialect dialect = dialect_at(target);
    const bool asks = dialect.kind == Kind::llama_cpp;
    const detail::Translation body(
        request, asks ? detail::Translation::Marks::texts : detail::Translation::Marks::bytes);
    const detail::Tree* const whole_request = detail::find(body.asked(), "generateContentRequest");
    const detail::Tree& asked = whole_request == nullptr ? body.asked() : *whole_request;
    if (!asks) {
        const detail::Tree estimate{{"totalTokens", detail::estimated_tokens(asked)}, {"estimate", true}};
        http::deliver(sink, {.status = 200, .headers = {{"Content-Type", "application/json"}}},
                      detail::write_tree(estimate));
        return;
    }
    http::Request made = translated(request, target, dialect, "/chat/completions/input_tokens");
    made.body = body.written(detail::chat_request(asked, target.model, dialect, false));
    send_whole(inner(), made, sink, [](const detail::Tree& response) {
        return detail::Tree{{"totalTokens", detail::integer_at(response, "input_tokens")}};
    });
}

GENAI_INLINE void Transport::models(const http::Request& request, const Target& target, http::Sink& sink) {
    const detail::Dialect dialect = dialect_at(target);
    if (request.method != "GET")
        throw InvalidArgument("models", "cannot be changed on an OpenAI-compatible server");
    if (request.url.find("pageToken=") != std::string::npos)
        throw InvalidArgument("page_token", "an OpenAI-compatible server lists its models at once");
    const http::Request all = translated(request, target, dialect, "/models");
    if (target.model.empty()) {
        send_whole(inner(), all, sink, detail::models_of);
        return;
    }
    const std::string path = "/models/" + http::percent_encode(target.model, http::unreserved);
    if (send_whole(inner(), translated(request, target, dialect, path), sink, detail::model_of, true)) return;
    send_whole(inner(), all, sink, [&target](const detail::Tree& response) {
        for (const detail::Tree& model : detail::list_at(response, "data"))
            if (detail::text_at(model, "id") == target.model) return detail::model_of(model);
        return detail::not_found("the server has no model " + target.model);
    });
}

GENAI_INLINE void Transport::send(const http::Request& request, http::Sink& sink) {
    const Target target = target_of(request);
    if (target.verb == "generateContent" || target.verb == "streamGenerateContent")
        return generate(request, target, sink);
    if (target.verb == "embedContent" || target.verb == "batchEmbedContents")
        return embed(request, target, sink);
    if (target.verb == "countTokens") return count(request, target, sink);
    if (target.verb.empty()) return models(request, target, sink);
    throw InvalidArgument(target.verb, "is nothing that OpenAI-compatible servers have");
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
