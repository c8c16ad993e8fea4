#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::encode;
using genai::InvalidArgument;
using genai::Json;

namespace {

/// A user's struct: it says everything.
struct Recipe {
    std::string name{};
    std::vector<std::string> steps{};
    std::optional<int> minutes{};
    double rating{};
    bool vegan{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("steps", self.steps);
        visit("minutes", self.minutes);
        visit("rating", self.rating);
        visit("vegan", self.vegan);
    }
};

std::string place_of_error(const auto& value) {
    try {
        static_cast<void>(encode(value));
    } catch (const InvalidArgument& problem) {
        return problem.parameter();
    }
    return "(accepted)";
}

Json nested(int levels) {
    Json value = 1;
    for (int i = 0; i < levels; ++i) value = Json::array({std::move(value)});
    return value;
}

}  // namespace

TEST_CASE("what is unset is not written, what is zero or empty is") {
    CHECK(encode(genai::GenerateContentConfig{}) == "{}");
    CHECK(encode(genai::GenerateContentConfig{
              .temperature = 0, .max_output_tokens = 0, .response_logprobs = false}) ==
          R"({"temperature":0,"maxOutputTokens":0,"responseLogprobs":false})");
    CHECK(encode(genai::Part{.text = ""}) == R"({"text":""})");
    CHECK(encode(genai::Tool{.google_search = genai::GoogleSearch{}}) == R"({"googleSearch":{}})");
    CHECK(encode(genai::Content{.parts = {}, .role = "user"}) == R"({"role":"user"})");
    CHECK(encode(genai::File{.name = ""}) == "{}");
}

TEST_CASE("a user's struct is written whole") {
    CHECK(encode(Recipe{}) == R"({"name":"","steps":[],"rating":0,"vegan":false})");
    CHECK(encode(Recipe{.name = "soup", .steps = {"boil"}, .minutes = 5, .rating = 4.5, .vegan = true}) ==
          R"({"name":"soup","steps":["boil"],"minutes":5,"rating":4.5,"vegan":true})");
}

TEST_CASE("strings are escaped where JSON wants it and nowhere else") {
    CHECK(encode(std::string("\"\\/\b\f\n\r\t\x01\x1f \x7f\xC3\xA9")) ==
          "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f \x7f\xC3\xA9\"");
    CHECK(encode(std::string("0123456789abcdef\"0123456789abcdef\n")) ==
          R"("0123456789abcdef\"0123456789abcdef\n")");
    CHECK(encode(std::string("a\0b", 3)) == R"("a\u0000b")");
}

TEST_CASE("numbers are written as shortly as they can be read back") {
    CHECK(encode(0.1) == "0.1");
    CHECK(encode(0.1F) == "0.1");
    CHECK(encode(1e300) == "1e+300");
    CHECK(encode(-0.0) == "-0");
    CHECK(encode(40.0) == "40");
    CHECK(encode(Json(40.0)) == "40.0");
    CHECK(encode(std::vector<std::int64_t>{INT64_MIN, 0, INT64_MAX}) ==
          "[-9223372036854775808,0,9223372036854775807]");
    CHECK(encode(Json(UINT64_MAX)) == "18446744073709551615");
    CHECK(encode(genai::Schema{.min_items = 3}) == R"({"minItems":"3"})");
}

TEST_CASE("what JSON cannot say is refused with its place") {
    const double bad = std::numeric_limits<double>::quiet_NaN();
    CHECK(place_of_error(genai::GenerateContentConfig{.temperature = bad}) == "/temperature");
    CHECK(place_of_error(genai::Schema{.items = genai::Schema{.maximum = HUGE_VAL}}) == "/items/maximum");
    CHECK(place_of_error(genai::Content{.parts = {{.text = "ok"}, {.text = "\xFF"}}}) == "/parts/1/text");
    CHECK(place_of_error(genai::Part{.function_call = genai::FunctionCall{.args = Json{{"a", {1, bad}}}}}) ==
          "/functionCall/args/a/1");
    CHECK(place_of_error(Json("\xC3")).empty());
    CHECK_THROWS_AS(encode(Json("\xC3")), InvalidArgument);
    CHECK_THROWS_AS(encode(Json::binary({1, 2})), InvalidArgument);
}

TEST_CASE("nesting is limited on the way out too") {
    CHECK_NOTHROW(encode(nested(128)));
    CHECK_THROWS_AS(encode(nested(129)), InvalidArgument);
    genai::Schema schema;
    for (int i = 0; i < 200; ++i) schema = genai::Schema{.items = std::move(schema)};
    CHECK_THROWS_AS(encode(schema), InvalidArgument);
    CHECK_NOTHROW(encode(schema, 1000));
}

TEST_CASE("key order is kept where it means something") {
    CHECK(encode(genai::Schema{.properties = {{"zebra", {.type = genai::Type::string}},
                                              {"apple", {.type = genai::Type::integer}}}}) ==
          R"({"properties":{"zebra":{"type":"STRING"},"apple":{"type":"INTEGER"}}})");
    CHECK(encode(genai::GenerateContentConfig{.response_json_schema =
                                                  nlohmann::ordered_json{{"z", 1}, {"a", 2}}}) ==
          R"({"responseJsonSchema":{"z":1,"a":2}})");
    CHECK(encode(genai::GenerateContentConfig{.response_json_schema =
                                                  genai::RawJson::parse(R"({"z": 1.0, "a": 2})")}) ==
          R"({"responseJsonSchema":{"z": 1.0, "a": 2}})");
}
