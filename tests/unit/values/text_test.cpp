#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Text;

TEST_CASE("a text is taken of whatever is one, and is unset for null") {
    const char* const nothing = nullptr;
    CHECK_FALSE(Text(nothing).has_value());
    CHECK_FALSE(Text(std::nullopt).has_value());
    CHECK(*Text("a") == "a");
    CHECK(*Text(std::string("a")) == "a");
    CHECK(*Text(std::string_view("abc").substr(0, 1)) == "a");
    CHECK(*Text(std::optional<std::string>("a")) == "a");
    CHECK(Text("").has_value());
    CHECK(genai::FileData{.mime_type = nothing} == genai::FileData{});
}

TEST_CASE("reading an unset text throws") {
    const Text unset;
    CHECK_THROWS_AS(*unset, genai::MissingValue);
    CHECK_THROWS_AS(unset->size(), genai::MissingValue);
    CHECK_THROWS_AS(unset.value(), genai::MissingValue);
    CHECK(unset.value_or("x") == "x");
}

TEST_CASE("a text compares with texts") {
    const Text text = "a";
    CHECK(text == "a");
    CHECK("a" == text);
    CHECK(text == std::string("a"));
    CHECK(text == std::string_view("a"));
    CHECK(text != "b");
    CHECK(text != Text());
    CHECK(Text() == Text());
    CHECK(Text() != "");
    CHECK(Text() == std::nullopt);
    const std::optional<std::string>& as_optional = text;
    CHECK(as_optional == "a");
}

TEST_CASE("a text is printed, an unset one as nothing") {
    std::ostringstream out;
    out << '[' << Text("hello") << Text() << ']';
    CHECK(out.str() == "[hello]");
}
