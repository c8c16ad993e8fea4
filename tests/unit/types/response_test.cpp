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

TEST_CASE("thoughts are the other text") {
    const auto response =
        with_parts(R"([{"text":"let me see","thought":true},{"text":"42"},{"text":" ...","thought":true}])");
    CHECK(response.thoughts() == "let me see ...");
    CHECK(response.text() == "42");
}

TEST_CASE("a response without a candidate says why") {
    const auto blocked = decode<GenerateContentResponse>(R"({"promptFeedback":{"blockReason":"SAFETY"}})");
    CHECK(blocked.why_empty() == "the prompt was blocked (SAFETY)");
    try {
        static_cast<void>(blocked.candidate());
        FAIL("nothing was thrown");
    } catch (const genai::MissingValue& error) {
        CHECK(std::string(error.what()).find("the prompt was blocked (SAFETY)") != std::string::npos);
    }
    CHECK_THROWS_AS(decode<GenerateContentResponse>("{}").candidate(), genai::MissingValue);
    CHECK(with_parts("[]").candidate().content->role == "model");
}

TEST_CASE("why there is no text") {
    const auto why = [](const char* candidate) {
        return decode<GenerateContentResponse>(std::string(R"({"candidates":[)") + candidate + "]}")
            .why_empty();
    };
    CHECK(why(R"({"content":{"parts":[{"text":"a"}]},"finishReason":"SAFETY"})").empty());
    CHECK(why(R"({"finishReason":"MAX_TOKENS"})").find("MAX_TOKENS") != std::string::npos);
    CHECK(why(R"({"finishReason":"SAFETY","finishMessage":"no"})") == "the model stopped (SAFETY): no");
    CHECK(why(R"({"finishReason":"BRAND_NEW"})") == "the model stopped (BRAND_NEW)");
    CHECK(why(R"({"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"})")
              .find("function_calls()") != std::string::npos);
    CHECK(why(R"({"content":{"parts":[{"text":"hm","thought":true}]},"finishReason":"STOP"})").find("STOP") !=
          std::string::npos);
    CHECK_FALSE(why("{}").empty());
    CHECK_FALSE(decode<GenerateContentResponse>("{}").why_empty().empty());
}

namespace {
GenerateContentResponse grounded(const std::string& parts, const std::string& supports) {
    return decode<GenerateContentResponse>(
        R"({"candidates":[{"content":{"parts":)" + parts +
        R"-(},"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/x(1)"}},)-"
        R"({"retrievedContext":{"uri":"https://b.example"}},{"maps":{"title":"no address"}}],"groundingSupports":)" +
        supports + "}}]}");
}
}  // namespace

TEST_CASE("cited text has its sources behind what rests on them") {
    CHECK(
        grounded(R"([{"text":"Rain. Sun."}])",
                 R"([{"segment":{"endIndex":5,"text":"Rain."},"groundingChunkIndices":[0]},)"
                 R"({"segment":{"startIndex":6,"endIndex":10,"text":"Sun."},"groundingChunkIndices":[0,1]}])")
            .cited_text() ==
        "Rain.[1](https://a.example/x%281%29) Sun.[1](https://a.example/x%281%29), [2](https://b.example)");
    CHECK(with_parts(R"([{"text":"plain"}])").cited_text() == "plain");
}

TEST_CASE("cited text counts bytes, of a part") {
    CHECK(grounded(R"([{"text":"héé"},{"text":"Zwölf"}])",
                   R"([{"segment":{"partIndex":1,"endIndex":6,"text":"Zwölf"},"groundingChunkIndices":[1]},)"
                   R"({"segment":{"endIndex":3,"text":"hé"},"groundingChunkIndices":[1]}])")
              .cited_text() == "hé[2](https://b.example)éZwölf[2](https://b.example)");
    // a thought in front that the offsets do not count, and a segment that names no part
    CHECK(grounded(R"([{"text":"thinking","thought":true},{"text":"Sun."}])",
                   R"([{"segment":{"endIndex":4,"text":"Sun."},"groundingChunkIndices":[1]}])")
              .cited_text() == "Sun.[2](https://b.example)");
}

TEST_CASE("cited text survives metadata that makes no sense") {
    CHECK(grounded(R"([{"text":"é"}])", R"([{"segment":{"endIndex":1},"groundingChunkIndices":[1]}])")
              .cited_text() == "é[2](https://b.example)");
    CHECK(
        grounded(R"([{"text":"a"}])",
                 R"([{"segment":{"endIndex":99},"groundingChunkIndices":[1]},{"groundingChunkIndices":[1]},)"
                 R"({"segment":{"endIndex":-3,"partIndex":-1},"groundingChunkIndices":[-1,7,2]}])")
            .cited_text() == "a[2](https://b.example)");
}

TEST_CASE("media are the inline blobs with their types, in order") {
    const auto media = with_parts(R"([{"text":"a"},{"inlineData":{"data":"aGVs","mimeType":"image/png"}},)"
                                  R"({"inlineData":{"data":"bG8=","mimeType":"audio/wav"}}])")
                           .media();
    REQUIRE(media.size() == 2);
    CHECK(media[0].mime_type == "image/png");
    CHECK(media[1].data->view() == "lo");
}

TEST_CASE("usages add up") {
    using Usage = genai::GenerateContentResponseUsageMetadata;
    Usage total;
    const auto one = decode<Usage>(
        R"({"promptTokenCount":3,"totalTokenCount":5,"promptTokensDetails":[{"modality":"TEXT","tokenCount":3}],"trafficType":"ON_DEMAND"})");
    total += one;
    CHECK(total == one);
    total += decode<Usage>(
        R"({"promptTokenCount":4,"thoughtsTokenCount":2,"promptTokensDetails":[{"modality":"IMAGE","tokenCount":1},{"modality":"TEXT","tokenCount":3}],"trafficType":"ON_DEMAND_FLEX"})");
    CHECK(
        total ==
        decode<Usage>(
            R"({"promptTokenCount":7,"totalTokenCount":5,"thoughtsTokenCount":2,)"
            R"("promptTokensDetails":[{"modality":"TEXT","tokenCount":6},{"modality":"IMAGE","tokenCount":1}]})"));
    total += total;
    CHECK(total.prompt_token_count == 14);
    CHECK(total.prompt_tokens_details[0].token_count == 12);
}

namespace {
struct Fruit {
    int seeds{};
    static constexpr void fields(auto& self, auto&& visit) { visit("seeds", self.seeds); }
};
}  // namespace

TEST_CASE("prose that is parsed is quoted in the error") {
    const auto what = [](const std::string& parts) -> std::string {
        try {
            static_cast<void>(with_parts(parts).parsed<Fruit>());
        } catch (const genai::DecodeError& error) {
            return error.what();
        }
        return "nothing";
    };
    CHECK(what(R"([{"text":"Sure! Here is a fruit."}])").find("'Sure! Here is a fruit.'") !=
          std::string::npos);
    CHECK(what(R"([{"text":"{\"seeds\":\"many\"}"}])").find("/seeds") != std::string::npos);
    CHECK(what("[]").find("there is no text") != std::string::npos);
}
