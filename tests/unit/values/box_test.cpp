#include <memory>
#include <optional>
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

TEST_CASE("reading an empty box throws an error that names the type") {
    const GenerateContentResponse response = decode<GenerateContentResponse>(R"({"candidates":[{}]})");
    try {
        static_cast<void>(response.candidates[0].grounding_metadata->grounding_chunks.size());
        FAIL("nothing was thrown");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::missing_value);
        CHECK(std::string(error.what()).find("no GroundingMetadata is there") == 0);
    }
    CHECK_THROWS_AS(*response.candidates[0].content, MissingValue);
    CHECK_THROWS_AS(response.usage_metadata.value(), MissingValue);
    Box<std::string> empty;
    CHECK_THROWS_AS(empty->size(), MissingValue);
    CHECK(empty.get() == nullptr);
    CHECK(empty.value_or("x") == "x");
}

TEST_CASE("a box has the words of std::optional") {
    Box<std::string> box = "a";
    CHECK(box.value() == "a");
    box = std::nullopt;
    CHECK(box == std::nullopt);
    box = nullptr;
    CHECK(box == nullptr);
    box = std::optional<std::string>("b");
    CHECK(*box == "b");
    box = std::make_unique<std::string>("c");
    CHECK(*box == "c");
    box = std::optional<std::string>();
    CHECK_FALSE(box);
    const char* const null = nullptr;
    CHECK_FALSE(Box<std::string>(null));
}
