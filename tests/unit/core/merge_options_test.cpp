// The call's options over the client's.

#include <chrono>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/core/merge_options.hpp>
#include <genai/genai.hpp>

#include "wrong.hpp"

using namespace genai;
using namespace std::chrono_literals;
using detail::merge;

TEST_CASE("the call wins member by member, and entry by entry") {
    const HttpOptions client{.base_url = "http://a",
                             .headers = {{"X-A", "1"}, {"X-B", "1"}},
                             .timeout = 1s,
                             .extra_body = Json{{"a", 1}, {"b", 1}},
                             .tags = {{"t", "1"}},
                             .retry = {.attempts = 2}};
    const HttpOptions call{.api_version = "v1",
                           .headers = {{"x-b", "2"}},
                           .timeout = 2s,
                           .extra_body = Json{{"b", 2}},
                           .tags = {{"t", "2"}, {"u", "3"}},
                           .end_user = "me",
                           .retry = {.jitter = 0}};
    const HttpOptions merged = merge(client, call);
    CHECK(merged.base_url == "http://a");
    CHECK(merged.api_version == "v1");
    CHECK(encode(Json(merged.headers.size())) == "2");
    CHECK(*merged.headers.find("X-B") == "2");
    CHECK(merged.timeout == 2s);
    CHECK(merged.extra_body == Json{{"a", 1}, {"b", 2}});
    CHECK((*merged.tags.find("t") == "2" && *merged.tags.find("u") == "3"));
    CHECK(merged.end_user == "me");
    CHECK((merged.retry.attempts == 2 && merged.retry.jitter == 0));
}

TEST_CASE("invalid options are refused with their path") {
    const auto refused = [](HttpOptions options) {
        if (!options.base_url) options.base_url = "http://h";
        if (!options.api_version) options.api_version = "v1";
        return support::wrong([&] { detail::check_options(options); });
    };
    CHECK(refused({}) == "nothing");
    CHECK(refused({.base_url = "nowhere"}) == "http_options.base_url");
    CHECK(refused({.api_version = "../v2"}) == "http_options.api_version");
    CHECK(refused({.headers = {{"X\r\nY", "1"}}}) == "http_options.headers");
    CHECK(refused({.headers = {{"X", "1\n2"}}}) == "http_options.headers.X");
    CHECK(refused({.timeout = 0ms}) == "http_options.timeout");
    CHECK(refused({.extra_body = Json::array()}) == "http_options.extra_body");
    CHECK(refused({.retry = {.attempts = 0}}) == "http_options.retry.attempts");
    CHECK(refused({.retry = {.exp_base = 0.5}}) == "http_options.retry.exp_base");
}
