// openai::Client beyond what the cases hold: whole conversations, streams, errors, caches, media.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>

#include "clients.hpp"

using namespace genai;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using genai::testing::ScriptedTransport;

namespace {

const std::string model = "gemini-2.5-flash";

openai::Client<> client_of(const ScriptedTransport& script, openai::Options options = {}) {
    return openai::Client<>(Client<>(support::hurried({.api_key = "key"}), script), std::move(options));
}

openai::CompletionCreateParams asks(std::string text, std::string of = model) {
    return {.model = std::move(of), .messages = {{.role = "user", .content = std::move(text)}}};
}

Json sent(const ScriptedTransport& script, std::size_t index = 0) {
    return Json::parse(script.requests().at(index).body);
}

/// The parameter that a request is refused for.
std::string refused(const openai::CompletionCreateParams& params, const openai::Options& options = {}) {
    try {
        static_cast<void>(openai::to_gemini(params, options));
    } catch (const InvalidArgument& problem) {
        return problem.parameter();
    }
    return {};
}

openai::ChatCompletionMessage calls(std::string id, std::string name, std::string arguments) {
    return {.role = "assistant",
            .tool_calls = {{.id = std::move(id),
                            .type = "function",
                            .function = openai::FunctionCall{.name = std::move(name),
                                                             .arguments = std::move(arguments)}}}};
}

ScriptedTransport::Reply says(const Json& parts, const char* reason = "STOP") {
    return ScriptedTransport::json(Json{
        {"candidates",
         {{{"content", {{"role", "model"}, {"parts", parts}}}, {"finishReason", reason}, {"index", 0}}}},
        {"usageMetadata", {{"promptTokenCount", 7}, {"candidatesTokenCount", 2}, {"totalTokenCount", 9}}}}
                                       .dump());
}

}  // namespace

TEST_CASE("a program in OpenAI's shapes is answered by Gemini") {
    testing::Emulator emulator;
    const Client<> client(emulator.client_options());
    openai::Client ai(client);
    const auto completion = ai.chat.completions.create(
        {.model = "gemini/gemini-2.5-flash",
         .messages = {{.role = "user", .content = "What is the capital of France?"}},
         .reasoning_effort = "low"});
    CHECK(completion.object == "chat.completion");
    CHECK_FALSE(completion.choices.at(0).message.content.text().empty());
    CHECK(completion.choices[0].finish_reason == openai::FinishReason::stop);
    CHECK(completion.usage->total_tokens > 0);

    std::string streamed;
    std::int64_t tokens = 0;
    openai::CompletionCreateParams again = asks("What is the capital of France?");
    again.stream_options = openai::StreamOptions{.include_usage = true};
    for (const auto& chunk : ai.chat.completions.create_stream(again)) {
        if (!chunk.choices.empty()) streamed += chunk.choices[0].delta.content.value_or("");
        if (chunk.usage) tokens = chunk.usage->total_tokens;
    }
    CHECK(openai::MessageContent(streamed) == completion.choices[0].message.content.text());
    CHECK(tokens > 0);
    CHECK(ai.chat.completions.count_tokens(asks("Hello")).total_tokens.value_or(0) > 0);
    CHECK(ai.models.list().data.size() > 1);
    CHECK(ai.models.retrieve(model).id == model);
    CHECK_THROWS_AS(ai.models.retrieve("no-such-model"), NotFoundError);
}

