// C++ types as JSON Schema.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "kitchen.hpp"

using genai::decode;
using genai::DecodeError;
using genai::encode;
using genai::Json;
using genai::Note;
using genai::schema_of;
using kitchen::Level;
using kitchen::Recipe;
using kitchen::Shape;

TEST_CASE("a type's shape as JSON Schema") {
    CHECK(schema_of<int>().json().text() == R"({"type":"integer"})");
    CHECK(schema_of<unsigned>().json().text() == R"({"type":"integer","minimum":0})");
    CHECK(schema_of<float>().json().text() == R"({"type":"number"})");
    CHECK(schema_of<bool>().json().text() == R"({"type":"boolean"})");
    CHECK(schema_of<std::string>().json().text() == R"({"type":"string"})");
    CHECK(schema_of<genai::Timestamp>().json().text() == R"({"type":"string","format":"date-time"})");
    CHECK(schema_of<Level>().json().text() == R"({"type":"string","enum":["easy","hard"]})");
    CHECK(schema_of<std::vector<std::optional<int>>>().json().text() ==
          R"({"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}})");
    CHECK(schema_of<std::unordered_map<std::string, bool>>().json().text() ==
          R"({"type":"object","additionalProperties":{"type":"boolean"}})");
    CHECK(
        schema_of<std::variant<std::string, kitchen::Circle>>().json().text() ==
        R"({"anyOf":[{"type":"string"},{"type":"object","properties":{"radius":{"type":"number"}},"required":["radius"]}]})");
    CHECK(schema_of<Json>().json().text() == "{}");
    CHECK(
        schema_of<Recipe>().json().text() ==
        R"({"type":"object","properties":{"name":{"type":"string"},"serves":{"type":"integer","minimum":0},)"
        R"("level":{"type":"string","enum":["easy","hard"],"description":"How hard it is"},)"
        R"("steps":{"type":"array","items":{"type":"object","description":"One thing to do","properties":{)"
        R"("text":{"type":"string","description":"What to do","minLength":1,"maxLength":200,"pattern":"^[A-Z]"},)"
        R"("minutes":{"type":"number","minimum":0.5,"maximum":90}},"required":["text"]},"minItems":1,"maxItems":20},)"
        R"("grams":{"type":"object","additionalProperties":{"type":"integer"}},"vegan":{"type":"boolean"},"source":{"anyOf":[{"type":"string","format":"uri"},{"type":"null"}]}},)"
        R"("required":["name","serves","level","steps","grams","source"]})");
}

TEST_CASE("a recursive struct becomes a definition") {
    CHECK(
        schema_of<kitchen::Node>().json().text() ==
        R"({"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},)"
        R"("children":{"type":"array","items":{"$ref":"#/$defs/Node"}},"other":{"$ref":"#/$defs/Node"}},"required":["name"]}}})");
    CHECK(schema_of<std::vector<kitchen::Node>>().json().json()["items"]["$ref"] == "#/$defs/Node");
    CHECK(schema_of<kitchen::Node>().recursive());
    CHECK_THROWS_AS(static_cast<genai::Schema>(schema_of<kitchen::Node>()), genai::InvalidArgument);
}
