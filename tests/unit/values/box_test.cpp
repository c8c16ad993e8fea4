#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

TEST_CASE("a box holds its own copy") {
    Box<std::string> empty;
    CHECK_FALSE(empty);
    Box<std::string> first = std::string("a");
    Box<std::string> second = first;
    *second = "b";
    CHECK(*first == "a");
    CHECK(first != second);
    CHECK(empty == Box<std::string>());
    CHECK(empty != first);
    first = second;
    CHECK(first == second);
    first.reset();
    CHECK_FALSE(first.has_value());
}