TEST_CASE("a conversation with tools keeps ids and thought signatures") {
    ScriptedTransport script{says({{{"text", "Hm."}, {"thought", true}},
                                   {{"functionCall", {{"name", "weather"}, {"args", {{"city", "Rome"}}}}},
                                    {"thoughtSignature", "c2lnbmVk"}}}),
                             says({{{"text", "It is sunny."}}})};
    const auto ai = client_of(script);
    openai::CompletionCreateParams params = asks("Weather in Rome?", "gemini-3-flash-preview");
    params.tools = {
        {.type = "function",
         .function = openai::FunctionDefinition{
             .name = "weather",
             .parameters = Json{{"type", "object"}, {"properties", {{"city", {{"type", "string"}}}}}}}}};
    const auto first = ai.chat.completions.create(params);
    const auto& message = first.choices[0].message;
    CHECK(first.choices[0].finish_reason == "tool_calls");
    CHECK(message.reasoning_content == "Hm.");
    CHECK(message.tool_calls.at(0).function->arguments == R"({"city":"Rome"})");
    CHECK_THAT(*message.tool_calls[0].id, ContainsSubstring("__thought__c2lnbmVk"));

    params.messages.push_back(message);  // as it came
    params.messages.push_back(
        {.role = "tool", .content = R"({"sky":"clear"})", .tool_call_id = message.tool_calls[0].id});
    CHECK(ai.chat.completions.create(params).choices[0].message.content == "It is sunny.");
    const Json contents = sent(script, 1)["contents"];
    const Json& call = contents[1]["parts"][1];
    CHECK(contents[1]["parts"][0] == Json{{"text", "Hm."}, {"thought", true}});
    CHECK(call["thoughtSignature"] == "c2lnbmVk");
    CHECK(call["functionCall"]["name"] == "weather");
    CHECK(contents[2]["parts"][0]["functionResponse"]["response"] == Json{{"sky", "clear"}});
    CHECK(contents[2]["parts"][0]["functionResponse"]["id"] == call["functionCall"]["id"]);
}

TEST_CASE("where signatures may not stand in ids, they stand where Google has them") {
    ScriptedTransport script{says({{{"functionCall", {{"name", "f"}, {"args", Json::object()}, {"id", "a1"}}},
                                    {"thoughtSignature", "c2lnbmVk"}}})};
    const auto completion = client_of(script, {.signatures_in_ids = false, .google_extra = true})
                                .chat.completions.create(asks("?"));
    const auto& call = completion.choices[0].message.tool_calls.at(0);
    CHECK(call.id == "a1");
    CHECK(call.extra_content->google->thought_signature == "c2lnbmVk");
}

TEST_CASE("a signature that is refused is replaced once, in streams too") {
    const auto refusal = ScriptedTransport::error(400, "INVALID_ARGUMENT", "Corrupted thought signature.");
    openai::CompletionCreateParams params = asks("?", "gemini-3-flash-preview");
    params.messages.push_back(calls("c1__thought__YWJj", "f", "{}"));
    params.messages.push_back({.role = "tool", .content = "1", .tool_call_id = "c1"});

    ScriptedTransport script{refusal, ScriptedTransport::text("OK")};
    CHECK(client_of(script).chat.completions.create(params).choices[0].message.content == "OK");
    CHECK(sent(script, 1)["contents"][1]["parts"][0]["thoughtSignature"] ==
          "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=");

    ScriptedTransport streamed{refusal, ScriptedTransport::text("OK")};
    std::string text;
    for (const auto& chunk : client_of(streamed).chat.completions.create_stream(params))
        text += chunk.choices.at(0).delta.content.value_or("");
    CHECK(text == "OK");

    ScriptedTransport twice{refusal, refusal};
    CHECK_THROWS_AS(client_of(twice).chat.completions.create(params), BadRequestError);
    CHECK(twice.requests().size() == 2);
}

