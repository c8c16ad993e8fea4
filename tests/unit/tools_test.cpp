// C++ functions as tools: what the model is told of them, and what a call of theirs comes to.

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/tools.hpp>

using genai::FunctionCall;
using genai::FunctionResponse;
using genai::Json;
using genai::Note;
using genai::Tool;

namespace weather {

enum class Unit { celsius, fahrenheit };
constexpr void enumerators(Unit, auto&& visit) {
    visit("celsius", Unit::celsius);
    visit("fahrenheit", Unit::fahrenheit);
}

struct Place {
    std::string city{};
    std::optional<std::string> country{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("city", self.city, Note{.description = "Its English name", .min_length = 2});
        visit("country", self.country);
    }
};

struct Query {
    static constexpr std::string_view description = "Which forecast";

    Place place{};
    int days{};
    std::vector<Unit> units{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("place", self.place);
        visit("days", self.days, Note{.description = "How far ahead", .minimum = 1, .maximum = 14});
        visit("units", self.units, Note{.max_items = 2, .required = false});
    }
};

struct Forecast {
    std::string sky{};
    double temperature{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sky", self.sky);
        visit("temperature", self.temperature);
    }
};

std::string current(const std::string& city, std::optional<Unit> unit) {
    return city + (unit == Unit::fahrenheit ? ": 70 F" : ": 21 C");
}

}  // namespace weather

namespace {

Json schema_of_tool(const Tool& tool) {
    return tool.function_declarations.at(0).parameters_json_schema.json();
}

/// What a call of a tool's only function gives.
Json call(const Tool& tool, Json args = Json::object()) {
    const FunctionCall asked{
        .args = std::move(args), .id = "c1", .name = tool.function_declarations.at(0).name};
    const FunctionResponse answer = genai::call_function({tool}, asked);
    CHECK(answer.id == "c1");
    CHECK(answer.name == asked.name);
    REQUIRE(answer.response);
    CHECK(answer.response->is_object());
    return *answer.response;
}

std::string error_of(const Tool& tool, Json args = Json::object()) {
    return call(tool, std::move(args)).at("error");
}

struct Station {
    int calls{0};

    int count(int by) { return calls += by; }
    int seen() const noexcept { return calls; }
};

}  // namespace

TEST_CASE("a function's parameters are described by their names and types") {
    const Tool tool =
        genai::tool("get_weather", "Current weather in a city", {"city", "unit"}, weather::current);
    CHECK(
        genai::encode(tool) ==
        R"({"functionDeclarations":[{"description":"Current weather in a city","name":"get_weather","parametersJsonSchema":)"
        R"({"type":"object","properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}}]})");
    CHECK(call(tool, {{"city", "Paris"}}) == Json{{"result", "Paris: 21 C"}});
    CHECK(call(tool, {{"city", "Paris"}, {"unit", "fahrenheit"}}) == Json{{"result", "Paris: 70 F"}});
    CHECK(call(tool, {{"city", "Paris"}, {"unit", nullptr}}) == Json{{"result", "Paris: 21 C"}});

    const std::string made_here = "how many";
    const Tool noted =
        genai::tool("f", "", {{"count", {.description = made_here, .minimum = 1}}, {"of", "of what"}},
                    [](int, const std::vector<std::string>&) {});
    CHECK(
        schema_of_tool(noted)["properties"] ==
        Json::parse(
            R"({"count":{"type":"integer","description":"how many","minimum":1},"of":{"type":"array","items":{"type":"string"},"description":"of what"}})"));
    CHECK_FALSE(noted.function_declarations[0].description);
}

