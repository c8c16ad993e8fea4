// Answers held against the schema they were asked for with.

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>
#include <genai/validation.hpp>

#include "clients.hpp"

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace {

enum class Size { small, large };
constexpr void enumerators(Size, auto&& visit) {
    visit("small", Size::small);
    visit("large", Size::large);
}

struct Item {
    std::string name{};
    int count{};
    std::optional<Size> size{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name, Note{.min_length = 2});
        visit("count", self.count, Note{.minimum = 1});
        visit("size", self.size);
    }
};

constexpr const char* model = "gemini-2.5-flash";

struct Talk {
    Emulator emulator{};
    Client<> client{support::once(emulator.client_options())};

    /// The places of what is wrong with an answer.
    std::vector<std::string> wrong(const std::string& answer, const GenerateContentConfig& config) {
        emulator.enqueue(Reply::text(answer));
        try {
            client.models.generate_content(model, "Hello", config);
        } catch (const ValidationError& problem) {
            CHECK(problem.text() == answer);
            REQUIRE_FALSE(problem.violations().empty());
            CHECK_THAT(problem.what(), ContainsSubstring(problem.violations()[0].problem));
            std::vector<std::string> places;
            for (const Violation& violation : problem.violations()) places.push_back(violation.pointer);
            return places;
        }
        return {"nothing"};
    }
};

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("a response that violates its schema says where") {
    Talk talk;
    const GenerateContentConfig forms[]{
        {.response_mime_type = "application/json",
         .response_schema = schema_of<std::vector<Item>>(),
         .enforce_validation = validate},
        {.response_mime_type = "application/json",
         .response_json_schema = schema_of<std::vector<Item>>(),
         .enforce_validation = validate},
    };
    for (const auto& config : forms) {
        CHECK(talk.wrong(R"([{"name":"nut","count":1},{"name":"bolt","count":2.0,"size":"large"}])",
                         config) == Places{"nothing"});
        CHECK(talk.wrong("```json\n[{\"name\":\"nut\",\"count\":1}]\n```", config) == Places{"nothing"});
        CHECK(talk.wrong(R"([{"name":"nut","count":1},{"name":"n","count":2}])", config) ==
              Places{"/1/name"});
        CHECK(talk.wrong(R"([{"name":"nut","count":0}])", config) == Places{"/0/count"});
        CHECK(talk.wrong(R"([{"name":"nut","count":1.5}])", config) == Places{"/0/count"});
        CHECK(talk.wrong(R"([{"name":"nut"}])", config) == Places{"/0"});
        CHECK(talk.wrong(R"([{"name":"nut","count":1,"size":"huge"}])", config) == Places{"/0/size"});
        CHECK(talk.wrong(R"([{"name":"n","count":"many"}])", config).size() == 2);
        CHECK(talk.wrong(R"({"name":"nut","count":1})", config) == Places{""});
        CHECK(talk.wrong(R"([{"name":"nut","cou)", config) == Places{"/0"});
        CHECK(talk.wrong("", config) == Places{""});
    }
}

TEST_CASE("what a schema in the API's own words says is enforced") {
    Talk talk;
    const GenerateContentConfig config{
        .response_mime_type = "application/json",
        .response_schema = Schema{.items = Schema{.any_of = {{.nullable = true, .type = Type::string},
                                                             {.type = Type::integer}}},
                                  .max_items = 2,
                                  .type = Type::array},
        .enforce_validation = validate};
    CHECK(talk.wrong(R"(["a",1])", config) == Places{"nothing"});
    CHECK(talk.wrong(R"([null])", config) == Places{"nothing"});
    CHECK(talk.wrong(R"([1,2,3])", config) == Places{""});
    CHECK(talk.wrong(R"([true])", config).back() == "/0");
}

TEST_CASE("an enum's text needs no quotes") {
    Talk talk;
    CHECK(*talk.client.models.generate_content<Size>(model, "Hello", {.enforce_validation = validate}) ==
          Size::small);
    const GenerateContentConfig config{.response_mime_type = "text/x.enum",
                                       .response_schema = schema_of<Size>(),
                                       .enforce_validation = validate};
    CHECK(talk.wrong("large", config) == Places{"nothing"});
    CHECK(talk.wrong("huge", config) == Places{""});
}

TEST_CASE("typed responses, streams and chats are validated against their schema when complete") {
    Talk talk;
    CHECK(talk.client.models.generate_content<Item>(model, "A Nut", {.enforce_validation = validate})->name ==
          "Nut");
    const GenerateContentConfig config{.response_mime_type = "application/json",
                                       .response_schema = schema_of<Item>(),
                                       .enforce_validation = validate};
    std::string text;
    const auto enqueue = [&] {
        talk.emulator.enqueue(Reply::stream(
            {R"({"candidates":[{"content":{"parts":[{"text":"{\"name\":"}]}}]})",
             R"({"candidates":[{"content":{"parts":[{"text":"7}"}]},"finishReason":"STOP"}]})"}));
    };
    enqueue();
    auto stream = talk.client.models.generate_content_stream(model, "Hello", config);
    CHECK_THROWS_AS(
        [&] {
            for (const auto& chunk : stream) text += chunk.text();
        }(),
        ValidationError);
    CHECK(text == R"({"name":7})");
    enqueue();
    CHECK_THROWS_AS(talk.client.models.generate_content_stream(model, "Hello", config,
                                                               [](const GenerateContentResponse&) {}),
                    ValidationError);
    auto chat = talk.client.chats.create(model, config);
    enqueue();
    auto answer = chat.send_message_stream("Hello");
    CHECK_THROWS_AS(
        [&] {
            for (const auto& chunk : answer) static_cast<void>(chunk);
        }(),
        ValidationError);
    CHECK(chat.history().empty());
    CHECK(decode<Item>(chat.send_message("A Nut").text()).name == "Nut");
}

