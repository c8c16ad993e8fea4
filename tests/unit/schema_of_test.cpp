#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "kitchen.hpp"

using Catch::Matchers::ContainsSubstring;
using genai::decode;
using genai::DecodeError;
using genai::encode;
using genai::Json;
using genai::Note;
using genai::schema_of;
using genai::testing::Emulator;
using genai::testing::Reply;
using kitchen::Level;
using kitchen::Recipe;
using kitchen::Shape;

TEST_CASE("enums, maps and variants are read and written") {
    const std::string text =
        R"({"name":"Soup","serves":2,"level":"hard","steps":[{"text":"Boil"}],"grams":{"salt":3,"water":500},"vegan":true,"source":"x"})";
    const auto recipe = decode<Recipe>(text);
    CHECK(recipe.level == Level::hard);
    CHECK(recipe.grams.at("water") == 500);
    CHECK(encode(recipe) == text);
    CHECK_THROWS_WITH(decode<Recipe>(R"({"level":"impossible"})"),
                      ContainsSubstring("/level") && ContainsSubstring("none of the texts"));
    CHECK_THROWS_AS(encode(static_cast<Level>(7)), genai::InvalidArgument);
    CHECK(decode<std::unordered_map<std::string, std::vector<int>>>(R"({"a":[1],"b":[]})").size() == 2);

    const auto kind = [](const char* json) { return decode<Shape>(json).index(); };
    CHECK(kind(R"({"radius":1})") == 0);
    CHECK(kind(R"({"width":1})") == 1);
    CHECK(kind("[1,2]") == 2);
    CHECK(kind(R"("easy")") == 3);
    CHECK(kind(R"("easily")") == 4);
    CHECK(kind("7") == 5);
    CHECK(kind("7.5") == 6);
    CHECK(kind("true") == 7);
    CHECK_THROWS_AS(kind(R"({"depth":"x"})"), DecodeError);
    for (const char* json : {R"({"radius":1})", R"({"width":2,"height":3})", "[1,2]", R"("easy")",
                             R"("other")", "-7", "0.25", "false"})
        CHECK(encode(decode<Shape>(json)) == json);
}

TEST_CASE("structured output is requested by its type and decoded into it") {
    Emulator emulator;
    const genai::Client client(emulator.client_options());
    const auto recipe = client.models.generate_content<Recipe>("gemini-2.5-flash", "A recipe for Soup");
    CHECK(recipe->steps.size() == 1);
    CHECK((*recipe).level == Level::easy);
    CHECK(recipe.response.usage_metadata);
    const Json sent = Json::parse(emulator.requests().back().body)["generationConfig"];
    CHECK(sent["responseMimeType"] == "application/json");
    CHECK(sent["responseJsonSchema"]["properties"]["level"]["enum"] ==
          Json::array({"easy", "hard"}));  // the API's own form has no maps
    CHECK(client.models.generate_content<kitchen::Circle>("gemini-2.5-flash", "A circle")->radius == 1);
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"]["responseSchema"]["properties"]
                                                      ["radius"]["type"] == "NUMBER");
    CHECK(*client.models.generate_content<Level>("gemini-2.5-flash", "How hard is it?") == Level::easy);
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"]["responseMimeType"] ==
          "text/x.enum");
    CHECK_FALSE(client.models.generate_content<kitchen::Node>("gemini-2.5-flash", "A tree")->name.empty());
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"].contains("responseJsonSchema"));
    CHECK(client.models.generate_content<std::vector<Recipe>>("gemini-2.5-flash", "Two")->size() == 1);

    emulator.enqueue(Reply::text(R"({"name":7})"));
    CHECK_THROWS_AS(client.models.generate_content<Recipe>("gemini-2.5-flash", "A recipe"), DecodeError);
    // what the config says goes before what the type says
    client.models.generate_content<Json>(
        "gemini-2.5-flash", "x",
        {.response_mime_type = "application/json", .response_json_schema = Json{{"type", "object"}}});
    CHECK_FALSE(Json::parse(emulator.requests().back().body)["generationConfig"].contains("responseSchema"));
}

