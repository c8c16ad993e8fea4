#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/call_context.hpp>
#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing {

/// Typed replies for a program's tests, without HTTP and without a server:
/// `ScriptedTransport script{ScriptedTransport::text("Hello"), ScriptedTransport::error(503, "UNAVAILABLE")};
/// Client client({.api_key = "k"}, script);`. Each reply is for one request, in order. Copies share the
/// script, so that the variable still tells what a client asked. Thread-safe.
class ScriptedTransport {
public:
    /// What is done with one request.
    using Reply = std::function<void(const http::Request&, http::Sink&)>;

    /// A request as it was made.
    struct Sent {
        std::string method{};
        std::string url{};
        http::Headers headers{};
        std::string body{};  ///< read from its source
        http::Timeouts timeouts{};
        std::string
            operation{};  ///< such as `models.generate_content`; empty where the request belongs to no call
        std::string model{};  ///< the model's name, where the call names one
    };

    ScriptedTransport(std::initializer_list<Reply> replies)
        : ScriptedTransport(std::vector<Reply>(replies)) {}
    explicit ScriptedTransport(std::vector<Reply> replies) { state_->replies = std::move(replies); }

    /// A model's response with this text, whole or as one chunk, as asked.
    static Reply text(std::string text) {
        return value(GenerateContentResponse{
            .candidates = {{.content = Content{.parts = {Part::from_text(std::move(text))}, .role = "model"},
                            .finish_reason = FinishReason::stop}}});
    }
    /// Any struct of the API as the response; where a stream is asked for, as its only chunk.
    template <class T>
    static Reply value(const T& response) {
        return json(encode(response));
    }
    /// JSON text as the response.
    static Reply json(std::string body, int status = 200, http::Headers headers = {}) {
        return [body = std::move(body), status, headers = std::move(headers)](const http::Request&,
                                                                              http::Sink& sink) {
            http::deliver(sink, {.status = status, .headers = headers}, body);
        };
    }
    /// A stream of these chunks.
    template <class T = GenerateContentResponse>
    static Reply stream(const std::vector<T>& chunks) {
        std::string body;
        for (const T& chunk : chunks) body += "data: " + encode(chunk) + "\n\n";
        return json(std::move(body), 200, {{"Content-Type", "text/event-stream"}});
    }
    /// An error in the service's form: an ApiError for the caller.
    static Reply error(int status, std::string_view name, std::string_view message = "as scripted") {
        return json(Json{{"error", {{"code", status}, {"message", message}, {"status", name}}}}.dump(),
                    status);
    }
    /// No response: a TransportError for the caller.
    static Reply fails(TransportError::Phase phase, TransportError::Reason reason) {
        return [phase, reason](const http::Request&, http::Sink&) {
            throw TransportError(phase, reason, "as scripted");
        };
    }
    /// A response that breaks off behind `body`.
    static Reply breaks_off(std::string body, TransportError::Reason reason = TransportError::Reason::reset) {
        return [body = std::move(body), reason](const http::Request&, http::Sink& sink) {
            if (http::deliver(sink, {.status = 200}, body) == http::Flow::more)
                throw TransportError(TransportError::Phase::body, reason, "as scripted");
        };
    }

    /// Adds a reply behind those there are.
    void enqueue(Reply reply) {
        const std::lock_guard lock(state_->mutex);
        state_->replies.push_back(std::move(reply));
    }
    /// Serves the last reply again and again when the others are used.
    void repeat_last() {
        const std::lock_guard lock(state_->mutex);
        state_->repeat_last = true;
    }
    /// All requests so far.
    std::vector<Sent> requests() const {
        const std::lock_guard lock(state_->mutex);
        return state_->requests;
    }
    /// How many replies were not used yet.
    std::size_t unused() const {
        const std::lock_guard lock(state_->mutex);
        return state_->replies.size() - (std::min)(state_->requests.size(), state_->replies.size());
    }

    /// See http::Transport. Throws Error for a request that nothing was scripted for.
    void send(const http::Request& request, http::Sink& sink) const {
        if (request.stop.stop_requested()) throw Cancelled();
        next(request)(request, sink);
    }

private:
    struct State {
        std::mutex mutex{};
        std::vector<Reply> replies{};
        std::vector<Sent> requests{};
        bool repeat_last{false};
    };

    Reply next(const http::Request& request) const {
        Sent sent{.method = request.method,
                  .url = request.url,
                  .headers = request.headers,
                  .timeouts = request.timeouts};
        char buffer[4096];
        for (std::size_t count = 0; (count = request.body.read(sent.body.size(), buffer)) != 0;)
            sent.body.append(buffer, count);
        if (request.context != nullptr) {
            sent.operation = request.context->operation;
            sent.model = request.context->model;
        }
        const std::lock_guard lock(state_->mutex);
        const std::size_t turn = state_->requests.size();
        state_->requests.push_back(std::move(sent));
        if (turn < state_->replies.size()) return state_->replies[turn];
        if (state_->repeat_last && !state_->replies.empty()) return state_->replies.back();
        throw Error("nothing was scripted for request " + std::to_string(turn + 1) + ": " + request.method +
                    ' ' + http::public_url(request.url));
    }

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace genai::inline GENAI_ABI::testing
