// Clients over servers that speak OpenAI's chat completions, beyond what the cases hold: functions,
// structured output, retries, hints, addresses, cancellation, real HTTP.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>
#include <genai/wire/base64.hpp>

#include "clients.hpp"
#if !defined(_WIN32)
#include "raw_servers.hpp"
#endif

using namespace genai;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using genai::testing::ScriptedTransport;

namespace {

Client<> client_of(ScriptedTransport script, openai::Quirks quirks = {}, HttpOptions http = {}) {
    if (!http.base_url) http.base_url = "http://localhost:8080/v1";
    return Client<>(support::hurried({.api_key = "key", .http_options = http}),
                    openai::Transport(quirks, std::move(script)));
}

ScriptedTransport::Reply says(const Json& message, const char* finish = "stop") {
    return ScriptedTransport::json(
        Json{{"id", "c"}, {"choices", {{{"index", 0}, {"message", message}, {"finish_reason", finish}}}}}
            .dump());
}
ScriptedTransport::Reply says(const char* text) {
    return says(Json{{"role", "assistant"}, {"content", text}});
}

ScriptedTransport::Reply streams(const std::vector<Json>& deltas, bool done = true) {
    std::string body;
    for (const Json& delta : deltas)
        body += "data: " + Json{{"id", "c"}, {"choices", {{{"index", 0}, {"delta", delta}}}}}.dump() + "\n\n";
    if (done) body += "data: [DONE]\n\n";
    return ScriptedTransport::json(body, 200, {{"Content-Type", "text/event-stream"}});
}

Json sent(const ScriptedTransport& script, std::size_t index = 0) {
    return Json::parse(script.requests().at(index).body);
}

struct Weather {
    std::string city{};
    int degrees{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("city", self.city);
        visit("degrees", self.degrees);
    }
};

}  // namespace

TEST_CASE("functions are called for a model of an OpenAI-compatible server") {
    const Json call{{"role", "assistant"},
                    {"content", nullptr},
                    {"tool_calls",
                     {{{"id", "c1"},
                       {"type", "function"},
                       {"function", {{"name", "weather"}, {"arguments", R"({"city":"Rome"})"}}}}}}};
    ScriptedTransport script{says(call, "tool_calls"), says("It is sunny.")};
    const Tool weather =
        tool("weather", "The weather.", {"city"}, [](const std::string& city) { return "sunny in " + city; });
    const auto answer = client_of(script).models.generate_content("qwen3", "Weather?", {.tools = {weather}});
    CHECK(answer.text() == "It is sunny.");
    const Json messages = sent(script, 1).at("messages");
    CHECK(messages.at(1).at("tool_calls").at(0).at("function").at("arguments") == R"({"city":"Rome"})");
    CHECK(messages.at(2).at("role") == "tool");
    CHECK(messages.at(2).at("tool_call_id") == "c1");
    CHECK(messages.at(2).at("content") == R"({"result":"sunny in Rome"})");
    CHECK(sent(script).at("tools").at(0).at("function").at("name") == "weather");
}

TEST_CASE("a chat keeps its history, and a stream its pieces, over an OpenAI-compatible server") {
    ScriptedTransport script{streams({{{"content", "Hel"}}, {{"content", "lo."}}}), says("Ann.")};
    const Client client = client_of(script);
    auto chat = client.chats.create("qwen3");
    std::string text;
    for (const auto& chunk : chat.send_message_stream("I am Ann.")) text += chunk.text();
    CHECK(text == "Hello.");
    CHECK(chat.send_message("Who am I?").text() == "Ann.");
    CHECK(sent(script).at("stream") == true);
    CHECK(sent(script).at("stream_options").at("include_usage") == true);
    const Json messages = sent(script, 1).at("messages");
    CHECK(messages.at(1) == Json{{"role", "assistant"}, {"content", "Hello."}});
    CHECK(messages.at(2).at("content") == "Who am I?");
}

TEST_CASE("structured output is asked for by a schema and read as the struct") {
    ScriptedTransport script{says(R"({"city":"Rome","degrees":21})")};
    const auto answer = client_of(script).models.generate_content<Weather>("qwen3", "Weather in Rome?");
    CHECK(answer.value.degrees == 21);
    const Json format = sent(script).at("response_format");
    CHECK(format.at("type") == "json_schema");
    CHECK(format.at("json_schema").at("schema").at("type") == "object");
    CHECK(format.at("json_schema").at("schema").at("properties").at("degrees").at("type") == "integer");
}

