// Requests that are counted, not made.

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "service.hpp"
#include "wrong.hpp"
#include "recording_transport.hpp"

using namespace genai;
using namespace support;

TEST_CASE("tokens are counted, of contents alone or of the whole request") {
    Service service;
    CHECK(service.client.models.count_tokens(flash, "one two three").total_tokens == 3);
    CHECK(service.last_body() ==
          Json{{"contents", {{{"role", "user"}, {"parts", {{{"text", "one two three"}}}}}}}});
    const auto whole = service.client.models.count_tokens(
        flash, "one two three",
        {.system_instruction = "be kind", .generation_config = GenerationConfig{.temperature = 0}});
    CHECK(whole.total_tokens == 5);
    CHECK(service.last_body()["generateContentRequest"]["model"] == "models/" + flash);
    CHECK(service.last_body()["generateContentRequest"]["generationConfig"]["temperature"] == 0);
    CHECK(wrong([&] { service.client.models.count_tokens(flash, Contents()); }) == "contents");
}
