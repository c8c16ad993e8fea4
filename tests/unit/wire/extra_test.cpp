#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

TEST_CASE("extra members can be looked at, set and sent") {
    genai::Tool tool = genai::decode<genai::Tool>(R"({"newTool":{"x":1.10},"other":null})");
    CHECK(tool.extra.get("newTool") == Json{{"x", 1.1}});
    CHECK(tool.extra.get("absent").is_null());
    CHECK(genai::encode(tool) == R"({"newTool":{"x":1.10},"other":null})");
    tool.extra.set("third", 3);
    CHECK(tool.extra.json().size() == 3);
    CHECK(genai::encode(genai::Tool{.extra = Json{{"a", 1}}}) == R"({"a":1})");
    CHECK(genai::encode(genai::Tool{.google_search = genai::GoogleSearch{}, .extra = Json{{"a", 1}}}) ==
          R"({"googleSearch":{},"a":1})");
    CHECK(genai::encode(genai::Tool{.extra = Json::object()}) == "{}");
    CHECK_THROWS_AS(Extra(Json::array()), genai::InvalidArgument);
    CHECK(Extra(Json{{"a", 1}, {"b", 2}}) == genai::decode<genai::Tool>(R"({"b": 2, "a" : 1})").extra);
}

TEST_CASE("raw JSON is checked and compares by value") {
    CHECK(RawJson::parse(R"({"a": 1})") == RawJson(Json{{"a", 1}}));
    CHECK(RawJson::parse(R"({"a":1})") != RawJson::parse(R"({"a":2})"));
    CHECK_THROWS_AS(RawJson::parse("{"), genai::DecodeError);
    CHECK_THROWS_AS(RawJson(nlohmann::ordered_json("\xFF")), genai::InvalidArgument);
    CHECK(RawJson().json().is_null());
    CHECK(RawJson::parse("\xEF\xBB\xBF{}").text() == "{}");
}

TEST_CASE("structs compare member by member") {
    using genai::Part;
    CHECK(Part::from_text("a") == Part::from_text("a"));
    CHECK_FALSE(Part::from_text("a") == Part::from_text("b"));
    CHECK_FALSE(Part::from_text("a") == Part{});
    CHECK(genai::Content{.parts = {Part::from_text("a")}} == genai::Content{.parts = {Part::from_text("a")}});
    CHECK_FALSE(genai::Content{.parts = {Part::from_text("a")}} ==
                genai::Content{.parts = {Part::from_text("a"), {}}});
    CHECK_FALSE(Part::from_function_call("f", {{"a", 1}}) == Part::from_function_call("f", {{"a", 2}}));
    CHECK_FALSE(genai::Schema{.properties = {{"a", {}}}} == genai::Schema{.properties = {{"b", {}}}});
    CHECK_FALSE(genai::GoogleSearch{.extra = Json{{"a", 1}}} == genai::GoogleSearch{});
}
