// What requests and answers in OpenAI's shapes become, where the cases say nothing: nothing is lost, and what
// is refused is refused by InvalidArgument.

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/openai.hpp>

using namespace genai;

namespace {

Json request(const std::string& members, const std::string& model = "gemini-2.5-flash") {
    const auto params = decode<openai::CompletionCreateParams>(
        R"({"model": ")" + model + R"(", )" +
        (members.find("\"messages\"") == std::string::npos
             ? R"("messages": [{"role": "user", "content": "Hello"}], )"
             : "") +
        members + '}');
    const openai::GeminiRequest made = openai::to_gemini(params);
    Json body = Json::parse(encode(made.config));
    body["contents"] = Json::parse(encode(made.contents));
    return body;
}

Json messages(const std::string& list, const std::string& model = "gemini-2.5-flash") {
    return request(R"("messages": [)" + list + ']', model)["contents"];
}

std::string tool(const std::string& parameters) {
    return R"("tools": [{"type": "function", "function": {"name": "f", "parameters": )" + parameters + "}}]";
}

Json schema(const std::string& parameters, const std::string& model = "gemini-2.5-flash") {
    return request(tool(parameters), model)["tools"][0]["functionDeclarations"][0]["parameters"];
}

GenerateContentResponse answer(const std::string& candidate) {
    return decode<GenerateContentResponse>(R"({"candidates": [{"index": 0, )" + candidate + "}]}");
}

}  // namespace