TEST_CASE("large images arrive whole, in their order, beside other text") {
    const std::string first(100'000, 'a');
    const std::string second(300'001, 'b');
    ScriptedTransport script{says("Two images.")};
    static_cast<void>(client_of(script).models.generate_content(
        "m", {Part::from_text("genai-1. and"), Part::from_bytes(first, "image/png"), Part::from_text("then"),
              Part::from_bytes(second, "image/jpeg"), Part::from_bytes(std::string("tiny"), "image/png")}));
    const Json content = sent(script).at("messages").at(0).at("content");
    REQUIRE(content.size() == 5);
    CHECK(content.at(0).at("text") == "genai-1. and");
    CHECK(content.at(1).at("image_url").at("url") == "data:image/png;base64," + wire::to_base64(first));
    CHECK(content.at(3).at("image_url").at("url") == "data:image/jpeg;base64," + wire::to_base64(second));
    CHECK(content.at(4).at("image_url").at("url") == "data:image/png;base64,dGlueQ==");
}

TEST_CASE("long texts arrive as they were said, also as arguments of calls and results of functions") {
    const std::string text =
        std::string(5'000, 'x') + "\"quoted\" \\ back\\\\\n\xF0\x9F\x98\x80 genai-1-2. end\\";
    ScriptedTransport script{says("Yes.")};
    static_cast<void>(client_of(script).models.generate_content(
        "m",
        {Content{.parts = {Part::from_text(text), Part::from_text("short"), Part::from_text(text)},
                 .role = "user"},
         Content{
             .parts = {{.function_call = FunctionCall{.args = Json{{"text", text}}, .id = "a", .name = "f"}}},
             .role = "model"},
         Content{.parts = {{.function_response =
                                FunctionResponse{.id = "a", .name = "f", .response = Json{{"text", text}}}}},
                 .role = "user"}},
        {.system_instruction = text}));
    const Json messages = sent(script).at("messages");
    CHECK(messages.at(0).at("content") == text);
    CHECK(messages.at(1).at("content") == text + "\nshort\n" + text);
    CHECK(Json::parse(messages.at(2).at("tool_calls").at(0).at("function").at("arguments").get<std::string>())
              .at("text") == text);
    CHECK(Json::parse(messages.at(3).at("content").get<std::string>()).at("text") == text);

    ScriptedTransport embeds{ScriptedTransport::json(R"({"data":[{"index":0,"embedding":[1]}]})")};
    static_cast<void>(client_of(embeds).models.embed_content("m", text + text));
    CHECK(sent(embeds).at("input") == text + text);
    const auto counted = client_of(script).models.count_tokens("m", text + text);
    CHECK(counted.total_tokens.value_or(0) > 2'000);
}

TEST_CASE("extra_body is merged into the body of the server's own shape, last") {
    ScriptedTransport script{says("Hi")};
    HttpOptions http;
    http.extra_body = Json{{"temperature", 0}, {"chat_template_kwargs", {{"enable_thinking", false}}}};
    static_cast<void>(client_of(script).models.generate_content("qwen3", "Hello",
                                                                {.http_options = http, .temperature = 1.0}));
    CHECK(sent(script).at("temperature") == 0);
    CHECK(sent(script).at("chat_template_kwargs").at("enable_thinking") == false);
    CHECK_FALSE(sent(script).contains("generationConfig"));
}

TEST_CASE("what a server says of trying again is heeded") {
    const auto refused = [](int status, const char* body, http::Headers headers = {}) {
        return ScriptedTransport::json(body, status, std::move(headers));
    };
    SECTION("a rate limit is waited for") {
        ScriptedTransport script{
            refused(429, R"({"error":{"message":"slow down","code":"rate_limit_exceeded"}})",
                    {{"retry-after-ms", "1500"}}),
            says("there")};
        CHECK(client_of(script).models.generate_content("m", "x").text() == "there");
    }
    SECTION("a quota that is spent is not") {
        ScriptedTransport script{
            refused(429, R"({"error":{"message":"You are out of money","code":"insufficient_quota"}})"),
            says("no")};
        CHECK_THROWS_AS(client_of(script).models.generate_content("m", "x"), RateLimitError);
        CHECK(script.requests().size() == 1);
    }
    SECTION("x-should-retry decides") {
        ScriptedTransport no{refused(503, "{}", {{"x-should-retry", "false"}}), says("no")};
        CHECK_THROWS_AS(client_of(no).models.generate_content("m", "x"), ServerError);
        ScriptedTransport yes{refused(400, "{}", {{"x-should-retry", "true"}}), says("yes")};
        CHECK(client_of(yes).models.generate_content("m", "x").text() == "yes");
    }
}

TEST_CASE("a stream that is cut says so, and names a call it was cut within") {
    const Json begun{{"tool_calls",
                      {{{"index", 0}, {"id", "c"}, {"function", {{"name", "f"}, {"arguments", "{\"x\""}}}}}}};
    ScriptedTransport script{streams({{{"content", "Hi"}}}, false), streams({begun}, false),
                             streams({{{"content", "Hi"}}}, false)};
    const auto read = [&](HttpOptions http = {}) {
        std::string text;
        for (const auto& chunk :
             client_of(script).models.generate_content_stream("m", "x", {.http_options = http}))
            text += chunk.text();
        return text;
    };
    CHECK_THROWS_AS(read(), StreamInterrupted);
    try {
        read();
        FAIL("it was cut");
    } catch (const StreamInterrupted& cut) {
        CHECK_THAT(cut.what(), ContainsSubstring("call of f"));
    }
    HttpOptions tolerant;
    tolerant.require_finish_reason = false;
    CHECK(read(tolerant) == "Hi");
}

TEST_CASE("the base URL is the one that an OpenAI SDK is given") {
    const auto asked = [](const char* base, const char* model = "models/qwen3") {
        ScriptedTransport script{says("Hi")};
        HttpOptions http;
        http.base_url = base;
        static_cast<void>(client_of(script, {}, http).models.generate_content(model, "x"));
        return script.requests().at(0).url + ' ' + sent(script).at("model").get<std::string>();
    };
    CHECK(asked("http://localhost:8080/v1") == "http://localhost:8080/v1/chat/completions qwen3");
    CHECK(asked("http://localhost:8080") == "http://localhost:8080/chat/completions qwen3");
    CHECK(asked("https://generativelanguage.googleapis.com/v1beta/openai/") ==
          "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions qwen3");
    CHECK(asked("https://x.openai.azure.com/openai/v1") ==
          "https://x.openai.azure.com/openai/v1/chat/completions qwen3");
    CHECK(asked("https://host/models/x/v1") == "https://host/models/x/v1/chat/completions qwen3");
    CHECK(asked("https://api.fireworks.ai/inference/v1", "accounts/fireworks/models/llama") ==
          "https://api.fireworks.ai/inference/v1/chat/completions accounts/fireworks/models/llama");
    CHECK(asked("http://localhost/v1", "qwen/qwen3:free") ==
          "http://localhost/v1/chat/completions qwen/qwen3:free");
}

TEST_CASE("the kind of server is known from its address") {
    const auto kind = [](const char* base) {
        ScriptedTransport script{says("Hi")};
        HttpOptions http;
        http.base_url = base;
        static_cast<void>(
            client_of(script, {}, http).models.generate_content("m", "x", {.max_output_tokens = 5}));
        return sent(script).contains("max_completion_tokens");
    };
    CHECK(kind("https://api.openai.com/v1"));
    CHECK(kind("https://api.groq.com/openai/v1"));
    CHECK_FALSE(kind("http://localhost:11434/v1"));
    CHECK_FALSE(kind("https://openrouter.ai/api/v1"));
}

TEST_CASE("the key goes where the server looks for it, and a server of one's own needs none") {
    ScriptedTransport script{says("Hi"), says("Hi")};
    script.repeat_last();
    static_cast<void>(client_of(script).models.generate_content("m", "x"));
    CHECK(script.requests().at(0).headers.get("authorization") == "Bearer key");
    CHECK(script.requests().at(0).headers.get("x-goog-api-key").empty());
    HttpOptions http;
    http.headers = {{"Authorization", "Bearer mine"}};
    static_cast<void>(client_of(script, {}, http).models.generate_content("m", "x"));
    CHECK(script.requests().at(1).headers.get("authorization") == "Bearer mine");
    CHECK(script.requests().at(1).headers.size() == script.requests().at(0).headers.size());
}

TEST_CASE("what cannot be said is refused with its place, or left out where that is asked for") {
    ScriptedTransport script{says("Hi")};
    GenerateContentConfig config{.top_k = 5};
    try {
        static_cast<void>(client_of(script).models.generate_content("m", "x", config));
        FAIL("it was said");
    } catch (const InvalidArgument& problem) {
        CHECK(problem.parameter() == "/generationConfig/topK");
    }
    CHECK(script.requests().empty());
    static_cast<void>(client_of(script, {.drop_params = true}).models.generate_content("m", "x", config));
    CHECK_FALSE(sent(script).contains("top_k"));
    CHECK_THROWS_AS(client_of(script).models.generate_images("m", "a cat"), InvalidArgument);
    CHECK_THROWS_AS(client_of(script).caches.get("cachedContents/x"), InvalidArgument);
}

#if !defined(_WIN32)
TEST_CASE("over real HTTP the client's own options hold, and a stream that is left ends the request") {
    std::string asked;
    support::ByteServer server([&](int, const std::string& request) {
        asked = request;
        const std::string chunk = R"(data: {"choices":[{"delta":{"content":"Hi"}}]})"
                                  "\n\n";
        return support::ByteServer::Answer{
            .pieces = {{"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + chunk},
                       {chunk, 50ms},
                       {chunk, 5s}},
            .close = true};
    });
    const Client<> client({.http_options = {.base_url = server.url() + "/v1"}, .proxy = ""},
                          openai::Transport({.kind = openai::Kind::llama_cpp}));
    const auto begin = std::chrono::steady_clock::now();
    {
        auto stream = client.models.generate_content_stream("qwen3", "Hello");
        CHECK(stream.next()->text() == "Hi");
        CHECK(stream.next()->text() == "Hi");
    }
    CHECK(std::chrono::steady_clock::now() - begin < 4s);
    CHECK_THAT(asked, ContainsSubstring("POST /v1/chat/completions"));
    CHECK(asked.find("uthorization") == std::string::npos);
}
#endif

TEST_CASE("a long history arrives turn by turn, whatever is in its texts") {
    const auto turn = [](const char* role, std::string text) {
        return Content{.parts = {Part::from_text(std::move(text))}, .role = role};
    };
    std::vector<Content> turns;
    std::vector<std::pair<std::string, std::string>> expected;
    const auto add = [&](const char* role, std::string text) {
        const std::string theirs = std::string_view(role) == "model" ? "assistant" : "user";
        if (!expected.empty() && expected.back().first == theirs)
            expected.back().second += (theirs == "user" ? "\n" : "") + text;
        else expected.emplace_back(theirs, text);
        turns.push_back(turn(role, std::move(text)));
    };
    for (int i = 0; i < 60; ++i) {
        add("user", "Say \"" + std::to_string(i) + "\" and a \\ \n, and no \"}],\"role\":\"model\"}");
        add("model", std::string(static_cast<std::size_t>(i * 10), 'z') + " Zürich 東京");
    }
    add("user", "Once.");
    add("user", "Again.");                                                                // to be merged
    turns.push_back({.parts = {Part{.text = "Hm.", .thought = true}}, .role = "model"});  // says nothing
    add("user", "And again.");
    add("model", "Yes.");
    add("model", " Yes.");
    turns.push_back(
        {.parts = {Part::from_text("See."), Part::from_bytes(Bytes(std::string("PNG")), "image/png")},
         .role = "user"});
    turns.push_back(turn("model", "Seen."));
    turns.push_back(turn("user", "Good."));
    ScriptedTransport script{says("OK")};
    CHECK(client_of(script).models.generate_content("m", turns).text() == "OK");
    const Json messages = sent(script)["messages"];
    REQUIRE(messages.size() == expected.size() + 3);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(messages[i]["role"] == expected[i].first);
        CHECK(messages[i]["content"] == expected[i].second);
    }
    CHECK(messages[expected.size()]["content"][1]["type"] == "image_url");
    CHECK(messages[expected.size() + 1] == Json{{"role", "assistant"}, {"content", "Seen."}});
    CHECK(messages[expected.size() + 2] == Json{{"role", "user"}, {"content", "Good."}});
}
