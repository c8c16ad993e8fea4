#include <concepts>
#include <optional>
#include <sstream>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::decode;
using genai::encode;
using genai::Flag;
using genai::Part;

// Made from a bool alone.
static_assert(std::constructible_from<Flag, bool> && std::assignable_from<Flag&, bool>);
static_assert(!std::constructible_from<Flag, const char*> && !std::assignable_from<Flag&, const char*>);
static_assert(!std::constructible_from<Flag, int> && !std::constructible_from<Flag, double>);
static_assert(!std::constructible_from<Flag, void*> && !std::constructible_from<Flag, std::string>);
static_assert(!std::convertible_to<Flag, bool>, "explicitly only");

// What an unset flag is equal to is not for `==` to say.
template <class T>
concept ComparesWithBool = requires(T flag) {
    flag == false;
};
static_assert(!ComparesWithBool<Flag> && std::equality_comparable<Flag>);
static_assert(sizeof(Flag) == 1);

TEST_CASE("a flag is unset, false or true") {
    const Flag unset;
    CHECK_FALSE(unset);
    CHECK_FALSE(unset.has_value());
    CHECK_FALSE(unset.is_false());
    CHECK(unset.value_or(true));

    Flag flag = false;
    CHECK_FALSE(flag);
    CHECK(flag.has_value());
    CHECK(flag.is_false());
    CHECK_FALSE(flag.value_or(true));
    CHECK(flag != unset);

    flag = true;
    CHECK(flag);
    CHECK(flag.is_true());
    flag.reset();
    CHECK(flag == unset);
}

TEST_CASE("a flag is sent when it is set") {
    CHECK(encode(Part{}) == "{}");
    CHECK(encode(Part{.thought = false}) == R"({"thought":false})");
    CHECK(encode(Part{.thought = true}) == R"({"thought":true})");
    CHECK(decode<Part>(R"({"thought":true})").thought);
    CHECK(decode<Part>(R"({"thought":false})").thought.is_false());
    CHECK_FALSE(decode<Part>(R"({"thought":null})").thought.has_value());
    CHECK_FALSE(decode<Part>(R"({"thought":true,"thought":null})").thought.has_value());
    CHECK_THROWS_AS(decode<Part>(R"({"thought":"true"})"), genai::DecodeError);
    CHECK_THROWS_AS(decode<Part>(R"({"thought":1})"), genai::DecodeError);
}

TEST_CASE("a flag is printed as a word") {
    std::ostringstream out;
    out << Flag(true) << ' ' << Flag(false) << ' ' << Flag();
    CHECK(out.str() == "true false unset");
}
