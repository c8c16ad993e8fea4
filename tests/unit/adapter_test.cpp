// Types of the standard library and of others, as JSON.

#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/tools.hpp>

using genai::decode;
using genai::DecodeError;
using genai::encode;
using genai::InvalidArgument;
using genai::Json;
using namespace std::chrono_literals;

namespace others {

struct Vec2 {
    float x{};
    float y{};
};
struct Colour {
    int rgb{};
};
struct Size {
    int width{};
};
template <class Visit>
constexpr void fields(Size& self, Visit&& visit) {
    visit("width", self.width);
}

}  // namespace others

namespace genai {

template <>
struct Adapter<others::Vec2> {
    static constexpr void fields(auto& self, auto&& visit) {
        visit("x", self.x);
        visit("y", self.y);
    }
};
template <>
struct Adapter<others::Colour> {
    using Wire = std::string;
    static std::string to_wire(const others::Colour& colour) { return '#' + std::to_string(colour.rgb); }
    static others::Colour from_wire(std::string&& text) {
        if (!text.starts_with('#')) throw DecodeError({}, "expected a colour");
        return {std::stoi(text.substr(1))};
    }
};

}  // namespace genai

namespace {

enum class Day { monday, sunday };
constexpr void enumerators(Day, auto&& visit) {
    visit("mon", Day::monday);
    visit("sun", Day::sunday);
}

struct Node {
    int value{};
    std::unique_ptr<Node> next{};
    std::shared_ptr<others::Vec2> at{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("value", self.value);
        visit("next", self.next);
        visit("at", self.at);
    }
};

struct Wrapped {
    others::Vec2 at{};
    std::vector<others::Colour> colours{};
    others::Size size{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("at", self.at);
        visit("colours", self.colours);
        visit("size", self.size);
    }
};

template <class T>
void round_trips(const T& value, const std::string& text) {
    INFO(text);
    CHECK(encode(value) == text);
    CHECK(decode<T>(text) == value);
}

}  // namespace

TEST_CASE("containers, pointers and times of the standard library have a form") {
    round_trips('x', R"("x")");
    round_trips(std::vector<char>{'a', '"'}, R"(["a","\""])");
    round_trips(std::map<char, int>{{'a', 1}}, R"({"a":1})");
    round_trips(std::vector<std::int8_t>{1, -1}, "[1,-1]");
    CHECK_THROWS_AS(decode<char>(R"("ab")"), DecodeError);
    CHECK_THROWS_AS(decode<char>("120"), DecodeError);
    CHECK_THROWS_AS(encode('\xFF'), InvalidArgument);
    round_trips(std::array<int, 3>{1, 2, 3}, "[1,2,3]");
    round_trips(std::set<std::string>{"a", "b"}, R"(["a","b"])");
    round_trips(std::deque<double>{0.5}, "[0.5]");
    round_trips(std::vector<bool>{true, false}, "[true,false]");
    round_trips(std::pair<int, std::string>{1, "a"}, R"([1,"a"])");
    round_trips(std::tuple<int, bool, std::vector<int>>{1, true, {2}}, "[1,true,[2]]");
    round_trips(std::map<int, std::string>{{-1, "a"}, {2, "b"}}, R"({"-1":"a","2":"b"})");
    round_trips(std::map<Day, int>{{Day::monday, 1}}, R"({"mon":1})");
    round_trips(std::unordered_map<std::uint64_t, int>{{7, 1}}, R"({"7":1})");
    round_trips(std::filesystem::path("a/b"), R"("a/b")");
    round_trips(std::chrono::seconds(90), R"("90s")");
    round_trips(250ms, "250");
    round_trips(std::chrono::sys_seconds(std::chrono::seconds(0)), R"("1970-01-01T00:00:00Z")");
    CHECK_THROWS_AS((decode<std::array<int, 3>>("[1,2]")), DecodeError);
    CHECK_THROWS_AS((decode<std::map<int, int>>(R"({"x":1})")), DecodeError);
    CHECK_THROWS_AS((decode<std::pair<int, int>>("[1]")), DecodeError);
    using Maybe = std::variant<int, std::monostate>;
    CHECK(decode<Maybe>("null").index() == 1);
    CHECK(encode(Maybe(std::monostate())) == "null");
    CHECK(decode<std::vector<Maybe>>("[null,1]").size() == 2);
}

TEST_CASE("pointers are members that may be missing, recursive ones too") {
    Node list{.value = 1};
    list.next = std::make_unique<Node>();
    list.next->value = 2;
    list.at = std::make_shared<others::Vec2>(others::Vec2{1, 2});
    const std::string text = R"({"value":1,"next":{"value":2},"at":{"x":1,"y":2}})";
    CHECK(encode(list) == text);
    const auto back = decode<Node>(text);
    CHECK(back.next->value == 2);
    CHECK(back.at->y == 2);
    CHECK(back.next->next == nullptr);
    CHECK(decode<Node>(R"({"value":1,"next":null})").next == nullptr);
}

TEST_CASE("structs of others have the form that an Adapter, or a function beside them, gives") {
    const std::string text = R"({"at":{"x":1,"y":2},"colours":["#5","#6"],"size":{"width":3}})";
    const auto value = decode<Wrapped>(text);
    CHECK(value.at.y == 2);
    CHECK(value.colours[1].rgb == 6);
    CHECK(value.size.width == 3);
    CHECK(encode(value) == text);
    try {
        static_cast<void>(decode<Wrapped>(R"({"colours":["#5","red"]})"));
        FAIL("was read");
    } catch (const DecodeError& error) {
        CHECK(error.pointer() == "/colours/1");
    }
    const Json schema = Json::parse(genai::schema_of<Wrapped>().json().text());
    CHECK(schema["properties"]["colours"]["items"]["type"] == "string");
    CHECK(schema["properties"]["at"]["properties"]["x"]["type"] == "number");
    const auto tool = genai::tool("paint", "paints", {"where", "colour"},
                                  [](const others::Vec2& where, const others::Colour& colour) {
                                      return where.x + static_cast<float>(colour.rgb);
                                  });
    const auto answer = genai::call_function(
        {tool}, {.args = Json::parse(R"({"where":{"x":1,"y":0},"colour":"#2"})"), .name = "paint"});
    CHECK(answer.response->at("result") == 3);
}
