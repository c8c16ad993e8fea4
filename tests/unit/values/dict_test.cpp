#include <map>
#include <stdexcept>
#include <string>

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

TEST_CASE("a dict has the words of std::map") {
    Dict<int> dict = std::map<std::string, int>{{"a", 1}, {"b", 2}};
    CHECK(dict.at("a") == 1);
    CHECK_THROWS_AS(dict.at("z"), std::out_of_range);
    CHECK_FALSE(dict.insert({"a", 7}).second);
    CHECK(dict.at("a") == 1);
    CHECK(dict.emplace("c", 3).second);
    CHECK_FALSE(dict.insert_or_assign("a", 8).second);
    CHECK(dict.insert_or_assign("d", 4).first->second == 4);
    CHECK(dict == Dict<int>{{"a", 8}, {"b", 2}, {"c", 3}, {"d", 4}});
}

TEST_CASE("a dict becomes a JSON object") {
    const Json json = Dict<std::string>{{"b", "1"}, {"a", "2"}};
    CHECK(json == Json{{"a", "2"}, {"b", "1"}});
    CHECK(json.is_object());
}
