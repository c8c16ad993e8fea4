#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"
#include "requests.hpp"

using genai::Client;
using genai::ClientError;
using genai::ClientOptions;
using genai::FinishReason;
using genai::GenerateContentConfig;
using genai::Json;
using genai::Part;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::Reply;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

ClientError refused(const Emulator& emulator, const std::string& model,
                    const GenerateContentConfig& config = {}, const char* key = nullptr) {
    ClientOptions options = emulator.client_options();
    if (key != nullptr) options.api_key = key;
    try {
        Client(options).models.generate_content(model, "hi", config);
    } catch (const ClientError& error) {
        return error;
    }
    throw std::logic_error("accepted");
}

std::string violated_field(const ClientError& error) {
    return error.details().at(0).at("fieldViolations").at(0).at("field").get<std::string>();
}

}  // namespace

TEST_CASE("the emulator answers from the prompt, always the same") {
    Emulator emulator;
    const Client client(emulator.client_options());
    const auto response =
        client.models.generate_content("gemini-2.5-flash", "good morning", {.system_instruction = "be kind"});
    CHECK_THAT(response.text(), ContainsSubstring("\"good morning\"") && ContainsSubstring("\"be kind\"") &&
                                    ContainsSubstring("no model"));
    CHECK(response.candidates[0].finish_reason == FinishReason::stop);
    CHECK(response.model_version == "gemini-2.5-flash");
    CHECK(response.usage_metadata->prompt_token_count == 4);
    CHECK(*response.usage_metadata->total_token_count ==
          4 + *response.usage_metadata->candidates_token_count);
    CHECK(client.models.generate_content("gemini-2.5-flash", "good morning",
                                         {.system_instruction = "be kind"}) == response);
    CHECK(emulator.requests().size() == 2);
}

TEST_CASE("a stream's chunks join to the whole answer") {
    Emulator emulator;
    const Client client(emulator.client_options());
    const auto whole = client.models.generate_content("gemini-x", "one two three");
    std::string text;
    int chunks = 0;
    int finished = 0;
    client.models.generate_content_stream("gemini-x", "one two three", {}, [&](const auto& chunk) {
        text += chunk.text();
        ++chunks;
        finished += chunk.candidates.at(0).finish_reason ? 1 : 0;
    });
    CHECK(text == whole.text());
    CHECK(chunks > 2);
    CHECK(finished == 1);
}

TEST_CASE("a stream asked for without alt=sse is a JSON list") {
    Emulator emulator;
    genai::HttpTransport transport;
    support::Gathered sink;
    transport.send({.method = "POST",
                    .url = emulator.url() + "/v1beta/models/gemini-x:streamGenerateContent",
                    .headers = {{"x-goog-api-key", "test-key"}},
                    .body = genai::http::Body::text(R"({"contents":[{"parts":[{"text":"hi"}]}]})")},
                   sink);
    CHECK(Json::parse(sink.body).is_array());
}

TEST_CASE("missing and wrong keys are refused as the service does") {
    Emulator emulator;
    const auto wrong = refused(emulator, "gemini-x", {}, "wrong");
    CHECK(wrong.code() == 400);
    CHECK(wrong.details().at(0).at("reason") == "API_KEY_INVALID");
    ClientOptions keyless = emulator.client_options();
    keyless.api_key_in = genai::ApiKeyPlacement::none;
    try {
        Client(keyless).models.generate_content("gemini-x", "hi");
        FAIL("accepted");
    } catch (const ClientError& error) {
        CHECK(error.code() == 403);
        CHECK(error.status() == "PERMISSION_DENIED");
    }
    for (const auto auth : {genai::ApiKeyPlacement::bearer, genai::ApiKeyPlacement::x_api_key,
                            genai::ApiKeyPlacement::api_key, genai::ApiKeyPlacement::query}) {
        ClientOptions options = emulator.client_options();
        options.api_key_in = auth;
        CHECK_NOTHROW(Client(options).models.generate_content("gemini-x", "hi"));
    }
}

