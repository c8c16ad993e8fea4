// What is tried again, when, and what errors and logs say of it. No test sleeps: the clock is one that waits
// for nobody.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>

#include "joined_thread.hpp"
#include "recording_transport.hpp"
#include "scripted_transport.hpp"

using genai::Client;
using genai::ClientOptions;
using genai::HttpRetryOptions;
using Phase = genai::TransportError::Phase;
using Reason = genai::TransportError::Reason;
using genai::testing::Emulator;
using genai::testing::Fault;
using genai::testing::ManualClock;
using genai::testing::Reply;
using support::breaks_after;
using support::fails;
using support::says;
using support::ScriptedTransport;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Waits = std::vector<std::chrono::milliseconds>;

namespace {

const std::string refusal = R"({"error":{"code":503,"message":"later","status":"UNAVAILABLE"}})";

struct Bench {
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    ScriptedTransport transport;
    std::vector<genai::AttemptEvent> events{};
    Client<ScriptedTransport> client;

    explicit Bench(std::vector<ScriptedTransport::Step> steps, HttpRetryOptions retry = {.jitter = 0})
        : transport(std::move(steps)),
          client({.api_key = "secret-key-123",
                  .http_options = {.base_url = "http://127.0.0.1:1", .retry = std::move(retry)},
                  .on_attempt = [this](const genai::AttemptEvent& event) { events.push_back(event); },
                  .clock = clock},
                 transport) {}
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
};

std::string ask(Bench& bench, genai::GenerateContentConfig config = {}) {
    return bench.client.models.generate_content("m", "x", config).text();
}

std::string event(const std::string& text, bool last) {
    return R"(data: {"candidates":[{"content":{"parts":[{"text":")" + text + R"("}]})" +
           (last ? R"(,"finishReason":"STOP")" : "") + "}]}\r\n\r\n";
}

}  // namespace

TEST_CASE("transient failures are retried with exponential backoff") {
    const int status = GENERATE(408, 429, 500, 502, 503, 504);
    Bench bench(
        {says(status, "{}"), says(status, "{}"), says(status, "{}"), says(200, support::answer("there"))});
    CHECK(ask(bench) == "there");
    CHECK(bench.transport.requests().size() == 4);
    CHECK(bench.clock->waits() == Waits{1s, 2s, 4s});
}

TEST_CASE("there are four attempts at most, and the error lists how each ended") {
    Bench bench({fails(Phase::connect, Reason::refused), says(500, "{}"), says(503, refusal)});
    try {
        ask(bench);
        FAIL("nothing was thrown");
    } catch (const genai::ServerError& problem) {
        CHECK(problem.code() == 503);
        CHECK(problem.attempts() == 4);
        CHECK(problem.attempt_errors() ==
              std::vector<std::string>{"connect: refused", "500", "503 UNAVAILABLE", "503 UNAVAILABLE"});
        CHECK_THAT(problem.what(),
                   ContainsSubstring("later") &&
                       ContainsSubstring(
                           "after 4 attempts: connect: refused, 500, 503 UNAVAILABLE, 503 UNAVAILABLE"));
    }
}

TEST_CASE("permanent failures are not retried") {
    const int status = GENERATE(400, 401, 403, 404, 409, 413, 501);
    Bench bench({says(status, "{}")});
    try {
        ask(bench);
        FAIL("nothing was thrown");
    } catch (const genai::ApiError& problem) {
        CHECK(problem.attempts() == 1);
        CHECK(problem.attempt_errors().size() == 1);
        CHECK(std::string(problem.what()).find("attempts") == std::string::npos);
    }
    CHECK(bench.transport.requests().size() == 1);
    CHECK(bench.clock->waits().empty());
}

TEST_CASE("connection failures before anything was sent are retried for every call") {
    const auto phase = GENERATE(Phase::resolve, Phase::connect, Phase::tls);
    Bench bench({fails(phase, Reason::timeout), says(200, R"({"name":"cachedContents/c"})")});
    CHECK(bench.client.caches.create("m", {.contents = {"x"}}).name == "cachedContents/c");
    CHECK(bench.transport.requests().size() == 2);
}

TEST_CASE("a certificate that is not trusted and a proxy that refuses are final") {
    const auto reason = GENERATE(Reason::certificate, Reason::proxy);
    Bench bench({fails(Phase::tls, reason), says(200, support::answer("no"))});
    CHECK_THROWS_AS(ask(bench), genai::TransportError);
    CHECK(bench.transport.requests().size() == 1);
}

