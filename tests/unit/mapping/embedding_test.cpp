// What is embedded as one, and what in how many requests.

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"
#include "recording_transport.hpp"

using namespace genai;
using namespace support;
using genai::testing::Reply;

TEST_CASE(
    "each part of a list is embedded on its own, more than the service takes at once in several requests") {
    Service service;
    std::vector<std::string> words;
    for (int i = 0; i < 250; ++i) words.push_back("word" + std::to_string(i));
    const auto all = service.client.models.embed_content(
        "gemini-embedding-001", words, {.task_type = "RETRIEVAL_DOCUMENT", .output_dimensionality = 16});
    CHECK(all.embeddings.size() == 250);
    CHECK(all.usage_metadata->prompt_token_count == 250);
    CHECK(service.emulator.requests().size() == 3);
    CHECK(service.last_body()["requests"].size() == 50);
    CHECK(service.last_body()["requests"][0] ==
          Json{{"model", "models/gemini-embedding-001"},
               {"content", {{"role", "user"}, {"parts", {{{"text", "word200"}}}}}},
               {"taskType", "RETRIEVAL_DOCUMENT"},
               {"outputDimensionality", 16}});
    for (const int i : {0, 99, 100, 249})
        CHECK(service.client.models
                  .embed_content("gemini-embedding-001", words[static_cast<std::size_t>(i)],
                                 {.output_dimensionality = 16})
                  .embeddings[0] == all.embeddings[static_cast<std::size_t>(i)]);
}

TEST_CASE("embeddings have the size and the length that the model's documentation says") {
    Service service;
    const auto embed = [&](const char* model, std::optional<std::int32_t> size) {
        return service.client.models.embed_content(model, "cats and dogs", {.output_dimensionality = size})
            .embeddings.at(0)
            .values;
    };
    const auto length = [](const auto& values) {
        double sum = 0;
        for (const double value : values) sum += value * value;
        return std::sqrt(sum);
    };
    CHECK(embed("gemini-embedding-001", std::nullopt).size() == 3072);
    CHECK(embed("text-embedding-004", std::nullopt).size() == 768);
    CHECK(std::fabs(length(embed("gemini-embedding-001", std::nullopt)) - 1) < 1e-3);
    const auto shortened = embed("gemini-embedding-001", 768);
    CHECK(shortened.size() == 768);
    CHECK((length(shortened) > 0.9 && length(shortened) < 0.9999));
    CHECK(std::fabs(length(embed("gemini-embedding-2", 768)) - 1) < 1e-3);
}

TEST_CASE("what was given as one content is embedded as one, and all parts are to the second family") {
    Service service;
    const auto embed = [&](const char* model, const Contents& contents) {
        return service.client.models.embed_content(model, contents).embeddings.size();
    };
    CHECK(embed("gemini-embedding-001", {"a", "b"}) == 2);
    CHECK(embed("gemini-embedding-001", {Content{.parts = {Part::from_text("a"), Part::from_text("b")}}}) ==
          1);
    CHECK(embed("gemini-embedding-001",
                {"a", Content{.parts = {Part::from_text("b"), Part::from_text("c")}}, "d"}) == 3);
    CHECK(embed("gemini-embedding-001", {{"a", "b"}, {"c", "d"}}) == 2);
    CHECK(embed("gemini-embedding-2", {"a", "b"}) == 1);
    CHECK(embed("gemini-embedding-2",
                {Content{.parts = {Part::from_text("a")}}, Content{.parts = {Part::from_text("b")}}}) == 2);
    CHECK(wrong([&] { embed("gemini-embedding-001", Contents()); }) == "contents");
    service.emulator.enqueue(Reply::json(R"({"embeddings":[{"values":[1]}]})"));
    CHECK_THROWS_AS(embed("gemini-embedding-001", {"a", "b"}), DecodeError);
}
