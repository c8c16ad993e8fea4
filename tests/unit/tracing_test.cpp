// Spans of calls, by OpenTelemetry's names.

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/opentelemetry.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/tracing.hpp>

#include "routed.hpp"

using namespace genai;
using namespace std::chrono_literals;
using namespace routed;
using testing::ManualClock;

namespace {

/// A span as it was told.
struct Told {
    std::string name{};
    std::map<std::string, SpanValue> attributes{};
    std::size_t at_begin{};
    std::string failure{};
    int ends{};
};

/// Notes spans.
struct Notes {
    struct Span {
        std::shared_ptr<Told> told;
        void set(std::string_view name, const SpanValue& value) {
            told->attributes[std::string(name)] = value;
        }
        void fail(std::string_view type, std::string_view text) {
            told->failure = std::string(type) + '|' + std::string(text);
        }
        void end() { ++told->ends; }
        std::string traceparent() const { return "00-a-b-01"; }
    };
    Span start(std::string_view name, std::span<const SpanAttribute> attributes) {
        spans->push_back(
            std::make_shared<Told>(Told{.name = std::string(name), .at_begin = attributes.size()}));
        Span span{spans->back()};
        for (const auto& [key, value] : attributes) span.set(key, value);
        return span;
    }
    std::shared_ptr<std::vector<std::shared_ptr<Told>>> spans{
        std::make_shared<std::vector<std::shared_ptr<Told>>>()};
};

template <class T>
T value(const Told& span, const std::string& name) {
    const auto found = span.attributes.find(name);
    REQUIRE(found != span.attributes.end());
    return std::get<T>(found->second);
}
std::string text(const Told& span, const std::string& name) { return value<std::string>(span, name); }

struct Traced {
    explicit Traced(TracingOptions options = {}, std::vector<Reply> replies = {})
        : script(std::move(replies)) {
        options.clock = clock;
        hooks = std::make_shared<TracingHooks<Notes>>(notes, options);
        client = std::make_unique<Client<>>(
            ClientOptions{.api_key = "secret-key-123", .hooks = hooks, .clock = clock}, script);
    }
    const Told& span(std::size_t i = 0) const { return *notes.spans->at(i); }

    std::shared_ptr<ManualClock> clock{std::make_shared<ManualClock>()};
    Notes notes{};
    std::shared_ptr<TracingHooks<Notes>> hooks{};
    ScriptedTransport script;
    std::unique_ptr<Client<>> client{};
};

const std::string answered =
    R"({"candidates":[{"content":{"parts":[{"text":"thinking","thought":true},{"text":"Paris."}],"role":"model"},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":3,"totalTokenCount":18},"modelVersion":"gemini-2.5-flash-001","responseId":"r-1"})";

}  // namespace

static_assert(Tracer<Notes> && Tracer<OpenTelemetryTracer>);

TEST_CASE("a call is one span over its attempts, with what was asked and what came") {
    const Traced traced({}, {down, ScriptedTransport::json(answered)});
    static_cast<void>(traced.client->models.generate_content("gemini-2.5-flash", "Where?",
                                                             {.temperature = 0.5,
                                                              .top_k = 40,
                                                              .max_output_tokens = 100,
                                                              .stop_sequences = {"END"},
                                                              .seed = 7,
                                                              .response_mime_type = "application/json"}));
    REQUIRE(traced.notes.spans->size() == 1);
    const Told& span = traced.span();
    CHECK(span.name == "generate_content gemini-2.5-flash");
    CHECK(span.at_begin == 5);
    CHECK(span.ends == 1);
    CHECK(span.failure.empty());
    CHECK(text(span, "gen_ai.operation.name") == "generate_content");
    CHECK(text(span, "gen_ai.provider.name") == "gcp.gemini");
    CHECK(text(span, "gen_ai.request.model") == "gemini-2.5-flash");
    CHECK(text(span, "server.address") == "generativelanguage.googleapis.com");
    CHECK(value<std::int64_t>(span, "server.port") == 443);
    CHECK(value<double>(span, "gen_ai.request.temperature") == 0.5);
    CHECK(value<std::int64_t>(span, "gen_ai.request.top_k") == 40);
    CHECK(value<std::int64_t>(span, "gen_ai.request.max_tokens") == 100);
    CHECK(value<std::int64_t>(span, "gen_ai.request.seed") == 7);
    CHECK(value<std::vector<std::string>>(span, "gen_ai.request.stop_sequences") ==
          std::vector<std::string>{"END"});
    CHECK(text(span, "gen_ai.output.type") == "json");
    CHECK(text(span, "gen_ai.response.id") == "r-1");
    CHECK(text(span, "gen_ai.response.model") == "gemini-2.5-flash-001");
    CHECK(value<std::vector<std::string>>(span, "gen_ai.response.finish_reasons") ==
          std::vector<std::string>{"max_tokens"});
    CHECK(value<std::int64_t>(span, "gen_ai.usage.input_tokens") == 10);
    CHECK(value<std::int64_t>(span, "gen_ai.usage.output_tokens") == 8);
    CHECK(value<std::int64_t>(span, "gen_ai.usage.reasoning.output_tokens") == 3);
    CHECK(value<std::int64_t>(span, "gen_ai.usage.cache_read.input_tokens") == 4);
    for (const auto& [name, given] : span.attributes) {
        CHECK(name.find("messages") == std::string::npos);
        if (const auto* said = std::get_if<std::string>(&given))
            CHECK(said->find("Where?") == std::string::npos);
    }
}