TEST_CASE("a dropped connection is retried where the request is idempotent") {
    const auto phase = GENERATE(Phase::send, Phase::wait, Phase::body);
    const auto reason = GENERATE(Reason::reset, Reason::closed);
    SECTION("a generation") {
        Bench bench({fails(phase, reason), says(200, support::answer("there"))});
        CHECK(ask(bench) == "there");
    }
    SECTION("a look") {
        Bench bench({fails(phase, reason), says(200, R"({"name":"files/f"})")});
        CHECK(bench.client.files.get("f").name == "files/f");
    }
    SECTION("not what makes something") {
        Bench bench({fails(phase, reason), says(200, R"({"name":"cachedContents/c"})")});
        CHECK_THROWS_AS(bench.client.caches.create("m", {.contents = {"x"}}), genai::TransportError);
        CHECK(bench.transport.requests().size() == 1);
    }
}

TEST_CASE("a timeout is not retried") {
    Bench bench({fails(Phase::wait, Reason::timeout), says(200, support::answer("no"))});
    CHECK_THROWS_AS(ask(bench), genai::TransportError);
    CHECK(bench.transport.requests().size() == 1);
}

TEST_CASE("an incomplete response is dropped before a retry") {
    Bench bench({breaks_after(R"({"candidates":[{"con)"), says(200, support::answer("whole"))});
    CHECK(ask(bench) == "whole");
}

TEST_CASE("Retry-After takes precedence over the backoff, up to the maximum delay") {
    const auto waits = [](const ScriptedTransport::Step& first, HttpRetryOptions retry) {
        retry.jitter = 0;
        Bench bench({first, says(200, support::answer("there"))}, retry);
        CHECK(ask(bench) == "there");
        return bench.clock->waits();
    };
    const std::string info =
        R"({"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7.5s"}]}})";
    CHECK(waits(says(429, info, {{"Retry-After", "3"}}), {}) == Waits{7500ms});
    CHECK(waits(says(429, "{}", {{"Retry-After", "3"}}), {}) == Waits{3s});
    CHECK(waits(says(503, "{}", {{"Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT"}}), {}) == Waits{9s});
    CHECK(waits(says(503, "{}", {{"retry-after-ms", "20"}}), {}) == Waits{20ms});
    CHECK(waits(says(429, "{}", {{"Retry-After", "3600"}}), {.max_delay = 10s}) == Waits{10s});
    CHECK(waits(says(503, "{}"), {.initial_delay = 30s, .max_delay = 10s}) == Waits{10s});
}

TEST_CASE("the options say how often, how long, and for what") {
    SECTION("not at all") {
        Bench bench({says(503, "{}")}, {.attempts = 1});
        CHECK_THROWS_AS(ask(bench), genai::ServerError);
        CHECK(bench.transport.requests().size() == 1);
    }
    SECTION("for other statuses") {
        Bench bench({says(418, "{}"), says(200, support::answer("tea"))}, {.http_status_codes = {{418}}});
        CHECK(ask(bench) == "tea");
    }
    SECTION("for this call, over the client's") {
        Bench bench({says(503, "{}")}, {.attempts = 2, .initial_delay = 50ms, .jitter = 0});
        CHECK_THROWS_AS(ask(bench, {.http_options = {.retry = {.attempts = 3}}}), genai::ServerError);
        CHECK(bench.clock->waits() == Waits{50ms, 100ms});
    }
    SECTION("growing otherwise") {
        Bench bench({says(503, "{}")}, {.initial_delay = 10ms, .exp_base = 10, .jitter = 0});
        CHECK_THROWS_AS(ask(bench), genai::ServerError);
        CHECK(bench.clock->waits() == Waits{10ms, 100ms, 1s});
    }
    SECTION("by chance, within bounds") {
        Bench bench({says(503, "{}")}, {.attempts = 60, .initial_delay = 1s, .exp_base = 1, .jitter = 0.25});
        CHECK_THROWS_AS(ask(bench), genai::ServerError);
        const auto waits = bench.clock->waits();
        REQUIRE(waits.size() == 59);
        for (const auto wait : waits) CHECK((wait >= 750ms && wait <= 1s));
        CHECK(std::any_of(waits.begin(), waits.end(), [&](auto wait) { return wait != waits.front(); }));
    }
}

TEST_CASE("invalid options are refused before anything is sent") {
    const auto parameter = [](HttpRetryOptions retry) {
        Bench bench({says(200, "{}")});
        try {
            ask(bench, {.http_options = {.retry = std::move(retry)}});
        } catch (const genai::InvalidArgument& problem) {
            CHECK(bench.transport.requests().size() == 0);
            return problem.parameter();
        }
        return std::string("nothing was thrown");
    };
    CHECK(parameter({.attempts = 0}) == "http_options.retry.attempts");
    CHECK(parameter({.initial_delay = -1ms}) == "http_options.retry.initial_delay");
    CHECK(parameter({.max_delay = -1ms}) == "http_options.retry.max_delay");
    CHECK(parameter({.exp_base = 0.5}) == "http_options.retry.exp_base");
    CHECK(parameter({.jitter = 1.5}) == "http_options.retry.jitter");
}

TEST_CASE("the timeout covers all attempts and the delays between them") {
    Bench bench({says(503, "{}")});
    CHECK_THROWS_AS(ask(bench, {.http_options = {.timeout = 2500ms}}), genai::ServerError);
    std::vector<std::optional<std::chrono::milliseconds>> totals;
    for (const auto& request : bench.transport.requests()) totals.push_back(request.timeouts.total);
    CHECK(totals == std::vector<std::optional<std::chrono::milliseconds>>{
                        2500ms, 1500ms});  // the wait of 2 s would be in vain
    CHECK(bench.clock->waits() == Waits{1s});
}

TEST_CASE("a call is cancelled while it waits for its next attempt") {
    Bench bench({says(503, "{}")});
    genai::stop_source stop;
    bench.clock->on_sleep([&] { stop.request_stop(); });
    CHECK_THROWS_AS(ask(bench, {.http_options = {.stop_token = stop.get_token()}}), genai::Cancelled);
    CHECK(bench.transport.requests().size() == 1);
    SECTION("and by the real clock at once") {
        genai::stop_source now;
        const Client slow(
            {.http_options = {.base_url = "http://127.0.0.1:1", .retry = {.initial_delay = 1h}}},
            ScriptedTransport({says(503, "{}")}));
        support::JoinedThread other([&] {
            std::this_thread::sleep_for(20ms);
            now.request_stop();
        });
        const auto begun = std::chrono::steady_clock::now();
        CHECK_THROWS_AS(
            slow.models.generate_content("m", "x", {.http_options = {.stop_token = now.get_token()}}),
            genai::Cancelled);
        CHECK(std::chrono::steady_clock::now() - begun < 10s);
    }
}

TEST_CASE("a stream is tried again before its first chunk, and never after") {
    std::vector<std::string> seen;
    const auto collect = [&seen](const auto& chunk) { seen.push_back(chunk.text()); };
    SECTION("refused at first") {
        Bench bench({says(503, refusal), says(200, event("a", false) + event("b", true))});
        bench.client.models.generate_content_stream("m", "x", {}, collect);
        CHECK(seen == std::vector<std::string>{"a", "b"});
    }
    SECTION("an error for a first event") {
        Bench bench({says(200, "data: " + refusal + "\n\n"), says(200, event("a", true))});
        bench.client.models.generate_content_stream("m", "x", {}, collect);
        CHECK(seen == std::vector<std::string>{"a"});
        CHECK(bench.transport.requests().size() == 2);
    }
    SECTION("broken off within its first event") {
        Bench bench({breaks_after("data: {\"candi"), says(200, event("a", true))});
        for (const auto& chunk : bench.client.models.generate_content_stream("m", "x")) collect(chunk);
        CHECK(seen == std::vector<std::string>{"a"});
    }
    SECTION("broken off behind it") {
        Bench bench({breaks_after(event("a", false)), says(200, event("no", true))});
        CHECK_THROWS_AS(bench.client.models.generate_content_stream("m", "x", {}, collect),
                        genai::TransportError);
        CHECK(seen == std::vector<std::string>{"a"});
        CHECK(bench.transport.requests().size() == 1);
    }
    SECTION("an error behind it") {
        Bench bench(
            {says(200, event("a", false) + "data: " + refusal + "\n\n"), says(200, event("no", true))});
        CHECK_THROWS_AS(bench.client.models.generate_content_stream("m", "x", {}, collect),
                        genai::ServerError);
        CHECK(bench.transport.requests().size() == 1);
    }
    SECTION("what the callback throws is its own") {
        Bench bench({says(200, event("a", true))});
        const auto thrower = [](const genai::GenerateContentResponse&) {
            throw genai::ServerError({.http_status = 503, .code = 503});
        };
        CHECK_THROWS_AS(bench.client.models.generate_content_stream("m", "x", {}, thrower),
                        genai::ServerError);
        CHECK(bench.transport.requests().size() == 1);
    }
}

TEST_CASE("a retried chat turn is in the history once") {
    Bench bench({says(503, "{}"), says(200, support::answer("hello"))});
    auto chat = bench.client.chats.create("m");
    CHECK(chat.send_message("hi").text() == "hello");
    CHECK(chat.history().size() == 2);
}

TEST_CASE("interrupted uploads resume, up to the maximum of attempts") {
    const auto clock = std::make_shared<ManualClock>();
    Emulator emulator;
    ClientOptions options = emulator.client_options();
    options.clock = clock;
    options.http_options.retry = {.attempts = 3, .jitter = 0};
    const Client client(options);
    const std::vector<char> bytes(100'000, 'x');
    SECTION("once") {
        emulator.break_upload(30'000);
        CHECK(client.files.upload(bytes, {.mime_type = "text/plain"}).size_bytes == 100'000);
        CHECK(clock->waits() == Waits{1s});
    }
    SECTION("without end") {
        emulator.enqueue({});  // the start is answered as usual
        for (int i = 0; i < 20; ++i) emulator.enqueue(Reply::error(503, "UNAVAILABLE", "later"));
        try {
            client.files.upload(bytes, {.mime_type = "text/plain"});
            FAIL("nothing was thrown");
        } catch (const genai::ServerError& problem) {
            CHECK(problem.attempts() == 3);
        }
    }
}

TEST_CASE("an image goes out whole, and whole again") {
    const auto clock = std::make_shared<ManualClock>();
    Emulator emulator;
    ClientOptions options = emulator.client_options();
    options.clock = clock;
    const Client client(options);
    emulator.enqueue(Reply::error(503, "UNAVAILABLE", "later"));
    emulator.enqueue(Reply::text("a picture"));
    std::string pixels(700'001, '\0');
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<char>(i * i / 7);
    const std::vector<genai::Content> contents{
        {.parts = {genai::Part::from_bytes(pixels, "image/png"), genai::Part::from_text("What is it?")},
         .role = "user"}};
    CHECK(client.models.generate_content("gemini-2.5-flash", contents).text() == "a picture");
    const auto requests = emulator.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].body == R"({"contents":)" + genai::encode(contents) + "}");
    CHECK(requests[1].body == requests[0].body);

    for (const auto& chunk : client.models.generate_content_stream("gemini-2.5-flash", contents))
        CHECK_FALSE(chunk.text().empty());
    CHECK(emulator.requests().back().body == requests[0].body);
}

TEST_CASE("a kept connection that died costs no attempt") {
    Emulator emulator;
    std::vector<genai::AttemptEvent> events;
    ClientOptions options = emulator.client_options();
    options.on_attempt = [&events](const genai::AttemptEvent& event) { events.push_back(event); };
    const Client client(options);
    emulator.enqueue(
        {.status = 200,
         .verbatim =
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"});  // and
                                                                                                    // closes
    client.models.generate_content("gemini-2.5-flash", "one");
    client.models.generate_content("gemini-2.5-flash", "two");
    REQUIRE(events.size() == 2);
    CHECK(events[1].attempt == 1);
    CHECK(events[1].error.empty());
}

TEST_CASE("a hook sees every attempt, with its token usage and without secrets") {
    const std::string counted =
        R"({"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"cachedContentTokenCount":2,"candidatesTokenCount":4,"totalTokenCount":9}})";
    Bench bench({says(503, refusal), says(200, counted)});
    SECTION("of a call") {
        ask(bench);
        REQUIRE(bench.events.size() == 2);
        CHECK(bench.events[0].attempt == 1);
        CHECK(bench.events[0].status == 503);
        CHECK(bench.events[0].error == "503 UNAVAILABLE");
        CHECK(bench.events[0].retry_delay == 1s);
        CHECK(bench.events[1].attempt == 2);
        CHECK(bench.events[1].status == 200);
        CHECK(bench.events[1].method == "POST");
        CHECK(bench.events[1].url == "http://127.0.0.1:1/v1beta/models/m:generateContent");
        CHECK(bench.events[1].bytes_received == counted.size());
        CHECK(bench.events[1].bytes_sent > 10);
        CHECK(bench.events[1].error.empty());
        CHECK_FALSE(bench.events[1].retry_delay);
    }
    SECTION("of a stream") {
        bench.client.models.generate_content_stream("m", "x", {}, [](const auto&) {});
    }
    REQUIRE(bench.events.size() == 2);
    REQUIRE(bench.events[1].usage);
    CHECK(bench.events[1].usage->prompt_token_count == 3);
    CHECK(bench.events[1].usage->cached_content_token_count == 2);
    CHECK(bench.events[1].usage->candidates_token_count == 4);
    CHECK(bench.events[1].usage->total_token_count == 9);
}

TEST_CASE("the key in an address is not in the log, and a log that throws breaks nothing") {
    std::string url;
    const Client client({.api_key = "secret-key-123",
                         .api_key_in = genai::ApiKeyPlacement::query,
                         .http_options = {.base_url = "http://127.0.0.1:1"},
                         .on_attempt =
                             [&url](const genai::AttemptEvent& event) {
                                 url = event.url;
                                 throw std::runtime_error("the log is full");
                             }},
                        ScriptedTransport({says(200, support::answer("fine"))}));
    CHECK(client.models.generate_content("m", "x").text() == "fine");
    CHECK(url == "http://127.0.0.1:1/v1beta/models/m:generateContent?key=...");
}