TEST_CASE("what an answer says is read leniently where it can be") {
    const auto says = [](std::string text) {
        return genai::GenerateContentResponse{
            .candidates = {{.content = genai::Content{.parts = {genai::Part::from_text(std::move(text))}}}}};
    };
    CHECK(says("hard").parsed<Level>() == Level::hard);
    CHECK(says("\"hard\"").parsed<Level>() == Level::hard);
    CHECK(says("any words").parsed<std::string>() == "any words");
    CHECK(says("```json\n[1, 2]\n```").parsed<std::vector<int>>() == std::vector<int>{1, 2});
    CHECK(says("  ```\n{\"radius\": 2}```  ").parsed<kitchen::Circle>().radius == 2);
    CHECK_THROWS_AS(says("```json").parsed<Json>(), DecodeError);
    CHECK_THROWS_AS(says("").parsed<kitchen::Circle>(), DecodeError);
}

namespace {

struct Empty {
    static constexpr void fields(auto&, auto&&) {}
};
struct WithEmpty {
    Empty nothing{};
    static constexpr void fields(auto& self, auto&& visit) { visit("nothing", self.nothing); }
};
struct Mailed {
    std::string address{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("address", self.address, genai::Note{.format = "email"});
    }
};
struct Known {
    std::optional<int> age{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("age", self.age, genai::Note{.required = true});
    }
};
struct Plain {
    std::optional<int> age{};
    std::string when{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("age", self.age);
        visit("when", self.when, genai::Note{.format = "date-time"});
    }
};
struct Bounded {
    std::map<std::string, int> ages{};
    std::variant<int, std::string> mark{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("ages", self.ages, genai::Note{.description = "by name", .minimum = 0, .maximum = 150});
        visit("mark", self.mark, genai::Note{.minimum = 1, .max_length = 2});
    }
};
template <class T>
struct Tree {
    T value{};
    std::vector<Tree> children{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("value", self.value);
        visit("children", self.children);
    }
};

/// Under which name a schema for this type goes out.
template <class T>
std::string sent_as() {
    Emulator emulator;
    emulator.enqueue(genai::testing::Reply::text("{}"));
    const genai::Client<> client(emulator.client_options());
    try {
        static_cast<void>(client.models.generate_content<T>("gemini-2.5-flash", "x"));
    } catch (const DecodeError&) {
    }
    const Json config = Json::parse(emulator.requests().back().body)["generationConfig"];
    return config.contains("responseSchema") ? "own" : "JSON Schema";
}

Json schema_json(const genai::TypeSchema& schema) { return Json::parse(schema.json().text()); }

}  // namespace

TEST_CASE("a schema goes out in a form that can say it") {
    CHECK(sent_as<Plain>() == "own");
    CHECK(sent_as<WithEmpty>() == "JSON Schema");
    CHECK(sent_as<Mailed>() == "JSON Schema");
    CHECK(sent_as<Known>() == "JSON Schema");
    CHECK(sent_as<std::map<std::string, int>>() == "JSON Schema");
}

TEST_CASE("what must be there and is optional may be null; bounds of maps and variants are their values'") {
    CHECK(schema_json(genai::schema_of<Known>())["properties"]["age"]["anyOf"][1]["type"] == "null");
    const Json bounded = schema_json(genai::schema_of<Bounded>())["properties"];
    CHECK(bounded["ages"]["description"] == "by name");
    CHECK(bounded["ages"]["additionalProperties"]["maximum"] == 150);
    CHECK(bounded["mark"]["anyOf"][0]["minimum"] == 1);
    CHECK_FALSE(bounded["mark"]["anyOf"][0].contains("maxLength"));
    CHECK(bounded["mark"]["anyOf"][1]["maxLength"] == 2);
}

TEST_CASE("null values of maps are kept, and definitions have readable names") {
    const auto map = decode<std::map<std::string, std::optional<int>>>(R"({"a":null,"b":1})");
    CHECK(map.size() == 2);
    CHECK(encode(map) == R"({"a":null,"b":1})");
    CHECK(decode<std::map<std::string, int>>(R"({"a":null,"b":1})").size() == 1);
    CHECK(schema_json(genai::schema_of<Tree<std::string>>())["$defs"].contains("Tree_string"));
}
