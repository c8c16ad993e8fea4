// The emulator's OpenAI-compatible endpoint, as OpenAI's clients expect it and as Google's own is.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using testing::Emulator;

namespace {

const std::string model = "gemini-2.5-flash";

/// A client that only knows how to send and to receive JSON.
struct Bare {
    explicit Bare(testing::EmulatorOptions options = {}) : emulator(std::move(options)) {}

    struct Answer {
        int status{};
        std::string text{};
        Json json() const { return Json::parse(text); }
        /// The data of its events.
        std::vector<std::string> events() const {
            std::vector<std::string> found;
            for (std::size_t at = 0; (at = text.find("data: ", at)) != std::string::npos;) {
                const std::size_t end = text.find('\n', at);
                found.push_back(text.substr(at + 6, end - at - 6));
                at = end;
            }
            return found;
        }
    };

    Answer ask(const std::string& path, const Json& body, const std::string& key = "test-key") {
        struct Sink final : http::Sink {
            http::Flow head(const http::ResponseHead& head) override {
                answer.status = head.status;
                return http::Flow::more;
            }
            http::Flow data(std::string_view piece) override {
                answer.text += piece;
                return http::Flow::more;
            }
            Answer answer{};
        } sink;
        http::Request request{.method = body.is_null() ? "GET" : "POST",
                              .url = emulator.url() + "/v1beta/openai/" + path,
                              .headers = {{"Authorization", "Bearer " + key}}};
        const std::string text = body.is_null() ? "" : body.dump();
        request.body = http::Body(text, nullptr);
        HttpTransport({.proxy = ""}).send(request, sink);
        return sink.answer;
    }

    Emulator emulator;
};

Json asks(const char* text) {
    return {{"model", model}, {"messages", {{{"role", "user"}, {"content", text}}}}};
}
Json with(Json body, const Json& more) {
    body.update(more);
    return body;
}
const Json weather{{"tools",
                    {{{"type", "function"},
                      {"function",
                       {{"name", "weather"},
                        {"parameters",
                         {{"type", "object"},
                          {"properties", {{"city", {{"type", "string"}}}}},
                          {"required", {"city"}}}}}}}}},
                   {"tool_choice", "required"}};

}  // namespace

TEST_CASE("the OpenAI-compatible endpoint answers as OpenAI's does") {
    Bare bare;
    const Json made = bare.ask("chat/completions", asks("Hello")).json();
    CHECK(made["object"] == "chat.completion");
    CHECK(made["choices"][0]["message"]["role"] == "assistant");
    CHECK(made["choices"][0]["finish_reason"] == "stop");
    CHECK(made["usage"]["total_tokens"] > 0);
    CHECK_FALSE(made["choices"][0].contains("provider_specific_fields"));

    const Json called = bare.ask("chat/completions", with(asks("Weather in Rome?"), weather)).json();
    CHECK(called["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "weather");
    CHECK(called["choices"][0]["message"]["content"].is_null());
    CHECK(called["choices"][0]["finish_reason"] == "tool_calls");

    const auto events =
        bare.ask("chat/completions", with(asks("Hello there, how are you?"),
                                          {{"stream", true}, {"stream_options", {{"include_usage", true}}}}))
            .events();
    REQUIRE(events.size() > 3);
    CHECK(events.back() == "[DONE]");
    CHECK(Json::parse(events.front())["usage"].is_null());
    CHECK(Json::parse(events[events.size() - 2])["choices"] == Json::array());
    CHECK(Json::parse(events[events.size() - 2])["usage"]["total_tokens"] > 0);

    const auto streamed =
        bare.ask("chat/completions", with(with(asks("Weather in Rome?"), weather), {{"stream", true}}))
            .events();
    CHECK(Json::parse(streamed.front())["choices"][0]["delta"]["tool_calls"][0]["index"] == 0);
}

TEST_CASE("its errors have OpenAI's form") {
    Bare bare;
    const auto refused = bare.ask("chat/completions", asks("Hello"), "wrong");
    CHECK(refused.status == 400);
    CHECK_THAT(refused.json()["error"]["message"].get<std::string>(), ContainsSubstring("API key"));
    const auto missing = bare.ask("chat/completions", with(asks("Hello"), {{"model", "no-such-model"}}));
    CHECK(missing.status == 404);
    CHECK(missing.json()["error"]["type"] == "invalid_request_error");
    const auto broken = bare.ask("chat/completions", with(asks("Hello"), {{"messages", Json::array()}}));
    CHECK(broken.status == 400);
    CHECK(broken.json()["error"]["param"] == "messages");
    CHECK(bare.ask("nothing", Json()).status == 404);
}

TEST_CASE("as Google's own, it has Google's faults") {
    Bare bare({.openai_as_google = true});
    const auto refused = bare.ask("chat/completions", with(asks("Hello"), {{"top_q", 1}}));
    CHECK(refused.status == 400);
    CHECK_THAT(refused.json()[0]["error"]["message"].get<std::string>(),
               ContainsSubstring("Unknown name \"top_q\""));
    CHECK(bare.ask("models", Json()).json()["data"][0]["id"].get<std::string>().starts_with("models/"));
    const auto events =
        bare.ask("chat/completions", with(with(asks("Weather in Rome?"), weather), {{"stream", true}}))
            .events();
    const Json first = Json::parse(events.front());
    CHECK_FALSE(first["choices"][0]["delta"]["tool_calls"][0].contains("index"));
    CHECK(first["usage"]["total_tokens"] > 0);
    CHECK(Json::parse(events[events.size() - 2])["choices"][0]["finish_reason"] == "stop");
    const Json thought =
        bare.ask("chat/completions",
                 with(asks("Think."),
                      {{"extra_body", {{"google", {{"thinking_config", {{"include_thoughts", true}}}}}}}}))
            .json()["choices"][0]["message"];
    CHECK(thought["content"].get<std::string>().starts_with("<thought>"));
    CHECK(thought["extra_content"]["google"]["thought"] == true);
}

TEST_CASE("the library's clients speak to it in either form, as to any OpenAI-compatible server") {
    for (const bool as_google : {false, true}) {
        Emulator emulator({.openai_as_google = as_google});
        ClientOptions options = emulator.client_options();
        options.http_options.base_url = emulator.url() + "/v1beta/openai";
        const Client<> client(options, openai::Transport({.kind = openai::Kind::google}));
        CHECK_FALSE(client.models.generate_content(model, "Hello").text().empty());
        std::string city;
        const Tool tool = genai::tool("weather", "The weather.", {"city"}, [&city](const std::string& of) {
            city = of;
            return "sunny";
        });
        std::string text;
        for (const auto& chunk :
             client.models.generate_content_stream(model, "weather city=Rome", {.tools = {tool}}))
            text += chunk.text();
        CHECK_FALSE(city.empty());
        CHECK_FALSE(text.empty());
        CHECK(client.models.embed_content("gemini-embedding-001", {"a", "b"}).embeddings.size() == 2);
        CHECK(client.models.get(model).name == "models/" + model);
    }
}
