#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/detail/conversation.hpp>
#include <genai/detail/enforcement.hpp>
#include <genai/detail/events.hpp>
#include <genai/detail/function_rounds.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/sent_tools.hpp>
#include <genai/stream.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline v0::detail {

/// Writes a generation request as an object: of the config, some members stand beside `generationConfig`, the rest in
/// it. `model` is written where the request does not go to the model itself.
template <class Config>
void write_generation(wire::Writer& writer, const std::vector<Content>& contents, const Config& config, const std::string& model = {}) {
    if (contents.empty()) throw InvalidArgument("contents", "is empty");
    if (config.response_schema && !config.response_json_schema.text().empty())
        throw InvalidArgument("config.response_json_schema", "is set beside response_schema: choose one");

    constexpr std::array<std::string_view, 8> beside{"serviceTier", "systemInstruction", "safetySettings", "tools",
                                                     "toolConfig",  "labels",            "continuationToken", "store"};
    const auto stands_beside = [&](std::string_view name) { return std::find(beside.begin(), beside.end(), name) != beside.end(); };

    writer.begin_object();
    if (!model.empty()) writer.member("\"model\":", model);
    writer.member("\"contents\":", contents);
    write_config(writer, config, stands_beside);
    if (config.cached_content) {
        const bool bare = config.cached_content->find('/') == std::string::npos;
        writer.member("\"cachedContent\":", bare ? "cachedContents/" + *config.cached_content : *config.cached_content);
    }
    wire::Buffer generation;
    wire::Writer nested(generation);
    nested.begin_object();
    const bool shaped = config.response_schema || !config.response_json_schema.text().empty();
    if (shaped && !config.response_mime_type) nested.member("\"responseMimeType\":", std::string("application/json"));  // the service takes no schema without
    nested.members(wire::struct_table<Config>(), &config, [&](std::string_view name) { return !stands_beside(name) && name != "cachedContent"; });
    nested.end_object();
    if (generation.size() > 2) writer.raw("\"generationConfig\":", generation.view());
    writer.unknown(config.extra);
    writer.end_object();
}

/// The call that generates: `verb` with its colon.
template <class Config>
Call generation_call(const Protocol& protocol, std::string_view model, std::string_view verb, const std::vector<Content>& contents, const Config& config) {
    auto body = std::make_shared<wire::JsonText>();
    wire::Writer writer(*body);
    write_generation(writer, contents, config);
    Call call{.path = model_path(model) + std::string(verb), .body = std::move(body), .options = protocol.merged(config.http_options), .repeatable = true};
    if (verb == ":streamGenerateContent") call.query = {{"alt", "sse"}};
    return call;
}

/// Decodes a stream's chunks and hands them on; knows whether the model came to an end.
template <class OnChunk>
class ChunkSink final : public EventSink {
public:
    explicit ChunkSink(OnChunk on_chunk) : on_chunk_(std::move(on_chunk)) {}

    std::optional<AttemptEvent::Usage> usage() const override { return usage_; }

    /// To be called when the exchange is over. Throws StreamInterrupted.
    void finish_stream(bool require_finish_reason) {
        if (!stopped_) end();
        if (stopped_ || !require_finish_reason || refused_ || (begun_ != 0 && (begun_ & ~finished_) == 0)) return;
        if (const std::string rest = stray(); !rest.empty()) raise_if_error(rest);
        throw StreamInterrupted("the stream ended after " + std::to_string(count_) +
                                " chunks without a finish reason: the answer is not complete");
    }

private:
    bool event(std::string_view text) override {
        const auto first = text.find_first_not_of(" \t\r\n");
        if (first != std::string_view::npos && text[first] == '[') {
            for (auto& chunk : decode<std::vector<GenerateContentResponse>>(text))
                if (!take(std::move(chunk))) return false;
            return true;
        }
        return take(decode<GenerateContentResponse>(text));
    }

    bool take(GenerateContentResponse&& chunk) {
        if (chunk.candidates.empty() && !chunk.extra.empty()) raise_if_error(encode(chunk));
        return deliver(std::move(chunk));
    }

    void plain(std::string_view text) override { event(text); }

    bool deliver(GenerateContentResponse&& chunk) {
        for (const Candidate& candidate : chunk.candidates) {
            const auto bit = std::uint64_t{1} << (static_cast<std::uint32_t>(candidate.index.value_or(0)) & 63U);
            begun_ |= bit;
            if (candidate.finish_reason) finished_ |= bit;
        }
        refused_ = refused_ || (chunk.prompt_feedback && chunk.prompt_feedback->block_reason);
        if (chunk.usage_metadata) usage_ = usage_of(chunk);  // each counts from the beginning
        if (count_++ == 0) chunk.sdk_http_response = http_response(response_head());
        hand_on();
        stopped_ = !on_chunk_(std::move(chunk));
        return !stopped_;
    }

