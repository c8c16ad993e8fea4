// Recording and serving back, over real HTTP and without.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/recording_transport.hpp>
#include <genai/testing/replaying_transport.hpp>

#include "clients.hpp"
#include "scripted_transport.hpp"

using Catch::Matchers::ContainsSubstring;
using genai::Client;
using genai::ClientOptions;
using genai::HttpTransport;
using Phase = genai::TransportError::Phase;
using Reason = genai::TransportError::Reason;
using genai::testing::Emulator;
using genai::testing::RecordingTransport;
using genai::testing::ReplayingTransport;
using genai::testing::Reply;

namespace {

/// A file of the test's own.
struct Tape {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        ("genai-tape-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".json");
    Tape() = default;
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;
    ~Tape() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    std::string text() const {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

const ClientOptions elsewhere{.api_key = "another-key",
                              .http_options = {.base_url = "http://127.0.0.1:9", .retry = {.attempts = 1}}};

/// A little of everything.
template <class C>
std::vector<std::string> tour(const C& client) {
    std::vector<std::string> seen;
    seen.push_back(client.models.generate_content("gemini-2.5-flash", "hello").text());
    for (const auto& chunk : client.models.generate_content_stream("gemini-2.5-flash", "tell me a story"))
        seen.push_back(chunk.text());
    const auto file = client.files.upload(genai::Bytes(std::string("\xFF\x00 binary", 9)),
                                          {.mime_type = "application/octet-stream"});
    seen.push_back(file.name);
    for (const auto& one : client.files.list()) seen.push_back(one.name);
    seen.push_back(
        client.auth_tokens.create({.http_options = {.api_version = "v1alpha"}}).name.substr(0, 12));
    try {
        static_cast<void>(client.models.get("models/none"));
    } catch (const genai::ClientError& problem) {
        seen.push_back(problem.message());
    }
    return seen;
}

}  // namespace

TEST_CASE("what was recorded is served back the same, with the keys left out") {
    Tape tape;
    Emulator emulator({.api_key = "secret-key-123"});
    std::vector<std::string> first;
    std::string token;
    {
        const ClientOptions options = emulator.client_options();
        const Client client(options, RecordingTransport(HttpTransport(options), tape.path));
        first = tour(client);
        token = client.auth_tokens.create({.http_options = {.api_version = "v1alpha"}}).name;
    }
    const std::string text = tape.text();
    CHECK_THAT(text, !ContainsSubstring("secret-key-123"));
    CHECK_THAT(text, !ContainsSubstring(token));
    CHECK_THAT(text,
               ContainsSubstring("x-goog-api-key: [secret]") && ContainsSubstring("\"text\": \"hello\""));

    const ReplayingTransport replay(tape.path);
    CHECK(tour(Client(elsewhere, replay)) == first);
    CHECK(replay.unused() == 1);
}

TEST_CASE("in strict order any other request is an error that says what was wanted") {
    Tape tape;
    const auto record = [&] {
        const Client client(
            elsewhere,
            RecordingTransport(support::ScriptedTransport({support::says(200, R"({"totalTokens":1})"),
                                                           support::says(200, R"({"totalTokens":2})")}),
                               tape.path));
        client.models.count_tokens("m", "one");
        client.models.count_tokens("m", "two");
    };
    record();
    const Client strict(elsewhere, ReplayingTransport(tape.path));
    CHECK_THROWS_WITH(strict.models.count_tokens("m", "two"),
                      ContainsSubstring("request 1") && ContainsSubstring("/contents/0/parts/0/text"));
    CHECK_THROWS_WITH(strict.models.get("m"),
                      ContainsSubstring("GET /v1beta/models/m instead of POST /v1beta/models/m:countTokens"));
    CHECK(strict.models.count_tokens("m", "one").total_tokens == 1);
    CHECK(strict.models.count_tokens("m", "two").total_tokens == 2);
    CHECK_THROWS_WITH(strict.models.count_tokens("m", "two"), ContainsSubstring("at its end"));

    const ReplayingTransport replay(tape.path, ReplayingTransport::Order::any);
    const Client any(elsewhere, replay);
    CHECK(any.models.count_tokens("m", "two").total_tokens == 2);
    CHECK(any.models.count_tokens("m", "one").total_tokens == 1);
    CHECK(any.models.count_tokens("m", "one").total_tokens == 1);
    CHECK(replay.unused() == 0);
    CHECK_THROWS_WITH(any.models.count_tokens("m", "three"), ContainsSubstring("nothing like this"));
}

TEST_CASE("failures are recorded too, and any body comes back to the byte") {
    Tape tape;
    const std::vector<std::string> bodies{
        "",           "{}", "{ \"a\" : 1.0 }", "data: x\r\n\r\ndata: y\n\n", std::string("\xFE\x00\xFF", 3),
        "one\ntwo\n", "\n"};
    std::vector<support::ScriptedTransport::Step> steps;
    for (const auto& body : bodies) steps.push_back(support::says(200, body));
    steps.push_back(support::fails(Phase::connect, Reason::refused));
    steps.push_back(support::breaks_after("half"));
    {
        RecordingTransport recording(support::ScriptedTransport(steps), tape.path);
        const Client client(elsewhere, recording);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            try {
                client.files.download("files/f");
            } catch (const genai::TransportError&) {
            }
        }
    }
    const Client client(elsewhere, ReplayingTransport(tape.path));
    for (const auto& body : bodies) CHECK(client.files.download("files/f").view() == body);
    for (const auto phase : {Phase::connect, Phase::body}) {
        try {
            client.files.download("files/f");
            FAIL("nothing was thrown");
        } catch (const genai::TransportError& problem) {
            CHECK(problem.phase() == phase);
            CHECK_THAT(problem.what(), ContainsSubstring("as scripted"));
        }
    }
}

TEST_CASE("secrets of the API are left out of bodies, what else is private by the caller") {
    Tape tape;
    {
        const Client client(
            elsewhere,
            RecordingTransport(
                support::ScriptedTransport({support::says(
                    200, R"({"name":"credentials/c","api_key":"AIza-very-private","echo":"another-key"})")}),
                tape.path, [](genai::testing::Exchange& exchange) { exchange.method = "SCRUBBED"; }));
        client.request("POST", "credentials", {{"client_secret", "hush"}, {"fine", "shown"}});
    }
    const std::string text = tape.text();
    CHECK_THAT(text, !ContainsSubstring("AIza-very-private") && !ContainsSubstring("another-key") &&
                         !ContainsSubstring("hush"));
    CHECK_THAT(text, ContainsSubstring("shown") && ContainsSubstring("SCRUBBED"));
}

TEST_CASE("what is no recording is refused") {
    Tape tape;
    CHECK_THROWS_AS(ReplayingTransport(tape.path), genai::InvalidArgument);
    for (const char* text : {"", "{", "{}", "[{}]", "[{\"request\":1}]"}) {
        std::ofstream(tape.path, std::ios::trunc) << text;
        CHECK_THROWS_AS(ReplayingTransport(tape.path), genai::Error);
    }
    CHECK_THROWS_AS(
        RecordingTransport(support::ScriptedTransport({support::says(200, "")}), "/no/such/folder/tape.json"),
        genai::InvalidArgument);
}