TEST_CASE("bad input is refused with its place, before anything is sent") {
    const auto with = [](openai::ChatCompletionMessage message) {
        openai::CompletionCreateParams params = asks("Hello");
        params.messages.push_back(std::move(message));
        return params;
    };
    CHECK(refused({.model = model}) == "messages");
    CHECK(refused({.messages = {{.role = "user", .content = "x"}}}) == "model");
    CHECK(refused(with({.role = "narrator", .content = "x"})) == "/messages/1/role");
    CHECK(refused(with({.content = "x"})) == "/messages/1/role");
    CHECK(refused(with({.role = "tool", .content = "x", .tool_call_id = "c9"})) ==
          "/messages/1/tool_call_id");
    CHECK(refused(with(calls("c", "f", "{\"a\":"))) == "/messages/1/tool_calls/0/function/arguments");
    CHECK(refused(with(calls("c", "f", "[1]"))) == "/messages/1/tool_calls/0/function/arguments");
    CHECK(refused(with({.role = "user", .content = {openai::ContentPart::from_image("cat.png")}})) ==
          "/messages/1/content/0/image_url");
    CHECK(refused(with(
              {.role = "user", .content = {openai::ContentPart::from_image("data:image/png;base64,?")}})) ==
          "/messages/1/content/0/image_url");
    CHECK(refused(with({.role = "user", .content = {{.type = "hologram"}}})) == "/messages/1/content/0/type");
    CHECK(refused(with({.role = "user",
                        .content = {{.type = "file", .file = openai::FileFile{.file_id = "file-1"}}}})) ==
          "/messages/1/content/0/file/file_id");

    openai::CompletionCreateParams params = asks("Hello");
    params.max_tokens = 5;
    params.max_completion_tokens = 6;
    CHECK(refused(params) == "max_completion_tokens");
    params = asks("Hello");
    params.response_format = openai::ResponseFormat{
        .type = "json_schema", .json_schema = openai::JSONSchema{.name = "x", .schema = Json("none")}};
    CHECK(refused(params) == "/response_format/json_schema/schema");
    params.response_format = openai::ResponseFormat{.type = "yaml"};
    CHECK(refused(params) == "/response_format/type");
    params.response_format = openai::ResponseFormat{.type = "json_object", .enforce_validation = true};
    CHECK(refused(params) == "/response_format/enforce_validation");
    params = asks("Hello");
    params.tools = {{.type = "function",
                     .function = openai::FunctionDefinition{
                         .name = "f", .parameters = Json{{"$ref", "#/$defs/Nowhere"}}}}};
    CHECK(refused(params) == "/tools/0/function/parameters");
    params.tools = {{.type = "mystery"}};
    CHECK(refused(params) == "/tools/0");
    params = asks("Hello");
    params.seed = std::int64_t{1} << 40;
    CHECK(refused(params) == "seed");
}

TEST_CASE("a parameter that Gemini has no place for is named, or dropped where that is wanted") {
    openai::CompletionCreateParams params = asks("Hello");
    params.logit_bias.set("50256", -100);
    CHECK(refused(params) == "logit_bias");
    CHECK(refused(params, {.drop_params = true}).empty());
    params = asks("Hello");
    params.extra = Json{{"no_such_thing", 1}};
    CHECK(refused(params) == "no_such_thing");
    CHECK(refused(params, {.drop_params = true}).empty());
    params = asks("Hello", "gemini-2.0-flash");
    params.reasoning_effort = "low";
    CHECK(refused(params) == "reasoning_effort");
}

TEST_CASE("an effort comes to what the table says") {
    const auto thinking = [](const char* of, const char* effort, openai::EffortTable table) {
        openai::CompletionCreateParams params = asks("Hello", of);
        params.reasoning_effort = effort;
        return encode(*openai::to_gemini(params, {.effort_table = table}).config.thinking_config);
    };
    using openai::EffortTable;
    CHECK(thinking("gemini-2.5-flash", "medium", EffortTable::litellm) ==
          R"({"includeThoughts":true,"thinkingBudget":2048})");
    CHECK(thinking("gemini-2.5-flash", "medium", EffortTable::google) == R"({"thinkingBudget":8192})");
    CHECK(thinking("gemini-2.5-flash", "high", EffortTable::google) == R"({"thinkingBudget":24576})");
    CHECK(thinking("gemini-2.5-flash", "none", EffortTable::google) == R"({"thinkingBudget":0})");
    CHECK(thinking("gemini-3-pro-preview", "medium", EffortTable::google) == R"({"thinkingLevel":"high"})");
    CHECK(thinking("gemini-3.1-pro-preview", "minimal", EffortTable::google) == R"({"thinkingLevel":"low"})");
    openai::CompletionCreateParams pro = asks("Hello", "gemini-2.5-pro");
    pro.reasoning_effort = "none";
    CHECK(refused(pro, {.effort_table = EffortTable::google}) == "reasoning_effort");
}

TEST_CASE("Google's form of extra_body is understood") {
    openai::CompletionCreateParams params = asks("Hello");
    params.extra_body = Json{{"google",
                              {{"thinking_config", {{"thinking_budget", 64}, {"include_thoughts", true}}},
                               {"cached_content", "cachedContents/c"}}},
                             {"labels", {{"team", "blue"}}}};
    ScriptedTransport script{ScriptedTransport::text("OK")};
    client_of(script).chat.completions.create(params);
    CHECK(sent(script)["generationConfig"]["thinkingConfig"] ==
          Json{{"thinkingBudget", 64}, {"includeThoughts", true}});
    CHECK(sent(script)["cachedContent"] == "cachedContents/c");
    CHECK(sent(script)["labels"]["team"] == "blue");
}

