#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/options.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator_options.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing {

/// A reply of a test's own making, for one request. Unless it says otherwise it is as the emulator would have
/// answered; delay and fault apply to either.
struct Reply {
    std::optional<int> status{};        ///< set: this reply is sent, not the emulator's own
    http::Headers headers{};            ///< beside Content-Type
    std::string body{};                 ///< of a whole answer
    std::vector<std::string> events{};  ///< texts of a stream's events, instead of `body`
    std::string content_type{"application/json; charset=UTF-8"};
    std::chrono::milliseconds delay{0};        ///< before the first byte
    std::chrono::milliseconds event_delay{0};  ///< between two events
    Fault fault{};                             ///< what goes wrong, and at which byte
    std::optional<std::string> verbatim{};     ///< bytes to send as they are, head included

    /// An answer with this JSON text.
    static Reply json(std::string body, int status = 200) {
        return {.status = status, .body = std::move(body)};
    }
    /// A model's answer with this text, whole or as one chunk, as asked.
    static Reply text(std::string_view text) {
        return answer(encode(GenerateContentResponse{
            .candidates = {
                Candidate{.content = Content{.parts = {Part::from_text(std::string(text))}, .role = "model"},
                          .finish_reason = FinishReason::stop,
                          .index = 0}}}));
    }
    /// A model's call of a function, whether it is declared and takes these arguments or not.
    static Reply function_call(std::string name, Json args) {
        return function_calls({{.args = std::move(args), .name = std::move(name)}});
    }
    /// A model's calls of several functions at once.
    static Reply function_calls(std::vector<FunctionCall> calls) {
        Content turn{.role = "model"};
        for (FunctionCall& call : calls) turn.parts.push_back({.function_call = std::move(call)});
        return answer(encode(GenerateContentResponse{
            .candidates = {
                Candidate{.content = std::move(turn), .finish_reason = FinishReason::stop, .index = 0}}}));
    }
    /// A stream of these event texts.
    static Reply stream(std::vector<std::string> events) {
        return {.status = 200, .events = std::move(events)};
    }
    /// An error in the service's form.
    static Reply error(int status, std::string_view name, std::string_view message,
                       const Json& details = {}) {
        Json error{{"code", status}, {"message", message}, {"status", name}};
        if (!details.is_null()) error["details"] = details;
        return json(Json{{"error", error}}.dump(2), status);
    }
    /// The emulator's own answer, with something wrong.
    static Reply broken(Fault fault) { return {.fault = fault}; }
    /// The emulator's own answer, late.
    static Reply late(std::chrono::milliseconds delay) { return {.delay = delay}; }

private:
    static Reply answer(std::string body) { return {.status = 200, .body = body, .events = {body}}; }
};

/// A stand-in for the Gemini API: an HTTP server on this machine that answers as the service does, with no
/// model behind it. What it says is made from the prompt, always the same, and fits what was asked for:
/// length, stop sequences, schemas, functions. It remembers files, caches, stores, batches and interactions
/// as long as it lives. Thread-safe. https://ai.google.dev/api
class Emulator {
public:
    explicit Emulator(EmulatorOptions options = {})
        : options_(std::move(options)),
          service_(make_emulated_api(options_)),
          server_([this](const ReceivedRequest& request) { return respond(request); }, options_.port) {
        service_->set_url(url());
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    std::string url() const { return server_.url(); }
    /// Options for a client of it.
    ClientOptions client_options() const {
        return {.api_key = options_.api_key, .http_options = {.base_url = url()}, .proxy = ""};
    }

    /// Queues a reply for a request to come; each is used once, in order.
    void enqueue(Reply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
    }
    /// All requests so far, in the order they came.
    std::vector<ReceivedRequest> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    /// Forgets the requests so far and the replies not used.
    void clear() {
        const std::lock_guard lock(mutex_);
        requests_.clear();
        replies_.clear();
    }
    /// Lets time pass for it: caches grow older.
    void advance(std::chrono::milliseconds span) { service_->advance(span); }
    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    void break_upload(std::size_t kept) { service_->break_upload(kept); }
    /// How many connections were made so far.
    std::size_t connections() const noexcept { return server_.connections(); }
    /// How many are open now.
    std::size_t open_connections() const { return server_.open_connections(); }

private:
    RawReply respond(const ReceivedRequest& request) {
        Reply script;
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
            if (!replies_.empty()) {
                script = std::move(replies_.front());
                replies_.pop_front();
            }
        }
        RawReply reply;
        if (script.status) reply = scripted(request, script);
        else reply = service_->answer(request);
        reply.delay = script.delay;
        if (script.event_delay.count() > 0) reply.piece_delay = script.event_delay;
        if (script.fault.kind != Fault::Kind::none) reply.fault = script.fault;
        reply.verbatim = script.verbatim;
        return reply;
    }

    static bool is_stream(const ReceivedRequest& request) {
        return request.path.ends_with(":streamGenerateContent");
    }

    static RawReply scripted(const ReceivedRequest& request, const Reply& script) {
        if (script.events.empty() || (!script.body.empty() && !is_stream(request))) {
            RawReply reply{.status = *script.status, .headers = script.headers, .pieces = {script.body}};
            reply.headers.add("Content-Type", script.content_type);
            return reply;
        }
        RawReply reply = event_stream(script.events);
        for (const auto& [name, value] : script.headers) reply.headers.add(name, value);
        return reply;
    }

    EmulatorOptions options_;
    std::unique_ptr<EmulatedApi> service_;
    mutable std::mutex mutex_{};
    std::deque<Reply> replies_{};
    std::vector<ReceivedRequest> requests_{};
    LoopbackServer server_;
};

}  // namespace genai::inline GENAI_ABI::testing

#if !defined(GENAI_EMULATOR_COMPILED) || defined(GENAI_EMULATOR_IMPLEMENTATION)
#include <genai/testing/emulator/service.hpp>  // what genai::compiled_emulator has compiled already
#endif
