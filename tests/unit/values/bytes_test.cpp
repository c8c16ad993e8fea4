#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

TEST_CASE("a copy of bytes is a value of its own") {
    Bytes first(std::string("abc"));
    Bytes second = first;
    second.data()[0] = 'x';
    CHECK(first.view() == "abc");
    first = std::move(second);
    CHECK(first.view() == "xbc");
    CHECK(Bytes().empty());
}
