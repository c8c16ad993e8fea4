#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

TEST_CASE("a dict keeps the order of insertion") {
    Dict<int> dict{{"b", 1}, {"a", 2}, {"b", 3}};
    CHECK(dict.size() == 2);
    CHECK(dict.begin()->first == "b");
    CHECK(*dict.find("b") == 3);
    dict["c"] = 4;
    CHECK(dict.contains("c"));
    CHECK(dict.erase("a"));
    CHECK_FALSE(dict.erase("a"));
    CHECK(dict.find("a") == nullptr);
    CHECK(dict == Dict<int>{{"b", 3}, {"c", 4}});
    CHECK_FALSE(dict == Dict<int>{{"c", 4}, {"b", 3}});
}
