#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/stream.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline v0 {

namespace detail {

/// The JSON body of a generation request: of the config, these members stand beside `generationConfig`, the rest in it.
template <class Config>
std::shared_ptr<wire::Buffer> generate_content_body(const std::vector<Content>& contents, const Config& config) {
    if (contents.empty()) throw InvalidArgument("contents", "is empty");
    if (config.response_schema && !config.response_json_schema.text().empty())
        throw InvalidArgument("config.response_json_schema", "is set beside response_schema: choose one");

    constexpr std::array<std::string_view, 8> beside{"serviceTier", "systemInstruction", "safetySettings", "tools",
                                                     "toolConfig",  "labels",            "continuationToken", "store"};
    const auto stands_beside = [&](std::string_view name) { return std::find(beside.begin(), beside.end(), name) != beside.end(); };
    const wire::StructTable& table = wire::struct_table<Config>();

    auto body = std::make_shared<wire::Buffer>();
    wire::Writer writer(*body);
    writer.begin_object();
    writer.member("\"contents\":", contents);
    writer.members(table, &config, stands_beside);
    if (config.cached_content) {
        const bool bare = config.cached_content->find('/') == std::string::npos;
        writer.member("\"cachedContent\":", bare ? "cachedContents/" + *config.cached_content : *config.cached_content);
    }
    wire::Buffer generation;
    wire::Writer nested(generation);
    nested.begin_object();
    nested.members(table, &config, [&](std::string_view name) { return !stands_beside(name) && name != "cachedContent"; });
    nested.end_object();
    if (generation.size() > 2) {
        writer.key("\"generationConfig\":");
        body->append(generation.view());
    }
    writer.unknown(config.extra);
    writer.end_object();
    return body;
}

/// An answer's headers as the official SDKs give them.
inline HttpResponse http_response(const http::ResponseHead& head) {
    HttpResponse response;
    for (const auto& [name, value] : head.headers) {
        std::string lower = name;
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        response.headers.set(lower, value);
    }
    return response;
}

/// Decodes a stream's chunks and hands them on; knows whether the model came to an end.
template <class OnChunk>
class ChunkSink final : public EventSink {
public:
    ChunkSink(std::string_view secret, OnChunk on_chunk) : EventSink(secret), on_chunk_(std::move(on_chunk)) {}

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
        if (count_++ == 0) chunk.sdk_http_response = http_response(response_head());
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
        if (error) throw_api_error(response_head(), std::string(text), secret());
    }

    OnChunk on_chunk_;
    std::size_t count_{0};
    std::uint64_t begun_{0};     // candidates that have begun, by index
    std::uint64_t finished_{0};  // and those that said why they ended
    bool refused_{false};        // the prompt was
    bool stopped_{false};        // by the one who listens
};

}  // namespace detail

/// Generation. One belongs to a client; copies share its connections. https://ai.google.dev/api/generate-content
template <http::Transport T>
class Models {
public:
    explicit Models(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Generates an answer, and waits for the whole of it. Throws InvalidArgument before anything is sent; ApiError,
    /// TransportError, DecodeError, Cancelled. https://ai.google.dev/api/generate-content#method:-models.generatecontent
    GenerateContentResponse generate_content(std::string_view model, const ContentListUnion& contents,
                                             const GenerateContentConfig& config = {}) const {
        detail::TextSink sink(core_->protocol().key());
        core_->exchange(core_->protocol().request(call(model, ":generateContent", contents, config)), sink);
        auto response = decode<GenerateContentResponse>(sink.text());
        response.sdk_http_response = detail::http_response(sink.response_head());
        return response;
    }

    /// Generates an answer and gives its chunks as they come: `for (const auto& chunk : …)`. The request is on its way
    /// when this returns. Throws InvalidArgument here; the rest, and StreamInterrupted, from the loop.
    /// https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
    Stream<GenerateContentResponse> generate_content_stream(std::string_view model, const ContentListUnion& contents,
                                                            const GenerateContentConfig& config = {}) const {
        const detail::Call prepared = stream_call(model, contents, config);
        http::Request request = core_->protocol().request(prepared);  // what is wrong with it shows here, not on the worker
        std::stop_token outer = request.stop;
        return Stream<GenerateContentResponse>(
            [core = core_, request = std::move(request), whole = must_finish(prepared)](std::stop_token stop, const auto& emit) mutable {
                request.stop = std::move(stop);
                run(*core, request, whole, [&emit](GenerateContentResponse&& chunk) { return emit(std::move(chunk)); });
            },
            std::move(outer));
    }

    /// The same, pushed: calls `on_chunk(const GenerateContentResponse&)` in this thread for each chunk, and returns
    /// when all have come. Where `on_chunk` returns a bool, false ends the request in good order.
    template <class OnChunk>
        requires std::invocable<OnChunk&, const GenerateContentResponse&>
    void generate_content_stream(std::string_view model, const ContentListUnion& contents, const GenerateContentConfig& config,
                                 OnChunk&& on_chunk) const {
        const detail::Call prepared = stream_call(model, contents, config);
        run(*core_, core_->protocol().request(prepared), must_finish(prepared), [&on_chunk](GenerateContentResponse&& chunk) {
            const GenerateContentResponse& seen = chunk;
            if constexpr (std::same_as<std::invoke_result_t<OnChunk&, const GenerateContentResponse&>, bool>) {
                return on_chunk(seen);
            } else {
                on_chunk(seen);
                return true;
            }
        });
    }

private:
    detail::Call call(std::string_view model, std::string_view verb, const ContentListUnion& contents, const GenerateContentConfig& config) const {
        return {.path = detail::Protocol::model_path(model) + std::string(verb),
                .body = detail::generate_content_body(contents.contents(), config),
                .options = detail::merge(core_->protocol().options().http_options, config.http_options)};
    }

    detail::Call stream_call(std::string_view model, const ContentListUnion& contents, const GenerateContentConfig& config) const {
        detail::Call prepared = call(model, ":streamGenerateContent", contents, config);
        prepared.query = {{"alt", "sse"}};
        return prepared;
    }

    static bool must_finish(const detail::Call& prepared) { return prepared.options.require_finish_reason.value_or(true); }

    template <class OnChunk>
    static void run(detail::Core<T>& core, const http::Request& request, bool require_finish_reason, OnChunk&& on_chunk) {
        detail::ChunkSink<std::decay_t<OnChunk>> sink(core.protocol().key(), std::forward<OnChunk>(on_chunk));
        core.exchange(request, sink);
        sink.finish_stream(require_finish_reason);
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
