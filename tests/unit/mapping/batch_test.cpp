// Batches: what is sent, and what the service makes of them.

#include <chrono>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"
#include "recording_transport.hpp"

using namespace genai;
using namespace support;
using genai::testing::Reply;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("a batch of requests is begun, waited for, and read") {
    Service service({.polls_until_done = 2});
    const auto& batches = service.client.batches;
    auto job =
        batches.create(flash,
                       {{.contents = "first",
                         .metadata = {{"key", "one"}},
                         .config = GenerateContentConfig{.system_instruction = "be kind", .temperature = 0}},
                        {.contents = "second"}},
                       {.display_name = "Two"});
    CHECK(job.name.starts_with("batches/"));
    CHECK(job.state == JobState::pending);
    CHECK(job.display_name == "Two");
    CHECK(batches.get(job.name).state == JobState::running);
    job = batches.wait(job.name, {.poll_interval = 1ms});
    CHECK(job.state == JobState::succeeded);
    REQUIRE(job.dest->inlined_responses.size() == 2);
    CHECK_THAT(job.dest->inlined_responses[0].response->text(),
               ContainsSubstring("\"first\"") && ContainsSubstring("be kind"));
    CHECK(*job.dest->inlined_responses[0].metadata.find("key") == "one");
    CHECK(job.extra.get("batchStats")["requestCount"] == "2");
    CHECK(wrong([&] { batches.read_results(job, [](const BatchResult&) {}); }) == "job");
    CHECK(wrong([&] { batches.create(flash, BatchJobSource{}); }) == "src");
    CHECK(wrong([&] {
              batches.create(flash,
                             BatchJobSource{.file_name = "files/x", .inlined_requests = {{.contents = "a"}}});
          }) == "src");
    CHECK(wrong([&] { batches.create(flash, {{}}); }) == "contents");
    CHECK(wrong([&] { static_cast<void>(batches.get("operations/x")); }) == "name");
    CHECK(wrong([&] { static_cast<void>(batches.list({.page_size = 0})); }) == "config.page_size");
}

TEST_CASE("a batch from a file leaves a file, which is read line by line") {
    Service service;
    const auto& batches = service.client.batches;
    std::string lines;
    for (int i = 0; i < 300; ++i)
        lines += R"({"key":"k)" + std::to_string(i) +
                 R"(","request":{"contents":[{"parts":[{"text":"question )" + std::to_string(i) +
                 "\"}]}]}}\n";
    lines += R"({"key":"bad","request":{}})";
    const File requests = service.client.files.upload(bytes(lines), {.mime_type = "application/jsonl"});
    const auto job = batches.wait(batches.create(flash, requests).name, {.poll_interval = 1ms});
    int good = 0;
    int refused = 0;
    batches.read_results(job, [&](const BatchResult& result) {
        if (result.response)
            CHECK_THAT(result.response->text(),
                       ContainsSubstring("question " + result.key->substr(1) + "\""));
        good += result.response ? 1 : 0;
        refused += result.error ? 1 : 0;
    });
    CHECK(good == 300);
    CHECK(refused == 1);
    int seen = 0;
    batches.read_results(job, [&](const BatchResult&) { return ++seen < 5; });
    CHECK(seen == 5);
}

TEST_CASE("a batch that ends in an unusual way has ended, and metadata of any kind can be read") {
    Service service;
    const auto& batches = service.client.batches;
    service.emulator.enqueue(Reply::json(
        R"({"name":"batches/1","done":true,"error":{"code":13,"message":"lost","details":[{"@type":"x"}]}})"));
    const auto failed = batches.wait("1", {.poll_interval = 1ms});
    CHECK(failed.state == JobState::failed);
    CHECK(failed.error->message == "lost");
    service.emulator.enqueue(Reply::json(
        R"({"name":"batches/1","metadata":{"state":"BATCH_STATE_SUCCEEDED","output":{"inlinedResponses":{"inlinedResponses":[{"response":{},"metadata":{"n":1.50,"key":"a"}}]}}}})"));
    const auto job = batches.get("1");
    CHECK(*job.dest->inlined_responses.at(0).metadata.find("n") == "1.50");
    CHECK(*job.dest->inlined_responses.at(0).metadata.find("key") == "a");
}

TEST_CASE("a batch of embeddings gives vectors") {
    Service service;
    const auto& batches = service.client.batches;
    const auto job = batches.create_embeddings(
        "gemini-embedding-001",
        {.inlined_requests = EmbedContentBatch{.contents = {"x", "y"},
                                               .config = EmbedContentConfig{.output_dimensionality = 4}}});
    const auto done = batches.wait(job.name, {.poll_interval = 1ms});
    REQUIRE(done.dest->inlined_embed_content_responses.size() == 2);
    CHECK(done.dest->inlined_embed_content_responses[0].response->embedding->values.size() == 4);
    CHECK(done.dest->inlined_embed_content_responses[0].response->token_count == 1);
    CHECK(wrong([&] { batches.create_embeddings("m", {}); }) == "src");
}

TEST_CASE("batches are listed, cancelled and deleted") {
    Service service({.polls_until_done = 100});
    const auto& batches = service.client.batches;
    for (int i = 0; i < 3; ++i) batches.create(flash, {{.contents = "x"}});
    auto all = names(batches.list({.page_size = 2}));
    REQUIRE(all.size() == 3);
    batches.cancel(all[0]);
    CHECK(batches.wait(all[0], {.poll_interval = 1ms}).state == JobState::cancelled);
    batches.delete_(all[1]);
    CHECK(names(batches.list()).size() == 2);
    CHECK_THROWS_AS(batches.get(all[1]), ClientError);
    CHECK_THROWS_AS(batches.wait(all[2], {.timeout = 20ms, .poll_interval = 1ms}), TransportError);
}
