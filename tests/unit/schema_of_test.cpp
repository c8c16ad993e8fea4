// Schemas made from C++ types, and answers read into them.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "recording_transport.hpp"

using Catch::Matchers::ContainsSubstring;
using genai::decode;
using genai::DecodeError;
using genai::encode;
using genai::Json;
using genai::Note;
using genai::schema_of;
using genai::testing::Emulator;
using genai::testing::Reply;

namespace kitchen {

enum class Level : std::uint8_t { easy = 1, hard = 200 };
constexpr void enumerators(Level, auto&& visit) {
    visit("easy", Level::easy);
    visit("hard", Level::hard);
}

struct Step {
    static constexpr std::string_view description = "One thing to do";

    std::string text{};
    std::optional<double> minutes{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text, Note{.description = "What to do", .min_length = 1, .max_length = 200, .pattern = "^[A-Z]"});
        visit("minutes", self.minutes, Note{.minimum = 0.5, .maximum = 90});
    }
};

struct Recipe {
    std::string name{};
    unsigned serves{};
    Level level{};
    std::vector<Step> steps{};
    std::map<std::string, int> grams{};
    bool vegan{};
    std::optional<std::string> source{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("serves", self.serves);
        visit("level", self.level, Note{.description = "How hard it is"});
        visit("steps", self.steps, Note{.min_items = 1, .max_items = 20});
        visit("grams", self.grams);
        visit("vegan", self.vegan, Note{.required = false});
        visit("source", self.source, Note{.format = "uri", .required = true});
    }
};

struct Node {
    std::string name{};
    std::vector<Node> children{};
    genai::Box<Node> other{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("children", self.children, Note{.required = false});
        visit("other", self.other);
    }
};

struct Circle {
    double radius{};
    static constexpr void fields(auto& self, auto&& visit) { visit("radius", self.radius); }
};
struct Box {
    double width{};
    std::optional<double> height{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("width", self.width);
        visit("height", self.height);
    }
};
using Shape = std::variant<Circle, Box, std::vector<int>, Level, std::string, std::int64_t, double, bool>;

}  // namespace kitchen

using kitchen::Level;
using kitchen::Recipe;
using kitchen::Shape;

TEST_CASE("a type's shape as JSON Schema") {
    CHECK(schema_of<int>().json().dump() == R"({"type":"integer"})");
    CHECK(schema_of<unsigned>().json().dump() == R"({"type":"integer","minimum":0})");
    CHECK(schema_of<float>().json().dump() == R"({"type":"number"})");
    CHECK(schema_of<bool>().json().dump() == R"({"type":"boolean"})");
    CHECK(schema_of<std::string>().json().dump() == R"({"type":"string"})");
    CHECK(schema_of<genai::Timestamp>().json().dump() == R"({"type":"string","format":"date-time"})");
    CHECK(schema_of<Level>().json().dump() == R"({"type":"string","enum":["easy","hard"]})");
    CHECK(schema_of<std::vector<std::optional<int>>>().json().dump() == R"({"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}})");
    CHECK(schema_of<std::unordered_map<std::string, bool>>().json().dump() == R"({"type":"object","additionalProperties":{"type":"boolean"}})");
    CHECK(schema_of<std::variant<std::string, kitchen::Circle>>().json().dump() ==
          R"({"anyOf":[{"type":"string"},{"type":"object","properties":{"radius":{"type":"number"}},"required":["radius"]}]})");
    CHECK(schema_of<Json>().json().dump() == "{}");
    CHECK(schema_of<Recipe>().json().dump() ==
          R"({"type":"object","properties":{"name":{"type":"string"},"serves":{"type":"integer","minimum":0},)"
          R"("level":{"type":"string","enum":["easy","hard"],"description":"How hard it is"},)"
          R"("steps":{"type":"array","items":{"type":"object","description":"One thing to do","properties":{)"
          R"("text":{"type":"string","description":"What to do","minLength":1,"maxLength":200,"pattern":"^[A-Z]"},)"
          R"("minutes":{"type":"number","minimum":0.5,"maximum":90}},"required":["text"]},"minItems":1,"maxItems":20},)"
          R"("grams":{"type":"object","additionalProperties":{"type":"integer"}},"vegan":{"type":"boolean"},"source":{"type":"string","format":"uri"}},)"
          R"("required":["name","serves","level","steps","grams","source"]})");
}

TEST_CASE("a struct within itself is a definition") {
    CHECK(schema_of<kitchen::Node>().json().dump() ==
          R"({"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},)"
          R"("children":{"type":"array","items":{"$ref":"#/$defs/Node"}},"other":{"$ref":"#/$defs/Node"}},"required":["name"]}}})");
    CHECK(schema_of<std::vector<kitchen::Node>>().json()["items"]["$ref"] == "#/$defs/Node");
    CHECK(schema_of<kitchen::Node>().recursive());
    CHECK_THROWS_AS(static_cast<genai::Schema>(schema_of<kitchen::Node>()), genai::InvalidArgument);
}

