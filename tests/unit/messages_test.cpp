// What errors say where the obvious words would mislead.

#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using Catch::Matchers::ContainsSubstring;

namespace {

/// What the error of a call says.
std::string said(const ClientOptions& options) {
    ClientOptions once = options;
    once.http_options.retry.attempts = 1;
    try {
        static_cast<void>(Client(once).models.generate_content("gemini-2.5-flash", "hi"));
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("a proxy that refuses the connection is named") {
    CHECK_THAT(said({.api_key = "k",
                     .http_options = {.base_url = "http://127.0.0.2:9"},
                     .proxy = "http://127.0.0.1:1"}),
               ContainsSubstring("proxy 127.0.0.1:1") && ContainsSubstring("HTTPS_PROXY") &&
                   !ContainsSubstring("is the server running"));
}

TEST_CASE("https to a port that speaks http asks whether it speaks TLS") {
    const testing::Emulator emulator;
    std::string url = emulator.url();
    url.replace(0, 4, "https");
    CHECK_THAT(
        said({.api_key = "k", .http_options = {.base_url = url.c_str(), .timeout = std::chrono::seconds(5)}}),
        ContainsSubstring("does this port speak TLS?"));
}

TEST_CASE("a version that stands twice is pointed out, with the address") {
    const auto not_found = [](const std::string& base_url) {
        Client client({.api_key = "k", .http_options = {.base_url = base_url}},
                      testing::ScriptedTransport{testing::ScriptedTransport::error(404, "NOT_FOUND")});
        try {
            static_cast<void>(client.models.generate_content("gemini-2.5-flash", "hi"));
        } catch (const NotFoundError& error) {
            CHECK(std::string(error.url()).ends_with("/v1beta/models/gemini-2.5-flash:generateContent"));
            return std::string(error.what());
        }
        return std::string("nothing");
    };
    CHECK_THAT(
        not_found("https://example.com/v1beta/v1beta"),
        ContainsSubstring("v1beta stands twice") &&
            ContainsSubstring("https://example.com/v1beta/v1beta/models/gemini-2.5-flash:generateContent"));
    CHECK_THAT(not_found("https://example.com/v1beta"),
               ContainsSubstring("https://example.com/v1beta/models/") && !ContainsSubstring("twice"));
    CHECK_THAT(
        not_found("https://example.com/v1/gateway"),
        ContainsSubstring("https://example.com/v1/gateway/v1beta/models") && !ContainsSubstring("twice"));
}

TEST_CASE("text that is not UTF-8 says what to do") {
    try {
        static_cast<void>(Client({.api_key = "k"}).models.generate_content("m", "caf\xE9"));
        FAIL("nothing was thrown");
    } catch (const InvalidArgument& error) {
        CHECK(error.parameter() == "/contents/0/parts/0/text");
        CHECK_THAT(error.what(), ContainsSubstring("convert it, or send it as bytes"));
    }
}