TEST_CASE("unknown models and addresses are not found") {
    Emulator emulator({.models = {"my-model"}});
    CHECK(refused(emulator, "gpt-4").status() == "NOT_FOUND");
    CHECK_NOTHROW(Client(emulator.client_options()).models.generate_content("my-model", "hi"));
    CHECK_THAT(
        refused(emulator, "gemini-x", {.http_options = {.base_url = emulator.url() + "/elsewhere/deep"}})
            .message(),
        ContainsSubstring("404"));
}

TEST_CASE("an invalid body is refused with its field") {
    Emulator emulator;
    CHECK(violated_field(refused(emulator, "gemini-x", {.temperature = 3})) ==
          "generation_config.temperature");
    CHECK(violated_field(refused(emulator, "gemini-x", {.stop_sequences = {"1", "2", "3", "4", "5", "6"}})) ==
          "generation_config.stop_sequences");
    CHECK(violated_field(refused(
              emulator, "gemini-x",
              {.http_options = {.extra_body = Json{{"generationConfig", {{"maxOutputTokens", "many"}}}}}})) ==
          "generation_config.max_output_tokens");
    CHECK(violated_field(refused(
              emulator, "gemini-x",
              {.http_options = {.extra_body = Json{{"contents", {{{"parts", {{{"text", 1}}}}}}}}}})) ==
          "contents[0].parts[0].text");
    CHECK(violated_field(refused(emulator, "gemini-x",
                                 {.http_options = {.extra_body = Json{{"contents", Json::array()}}}})) ==
          "contents");
    CHECK_THAT(refused(emulator, "gemini-x",
                       {.http_options = {.extra_body = Json{{"toolConfig", {{"nonsense", 1}}}}}})
                   .message(),
               ContainsSubstring("Unknown name \"nonsense\" at 'tool_config'"));
    Emulator lenient({.strict = false});
    CHECK_NOTHROW(
        Client(lenient.client_options())
            .models.generate_content("gemini-x", "hi",
                                     {.http_options = {.extra_body = Json{{"semantic_cache", true}}}}));
}

TEST_CASE("length, stop sequences and candidates are honoured") {
    Emulator emulator;
    const Client client(emulator.client_options());
    const auto cut = client.models.generate_content("gemini-x", "hi", {.max_output_tokens = 3});
    CHECK(cut.text() == "You said: \"hi\".");
    CHECK(cut.candidates[0].finish_reason == FinishReason::max_tokens);
    CHECK(cut.usage_metadata->candidates_token_count == 3);
    const auto stopped =
        client.models.generate_content("gemini-x", "hi", {.stop_sequences = {"turn", "This"}});
    CHECK(stopped.text() == "You said: \"hi\". ");
    CHECK(stopped.candidates[0].finish_reason == FinishReason::stop);
    const auto several = client.models.generate_content("gemini-x", "hi", {.candidate_count = 3});
    REQUIRE(several.candidates.size() == 3);
    CHECK(several.candidates[2].index == 2);
    CHECK_FALSE(several.candidates[1].content == several.candidates[0].content);
    int finished = 0;
    client.models.generate_content_stream("gemini-x", "hi", {.candidate_count = 3}, [&](const auto& chunk) {
        for (const auto& candidate : chunk.candidates) finished += candidate.finish_reason ? 1 : 0;
    });
    CHECK(finished == 3);
}

TEST_CASE("thoughts come when they are asked for") {
    Emulator emulator;
    const auto response =
        Client(emulator.client_options())
            .models.generate_content("gemini-x", "hi",
                                     {.thinking_config = genai::ThinkingConfig{.include_thoughts = true}});
    REQUIRE(response.parts().size() == 2);
    CHECK(response.parts()[0].thought);
    CHECK_THAT(response.text(), ContainsSubstring("You said"));
    CHECK(*response.usage_metadata->thoughts_token_count > 0);
}

