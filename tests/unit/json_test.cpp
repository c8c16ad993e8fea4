#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/json.hpp>

using namespace genai;

TEST_CASE("structs become JSON and come back") {
    const Content content{.parts = {Part::from_text("hi")}, .role = "user"};
    const Json json = content;
    CHECK(json == Json{{"parts", {{{"text", "hi"}}}}, {"role", "user"}});
    CHECK(json.get<Content>() == content);
    CHECK(json["parts"].get<std::vector<Part>>() == content.parts);
    const nlohmann::ordered_json ordered = content;
    CHECK(ordered.begin().key() == "parts");
    CHECK(ordered.get<Content>() == content);
    CHECK_THROWS_AS(Json({{"parts", 1}}).get<Content>(), DecodeError);
}