TEST_CASE("a stream's span ends with its last chunk, and says how long the first one took") {
    const auto clock = std::make_shared<ManualClock>();
    Notes notes;
    const auto slow = [clock](const http::Request& request, http::Sink& sink) {
        clock->advance(400ms);
        ScriptedTransport::json("data: " + answered + "\n\n")(request, sink);
        clock->advance(600ms);
    };
    const Client client(
        {.api_key = "k",
         .http_options = {.retry = {.initial_delay = 1s, .jitter = 0.0}},
         .hooks = std::make_shared<TracingHooks<Notes>>(notes, TracingOptions{.clock = clock}),
         .clock = clock},
        ScriptedTransport{down, slow});
    for (const auto& chunk : client.models.generate_content_stream("m", "x")) static_cast<void>(chunk);
    const Told& span = *notes.spans->at(0);
    CHECK(value<bool>(span, "gen_ai.request.stream"));
    CHECK(value<double>(span, "gen_ai.response.time_to_first_chunk") == 1.4);  // from the call's begin
    CHECK(span.ends == 1);
}

TEST_CASE("a failure is the span's status, with a type of few values") {
    const Traced traced(
        {}, {ScriptedTransport::error(429, "RESOURCE_EXHAUSTED"), wrong,
             ScriptedTransport::fails(TransportError::Phase::body, TransportError::Reason::timeout),
             ScriptedTransport::stream<GenerateContentResponse>({decode<GenerateContentResponse>(
                 R"({"candidates":[{"content":{"parts":[{"text":"x"}]}}]})")})});
    const HttpOptions once{.retry = {.attempts = 1}};
    CHECK_THROWS_AS(traced.client->models.generate_content("m", "x", {.http_options = once}), RateLimitError);
    CHECK_THROWS_AS(traced.client->models.generate_content("m", "x", {.http_options = once}),
                    BadRequestError);
    CHECK_THROWS_AS(traced.client->models.generate_content("m", "x", {.http_options = once}), TimeoutError);
    CHECK_THROWS_AS(
        [&] {
            for (const auto& one : traced.client->models.generate_content_stream("m", "x"))
                static_cast<void>(one);
        }(),
        StreamInterrupted);
    CHECK(text(traced.span(0), "error.type") == "429");
    CHECK(traced.span(0).failure == "429|429 RESOURCE_EXHAUSTED");
    CHECK(text(traced.span(1), "error.type") == "400");
    CHECK(text(traced.span(2), "error.type") == "timeout");
    CHECK(text(traced.span(3), "error.type") == "StreamInterrupted");
    CHECK(value<std::vector<std::string>>(traced.span(3), "gen_ai.response.finish_reasons") ==
          std::vector<std::string>{"error"});
    for (std::size_t i = 0; i < 4; ++i) CHECK(traced.span(i).ends == 1);
}

TEST_CASE("content is in spans only where it is wanted, without keys") {
    const auto call = ScriptedTransport::json(
        R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":1}}}],"role":"model"},"finishReason":"STOP"}]})");
    const Traced traced({.content = true}, {ScriptedTransport::json(answered), call});
    const std::vector<Content> turns{
        {.parts = {Part::from_text("I am secret-key-123"), Part::from_bytes(std::string("abc"), "image/png"),
                   Part::from_uri("https://x/y.mp4", "video/mp4")},
         .role = "user"},
        {.parts = {Part{.function_call = FunctionCall{.id = "c1", .name = "f"}}}, .role = "model"},
        {.parts = {Part{.function_response =
                            FunctionResponse{.id = "c1", .name = "f", .response = Json{{"r", 2}}}}},
         .role = "user"}};
    static_cast<void>(traced.client->models.generate_content(
        "m", turns,
        {.system_instruction = "be brief",
         .tools = {{.function_declarations = {{.description = "does", .name = "f"}}}}}));
    static_cast<void>(traced.client->models.generate_content("m", "x"));
    const Told& span = traced.span(0);
    const Json messages = Json::parse(text(span, "gen_ai.input.messages"));
    CHECK(messages.size() == 3);
    CHECK(messages[0]["role"] == "user");
    CHECK(messages[0]["parts"][0]["content"].get<std::string>().starts_with("I am ["));
    CHECK(messages[0]["parts"][1] ==
          Json{{"type", "blob"}, {"mime_type", "image/png"}, {"modality", "image"}, {"content", "YWJj"}});
    CHECK(messages[0]["parts"][2]["type"] == "uri");
    CHECK(messages[1]["role"] == "assistant");
    CHECK(messages[1]["parts"][0]["type"] == "tool_call");
    CHECK(messages[1]["parts"][0]["id"] == "c1");
    CHECK(messages[2]["role"] == "tool");
    CHECK(messages[2]["parts"][0] ==
          Json{{"type", "tool_call_response"}, {"id", "c1"}, {"response", {{"r", 2}}}});
    CHECK(Json::parse(text(span, "gen_ai.system_instructions"))[0]["content"] == "be brief");
    CHECK(Json::parse(text(span, "gen_ai.tool.definitions"))[0]["functionDeclarations"][0]["name"] == "f");
    const Json output = Json::parse(text(span, "gen_ai.output.messages"));
    CHECK(output[0]["role"] == "assistant");
    CHECK(output[0]["parts"][0]["type"] == "reasoning");
    CHECK(output[0]["parts"][1]["content"] == "Paris.");
    CHECK(Json::parse(text(traced.span(1), "gen_ai.output.messages"))[0]["parts"][0]["id"] == "f_0");
}

