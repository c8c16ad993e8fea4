// Images and videos, which the service has in shapes of its own.

#include <chrono>
#include <string>
#include <vector>

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

TEST_CASE("images come with how they and the prompt were rated") {
    Service service;
    const auto made =
        service.client.models.generate_images("imagen-4.0", "a cat",
                                              {.number_of_images = 2,
                                               .person_generation = PersonGeneration::allow_adult,
                                               .include_safety_attributes = true,
                                               .output_mime_type = "image/jpeg",
                                               .output_compression_quality = 80,
                                               .image_size = "1K"});
    CHECK(made.generated_images.size() == 2);
    CHECK(made.generated_images[0].image->mime_type == "image/png");
    CHECK(made.generated_images[0].image->image_bytes->view().starts_with("\x89PNG"));
    CHECK(made.positive_prompt_safety_attributes->categories == std::vector<std::string>{"Violence"});
    CHECK(
        service.last_body() ==
        Json::parse(
            R"({"instances":[{"prompt":"a cat"}],"parameters":{"sampleCount":2,"personGeneration":"ALLOW_ADULT","includeSafetyAttributes":true,
                                               "outputOptions":{"mimeType":"image/jpeg","compressionQuality":80},"sampleImageSize":"1K"}})"));
    CHECK(wrong([&] { service.client.models.generate_images("imagen-4.0", ""); }) == "prompt");
}

TEST_CASE("videos are made over time, from a prompt, an image or a video") {
    Service service({.polls_until_done = 2});
    const Image first = Image::from_bytes(bytes("png"), "image/png");
    auto operation = service.client.models.generate_videos(
        "veo-3", {.prompt = "go", .image = first},
        {.number_of_videos = 2,
         .last_frame = first,
         .reference_images = {{.image = first, .reference_type = VideoGenerationReferenceType::asset}}});
    const Json instance = service.last_body()["instances"][0];
    CHECK(instance["image"] == Json{{"bytesBase64Encoded", "cG5n"}, {"mimeType", "image/png"}});
    CHECK(instance["lastFrame"] == instance["image"]);
    CHECK(instance["referenceImages"][0]["referenceType"] == "ASSET");
    CHECK(!operation.done);
    operation = service.client.operations.get(operation);
    CHECK(!operation.done);
    operation = service.client.operations.wait(operation, {.poll_interval = 1ms});
    CHECK(operation.done);
    REQUIRE(operation.response->generated_videos.size() == 2);
    CHECK_THAT(*operation.response->generated_videos[0].video->uri, ContainsSubstring("/files/"));

    service.client.models.generate_videos("veo-3", {.video = Video::from_uri("https://x/v", "video/mp4")});
    CHECK(service.last_body()["instances"][0]["video"] ==
          Json{{"uri", "https://x/v"}, {"encoding", "video/mp4"}});
    CHECK(wrong([&] { service.client.models.generate_videos("veo-3", GenerateVideosSource{}); }) == "source");
    CHECK(wrong([&] {
              service.client.models.generate_videos("veo-3", {.image = first, .video = Video{}});
          }) == "source.video");
    CHECK(wrong([&] { static_cast<void>(service.client.operations.get(GenerateVideosOperation{})); }) ==
          "operation");

    service.emulator.enqueue(Reply::json(
        R"({"name":"operations/1","done":true,"error":{"code":3,"message":"no"},"response":null})"));
    CHECK(service.client.operations
              .wait(operation = GenerateVideosOperation{.name = "operations/1"}, {.poll_interval = 1ms})
              .error->message == "no");
}