TEST_CASE("function calls are not validated against the response schema") {
    Talk talk;
    talk.emulator.enqueue(Reply::function_call("f", Json::object()));
    talk.emulator.enqueue(Reply::text(R"({"name":"n","count":1})"));
    CHECK_THROWS_AS(talk.client.models.generate_content<Item>(
                        model, "Hello", {.enforce_validation = validate, .tools = {tool("f", "", [] {})}}),
                    ValidationError);
    CHECK(talk.emulator.requests().size() == 2);
    talk.emulator.enqueue(Reply::function_call("f", Json::object()));
    CHECK(talk.client.models
              .generate_content(model, "Hello",
                                {.response_json_schema = schema_of<Item>(),
                                 .enforce_validation = validate,
                                 .tools = {{.function_declarations = {{.name = "f"}}}}})
              .function_calls()
              .size() == 1);
}

TEST_CASE("another validator will do; one without a schema will not") {
    Talk talk;
    const Validator none = [](std::string_view, const Json&) { return std::vector<Violation>(); };
    CHECK(talk.wrong("{}", {.response_json_schema = schema_of<Item>(), .enforce_validation = none}) ==
          Places{"nothing"});
    const Validator never = [](std::string_view, const Json& schema) {
        return std::vector<Violation>{{"/x", schema["type"]}, {"/y", "no"}};
    };
    CHECK(talk.wrong("{}", {.response_json_schema = schema_of<Item>(), .enforce_validation = never}) ==
          Places{"/x", "/y"});
    const std::size_t before = talk.emulator.requests().size();
    CHECK_THROWS_AS(talk.client.models.generate_content(model, "Hello", {.enforce_validation = validate}),
                    InvalidArgument);
    CHECK(talk.emulator.requests().size() == before);
}

TEST_CASE("a text can be validated against a schema by hand") {
    CHECK(validate("[1, 2]", schema_of<std::vector<int>>()).empty());
    CHECK(validate("[1, ", schema_of<std::vector<int>>()).at(0).pointer == "/1");
    const Json keys = Json::parse(R"({"type":"object","additionalProperties":{"type":"integer"}})");
    CHECK(validate(R"({"a/b~c":"x"})", keys).at(0).pointer == "/a~1b~0c");
    CHECK_THROWS_AS(validate("1", Json{{"type", "no such type"}}), InvalidArgument);
    // std::regex would need more stack than there is
    const Json letters = Json::parse(
        R"({"type":"object","properties":{"format":{"type":"string","pattern":"^[a-z ]+$"},"n":{"type":"integer"}}})");
    CHECK(validate(Json{{"format", "a1"}}.dump(), letters).size() == 1);
    CHECK(validate(Json{{"format", std::string(200'000, 'a')}}.dump(), letters).empty());
    CHECK(validate(Json{{"format", std::string(200'000, 'a')}, {"n", "x"}}.dump(), letters).at(0).pointer ==
          "/n");
    CHECK_THROWS_AS(validate("\"x\"", Json{{"pattern", "("}}), InvalidArgument);
}
