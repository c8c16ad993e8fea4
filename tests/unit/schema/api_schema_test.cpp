// C++ types as the API's own schema.

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

TEST_CASE("the same as the API's own Schema") {
    const genai::GenerateContentConfig config{.response_schema = schema_of<Recipe>()};
    const genai::Schema& schema = *config.response_schema;
    CHECK(schema.type == genai::Type::object);
    CHECK(schema.property_ordering ==
          std::vector<std::string>{"name", "serves", "level", "steps", "grams", "vegan", "source"});
    CHECK(schema.required.size() == 6);
    CHECK(schema.properties.find("level")->enum_ == std::vector<std::string>{"easy", "hard"});
    CHECK(schema.properties.find("steps")->min_items == 1);
    CHECK(schema.properties.find("steps")->items->properties.find("text")->max_length == 200);
    CHECK(schema.properties.find("grams")->extra.empty());
    CHECK(static_cast<genai::Schema>(schema_of<std::vector<std::optional<int>>>()).items->nullable);
    CHECK(static_cast<genai::Schema>(schema_of<std::variant<int, std::string>>()).any_of.size() == 2);
    const auto own = [](const char* json) {
        return static_cast<genai::Schema>(genai::TypeSchema(nlohmann::ordered_json::parse(json)));
    };
    CHECK(own(R"({"type":["string","null"]})").nullable);
    CHECK(own(R"({"type":["string","null"]})").type == genai::Type::string);
    CHECK_THROWS_AS(own(R"({"type":["string","integer"]})"), genai::InvalidArgument);
    CHECK_THROWS_AS(own(R"({"type":7})"), genai::InvalidArgument);
    CHECK_THROWS_AS(own(R"({"properties":{"x":7}})"), genai::InvalidArgument);
    CHECK(own(R"({"properties":{"x":true}})").properties.contains("x"));
    const genai::FunctionDeclaration declared{.name = "f", .parameters_json_schema = schema_of<Recipe>()};
    CHECK(declared.parameters_json_schema.text() == schema_of<Recipe>().json().text());
}
