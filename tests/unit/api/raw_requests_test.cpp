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
using Catch::Matchers::ContainsSubstring;
using genai::testing::Reply;

TEST_CASE("what has no method is called by its path") {
    Service service;
    CHECK(service.client.request("GET", "models?pageSize=2")["models"].size() == 2);
    CHECK(service.emulator.requests().back().target == "/v1beta/models?pageSize=2");
    const auto answer = service.client.request("POST", "/models/" + flash + ":generateContent",
                                               {{"contents", {{{"parts", {{{"text", "raw"}}}}}}}},
                                               {.http_options = {.api_version = "v1"}});
    CHECK_THAT(answer["candidates"][0]["content"]["parts"][0]["text"].get<std::string>(),
               ContainsSubstring("raw"));
    CHECK(service.emulator.requests().back().path == "/v1/models/" + flash + ":generateContent");
    std::string text;
    const Json body{{"contents", {{{"parts", {{{"text", "streamed"}}}}}}}};
    for (const Json& event :
         service.client.request_stream("POST", "models/" + flash + ":streamGenerateContent", body))
        text += event["candidates"][0]["content"]["parts"][0]["text"].get<std::string>();
    CHECK_THAT(text, ContainsSubstring("streamed"));
    int events = 0;
    service.client.request_stream("POST", "models/" + flash + ":streamGenerateContent", body, {},
                                  [&](const Json&) { return ++events < 2; });
    CHECK(events == 2);
    CHECK_THROWS_AS(service.client.request("GET", "models/none"), ClientError);
    service.emulator.enqueue(
        Reply::stream({R"({"a":1})", R"({"error":{"code":503,"status":"UNAVAILABLE"}})"}));
    CHECK_THROWS_AS(service.client.request_stream("POST", "models/m:streamX", body, {}, [](const Json&) {}),
                    ServerError);
    CHECK(wrong([&] { service.client.request("get", "models"); }) == "verb");
    CHECK(wrong([&] { service.client.request("GET /x HTTP/1.1\r\nA:", "models"); }) == "verb");
    CHECK(wrong([&] { service.client.request("GET", ""); }) == "path");
    CHECK(wrong([&] { service.client.request("GET", "models/../../secret"); }) == "path");
    CHECK(wrong([&] { service.client.request("GET", "models\r\nX: 1"); }) == "path");
    service.emulator.enqueue({.status = 204});
    CHECK(service.client.request("DELETE", "things/1").is_null());
}
