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

    double length = 0;
    for (const double value : all.embeddings[0].values) length += value * value;
    CHECK(std::fabs(length - 1) < 1e-3);
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