TEST_CASE("a schema gets an instance that fits it") {
    Emulator emulator;
    const Client client(emulator.client_options());
    const auto answer = [&](const char* schema) {
        return Json::parse(client.models
                               .generate_content("gemini-x", "Tell me about Paris",
                                                 {.response_mime_type = "application/json",
                                                  .response_json_schema = genai::RawJson::parse(schema)})
                               .text());
    };
    const Json whole = answer(
        R"({"type":"object","properties":{"city":{"type":"string"},"count":{"type":"integer","minimum":3},"ratio":{"type":"number","exclusiveMinimum":2},
        "tags":{"type":"array","items":{"enum":["x","y"]},"minItems":2},"nested":{"$ref":"#/$defs/n"},"either":{"anyOf":[{"type":"boolean"},{"type":"null"}]}},
        "required":["city"],"$defs":{"n":{"type":"object","properties":{"again":{"$ref":"#/$defs/n"},"when":{"type":"string","format":"date"}}}}})");
    CHECK(whole["city"] == "Paris");
    CHECK(whole["count"].get<int>() >= 3);
    CHECK(whole["ratio"].get<double>() > 2);
    CHECK(whole["tags"] == Json{"x", "x"});
    CHECK(whole["nested"]["when"] == "2025-01-01");
    CHECK(whole["either"] == true);
    CHECK(answer(R"({"type":["null","integer"],"maximum":-5})") == -5);
    CHECK(answer(R"({"type":"string","minLength":10})").get<std::string>().size() >= 10);

    using genai::Schema;
    using genai::Type;
    const auto typed = client.models.generate_content(
        "gemini-x", "Tell me about Paris",
        {.response_mime_type = "application/json",
         .response_schema = Schema{
             .properties = {{"b", {.type = Type::string}},
                            {"a",
                             {.items = Schema{.type = Type::string}, .min_items = 2, .type = Type::array}}},
             .type = Type::object}});
    CHECK(nlohmann::ordered_json::parse(typed.text()).begin().key() == "b");
    CHECK(Json::parse(typed.text())["a"].size() == 2);
    CHECK(client.models
              .generate_content(
                  "gemini-x", "x",
                  {.response_mime_type = "text/x.enum",
                   .response_schema = Schema{.enum_ = {"Percussion", "String"}, .type = Type::string}})
              .text() == "Percussion");
    CHECK(violated_field(refused(
              emulator, "gemini-x",
              {.response_mime_type = "text/plain", .response_schema = Schema{.type = Type::string}})) ==
          "generation_config.response_mime_type");
    CHECK(
        client.models.generate_content("gemini-x", "Paris", {.response_schema = Schema{.type = Type::string}})
            .text()
            .front() == '"');  // the client says JSON
}

TEST_CASE("a declared function is called, and its result answered") {
    Emulator emulator;
    const Client client(emulator.client_options());
    const GenerateContentConfig config{
        .tools = {{.function_declarations = {
                       {.description = "first", .name = "first"},
                       {.description = "weather",
                        .name = "get_weather",
                        .parameters = genai::Schema{.properties = {{"city", {.type = genai::Type::string}}},
                                                    .type = genai::Type::object}}}}}};
    const auto asked = client.models.generate_content("gemini-x", "Please use get_weather for Paris", config);
    REQUIRE(asked.function_calls().size() == 1);
    const auto call = asked.function_calls()[0];
    CHECK(call.name == "get_weather");
    CHECK(call.args == Json{{"city", "Paris"}});
    CHECK(asked.parts()[0].thought_signature);
    CHECK(client.models.generate_content("gemini-x", "anything", config).function_calls()[0].name == "first");

    std::vector<genai::Content> history{
        {.parts = {Part::from_text("q")}, .role = "user"},
        *asked.candidates[0].content,
        {.parts = {Part::from_function_response("get_weather", {{"temperature", 21}})}, .role = "user"}};
    CHECK(client.models.generate_content("gemini-x", history, config).text() ==
          "get_weather gave {\"temperature\":21}.");

    GenerateContentConfig forbidden = config;
    forbidden.tool_config = genai::ToolConfig{.function_calling_config = genai::FunctionCallingConfig{
                                                  .mode = genai::FunctionCallingConfigMode::none}};
    CHECK(client.models.generate_content("gemini-x", "x", forbidden).function_calls().empty());
}