TEST_CASE("schemas that are none are refused by InvalidArgument, whatever is wrong with them") {
    for (const char* const parameters :
         {R"({"allOf": [{"$ref": 5}]})", R"({"allOf": [{"$ref": "#/a~2b"}]})", R"({"allOf": 5})",
          R"({"allOf": [5]})", R"({"properties": [1], "allOf": [{"properties": {"a": {}}}]})",
          R"({"required": true, "allOf": [{"required": ["a"]}]})",
          R"({"required": ["a"], "allOf": [{"required": true}]})",
          R"({"$ref": "#/$defs/a", "description": "b", "$defs": {"a": [1]}})", R"({"type": 5})",
          R"({"type": {"a": 1}})", R"({"required": true, "properties": {"a": {}}})",
          R"({"properties": {"a": {"description": 5}}})", R"({"$ref": "#/nowhere"})", "5", R"(["a"])"}) {
        CAPTURE(parameters);
        CHECK_THROWS_AS(schema(parameters), InvalidArgument);
    }
    CHECK_THROWS_AS(request(R"("tools": [{"googleMaps": {"latitude": "48.1", "longitude": 11.5}}])"),
                    InvalidArgument);
    CHECK(schema(R"({"$ref": "#/$defs/a", "description": "b", "$defs": {"a": true}})")["description"] == "b");
}

TEST_CASE("schemas whose references multiply are refused, and circles are cut") {
    std::string defs;
    for (int i = 0; i < 12; ++i) {
        std::string properties;
        for (int j = 0; j < 12; ++j)
            properties += (j == 0 ? "\"" : ", \"") + std::to_string(j) + R"(": {"$ref": "#/$defs/t)" +
                          std::to_string(j) + "\"}";
        defs += (i == 0 ? "\"t" : ", \"t") + std::to_string(i) + R"(": {"type": "object", "properties": {)" +
                properties + "}}";
    }
    CHECK_THROWS_AS(schema(R"({"$ref": "#/$defs/t0", "$defs": {)" + defs + "}}"), InvalidArgument);
    const Json node = schema(R"({"$ref": "#/$defs/N", "$defs": {"N": {"type": "object", "properties": {
        "next": {"allOf": [{"$ref": "#/$defs/N"}], "description": "the next"}}}}})");
    CHECK(node["properties"]["next"]["description"] == "the next");
}

TEST_CASE("alternatives keep what stands beside them") {
    const Json made =
        schema(R"({"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
        "anyOf": [{"required": ["id"]}, {"required": ["name"]}]})");
    REQUIRE(made["anyOf"].size() == 2);
    CHECK(made["anyOf"][0]["properties"].size() == 2);
    CHECK(made["anyOf"][0]["required"] == Json{"id"});
    CHECK(made["anyOf"][1]["required"] == Json{"name"});
}

TEST_CASE("values that are allowed keep their types") {
    const Json mixed = schema(R"({"enum": ["auto", 1, 2]})");
    CHECK(mixed["anyOf"][0] == Json{{"type", "string"}, {"enum", {"auto"}}});
    CHECK(mixed["anyOf"][1]["type"] == "integer");
    CHECK(schema(R"({"enum": [null, true]})")["type"] == "boolean");
    CHECK(schema(R"({"enum": [null, true]})")["nullable"] == true);
    CHECK(schema(R"({"enum": ["x", null]})")["nullable"] == true);
    CHECK(schema(R"({"const": {"k": 1}})")["type"] == "object");
    CHECK(schema(R"({"enum": [1, 2.5]})")["type"] == "number");
    CHECK(schema(R"({"type": "integer", "enum": [1, null]})", "gemini-3-pro")["enum"] == Json{"1"});
    CHECK(schema(R"({"items": {"type": "string"}})")["type"] == "array");
}

TEST_CASE("results that are no text are sent as they are") {
    const std::string call = R"({"role": "user", "content": "Q"}, {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "1", "content": )";
    const auto response = [&](const char* content) {
        return messages(call + content + '}')[2]["parts"][0]["functionResponse"]["response"];
    };
    CHECK(response(R"({"temp": 20})") == Json{{"temp", 20}});
    CHECK(response("20") == Json{{"content", 20}});
    CHECK(response(R"(["twenty"])") == Json{{"content", {"twenty"}}});
    CHECK(response(R"("twenty")") == Json{{"content", "twenty"}});
}

TEST_CASE("results are sent in the order of the calls") {
    const auto contents = messages(R"({"role": "user", "content": "Q"}, {"role": "assistant", "tool_calls": [
        {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{\"n\": 1}"}},
        {"id": "2", "type": "function", "function": {"name": "f", "arguments": "{\"n\": 2}"}}]},
        {"role": "tool", "tool_call_id": "2", "content": "two"}, {"role": "tool", "tool_call_id": "1", "content": "one"})");
    CHECK(contents[2]["parts"][0]["functionResponse"]["response"]["content"] == "one");
    CHECK(contents[2]["parts"][1]["functionResponse"]["response"]["content"] == "two");
    const auto unnamed = messages(R"({"role": "user", "content": "Q"}, {"role": "assistant", "tool_calls": [
        {"id": "", "type": "function", "function": {"name": "f", "arguments": "{}"}},
        {"id": "", "type": "function", "function": {"name": "g", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "", "content": "one"}, {"role": "tool", "tool_call_id": "", "content": "two"})");
    CHECK(unnamed[2]["parts"][0]["functionResponse"]["name"] == "f");
    CHECK(unnamed[2]["parts"][1]["functionResponse"]["name"] == "g");
}

TEST_CASE("calls of the older form are signed") {
    const std::string call =
        R"({"role": "user", "content": "Q"}, {"role": "assistant", "function_call": {"name": "f", "arguments": "{}"})";
    CHECK(messages(call + '}', "gemini-3-pro")[1]["parts"][0]["thoughtSignature"].is_string());
    CHECK(messages(call + R"(, "provider_specific_fields": {"thought_signatures": ["QUJD"]}})",
                   "gemini-3-pro")[1]["parts"][0]["thoughtSignature"] == "QUJD");
}

TEST_CASE("a text has its own signature, not that of a thought") {
    const Json parts = messages(R"({"role": "user", "content": "Q"}, {"role": "assistant", "content": "A",
        "thinking_blocks": [{"type": "thinking", "thinking": "T", "signature": "UzE="}],
        "provider_specific_fields": {"thought_signatures": ["UzE=", "UzI="]}})")[1]["parts"];
    CHECK(parts[0]["thoughtSignature"] == "UzE=");
    CHECK(parts[1]["thoughtSignature"] == "UzI=");
}

TEST_CASE("what tools of Google's did is sent back") {
    const GenerateContentResponse response = answer(R"("content": {"role": "model", "parts": [
        {"toolCall": {"id": "a", "toolType": "GOOGLE_SEARCH_WEB", "args": {"q": "x"}}, "thoughtSignature": "UzE="},
        {"toolResponse": {"id": "a", "toolType": "GOOGLE_SEARCH_WEB", "response": {"r": 1}}},
        {"executableCode": {"language": "PYTHON", "code": "one"}},
        {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "1"}}, {"text": "One."}]}, "finishReason": "STOP")");
    openai::CompletionCreateParams params{.model = "gemini-3-pro",
                                          .messages = {{.role = "user", .content = "Q"}}};
    params.messages.push_back(openai::from_gemini(response).choices.at(0).message);
    params.messages.push_back({.role = "user", .content = "Go on."});
    const Json parts = Json::parse(encode(openai::to_gemini(params).contents))[1]["parts"];
    REQUIRE(parts.size() == 5);
    CHECK(parts[0]["toolCall"]["args"]["q"] == "x");
    CHECK(parts[0]["thoughtSignature"] == "UzE=");
    CHECK(parts[1]["toolResponse"]["response"]["r"] == 1);
    CHECK(parts[2]["executableCode"]["code"] == "one");
    CHECK(parts[3]["codeExecutionResult"]["output"] == "1");
    CHECK(parts[4]["text"] == "One.");
}

