#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai::interactions;
using genai::decode;
using genai::encode;
using genai::Json;
using genai::OneOf;

TEST_CASE("a union reads the kind its tag names, wherever the tag stands") {
    const auto first = decode<Content>(R"({"type":"text","text":"a"})");
    const auto last = decode<Content>(R"({"text":"a","annotations":[],"type":"text"})");
    REQUIRE(first.is<TextContent>());
    CHECK(first.get_if<TextContent>()->text == "a");
    CHECK(first == last);
    CHECK(!first.is<ImageContent>());
    CHECK(encode(first) == R"({"text":"a","type":"text"})");
}

TEST_CASE("a kind that is not known is kept and written back as it came") {
    const std::string text = R"({"type":"hologram","depth":1.50,"parts":[{"b":1,"a":2}]})";
    auto content = decode<Content>(text);
    REQUIRE(content.unknown() != nullptr);
    CHECK(content.unknown()->json()["type"] == "hologram");
    CHECK(encode(content) == text);
    CHECK(decode<Content>("{}").unknown() != nullptr);
    CHECK(decode<Content>(R"({"type":7})").unknown() != nullptr);
}

TEST_CASE("what has no tag is told by its shape, lists by their first element") {
    CHECK(decode<InteractionsInput>(R"("hi")").is<std::string>());
    CHECK(decode<InteractionsInput>(R"([{"type":"text","text":"a"}])").is<std::vector<Content>>());
    CHECK(decode<InteractionsInput>(R"([ {"type":"user_input","content":[]} ])").is<std::vector<Step>>());
    CHECK(decode<InteractionsInput>(R"({"type":"image","uri":"u"})").is<Content>());
    const auto result =
        decode<FunctionResultStep>(R"({"call_id":"c","result":{"sun":true},"type":"function_result"})");
    CHECK(result.result.get_if<Json>()->at("sun") == true);
    const auto format = decode<CreateModelInteraction>(
        R"({"model":"m","response_format":[{"type":"text"},{"type":"object","properties":{}}]})");
    const auto* several = format.response_format.get_if<std::vector<ResponseFormat>>();
    REQUIRE(several != nullptr);
    CHECK((*several)[0].is<TextResponseFormat>());
    CHECK((*several)[1].is<Json>());
}

TEST_CASE("a union takes what one of its kinds can be made of") {
    CreateModelInteraction request{.input = "hi", .model = "gemini-2.5-flash"};
    CHECK(request.input.is<std::string>());
    request.generation_config = GenerationConfig{.tool_choice = ToolChoiceType::any};
    CHECK(encode(request) ==
          R"({"generation_config":{"tool_choice":"any"},"input":"hi","model":"gemini-2.5-flash"})");
    request.input = TextContent{.text = "x"};
    CHECK(request.input.is<Content>());
    request.environment = Environment{.environment_id = "e"};
    CHECK(request.environment.is<Environment>());
    request.environment = "env-1";
    CHECK(encode(request.environment) == R"("env-1")");
}

TEST_CASE("unions copy deeply and compare by what they hold") {
    Step one = ModelOutputStep{.content = {TextContent{.text = "a"}}};
    Step other = one;
    CHECK(one == other);
    other.get_if<ModelOutputStep>()->content.push_back(TextContent{.text = "b"});
    CHECK(one != other);
    const Step moved = std::move(other);
    CHECK(moved.get_if<ModelOutputStep>()->content.size() == 2);
    CHECK(Step() == Step());
    CHECK(Step() != one);
    CHECK(OneOf<std::string, Json>().empty());
}

TEST_CASE("what lies within a value can take its place") {
    genai::Box<genai::Schema> list = genai::Schema{.items = genai::Schema{.title = "inner"}};
    list = std::move(list->items);
    CHECK(list->title == "inner");
    Step step = UserInputStep{.content = {TextContent{.text = "a"}}};
    Content content = TextContent{.text = "b"};
    content = std::move(step.get_if<UserInputStep>()->content[0]);
    CHECK(content.get_if<TextContent>()->text == "a");
}

TEST_CASE("null is absent, and wrong content of a known kind is an error with its place") {
    CHECK(decode<Interaction>(R"({"id":"1","environment":null})").environment.empty());
    try {
        static_cast<void>(decode<Interaction>(
            R"({"id":"1","steps":[{"type":"model_output","content":[{"type":"text","text":7}]}]})"));
        FAIL("accepted");
    } catch (const genai::DecodeError& problem) {
        CHECK(problem.pointer() == "/steps/0/content/0/text");
    }
}

TEST_CASE("an interaction says what the model ended with") {
    const auto made = decode<Interaction>(R"({"id":"1","steps":[
        {"type":"model_output","content":[{"type":"text","text":"before"},{"type":"image","data":"AAAA","mime_type":"image/png"}]},
        {"type":"user_input","content":[{"type":"text","text":"asked"}]},
        {"type":"model_output","content":[{"type":"image","data":"AAEC","mime_type":"image/png"},{"type":"text","text":"Hello "}]},
        {"type":"thought","signature":"s"},
        {"type":"model_output","content":[{"type":"text","text":"you"}]}]})");
    CHECK(made.output_text() == "Hello you");
    REQUIRE(made.output_image() != nullptr);
    CHECK(made.output_image()->data->view() == std::string("\0\1\2", 3));
    CHECK(made.output_audio() == nullptr);
    CHECK(Interaction{}.output_text().empty());
}