TEST_CASE("a struct gives named arguments with all that its fields say") {
    const Tool tool = genai::tool("forecast", "The weather to come", [](const weather::Query& query) {
        return weather::Forecast{query.place.city + " " + std::to_string(query.units.size()),
                                 query.days * 1.5};
    });
    CHECK(schema_of_tool(tool)["description"] == "Which forecast");
    CHECK(schema_of_tool(tool)["required"] == Json::array({"place", "days"}));
    CHECK(call(tool, {{"place", {{"city", "Rome"}}}, {"days", 2}}) ==
          Json{{"sky", "Rome 0"}, {"temperature", 3.0}});
    CHECK(call(tool, {{"place", {{"city", "Rome"}}}, {"days", 2}, {"units", {"celsius"}}})["sky"] ==
          "Rome 1");

    CHECK(error_of(tool, {{"place", {{"city", "Rome"}}}}) == "/days: is missing");
    CHECK(error_of(tool, {{"place", {{"country", "Italy"}}}, {"days", 2}}) == "/place/city: is missing");
    CHECK(error_of(tool, {{"place", {{"city", "R"}}}, {"days", 2}}) ==
          "/place/city: has fewer than 2 characters");
    CHECK(error_of(tool, {{"place", {{"city", "Rome"}}}, {"days", 0}}) == "/days: is less than 1");
    CHECK(error_of(tool, {{"place", {{"city", "Rome"}}}, {"days", 15}}) == "/days: is more than 14");
    CHECK(error_of(tool, {{"place", {{"city", "Rome"}}}, {"days", "15"}}) == "/days: is more than 14");
    CHECK(error_of(
              tool,
              {{"place", {{"city", "Rome"}}}, {"days", 2}, {"units", {"celsius", "celsius", "celsius"}}}) ==
          "/units: has more than 2 elements");
    CHECK_THAT(error_of(tool, {{"place", {{"city", "Rome"}}}, {"days", 2}, {"units", {"kelvin"}}}),
               Catch::Matchers::StartsWith("/units/0: is none of the texts allowed here"));
}

TEST_CASE("wrong arguments are told") {
    int called = 0;
    const Tool tool =
        genai::tool("f", "", {"whole", "text"}, [&called](std::int8_t whole, std::string_view text) {
            ++called;
            return std::to_string(whole) + std::string(text);
        });
    CHECK(call(tool, {{"whole", 7.0}, {"text", "x"}}) == Json{{"result", "7x"}});
    CHECK(call(tool, {{"whole", "7"}, {"text", "x"}}) == Json{{"result", "7x"}});
    CHECK(called == 2);
    CHECK_THAT(error_of(tool, {{"whole", 7.5}, {"text", "x"}}),
               Catch::Matchers::StartsWith("/whole: expected an integer, found a fraction"));
    CHECK_THAT(error_of(tool, {{"whole", 300}, {"text", "x"}}),
               Catch::Matchers::StartsWith("/whole: is a number out of range"));
    CHECK_THAT(error_of(tool, {{"whole", true}, {"text", "x"}}),
               Catch::Matchers::StartsWith("/whole: expected a number, found a boolean"));
    CHECK_THAT(error_of(tool, {{"whole", 7}, {"text", {1}}}),
               Catch::Matchers::StartsWith("/text: expected a string, found a list"));
    CHECK(error_of(tool, {{"whole", 7}}) == "/text: is missing");
    CHECK(error_of(tool, {{"whole", 7}, {"text", nullptr}}) == "/text: is missing");
    CHECK(error_of(tool, {{"whole", 7}, {"text", "x"}, {"more", 1}}) ==
          "/more: is no parameter of this function");
    CHECK(error_of(tool, Json::array({7, "x"})) == "args: must be an object");
    CHECK(called == 2);
    CHECK(genai::call_function({tool}, {.name = "f"}).response->at("error") == "/whole: is missing");
    CHECK(genai::call_function({tool}, {.name = "g"}).response->at("error") ==
          "there is no function g; there are: f");
    CHECK(genai::call_function({tool}, {}).response->at("error") ==
          "there is no function without a name; there are: f");
}

namespace {

struct Renamed {
    std::string name{};
    std::vector<int> sizes{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name, genai::wire::alternative_name("title"), Note{.max_length = 3});
        visit("sizes", self.sizes, Note{.maximum = 10, .max_items = 2, .required = false});
    }
};

}  // namespace

