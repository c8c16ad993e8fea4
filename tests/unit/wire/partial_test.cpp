// Beginnings of JSON texts, read as far as they go.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::decode_partial;
using genai::DecodeError;
using genai::Json;

namespace {

enum class Level { easy, hard };
constexpr void enumerators(Level, auto&& visit) {
    visit("easy", Level::easy);
    visit("hard", Level::hard);
}

struct Step {
    std::string text{};
    std::optional<int> minutes{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("minutes", self.minutes);
    }
};

struct Recipe {
    std::string name{};
    Level level{};
    std::vector<Step> steps{};
    bool vegan{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("level", self.level);
        visit("steps", self.steps);
        visit("vegan", self.vegan);
    }
};

std::string partial(std::string_view text) { return decode_partial<Json>(text).dump(); }

}  // namespace

TEST_CASE("partial decoding gives a value as far as its text has arrived") {
    CHECK(partial("") == "null");
    CHECK(partial("  ") == "null");
    CHECK(partial("{") == "{}");
    CHECK(partial(R"({"a)") == "{}");
    CHECK(partial(R"({"a")") == "{}");
    CHECK(partial(R"({"a":)") == "{}");
    CHECK(partial(R"({"a":")") == R"({"a":""})");
    CHECK(partial(R"({"a":"x)") == R"({"a":"x"})");
    CHECK(partial(R"({"a":"x",)") == R"({"a":"x"})");
    CHECK(partial(R"({"a":12)") == "{}");  // 12 may become 123
    CHECK(partial(R"({"a":12,"b":tr)") == R"({"a":12})");
    CHECK(partial(R"({"a":true)") == R"({"a":true})");
    CHECK(partial(R"([[1,2],[3,)") == "[[1,2],[3]]");
    CHECK(partial(R"([{"a":[{"b":"c)") == R"([{"a":[{"b":"c"}]}])");
    CHECK(partial("12") == "12");
    CHECK(partial("\"te") == "\"te\"");
}

TEST_CASE("an incomplete UTF-8 sequence is left out of a partial value") {
    CHECK(partial(R"(["a\)") == R"(["a"])");
    CHECK(partial(R"(["a\u00)") == R"(["a"])");
    CHECK(partial(R"(["a\u00e9)") == "[\"a\xC3\xA9\"]");
    CHECK(partial(R"(["a\ud83d)") == R"(["a"])");
    CHECK(partial(R"(["a\ud83d\ude0)") == R"(["a"])");
    CHECK(partial(R"(["a\ud83d\ude00)") == "[\"a\xF0\x9F\x98\x80\"]");
    CHECK(partial("[\"a\xF0\x9F\x98") == R"(["a"])");
    CHECK(partial("[\"a\xC3") == R"(["a"])");
    CHECK(partial(R"(["a\")") == R"(["a\""])");
}

TEST_CASE("a Markdown fence is passed over") {
    CHECK(partial("`") == "null");
    CHECK(partial("```json") == "null");
    CHECK(partial("```json\n{\"a\":1,") == R"({"a":1})");
    CHECK(partial("```json\n{\"a\":1}\n``") == R"({"a":1})");
    CHECK(partial("```json\n{\"a\":1}\n```\n") == R"({"a":1})");
}

TEST_CASE("every beginning of an answer is a value that grows") {
    const std::string text =
        R"( {"name" : "Crème \"brûlée\" \ud83c\udf6e", "level":"hard", "steps":[{"text":"Boil {it}","minutes":10},{"text":"Burn, [slowly]\n","minutes":-2.0e0}],"vegan":false} )";
    const auto whole = genai::decode<Recipe>(text);
    std::size_t name = 0;
    std::size_t steps = 0;
    for (std::size_t length = 0; length <= text.size(); ++length) {
        INFO(text.substr(0, length));
        const auto recipe = decode_partial<Recipe>(std::string_view(text).substr(0, length));
        CHECK(whole.name.starts_with(recipe.name));
        CHECK(recipe.name.size() >= name);
        CHECK(recipe.steps.size() >= steps);
        name = recipe.name.size();
        steps = recipe.steps.size();
        if (!recipe.steps.empty()) CHECK(recipe.level == Level::hard);
    }
    CHECK(genai::encode(decode_partial<Recipe>(text)) == genai::encode(whole));
}

TEST_CASE("what can no longer become the value is an error") {
    CHECK_THROWS_AS(decode_partial<Recipe>(R"({"name":7,)"), DecodeError);
    CHECK_THROWS_AS(decode_partial<Recipe>("[1,"), DecodeError);
    CHECK_THROWS_AS(decode_partial<Recipe>(R"({"level":"impossible",)"), DecodeError);
    CHECK_THROWS_AS(decode_partial<Json>("[1}"), DecodeError);
    CHECK_THROWS_AS(decode_partial<Json>("nonsense "), DecodeError);
    CHECK(decode_partial<Recipe>(R"({"level":"har)").level == Level::easy);  // not said yet
}

namespace {

struct Circle {
    double radius{};
    static constexpr void fields(auto& self, auto&& visit) { visit("radius", self.radius); }
};
struct Drawing {
    std::string name{};
    std::variant<Circle, Step> shape{};
    std::vector<std::variant<Circle, Step>> more{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("shape", self.shape);
        visit("more", self.more);
    }
};

}  // namespace

TEST_CASE("a variant is there when enough of it is to tell which it is") {
    const std::string text =
        R"({"name":"n","shape":{"text":"t","minutes":3},"more":[{"radius":2},{"text":"u"}]})";
    std::size_t more = 0;
    for (std::size_t length = 0; length <= text.size(); ++length) {
        INFO(text.substr(0, length));
        const auto drawing = decode_partial<Drawing>(std::string_view(text).substr(0, length));
        if (length > 30) CHECK(drawing.shape.index() == 1);
        CHECK(drawing.more.size() >= more);
        more = drawing.more.size();
    }
    CHECK(more == 2);
}

TEST_CASE("a word by itself is there when it may be all") {
    CHECK(decode_partial<int>("1") == 1);
    CHECK(decode_partial<int>("-") == 0);
    CHECK(decode_partial<bool>("tru") == false);
    CHECK(decode_partial<bool>("true") == true);
    CHECK(decode_partial<double>("1.") == 0);
}

TEST_CASE("a text that nests without end is refused in linear time") {
    CHECK_THROWS_AS(decode_partial<Json>(std::string(1'000'000, '[')), DecodeError);
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
    CHECK_THROWS_AS(decode_partial<Json>(objects), DecodeError);
}