TEST_CASE("media has no place in instructions, and speech is not kept") {
    CHECK_THROWS_AS(messages(R"({"role": "system", "content": [{"type": "text", "text": "A"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}, {"role": "user", "content": "Q"})"),
                    InvalidArgument);
    CHECK_THROWS_AS(
        messages(R"({"role": "system", "content": [{"type": "bogus"}]}, {"role": "user", "content": "Q"})"),
        InvalidArgument);
    CHECK_THROWS_AS(messages(R"({"role": "user", "content": "Q"}, {"role": "assistant", "audio": {"id": "x"}},
        {"role": "user", "content": "R"})"),
                    InvalidArgument);
}

TEST_CASE("settings of Google's tools are kept") {
    const Json tools = request(R"("tools": [
        {"type": "file_search", "file_search_store_names": ["fileSearchStores/a"]},
        {"type": "google_search", "google_search": {"timeRangeFilter": {"startTime": "2026-01-01T00:00:00Z"}}},
        {"codeExecution": {}}])")["tools"];
    CHECK(tools[0]["fileSearch"]["fileSearchStoreNames"][0] == "fileSearchStores/a");
    CHECK(tools[1]["googleSearch"]["timeRangeFilter"]["startTime"] == "2026-01-01T00:00:00Z");
    const std::string function = R"({"type": "function", "function": {"name": "f"})";
    CHECK(request(R"("tools": [)" + function + R"(, "codeExecution": {}}])")["tools"].size() == 2);
}

TEST_CASE("a choice among tools") {
    const std::string tools = R"("tools": [{"type": "function", "function": {"name": "f"}},
        {"type": "function", "function": {"name": "g"}}, {"codeExecution": {}}], "tool_choice": )";
    const auto calling = [](const Json& made) { return made["toolConfig"]["functionCallingConfig"]; };
    const Json some = calling(request(tools + R"({"type": "allowed_tools", "allowed_tools": {"mode": "auto",
        "tools": [{"type": "function", "function": {"name": "g"}}]}})"));
    CHECK(some == Json{{"allowedFunctionNames", {"g"}}, {"mode", "VALIDATED"}});
    CHECK_THROWS_AS(
        request(tools + R"({"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": [5]}})"),
        InvalidArgument);
    const Json none = request(tools + R"("none")");
    CHECK(calling(none)["mode"] == "NONE");
    CHECK(none["tools"].size() == 1);
}

TEST_CASE("rules for a model without system instruction begin the user's turn") {
    const Json contents =
        messages(R"({"role": "system", "content": "Rules."}, {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": "Q"})",
                 "gemma-3-27b-it");
    CHECK(contents[0]["role"] == "user");
    CHECK(contents[0]["parts"][0]["text"] == "Rules.");
}

TEST_CASE("sources of a stream are counted from the beginning of its text") {
    openai::ChunkReader reader({.include_usage = true});
    static_cast<void>(reader.take(answer(R"("content": {"parts": [{"text": "Hello "}]})")));
    const std::string grounding = R"("groundingMetadata": {"webSearchQueries": ["q"],
        "groundingChunks": [{"web": {"uri": "https://example.com", "title": "T"}}],
        "groundingSupports": [{"segment": {"startIndex": 0, "endIndex": 11}, "groundingChunkIndices": [0]}]})";
    const auto chunks = reader.take(answer(R"("content": {"parts": [{"text": "world"}]}, )" + grounding));
    CHECK(chunks.at(0).choices.at(0).delta.annotations.at(0).url_citation->end_index == 11);

    auto last = answer(R"("finishReason": "STOP", )" + grounding);
    last.usage_metadata.emplace().prompt_token_count = 1;
    const auto end = reader.take(last);
    CHECK(end.at(0).choices.at(0).delta.annotations.at(0).url_citation->end_index == 11);
    CHECK(encode(end.at(0)).find("vertex_ai_grounding_metadata") != std::string::npos);
    CHECK(reader.finish().at(0).usage->prompt_tokens_details->web_search_requests == 1);
}