TEST_CASE("notes hold for every kind of value, under every name") {
    const Tool tool = genai::tool("f", "", [](const Renamed& renamed) { return renamed.name; });
    CHECK(call(tool, {{"title", "abc"}})["result"] == "abc");
    CHECK(error_of(tool, {{"title", "abcd"}}) == "/name: has more than 3 characters");
    CHECK(schema_of_tool(tool)["properties"]["sizes"] ==
          Json::parse(R"({"type":"array","items":{"type":"integer","maximum":10},"maxItems":2})"));
    CHECK(error_of(tool, {{"name", "a"}, {"sizes", {1, 99}}}) == "/sizes/1: is more than 10");
    CHECK(error_of(tool, {{"name", "a"}, {"sizes", {1, 2, 3}}}) == "/sizes: has more than 2 elements");
    const Tool wait = genai::tool("f", "", {{"span", {.maximum = 10}}},
                                  [](std::chrono::milliseconds span) { return span.count(); });
    CHECK(call(wait, {{"span", 10}})["result"] == 10);
    CHECK(error_of(wait, {{"span", 11}}) == "/span: is more than 10");
    const Tool any = genai::tool("f", "", {"x"}, [](const Json& x) { return x.is_null(); });
    CHECK(call(any, {{"x", nullptr}})["result"] == true);
    CHECK(error_of(any) == "/x: is missing");
}

TEST_CASE("anything that can be called is a tool") {
    Station station;
    const auto shared = std::make_shared<Station>();
    CHECK(call(genai::tool("f", "", {"by"}, &Station::count, &station), {{"by", 2}}) == Json{{"result", 2}});
    CHECK(call(genai::tool("f", "", {"by"}, &Station::count, std::ref(station)), {{"by", 2}}) ==
          Json{{"result", 4}});
    CHECK(call(genai::tool("f", "", {"by"}, &Station::count, station), {{"by", 2}}) == Json{{"result", 6}});
    CHECK(call(genai::tool("f", "", &Station::seen, &station)) == Json{{"result", 4}});
    CHECK(call(genai::tool("f", "", {"by"}, &Station::count, shared), {{"by", 5}}) == Json{{"result", 5}});
    CHECK(call(genai::tool("f", "", &Station::seen, shared)) == Json{{"result", 5}});

    const Tool counter = genai::tool("f", "", [count = 0]() mutable { return ++count; });
    CHECK(call(counter) == Json{{"result", 1}});
    CHECK(call(Tool(counter)) == Json{{"result", 2}});
    CHECK(call(genai::tool("f", "", {"x"}, [only = std::make_unique<int>(3)](int x) { return *only * x; }),
               {{"x", 2}}) == Json{{"result", 6}});
    const std::function<bool(double)> positive = [](double x) { return x > 0; };
    CHECK(call(genai::tool("f", "", {"x"}, positive), {{"x", 2}}) == Json{{"result", true}});
    CHECK(call(genai::tool(
                   "f", "", {"x"}, +[](Json any) { return any; }),
               {{"x", {1, 2}}}) == Json{{"result", {1, 2}}});
}

TEST_CASE("a stop_token is no parameter of the model's") {
    genai::stop_source source;
    bool stopped = false;
    const Tool tool = genai::tool(
        "f", "", {"x"}, [&stopped](const genai::stop_token& stop, int) { stopped = stop.stop_requested(); });
    CHECK(schema_of_tool(tool)["properties"].size() == 1);
    genai::call_function({tool}, {.args = Json{{"x", 1}}, .name = "f"}, source.get_token());
    CHECK_FALSE(stopped);
    source.request_stop();
    genai::call_function({tool}, {.args = Json{{"x", 1}}, .name = "f"}, source.get_token());
    CHECK(stopped);
    CHECK(genai::tool("g", "", [](genai::stop_token) {})
              .function_declarations[0]
              .parameters_json_schema.text()
              .empty());
    CHECK(
        schema_of_tool(genai::tool("h", "", [](genai::stop_token, weather::Place) {}))["properties"].contains(
            "city"));
}

