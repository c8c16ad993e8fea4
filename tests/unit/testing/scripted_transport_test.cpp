// Typed replies without HTTP.

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

using namespace genai;
using testing::ScriptedTransport;
using namespace std::chrono_literals;

TEST_CASE("each reply is for one request, in order, and copies share the script") {
    const ScriptedTransport script{ScriptedTransport::text("one"),
                                   ScriptedTransport::value(CountTokensResponse{.total_tokens = 3}),
                                   ScriptedTransport::error(404, "NOT_FOUND", "no such file")};
    const Client client({.api_key = "k"}, script);
    CHECK(client.models.generate_content("m", "x").text() == "one");
    CHECK(client.models.count_tokens("m", "x").total_tokens == 3);
    CHECK(script.unused() == 1);
    CHECK_THROWS_AS(static_cast<void>(client.files.get("f")), ClientError);
    REQUIRE(script.requests().size() == 3);
    CHECK(script.requests()[0].operation == "models.generate_content");
    CHECK(Json::parse(script.requests()[0].body)["contents"][0]["parts"][0]["text"] == "x");
    CHECK_THROWS_AS(static_cast<void>(client.files.get("f")), Error);  // nothing is left
}

TEST_CASE("streams, failures and responses that break off can be scripted") {
    ScriptedTransport script{ScriptedTransport::stream<GenerateContentResponse>(
        {{.candidates = {{.content = Content{.parts = {Part::from_text("a")}}}}},
         {.candidates = {
              {.content = Content{.parts = {Part::from_text("b")}}, .finish_reason = FinishReason::stop}}}})};
    script.enqueue(ScriptedTransport::fails(TransportError::Phase::connect, TransportError::Reason::refused));
    script.enqueue(ScriptedTransport::breaks_off("{\"candidates\":"));
    const Client client({.api_key = "k", .http_options = {.retry = {.attempts = 1}}}, script);
    std::string text;
    for (const auto& chunk : client.models.generate_content_stream("m", "x")) text += chunk.text();
    CHECK(text == "ab");
    for (const TransportError::Phase phase : {TransportError::Phase::connect, TransportError::Phase::body}) {
        try {
            static_cast<void>(client.models.generate_content("m", "x"));
            FAIL("nothing was thrown");
        } catch (const TransportError& error) {
            CHECK(error.phase() == phase);
        }
    }
}

TEST_CASE("a script can go on with its last reply, and stops when the call does") {
    ScriptedTransport script{ScriptedTransport::text("again")};
    script.repeat_last();
    const Client client({.api_key = "k"}, script);
    for (int i = 0; i < 3; ++i) CHECK(client.models.generate_content("m", "x").text() == "again");
    genai::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(
        client.models.generate_content("m", "x", {.http_options = {.stop_token = stop.get_token()}}),
        Cancelled);
}