TEST_CASE("a stream that is cut is told, what came stays") {
    ScriptedTransport script{ScriptedTransport::stream<Json>(
        {Json{{"candidates", {{{"content", {{"parts", {{{"text", "Par"}}}}}}}}}}})};
    auto stream = client_of(script).chat.completions.create_stream(asks("Hello"));
    CHECK(stream.next()->choices.at(0).delta.content == "Par");
    CHECK_THROWS_AS(stream.next(), StreamInterrupted);
}

TEST_CASE("options of a call go with it, what it asks for in its body wins") {
    ScriptedTransport script{ScriptedTransport::text("OK")};
    openai::CompletionCreateParams params = asks("Hello");
    params.extra_body = Json{{"generationConfig", {{"topK", 5}, {"topP", 0.5}}}};
    client_of(script).chat.completions.create(
        params, {.http_options = {.headers = {{"X-Team", "blue"}},
                                  .extra_body = Json{{"generationConfig", {{"topK", 6}}}}}});
    CHECK(script.requests()[0].headers.get("x-team") == "blue");
    CHECK(sent(script)["generationConfig"] == Json{{"topK", 6}, {"topP", 0.5}});
    CHECK(script.requests()[0].operation == "chat.completions.create");
}

TEST_CASE("vectors come as numbers or as base64") {
    ScriptedTransport script{
        ScriptedTransport::json(R"({"embeddings":[{"values":[0.5,-2]},{"values":[1,3]}]})")};
    script.repeat_last();
    const auto ai = client_of(script);
    const auto numbers = ai.embeddings.create({.model = "gemini-embedding-001", .input = {"a", "b"}});
    CHECK(numbers.data.at(1).embedding.values() == std::vector<float>{1, 3});
    CHECK(sent(script)["requests"].size() == 2);
    const auto encoded = ai.embeddings.create(
        {.model = "gemini-embedding-001", .input = {"a", "b"}, .encoding_format = "base64"});
    CHECK(*encoded.data.at(0).embedding.get_if<std::string>() == "AAAAPwAAAMA=");
    CHECK(encoded.data[0].embedding.values() == std::vector<float>{0.5F, -2});
    CHECK_THROWS_AS(
        ai.embeddings.create({.model = "gemini-embedding-001", .input = std::vector<std::int64_t>{1}}),
        InvalidArgument);
}

TEST_CASE("images are made by the model's own method") {
    ScriptedTransport script{
        says({{{"text", "Here."}}, {{"inlineData", {{"mimeType", "image/png"}, {"data", "AAAA"}}}}}),
        says({{{"text", "I cannot draw that."}}}, "NO_IMAGE")};
    const auto ai = client_of(script);
    const auto images =
        ai.images.generate({.prompt = "a cat", .model = "gemini-2.5-flash-image", .size = "1024x1536"});
    CHECK(images.data.at(0).b64_json == "AAAA");
    CHECK(images.usage->total_tokens == 9);
    CHECK(sent(script)["generationConfig"]["imageConfig"]["aspectRatio"] == "3:4");
    CHECK_THROWS_WITH(ai.images.generate({.prompt = "?", .model = "gemini-2.5-flash-image"}),
                      ContainsSubstring("NO_IMAGE"));
    CHECK_THROWS_AS(ai.images.generate({.prompt = "?", .model = "gemini-2.5-flash-image", .style = "vivid"}),
                    InvalidArgument);
    CHECK_THROWS_AS(ai.images.generate({.prompt = "?", .model = "gemini-2.5-flash-image", .size = "huge"}),
                    InvalidArgument);
}