TEST_CASE("what a function gives becomes an answer") {
    const auto gives = [](auto function) { return call(genai::tool("f", "", std::move(function))); };
    CHECK(gives([] {}) == Json{{"result", nullptr}});
    CHECK(gives([] { return "text"; }) == Json{{"result", "text"}});
    CHECK(gives([] { return std::string_view("text"); }) == Json{{"result", "text"}});
    CHECK(gives([] { return std::optional<int>(3); }) == Json{{"result", 3}});
    CHECK(gives([] { return std::optional<weather::Forecast>(); }) == Json{{"result", nullptr}});
    CHECK(gives([] {
              return std::optional(weather::Forecast{"clear", 20});
          }) == Json{{"sky", "clear"}, {"temperature", 20.0}});
    CHECK(gives([] { return weather::Unit::fahrenheit; }) == Json{{"result", "fahrenheit"}});
    CHECK(gives([] { return std::vector<weather::Forecast>{{"clear", 20}}; })["result"][0]["sky"] == "clear");
    CHECK(gives([] { return std::map<std::string, int>{{"a", 1}}; }) == Json{{"a", 1}});
    CHECK(gives([] { return Json{{"a", {1, 2}}}; }) == Json{{"a", {1, 2}}});
    CHECK(gives([] { return Json(3); }) == Json{{"result", 3}});

    const Tool picture = genai::tool("f", "", [] {
        return FunctionResponse{
            .parts = {genai::FunctionResponsePart::from_bytes(genai::Bytes(std::string("png")), "image/png")},
            .response = Json{{"image", {{"$ref", "x"}}}}};
    });
    const FunctionResponse answer = genai::call_function({picture}, {.id = "7", .name = "f"});
    CHECK(answer.id == "7");
    CHECK(answer.parts.at(0).inline_data->mime_type == "image/png");
}

TEST_CASE("an exception in a function becomes an error for the model") {
    const auto fails = [](auto function) { return error_of(genai::tool("f", "", std::move(function))); };
    CHECK(fails([]() -> int { throw std::runtime_error("no connection to the station"); }) ==
          "no connection to the station");
    CHECK(fails([]() -> int { throw 3; }) == "the function failed and did not say why");
    CHECK(fails([]() -> int { throw std::runtime_error("\xFF\xFE"); }) ==
          "the function failed, and said why in bytes that are not text");
    CHECK_THAT(fails([] { return "\xFF"; }), Catch::Matchers::ContainsSubstring("not valid UTF-8"));
    CHECK_THAT(fails([] { return std::numeric_limits<double>::infinity(); }),
               Catch::Matchers::ContainsSubstring("not a finite number"));
    CHECK(fails([]() -> int { throw genai::InvalidArgument("station", "is closed"); }) ==
          "station: is closed");
    CHECK_THAT(fails([] {
                   Json deep = 1;
                   for (int i = 0; i < 125; ++i) deep = Json{{"a", std::move(deep)}};
                   return deep;
               }),
               Catch::Matchers::ContainsSubstring("nested deeper"));
    CHECK_THAT(
        fails([] { return FunctionResponse{.parts = {genai::FunctionResponsePart::from_uri("x", "\xFF")}}; }),
        Catch::Matchers::ContainsSubstring("not valid UTF-8"));
}

TEST_CASE("a declaration of one's own, and what answers for it") {
    const Tool tool =
        genai::tool({.description = "any", .name = "raw", .parameters_json_schema = Json{{"type", "object"}}},
                    [](const Json& args) { return args.size(); });
    CHECK(call(tool, {{"a", 1}, {"b", 2}}) == Json{{"result", 2}});
    CHECK(genai::call_function({tool}, {.name = "raw"}).response == Json{{"result", 0}});
    CHECK(call(genai::tool({.name = "raw"}, [](const Json& args, const genai::stop_token& stop) {
              return Json{{"args", args}, {"stop", stop.stop_requested()}};
          }))["stop"] == false);
}

TEST_CASE("a tool has a name") {
    CHECK_THROWS_AS(genai::tool("", "", [] {}), genai::InvalidArgument);
    CHECK_THROWS_AS(genai::tool("f", "", {"x", "x"}, [](int, int) {}), genai::InvalidArgument);
    CHECK_THROWS_AS(genai::tool("f", "", {""}, [](int) {}), genai::InvalidArgument);
    CHECK_THROWS_AS(genai::tool(genai::FunctionDeclaration{}, [](const Json&) {}), genai::InvalidArgument);
}