TEST_CASE("names are those of the vocabulary that was chosen") {
    const Traced traced({.names = TelemetryNames::released},
                        {ScriptedTransport::json("data: " + answered + "\n\n")});
    for (const auto& chunk : traced.client->models.generate_content_stream("m", "x", {.top_k = 40}))
        static_cast<void>(chunk);
    CHECK(value<double>(traced.span(), "gen_ai.request.top_k") == 40);
    CHECK_FALSE(traced.span().attributes.contains("gen_ai.request.stream"));
    CHECK_FALSE(traced.span().attributes.contains(""));
    CHECK_FALSE(traced.span().attributes.contains("gen_ai.usage.reasoning.output_tokens"));
}

TEST_CASE("a trace is handed on to the service only where that is asked for") {
    const Traced silent({}, {ScriptedTransport::text("x")});
    static_cast<void>(silent.client->models.generate_content("m", "x"));
    CHECK(silent.script.requests()[0].headers.find("traceparent") == nullptr);
    const Traced told({.propagate = true}, {ScriptedTransport::text("x")});
    static_cast<void>(told.client->models.generate_content("m", "x"));
    CHECK(told.script.requests()[0].headers.get("traceparent") == "00-a-b-01");
}

TEST_CASE("operations and providers by what is called and where") {
    const Traced traced(
        {},
        {ScriptedTransport::json(R"({"embeddings":[{"values":[1]}],"usageMetadata":{"promptTokenCount":3}})"),
         ScriptedTransport::text("x"), ScriptedTransport::text("x")});
    static_cast<void>(traced.client->models.embed_content("e", "x"));
    static_cast<void>(traced.client->chats.create("c").send_message("x"));
    const openai::Client ai(*traced.client);
    static_cast<void>(
        ai.chat.completions.create({.model = "o", .messages = {{.role = "user", .content = "x"}}}));
    CHECK(traced.span(0).name == "embeddings e");
    CHECK(value<std::int64_t>(traced.span(0), "gen_ai.usage.input_tokens") == 3);
    CHECK(traced.span(1).name == "generate_content c");
    CHECK(traced.span(2).name == "chat o");
    CHECK(text(traced.span(2), "gen_ai.provider.name") == "openai");
}

TEST_CASE("a routed call is one span, by the name of its group") {
    const auto clock = std::make_shared<ManualClock>();
    Notes notes;
    const Router router(
        {.deployments = {deployment("g", "a", service("a", {down})), deployment("g", "b", service("b"))},
         .strategy = RouterStrategy::in_order,
         .clock = clock,
         .hooks = std::make_shared<TracingHooks<Notes>>(notes, TracingOptions{.clock = clock})});
    CHECK(ask(router) == "b");
    REQUIRE(notes.spans->size() == 1);
    CHECK(notes.spans->at(0)->name == "generate_content g");
    CHECK(notes.spans->at(0)->ends == 1);
    CHECK(notes.spans->at(0)->failure.empty());
}

TEST_CASE("the adapter for opentelemetry-cpp makes its spans") {
    auto& log = opentelemetry::trace::Provider::GetTracerProvider()->tracer->log;
    const ScriptedTransport script{ScriptedTransport::json(answered), wrong};
    const Client client({.api_key = "k",
                         .hooks = std::make_shared<TracingHooks<OpenTelemetryTracer>>(
                             OpenTelemetryTracer(), TracingOptions{.propagate = true})},
                        script);
    static_cast<void>(client.models.generate_content("m", "x", {.temperature = 0.5}));
    CHECK(log.front() == "start generate_content m kind 2");
    const auto has = [&](const std::string& line) {
        return std::find(log.begin(), log.end(), line) != log.end();
    };
    CHECK(has("gen_ai.request.model=m"));
    CHECK(has("server.port=443"));
    CHECK(has("gen_ai.request.temperature=0.500000"));
    CHECK(has("gen_ai.response.finish_reasons=[max_tokens]"));
    CHECK(log.back() == "end");
    CHECK(script.requests()[0].headers.get("traceparent") ==
          "00-" + std::string(32, 'a') + '-' + std::string(16, 'b') + "-00");
    CHECK_THROWS_AS(client.models.generate_content("m", "x"), BadRequestError);
    CHECK(has("status 2 400 INVALID_ARGUMENT"));
}