TEST_CASE("the same as the API's own Schema") {
    const genai::GenerateContentConfig config{.response_schema = schema_of<Recipe>()};
    const genai::Schema& schema = *config.response_schema;
    CHECK(schema.type == genai::Type::object);
    CHECK(schema.property_ordering == std::vector<std::string>{"name", "serves", "level", "steps", "grams", "vegan", "source"});
    CHECK(schema.required.size() == 6);
    CHECK(schema.properties.find("level")->enum_ == std::vector<std::string>{"easy", "hard"});
    CHECK(schema.properties.find("steps")->min_items == 1);
    CHECK(schema.properties.find("steps")->items->properties.find("text")->max_length == 200);
    CHECK(schema.properties.find("grams")->extra.empty());
    CHECK(static_cast<genai::Schema>(schema_of<std::vector<std::optional<int>>>()).items->nullable == true);
    CHECK(static_cast<genai::Schema>(schema_of<std::variant<int, std::string>>()).any_of.size() == 2);
    const auto own = [](const char* json) { return static_cast<genai::Schema>(genai::TypeSchema(nlohmann::ordered_json::parse(json))); };
    CHECK(own(R"({"type":["string","null"]})").nullable == true);
    CHECK(own(R"({"type":["string","null"]})").type == genai::Type::string);
    CHECK_THROWS_AS(own(R"({"type":["string","integer"]})"), genai::InvalidArgument);
    CHECK_THROWS_AS(own(R"({"type":7})"), genai::InvalidArgument);
    CHECK_THROWS_AS(own(R"({"properties":{"x":7}})"), genai::InvalidArgument);
    CHECK(own(R"({"properties":{"x":true}})").properties.contains("x"));
    const genai::FunctionDeclaration declared{.name = "f", .parameters_json_schema = schema_of<Recipe>()};
    CHECK(declared.parameters_json_schema.text() == schema_of<Recipe>().json().dump());
}

TEST_CASE("enums, maps and variants are read and written") {
    const std::string text = R"({"name":"Soup","serves":2,"level":"hard","steps":[{"text":"Boil"}],"grams":{"salt":3,"water":500},"vegan":true,"source":"x"})";
    const auto recipe = decode<Recipe>(text);
    CHECK(recipe.level == Level::hard);
    CHECK(recipe.grams.at("water") == 500);
    CHECK(encode(recipe) == text);
    CHECK_THROWS_WITH(decode<Recipe>(R"({"level":"impossible"})"), ContainsSubstring("/level") && ContainsSubstring("none of the texts"));
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
    for (const char* json : {R"({"radius":1})", R"({"width":2,"height":3})", "[1,2]", R"("easy")", R"("other")", "-7", "0.25", "false"}) CHECK(encode(decode<Shape>(json)) == json);
}

TEST_CASE("an answer is asked for by its type, and read into it") {
    Emulator emulator;
    const genai::Client client(emulator.client_options());
    const auto recipe = client.models.generate_content<Recipe>("gemini-2.5-flash", "A recipe for Soup");
    CHECK(recipe->steps.size() == 1);
    CHECK((*recipe).level == Level::easy);
    CHECK(recipe.response.usage_metadata);
    const Json sent = Json::parse(emulator.requests().back().body)["generationConfig"];
    CHECK(sent["responseMimeType"] == "application/json");
    CHECK(sent["responseJsonSchema"]["properties"]["level"]["enum"] == Json::array({"easy", "hard"}));  // the API's own form has no maps
    CHECK(client.models.generate_content<kitchen::Circle>("gemini-2.5-flash", "A circle")->radius == 1);
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"]["responseSchema"]["properties"]["radius"]["type"] == "NUMBER");
    CHECK(*client.models.generate_content<Level>("gemini-2.5-flash", "How hard is it?") == Level::easy);
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"]["responseMimeType"] == "text/x.enum");
    CHECK_FALSE(client.models.generate_content<kitchen::Node>("gemini-2.5-flash", "A tree")->name.empty());
    CHECK(Json::parse(emulator.requests().back().body)["generationConfig"].contains("responseJsonSchema"));
    CHECK(client.models.generate_content<std::vector<Recipe>>("gemini-2.5-flash", "Two")->size() == 1);

    emulator.enqueue(Reply::text(R"({"name":7})"));
    CHECK_THROWS_AS(client.models.generate_content<Recipe>("gemini-2.5-flash", "A recipe"), DecodeError);
    // what the config says goes before what the type says
    client.models.generate_content<Json>("gemini-2.5-flash", "x", {.response_mime_type = "application/json", .response_json_schema = Json{{"type", "object"}}});
    CHECK_FALSE(Json::parse(emulator.requests().back().body)["generationConfig"].contains("responseSchema"));
}

TEST_CASE("what an answer says is read leniently where it can be") {
    const auto says = [](std::string text) {
        return genai::GenerateContentResponse{.candidates = {{.content = genai::Content{.parts = {genai::Part::from_text(std::move(text))}}}}};
    };
    CHECK(says("hard").parsed<Level>() == Level::hard);
    CHECK(says("\"hard\"").parsed<Level>() == Level::hard);
    CHECK(says("any words").parsed<std::string>() == "any words");
    CHECK(says("```json\n[1, 2]\n```").parsed<std::vector<int>>() == std::vector<int>{1, 2});
    CHECK(says("  ```\n{\"radius\": 2}```  ").parsed<kitchen::Circle>().radius == 2);
    CHECK_THROWS_AS(says("```json").parsed<Json>(), DecodeError);
    CHECK_THROWS_AS(says("").parsed<kitchen::Circle>(), DecodeError);
}
