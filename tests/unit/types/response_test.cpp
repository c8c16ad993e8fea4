#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::decode;
using genai::GenerateContentResponse;

namespace {
GenerateContentResponse with_parts(const std::string& parts) {
    return decode<GenerateContentResponse>(R"({"candidates":[{"content":{"parts":)" + parts +
                                           R"(,"role":"model"}},)"
                                           R"({"content":{"parts":[{"text":"second candidate"}]}}]})");
}
}  // namespace

TEST_CASE("text joins the first candidate's text parts and leaves thoughts out") {
    CHECK(
        with_parts(
            R"([{"text":"a"},{"text":"hidden","thought":true},{"functionCall":{"name":"f"}},{"text":"b","thought":false}])")
            .text() == "ab");
    CHECK(with_parts(R"([{"functionCall":{"name":"f"}}])").text().empty());
}

TEST_CASE("accessors are empty where there is nothing") {
    for (const char* text :
         {"{}", R"({"candidates":[]})", R"({"candidates":[{}]})", R"({"candidates":[{"content":{}}]})",
          R"({"promptFeedback":{"blockReason":"SAFETY"}})"}) {
        INFO(text);
        const auto response = decode<GenerateContentResponse>(text);
        CHECK(response.parts().empty());
        CHECK(response.text().empty());
        CHECK(response.function_calls().empty());
        CHECK(response.executable_code().empty());
        CHECK(response.code_execution_result().empty());
        CHECK(response.data().empty());
        CHECK_FALSE(response.initial_prompt_token_count());
    }
}

TEST_CASE("calls, code, results and data are found among the parts") {
    const auto response = with_parts(
        R"([{"functionCall":{"name":"f","id":"1","args":{"x":[1,2.5,null]}}},{"functionCall":{"name":"g"}},)"
        R"({"executableCode":{"code":"first","language":"PYTHON"}},{"executableCode":{"code":"second"}},)"
        R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"42"}},)"
        R"({"inlineData":{"data":"aGVs","mimeType":"x"}},{"inlineData":{"data":"bG8="},"thought":true}])");
    REQUIRE(response.function_calls().size() == 2);
    CHECK(response.function_calls()[0].args == genai::Json{{"x", {1, 2.5, nullptr}}});
    CHECK(response.function_calls()[0].id == "1");
    CHECK(response.function_calls()[1].name == "g");
    CHECK(response.executable_code() == "first");
    CHECK(response.code_execution_result() == "42");
    CHECK(response.data().view() == "hello");
}

TEST_CASE("a prompt's first token count is the continued answer's, else the prompt's") {
    CHECK(decode<GenerateContentResponse>(R"({"usageMetadata":{"promptTokenCount":7}})")
              .initial_prompt_token_count() == 7);
    CHECK(decode<GenerateContentResponse>(
              R"({"usageMetadata":{"promptTokenCount":7,"initialPromptTokenCount":3}})")
              .initial_prompt_token_count() == 3);
}

TEST_CASE("what this version does not know survives") {
    const std::string text =
        R"({"candidates":[{"content":{"parts":[{"text":"a","thoughtSignature":"abc_-","newPart":{"n":1.10}},{"hologram":{"depth":123456789012345678901234567890}}],)"
        R"("role":"model","newContent":[]},"finishReason":"NEW_REASON","newCandidate":"x"}],"modelVersion":"m","newTop":{"b":1,"a":2}})";
    const auto response = decode<GenerateContentResponse>(text);
    CHECK(genai::encode(response) == text);
    const GenerateContentResponse copy = response;
    CHECK(copy == response);
    CHECK(genai::encode(copy) == text);
    CHECK(response.extra.get("newTop") == genai::Json{{"a", 2}, {"b", 1}});
}

TEST_CASE("citations are found under either name") {
    CHECK(decode<genai::CitationMetadata>(R"({"citationSources":[{"uri":"u"}]})").all().front().uri == "u");
    CHECK(decode<genai::CitationMetadata>(R"({"citations":[{"uri":"v"}]})").all().front().uri == "v");
}
