#include <chrono>
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
using namespace std::chrono_literals;

TEST_CASE("a cache is made, used, prolonged, and ends") {
    Service service;
    const auto& caches = service.client.caches;
    const auto cache = caches.create(flash, {.contents = "a very long text",
                                             .system_instruction = "be brief",
                                             .ttl = 60s,
                                             .display_name = "Long"});
    CHECK(cache.name.starts_with("cachedContents/"));
    CHECK(cache.model == "models/" + flash);
    CHECK(cache.usage_metadata->total_token_count == 6);
    CHECK(service.last_body()["ttl"] == "60s");
    CHECK(service.last_body()["systemInstruction"]["parts"][0]["text"] == "be brief");
    const auto used = service.client.models.generate_content(flash, "hi", {.cached_content = cache.name});
    CHECK(used.usage_metadata->cached_content_token_count == 6);
    CHECK_THROWS_AS(
        service.client.models.generate_content("gemini-2.5-pro", "hi", {.cached_content = cache.name}),
        ClientError);
    CHECK(names(caches.list({.page_size = 1})) == std::vector<std::string>{cache.name});
    const std::string id = cache.name.substr(15);
    CHECK(caches.get(id) == caches.get(cache.name));

    service.emulator.advance(50s);
    CHECK(caches.update(cache.name, {.ttl = 60s}).expire_time != cache.expire_time);
    CHECK(service.last_body() == Json{{"ttl", "60s"}});
    service.emulator.advance(50s);
    static_cast<void>(caches.get(cache.name));
    service.emulator.advance(11s);
    CHECK_THROWS_AS(caches.get(cache.name), ClientError);
    CHECK_THROWS_AS(service.client.models.generate_content(flash, "hi", {.cached_content = cache.name}),
                    ClientError);

    caches.delete_(caches.create(flash, {.contents = "x"}).name);
    CHECK(names(caches.list()).empty());
    CHECK(wrong([&] { caches.create(flash, {.contents = "x", .ttl = 1s, .expire_time = Timestamp()}); }) ==
          "config.expire_time");
    CHECK(wrong([&] { caches.update("c", {.ttl = 1s, .expire_time = Timestamp()}); }) ==
          "config.expire_time");
    CHECK(wrong([&] { caches.update("c", {}); }) == "config");
    CHECK(wrong([&] { static_cast<void>(caches.get("files/x")); }) == "name");
    CHECK(wrong([&] { caches.delete_(""); }) == "name");
}