    void raise_if_error(std::string_view text) {
        bool error = false;
        try {
            error = is_error(decode<Json>(text));
        } catch (const DecodeError&) {
            return;
        }
        if (error) refuse(std::string(text));
    }

    OnChunk on_chunk_;
    std::size_t count_{0};
    std::optional<AttemptEvent::Usage> usage_{};
    std::uint64_t begun_{0};     // candidates that have begun, by index
    std::uint64_t finished_{0};  // and those that said why they ended
    bool refused_{false};        // the prompt was
    bool stopped_{false};        // by the one who listens
};

/// Runs a stream's request and hands each chunk to `on_chunk`, which says whether to go on.
template <http::Transport T, class OnChunk>
void run_generation(Core<T>& core, const Prepared& request, bool require_finish_reason, OnChunk&& on_chunk) {
    ChunkSink<std::decay_t<OnChunk>> sink(std::forward<OnChunk>(on_chunk));
    core.exchange(request, sink, [&] { sink.finish_stream(require_finish_reason); });
}

/// A generation about to be made: a request, and more of them where functions are called in between.
template <http::Transport T>
class Generation {
public:
    /// `kept` keeps what the model says for `said`. Throws InvalidArgument.
    Generation(std::shared_ptr<Core<T>> core, std::string_view model, std::string_view verb, const std::vector<Content>& contents, const GenerateContentConfig& config, bool kept = false)
        : core_(std::move(core)), model_(model), verb_(verb), call_(generation_call(core_->protocol(), model, verb, contents, config)), rounds_(FunctionRounds::begin(contents, config)), enforcement_(Enforcement::of(config)), kept_(kept) {}

    /// The whole answer.
    GenerateContentResponse whole() {
        for (;;) {
            auto response = core_->template ask<GenerateContentResponse>(call_);
            begin_turn();
            take(response);
            if (next(call_.options.stop_token)) continue;
            if (enforcement_) enforcement_->enforce(turn_.content());
            if (rounds_) response.automatic_function_calling_history = rounds_->history();
            return response;
        }
    }

    /// Hands on the chunks, those that functions' answers make among them, as long as `emit` says so.
    template <class Emit>
    void run(Prepared request, Emit&& emit) {
        for (bool wanted = true;;) {
            begin_turn();
            run_generation(*core_, request, call_.options.require_finish_reason.value_or(true), [&](GenerateContentResponse&& chunk) {
                take(chunk);
                return wanted = emit(std::move(chunk));
            });
            if (!wanted) return;
            if (!next(request.stop)) break;
            if (!emit(rounds_->answers())) return;
            request = core_->protocol().request(call_);
        }
        if (enforcement_) enforcement_->enforce(turn_.content());
    }
    template <class Emit>
    void run(Emit&& emit) {
        run(core_->protocol().request(call_), std::forward<Emit>(emit));
    }

    /// The chunks as a stream; `on_end` is called in the loop's thread when it has come to the end in good order.
    static Stream<GenerateContentResponse> stream(std::shared_ptr<Generation> generation, std::function<void()> on_end = {}) {
        const auto core = generation->core_;
        const Call& call = generation->call_;
        return stream_of<GenerateContentResponse>(
            core, call, [generation](Core<T>&, const Prepared& request, const auto& emit) { generation->run(request, emit); }, std::move(on_end));
    }

    /// What was said behind the input: the model's turn, before it those of calls and their answers.
    std::vector<Content> said() {
        std::vector<Content> turns;
        if (rounds_) turns = rounds_->said();
        turns.push_back(std::move(turn_).content());
        return turns;
    }

private:
    void begin_turn() { turn_ = Turn(); }
    void take(const GenerateContentResponse& response) {
        if (kept_ || rounds_ || enforcement_) turn_.take(response);
    }

    /// Whether there is another request to make, which then is in place.
    bool next(const std::stop_token& stop) {
        if (!rounds_ || !rounds_->next(turn_.content(), stop)) return false;
        call_ = generation_call(core_->protocol(), model_, verb_, rounds_->contents(), rounds_->config());
        call_.options.stop_token = stop;
        return true;
    }

    std::shared_ptr<Core<T>> core_;
    std::string model_;
    std::string verb_;
    Call call_;
    std::optional<FunctionRounds> rounds_;
    std::optional<Enforcement> enforcement_;
    bool kept_;
    Turn turn_{};
};

}  // namespace genai::inline v0::detail