TEST_CASE("the older form has room for one call; the others are told beside it") {
    const std::string parts =
        R"("content": {"parts": [{"functionCall": {"name": "f"}}, {"functionCall": {"name": "g"}}]})";
    const auto message =
        openai::from_gemini(answer(parts + R"(, "finishReason": "STOP")"), {.older_functions = true})
            .choices.at(0)
            .message;
    CHECK(message.function_call->name == "f");
    REQUIRE(message.tool_calls.size() == 1);
    CHECK(message.tool_calls[0].function->name == "g");

    openai::ChunkReader reader({.older_functions = true});
    const auto first = reader.take(answer(parts)).at(0).choices.at(0).delta;
    CHECK(first.function_call->name == "f");
    CHECK(first.tool_calls.at(0).function->name == "g");
    const auto next = reader.take(answer(R"("content": {"parts": [{"functionCall": {"name": "h"}}]})"))
                          .at(0)
                          .choices.at(0)
                          .delta;
    CHECK(!next.function_call);
    CHECK(next.tool_calls.at(0).function->name == "h");
}

TEST_CASE("why an answer ended is told in streams and whole") {
    for (const char* const reason : {"STOP", "SAFETY", "MALFORMED_FUNCTION_CALL"}) {
        const auto response =
            answer(R"("content": {"parts": [{"text": "A"}]}, "finishReason": ")" + std::string(reason) + '"');
        const auto whole = openai::from_gemini(response).choices.at(0);
        CHECK(whole.provider_specific_fields->native_finish_reason == reason);
        const auto chunks = openai::ChunkReader().take(response);
        CHECK(chunks.back().choices.at(0).provider_specific_fields->native_finish_reason == reason);
        CHECK(chunks.front().choices.at(0).delta.refusal == whole.message.refusal);
    }
    const auto blocked = decode<GenerateContentResponse>(R"({"promptFeedback": {"blockReason": "SAFETY"}})");
    CHECK(openai::from_gemini(blocked).choices.at(0).provider_specific_fields->native_finish_reason ==
          "SAFETY");
    CHECK(openai::ChunkReader()
              .take(blocked)
              .back()
              .choices.at(0)
              .provider_specific_fields->native_finish_reason == "SAFETY");
}

TEST_CASE("drafts of an image are no results") {
    const auto message = openai::from_gemini(answer(R"("content": {"parts": [
        {"inlineData": {"mimeType": "image/png", "data": "AAAA"}, "thought": true},
        {"inlineData": {"mimeType": "image/png", "data": "BBBB"}}]}, "finishReason": "STOP")"))
                             .choices.at(0)
                             .message;
    REQUIRE(message.images.size() == 1);
    CHECK(message.images[0].image_url.get_if<openai::ImageURL>()->url == "data:image/png;base64,BBBB");
    CHECK(encode(message).find("AAAA") != std::string::npos);
}

TEST_CASE("tokens from a cache are never more than there are") {
    auto response = answer(R"("content": {"parts": [{"text": "A"}]}, "finishReason": "STOP")");
    response.usage_metadata = decode<GenerateContentResponseUsageMetadata>(R"({"promptTokenCount": 2590,
        "cachedContentTokenCount": 2000, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 10}]})");
    CHECK(openai::from_gemini(response).usage->prompt_tokens_details->text_tokens == 0);
}

TEST_CASE("images of a stream are numbered through") {
    openai::ChunkReader reader;
    const auto image =
        answer(R"("content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]})");
    CHECK(reader.take(image).at(0).choices.at(0).delta.images.at(0).index == 0);
    CHECK(reader.take(image).at(0).choices.at(0).delta.images.at(0).index == 1);
}

TEST_CASE("citations and safety ratings are handed on") {
    const auto response = answer(R"("content": {"parts": [{"text": "A"}]}, "finishReason": "STOP",
        "safetyRatings": [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "LOW"}],
        "citationMetadata": {"citationSources": [{"uri": "https://example.com"}]})");
    const Json made = Json::parse(encode(openai::from_gemini(response)));
    CHECK(made["vertex_ai_safety_results"][0][0]["probability"] == "LOW");
    CHECK(made["vertex_ai_citation_metadata"][0]["citationSources"][0]["uri"] == "https://example.com");
}
