// What tokens for devices are bound to.

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
using Catch::Matchers::ContainsSubstring;

TEST_CASE("ephemeral tokens are bound to their constraints") {
    Service service;
    const auto& tokens = service.client.auth_tokens;
    CHECK(tokens.create({.http_options = {.api_version = "v1alpha"}, .uses = 2})
              .name.starts_with("auth_tokens/"));
    CHECK(service.emulator.requests().back().path == "/v1alpha/auth_tokens");
    CHECK(service.last_body() == Json{{"uses", 2}});
    const LiveConnectConstraints constraints{
        .model = "gemini-live",
        .config = LiveConnectConfig{.generation_config = GenerationConfig{.seed = 7, .temperature = 0.1},
                                    .temperature = 0.7,
                                    .system_instruction = "be brief",
                                    .tools = {{.google_search = GoogleSearch{}}}}};
    tokens.create({.live_connect_constraints = constraints});
    CHECK(service.last_body()["bidiGenerateContentSetup"]["generationConfig"] ==
          Json{{"seed", 7}, {"temperature", 0.7}});
    CHECK(!service.last_body().contains("fieldMask"));
    tokens.create(
        {.live_connect_constraints = constraints, .lock_additional_fields = std::vector<std::string>{}});
    CHECK(service.last_body()["fieldMask"] ==
          "model,generationConfig.seed,generationConfig.temperature,systemInstruction.parts,"
          "systemInstruction.role,tools");
    tokens.create({.live_connect_constraints = constraints,
                   .lock_additional_fields = std::vector<std::string>{"topK", "proactivity"}});
    CHECK_THAT(service.last_body()["fieldMask"].get<std::string>(),
               ContainsSubstring(",tools,generationConfig.topK,proactivity"));
}
