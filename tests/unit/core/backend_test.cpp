// One service as calls reach it: URLs, keys, versions.

#include <optional>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/core/backend.hpp>
#include <genai/genai.hpp>

#include "environment.hpp"

using namespace genai;
using detail::Backend;
using detail::Call;
using detail::ResourceName;

namespace {

std::string url(ClientOptions options, const Call& call) {
    const Backend backend(options);
    return backend.request(call, call.resource, options.http_options).url;
}

}  // namespace

TEST_CASE("names, verbs and queries become URLs behind the base and the version") {
    const Call call{
        .resource = ResourceName::model("gemini-x"), .verb = ":generateContent", .query = {{"alt", "sse"}}};
    CHECK(url({.api_key = "k"}, call) ==
          "https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent?alt=sse");
    CHECK(url({.api_key = "k", .http_options = {.base_url = "http://gate/way/?a=1", .api_version = "v1"}},
              call) == "http://gate/way/v1/models/gemini-x:generateContent?a=1&alt=sse");
    CHECK(url({.api_key = "k", .http_options = {.base_url = "http://h", .api_version = ""}}, call) ==
          "http://h/models/gemini-x:generateContent?alt=sse");
    CHECK(url({.api_key = "k", .http_options = {.base_url = "http://h"}},
              {.resource = ResourceName::path("files"), .upload = true}) == "http://h/upload/v1beta/files");
    CHECK(url({.api_key = "k", .http_options = {.base_url = "http://h/way"}},
              {.upload_target = "/x?upload_id=1"}) == "http://h/x?upload_id=1");
}

TEST_CASE("the same call goes to another model or another backend by another name alone") {
    ClientOptions options{.api_key = "k", .http_options = {.base_url = "http://h"}};
    const Backend backend(options);
    const Call call{.resource = ResourceName::model("a"), .verb = ":generateContent"};
    CHECK(backend.request(call, ResourceName::model("tunedModels/b"), options.http_options).url ==
          "http://h/v1beta/tunedModels/b:generateContent");
}

TEST_CASE("the key goes where it is told to, and never over the caller's own") {
    const auto signed_by = [](ApiKeyPlacement place, Dict<std::string> headers = {}) {
        ClientOptions options{.api_key = "a key",
                              .api_key_in = place,
                              .http_options = {.base_url = "http://h", .headers = std::move(headers)}};
        const Backend backend(options);
        http::Request request = backend.request({.resource = ResourceName::path("files")},
                                                ResourceName::path("files"), options.http_options);
        backend.sign(request);
        return request;
    };
    CHECK(signed_by(ApiKeyPlacement::x_goog_api_key).headers.get("x-goog-api-key") == "a key");
    CHECK(signed_by(ApiKeyPlacement::bearer).headers.get("authorization") == "Bearer a key");
    CHECK(signed_by(ApiKeyPlacement::x_api_key).headers.get("x-api-key") == "a key");
    CHECK(signed_by(ApiKeyPlacement::api_key).headers.get("api-key") == "a key");
    CHECK(signed_by(ApiKeyPlacement::query).url == "http://h/v1beta/files?key=a%20key");
    CHECK(signed_by(ApiKeyPlacement::none).headers.get("x-goog-api-key").empty());
    CHECK(signed_by(ApiKeyPlacement::bearer, {{"authorization", "mine"}}).headers.get("authorization") ==
          "mine");
}

TEST_CASE("without a key there is no client, where a key is needed") {
    const support::Environment google("GOOGLE_API_KEY", nullptr);
    const support::Environment gemini("GEMINI_API_KEY", nullptr);
    const support::Environment base("GOOGLE_GEMINI_BASE_URL", nullptr);
    const auto made = [](ClientOptions options) { static_cast<void>(Backend(options)); };
    CHECK_THROWS_AS(made({}), InvalidArgument);
    const char* const unset = nullptr;
    CHECK_THROWS_AS(made({.api_key = unset}), InvalidArgument);
    CHECK_THROWS_AS(genai::Client(), InvalidArgument);
    CHECK_NOTHROW(made({.api_key = "k"}));
    CHECK_NOTHROW(made({.api_key_in = ApiKeyPlacement::none}));
    CHECK_NOTHROW(made({.http_options = {.headers = {{"Authorization", "Bearer mine"}}}}));
    CHECK_NOTHROW(made({.http_options = {.base_url = "http://localhost"}}));
    const support::Environment there("GEMINI_API_KEY", "from the environment");
    CHECK_NOTHROW(made({.api_key = unset}));
}

TEST_CASE("a body that names the model is written for the one it goes to") {
    ClientOptions options{.api_key = "k",
                          .http_options = {.base_url = "http://h", .extra_body = Json{{"x", 1}}}};
    const Backend backend(options);
    const Call call{.resource = ResourceName::model("a"),
                    .body = detail::JsonBody([](const std::string& model) {
                        return detail::json_body(Json{{"model", model}});
                    })};
    const http::Request request = backend.request(call, ResourceName::model("b"), options.http_options);
    CHECK(std::string(*request.body.in_memory()) == R"({"model":"models/b","x":1})");
    CHECK(request.headers.get("content-type") == "application/json");
}
