// Typed answers: what models write around JSON, and why there is none.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

using Catch::Matchers::ContainsSubstring;
using genai::Client;
using genai::DecodeError;
using genai::FinishReason;
using genai::GenerateContentResponse;
using genai::Part;
using genai::TypedResponseError;
using genai::testing::ScriptedTransport;

namespace {

struct Point {
    int x{};
    int y{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("x", self.x);
        visit("y", self.y);
    }
    friend bool operator==(const Point&, const Point&) = default;
};

enum class Colour { red, dark_blue };
constexpr void enumerators(Colour, auto&& visit) {
    visit("red", Colour::red);
    visit("dark blue", Colour::dark_blue);
}

GenerateContentResponse said(std::vector<std::string> texts, FinishReason reason = FinishReason::stop) {
    genai::Content content{.role = "model"};
    for (std::string& text : texts) content.parts.push_back(Part::from_text(std::move(text)));
    return {.candidates = {{.content = content, .finish_reason = reason}}};
}

template <class T>
T parsed(const std::string& text) {
    return said({text}).parsed<T>();
}

std::string refusal(const GenerateContentResponse& response) {
    try {
        static_cast<void>(response.parsed<Point>());
    } catch (const TypedResponseError& error) {
        CHECK(error.response().candidates.size() == response.candidates.size());
        return error.what();
    }
    return "nothing was thrown";
}

}  // namespace

TEST_CASE("JSON is found in what a model writes around it") {
    const std::string json = R"({"x":1,"y":2})";
    for (const std::string& text :
         {json, "\xEF\xBB\xBF" + json, " \n" + json + "\r\n", "```json\n" + json + "\n```",
          "```" + json + "```", "```json " + json + " ```", "~~~\n" + json + "\n~~~",
          "````json\n" + json + "\n````", "```JSON\r\n" + json, "```\n" + json + "\n```\nI hope that helps!",
          "Here you are:\n```json\n" + json + "\n```\nBye.", "Sure! " + json,
          json + " is what you asked for.", "In the set {a, b} the point is " + json + '.',
          json + "\n" + json, "```json\n" + json + "\n```\n```json\n" + json + "\n```",
          "See [1] and {citation}: " + json, R"({"x" : 1,"y":2} or )" + json}) {
        INFO(text);
        CHECK(parsed<Point>(text) == Point{1, 2});
    }
    CHECK(said({"The point is", json}).parsed<Point>() == Point{1, 2});
    CHECK(said({R"({"x":1,)", R"("y":2})"}).parsed<Point>() == Point{1, 2});
    CHECK(parsed<std::vector<int>>("The numbers: [1, 2, 3], as in {x}.") == std::vector<int>{1, 2, 3});
    CHECK(parsed<genai::Json>("It is {\"a\":[1]}.") == genai::Json::parse(R"({"a":[1]})"));
    CHECK(parsed<int>("```\n42\n```") == 42);
    CHECK(parsed<bool>(" true\n"));
}

TEST_CASE("texts and words of enumerations need no quotes") {
    for (const char* text : {"dark blue", " dark blue\n", "\"dark blue\"", "```\ndark blue\n```",
                             "```text\n\"dark blue\"\n```"}) {
        INFO(text);
        CHECK(parsed<Colour>(text) == Colour::dark_blue);
    }
    CHECK(parsed<std::string>("plain") == "plain");
    CHECK(parsed<std::string>("\"quoted\"") == "quoted");
    CHECK(parsed<std::string>("\"To be\" is the question") == "\"To be\" is the question");
    CHECK(parsed<std::string>("\"a\" and \"b\"") == "\"a\" and \"b\"");
}

TEST_CASE("two different values are an error that shows both") {
    const std::string message = refusal(said({R"(Either {"x":1,"y":2} or {"x":3,"y":4}.)"}));
    CHECK_THAT(message, ContainsSubstring("two different") && ContainsSubstring("byte 7") &&
                            ContainsSubstring("byte 24"));
}

TEST_CASE("a typed answer that is not there says why") {
    const auto cut = said({R"({"points":[{"x":1,"y":2},{"x":)"}, FinishReason::max_tokens);
    CHECK_THAT(refusal(cut), ContainsSubstring("MAX_TOKENS") && ContainsSubstring("max_output_tokens"));
    CHECK_THAT(refusal(said({}, FinishReason::max_tokens)), ContainsSubstring("thoughts count too"));
    CHECK_THAT(refusal(said({}, FinishReason::safety)), ContainsSubstring("SAFETY"));
    CHECK_THAT(refusal(said({"{\"x\":"}, FinishReason::recitation)), ContainsSubstring("RECITATION"));
    auto malformed = said({}, FinishReason::malformed_function_call);
    malformed.candidates[0].finish_message = "Malformed function call: f(";
    CHECK_THAT(refusal(malformed), ContainsSubstring("MALFORMED_FUNCTION_CALL") && ContainsSubstring("f("));
    GenerateContentResponse blocked;
    blocked.prompt_feedback.emplace().block_reason = genai::BlockedReason::safety;
    CHECK_THAT(refusal(blocked), ContainsSubstring("the prompt was blocked"));
    CHECK_THAT(refusal(said({"I cannot do that."})), ContainsSubstring("I cannot do that."));
    // the same from the call itself, with what it cost
    auto costly = cut;
    costly.usage_metadata.emplace().total_token_count = 9;
    const Client client({.api_key = "k"}, ScriptedTransport{ScriptedTransport::value(costly)});
    try {
        static_cast<void>(client.models.generate_content<Point>("m", "x"));
        FAIL("was parsed");
    } catch (const TypedResponseError& error) {
        CHECK(error.response().usage_metadata->total_token_count == 9);
        CHECK(error.response().text().starts_with("{\"points\""));
    }
}

TEST_CASE("the beginning of an answer is read behind prose and in any fence") {
    for (const std::string& text :
         {std::string(R"({"x":1,"y":)"), std::string("```json\n{\"x\":1,"), std::string("~~~{\"x\":1"),
          std::string("Sure: {\"x\":1,\"y\""), std::string("\xEF\xBB\xBF{\"x\":1,")}) {
        INFO(text);
        CHECK(genai::decode_partial<Point>(text).y == 0);
        if (text.find("1,") != std::string::npos) CHECK(genai::decode_partial<Point>(text).x == 1);
    }
    CHECK(genai::decode_partial<Point>("Sure, I") == Point{});
}