TEST_CASE("media at addresses is fetched only where that is asked for") {
    openai::CompletionCreateParams params = asks("Describe.");
    params.messages[0].content = {openai::ContentPart::from_text("Describe."),
                                  openai::ContentPart::from_image("https://example.com/cat.png"),
                                  openai::ContentPart::from_image("https://youtu.be/x")};
    ScriptedTransport plain{ScriptedTransport::text("OK")};
    client_of(plain).chat.completions.create(params);
    CHECK(sent(plain)["contents"][0]["parts"][1]["fileData"] ==
          Json{{"fileUri", "https://example.com/cat.png"}, {"mimeType", "image/png"}});

    ScriptedTransport web{ScriptedTransport::json("", 302, {{"Location", "/real.png"}}),
                          ScriptedTransport::json("PNG", 200, {{"Content-Type", "image/png"}})};
    ScriptedTransport script{ScriptedTransport::text("OK")};
    client_of(script, {.fetch_urls = true, .fetch_through = AnyTransport(web)})
        .chat.completions.create(params);
    CHECK(web.requests().at(1).url == "https://example.com/real.png");
    CHECK(web.requests()[1].headers.find("x-goog-api-key") == nullptr);
    const Json parts = sent(script)["contents"][0]["parts"];
    CHECK(parts[1]["inlineData"] == Json{{"data", "UE5H"}, {"mimeType", "image/png"}});
    CHECK(parts[2]["fileData"]["fileUri"] == "https://youtu.be/x");

    ScriptedTransport large{ScriptedTransport::json("PNGPNG", 200, {{"Content-Type", "image/png"}})};
    const auto limited =
        client_of(script, {.fetch_urls = true, .max_fetched_bytes = 5, .fetch_through = AnyTransport(large)});
    CHECK_THROWS_AS(limited.chat.completions.create(params), InvalidArgument);
    ScriptedTransport gone{ScriptedTransport::json("", 404)};
    CHECK_THROWS_AS(client_of(script, {.fetch_urls = true, .fetch_through = AnyTransport(gone)})
                        .chat.completions.create(params),
                    InvalidArgument);
}

TEST_CASE("media that cannot be fetched now is a transport error, and no message has its query") {
    openai::CompletionCreateParams params = asks("Describe.");
    params.messages[0].content = {openai::ContentPart::from_image("https://example.com/a.png?sig=SECRET")};
    ScriptedTransport script{ScriptedTransport::text("OK")};
    const auto fetching = [&](int status) {
        ScriptedTransport web{ScriptedTransport::json("", status)};
        static_cast<void>(client_of(script, {.fetch_urls = true, .fetch_through = AnyTransport(web)})
                              .chat.completions.create(params));
    };
    CHECK_THROWS_AS(fetching(503), TransportError);
    CHECK_THROWS_AS(fetching(404), InvalidArgument);
    for (const int status : {503, 404})
        CHECK_THROWS_WITH(fetching(status),
                          ContainsSubstring("https://example.com/a.png") && !ContainsSubstring("SECRET"));
}

TEST_CASE("media within results is fetched too") {
    openai::CompletionCreateParams params = asks("Look.", "gemini-3-pro");
    params.messages.push_back(calls("1", "f", "{}"));
    params.messages.push_back({.role = "tool",
                               .content = {openai::ContentPart::from_image("https://example.com/a.png")},
                               .tool_call_id = "1"});
    ScriptedTransport web{ScriptedTransport::json("PNG", 200, {{"Content-Type", "image/png"}})};
    ScriptedTransport script{ScriptedTransport::text("OK")};
    client_of(script, {.fetch_urls = true, .fetch_through = AnyTransport(web)})
        .chat.completions.create(params);
    CHECK(sent(script)["contents"][2]["parts"][0]["functionResponse"]["parts"][0]["inlineData"]["data"] ==
          "UE5H");
}

TEST_CASE("media is not fetched from addresses that are not public") {
    testing::Emulator emulator;
    ScriptedTransport script{ScriptedTransport::text("OK")};
    for (const std::string& url : {emulator.url() + "/cat.png", std::string("http://localhost:1/cat.png"),
                                   std::string("http://[::ffff:10.0.0.1]/cat.png"),
                                   std::string("http://169.254.169.254/latest/meta-data.png")}) {
        openai::CompletionCreateParams params = asks("Describe.");
        params.messages[0].content = {openai::ContentPart::from_image(url)};
        CHECK_THROWS_WITH(client_of(script, {.fetch_urls = true}).chat.completions.create(params),
                          ContainsSubstring("not public"));
    }
    CHECK(emulator.requests().empty());
    CHECK(script.requests().empty());
}