TEST_CASE("several declared functions are called at once, and again where they must be") {
    Emulator emulator;
    const Client client(emulator.client_options());
    GenerateContentConfig config{
        .tools = {{.function_declarations = {{.name = "one"}, {.name = "two"}, {.name = "three"}}}}};
    const auto asked = client.models.generate_content("gemini-x", "Use three and one", config);
    REQUIRE(asked.function_calls().size() == 2);
    CHECK(asked.function_calls()[0].name == "one");
    CHECK(asked.function_calls()[1].id == "call-three");

    std::vector<genai::Content> history{{.parts = {Part::from_text("q")}, .role = "user"},
                                        *asked.candidates[0].content,
                                        {.parts = {Part::from_function_response("one", {{"x", 1}}),
                                                   Part::from_function_response("three", {{"x", 3}})},
                                         .role = "user"}};
    CHECK(client.models.generate_content("gemini-x", history, config).text() ==
          "one gave {\"x\":1}. three gave {\"x\":3}.");
    config.tool_config = genai::ToolConfig{.function_calling_config = genai::FunctionCallingConfig{
                                               .mode = genai::FunctionCallingConfigMode::any}};
    CHECK(client.models.generate_content("gemini-x", history, config).function_calls().size() == 1);
    history.back().parts.pop_back();
    CHECK_THROWS_AS(client.models.generate_content("gemini-x", history, config), genai::ClientError);
}

TEST_CASE("images come when they are asked for") {
    Emulator emulator;
    const auto response =
        Client(emulator.client_options())
            .models.generate_content("gemini-image", "a dot", {.response_modalities = {"TEXT", "IMAGE"}});
    CHECK(response.data().view().starts_with("\x89PNG"));
}

TEST_CASE("replies can be scripted") {
    Emulator emulator;
    const Client client(support::once(emulator.client_options()));
    emulator.enqueue(Reply::text("scripted"));
    emulator.enqueue(Reply::function_call("f", {{"x", 1}}));
    emulator.enqueue(Reply::error(503, "UNAVAILABLE", "overloaded"));
    emulator.enqueue(Reply::json("{}"));
    emulator.enqueue(Reply::function_calls(
        {{.id = "1", .name = "f"}, {.args = Json::array(), .name = "nobody declared it"}}));
    CHECK(client.models.generate_content("gemini-x", "hi").text() == "scripted");
    CHECK(client.models.generate_content("gemini-x", "hi").function_calls().at(0).args == Json{{"x", 1}});
    CHECK_THROWS_AS(client.models.generate_content("gemini-x", "hi"), genai::ServerError);
    CHECK(client.models.generate_content("gemini-x", "hi").candidates.empty());
    CHECK(client.models.generate_content("gemini-x", "hi").function_calls().at(1).args == Json::array());
    CHECK_THAT(client.models.generate_content("gemini-x", "hi").text(), ContainsSubstring("You said"));
    CHECK(emulator.requests().size() == 6);
    CHECK_THAT(emulator.requests()[0].body, ContainsSubstring("hi"));

    emulator.enqueue(Reply::text("streamed"));
    std::string text;
    client.models.generate_content_stream("gemini-x", "hi", {},
                                          [&text](const auto& chunk) { text += chunk.text(); });
    CHECK(text == "streamed");
    emulator.enqueue(Reply::stream({R"({"candidates":[{"content":{"parts":[{"text":"cut"}]}}]})"}));
    CHECK_THROWS_AS(client.models.generate_content_stream("gemini-x", "hi", {}, [](const auto&) {}),
                    genai::StreamInterrupted);
}

TEST_CASE("an answer can break at any byte") {
    Emulator emulator;
    for (const auto kind : {Fault::Kind::close, Fault::Kind::reset})
        for (std::size_t at = 0; at < 900; at += 37) {
            INFO(at);
            const Client client(support::once(emulator.client_options()));
            emulator.enqueue(Reply::broken({kind, at}));
            CHECK_THROWS_AS(client.models.generate_content_stream(
                                "gemini-x", "a prompt that makes a few chunks", {}, [](const auto&) {}),
                            genai::TransportError);
            CHECK_NOTHROW(
                client.models.generate_content("gemini-x", "hi"));  // whole again, whatever the last one met
        }
}
