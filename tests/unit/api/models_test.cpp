// What calls put on the wire and make of answers, over a transport that has no network.

#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>

#include "clients.hpp"
#include "environment.hpp"
#include "recording_transport.hpp"

using genai::ApiError;
using genai::ApiKeyPlacement;
using genai::Client;
using genai::ClientError;
using genai::ClientOptions;
using genai::InvalidArgument;
using genai::Json;
using genai::ServerError;
using support::Environment;
using support::RecordingTransport;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string secret = "secret-key-123";

ClientOptions local() {
    return support::hurried({.api_key = secret, .http_options = {.base_url = "http://127.0.0.1:1"}});
}

/// The error that an answer of this status and body becomes.
template <class E>
E error_of(int status, const std::string& body, genai::http::Headers headers = {}) {
    const Client client(local(), RecordingTransport({body}, status, std::move(headers)));
    try {
        client.models.generate_content("m", "x");
    } catch (const E& error) {
        return error;
    }
    throw std::logic_error("nothing was thrown");
}

std::vector<std::string> texts(const std::vector<std::string>& pieces, bool require_finish_reason = true) {
    const Client client(local(), RecordingTransport(pieces, 200, {{"Content-Type", "text/event-stream"}}));
    std::vector<std::string> seen;
    client.models.generate_content_stream("m", "x",
                                          {.http_options = {.require_finish_reason = require_finish_reason}},
                                          [&seen](const auto& chunk) { seen.push_back(chunk.text()); });
    return seen;
}

std::string event(const std::string& json) { return "data: " + json + "\r\n\r\n"; }
const std::string unfinished = R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}]})";
const std::string finished = R"({"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]})";

}  // namespace

TEST_CASE("a call goes to the model's address with the key in its header") {
    const RecordingTransport transport({support::answer("hello")});
    const Client client(local(), transport);
    const auto response = client.models.generate_content("gemini-x", "hi", {.temperature = 0});
    CHECK(response.text() == "hello");
    const auto& sent = transport.last();
    CHECK(sent.method == "POST");
    CHECK(sent.url == "http://127.0.0.1:1/v1beta/models/gemini-x:generateContent");
    CHECK(sent.headers.get("x-goog-api-key") == secret);
    CHECK(sent.headers.get("content-type") == "application/json");
    CHECK_THAT(std::string(sent.headers.get("user-agent")), ContainsSubstring("genai-cpp/"));
    CHECK(sent.headers.find("x-server-timeout") == nullptr);
    CHECK(sent.body ==
          R"({"contents":[{"parts":[{"text":"hi"}],"role":"user"}],"generationConfig":{"temperature":0}})");
}

TEST_CASE("every way to send the key") {
    const auto sent = [](ApiKeyPlacement auth) {
        const RecordingTransport transport;
        ClientOptions options = local();
        options.api_key_in = auth;
        Client(options, transport).models.generate_content("m", "x");
        return transport.last();
    };
    CHECK(sent(ApiKeyPlacement::bearer).headers.get("Authorization") == "Bearer " + secret);
    CHECK(sent(ApiKeyPlacement::x_api_key).headers.get("X-API-Key") == secret);
    CHECK(sent(ApiKeyPlacement::api_key).headers.get("api-key") == secret);
    CHECK_THAT(sent(ApiKeyPlacement::query).url, ContainsSubstring("?key=" + secret));
    for (const ApiKeyPlacement auth :
         {ApiKeyPlacement::bearer, ApiKeyPlacement::x_api_key, ApiKeyPlacement::api_key,
          ApiKeyPlacement::query, ApiKeyPlacement::none})
        CHECK(sent(auth).headers.find("x-goog-api-key") == nullptr);
    const auto none = sent(ApiKeyPlacement::none);
    CHECK(none.url.find(secret) == std::string::npos);
    for (const auto& [name, value] : none.headers) CHECK(value.find(secret) == std::string::npos);
}

TEST_CASE("the environment fills in what the options leave open") {
    const Environment google("GOOGLE_API_KEY", nullptr);
    const Environment gemini("GEMINI_API_KEY", " gemini-key \n");
    const Environment base("GOOGLE_GEMINI_BASE_URL", "http://base/prefix/");
    const Environment version("GOOGLE_GENAI_API_VERSION", "v1");
    const RecordingTransport transport;
    Client({}, transport).models.generate_content("m", "x");
    CHECK(transport.last().headers.get("x-goog-api-key") == "gemini-key");
    CHECK(transport.last().url == "http://base/prefix/v1/models/m:generateContent");

    const Environment both("GOOGLE_API_KEY", "google-key");
    Client({}, transport).models.generate_content("m", "x");
    CHECK(transport.last().headers.get("x-goog-api-key") == "google-key");
    Client(local(), transport).models.generate_content("m", "x");
    CHECK(transport.last().headers.get("x-goog-api-key") == secret);
    CHECK_THAT(transport.last().url, ContainsSubstring("http://127.0.0.1:1/v1/"));
    const Environment beta("GOOGLE_GENAI_API_VERSION", "beta");
    Client({.http_options = {.base_url = "http://h"}}, transport).models.generate_content("m", "x");
    CHECK_THAT(transport.last().url, ContainsSubstring("http://h/v1beta/"));
}

TEST_CASE("without a key Google is not asked, another server is") {
    const Environment google("GOOGLE_API_KEY", nullptr);
    const Environment gemini("GEMINI_API_KEY", "");
    const Environment base("GOOGLE_GEMINI_BASE_URL", nullptr);
    const RecordingTransport transport;
    CHECK_THROWS_AS(Client({}, transport).models.generate_content("m", "x"), InvalidArgument);
    CHECK(transport.requests().empty());
    CHECK_NOTHROW(
        Client({.http_options = {.base_url = "http://h"}}, transport).models.generate_content("m", "x"));
    CHECK_NOTHROW(Client({.http_options = {.headers = {{"Authorization", "Bearer own"}}}}, transport)
                      .models.generate_content("m", "x"));
    CHECK_NOTHROW(Client({.api_key_in = ApiKeyPlacement::none}, transport).models.generate_content("m", "x"));
}

TEST_CASE("a call's options go over the client's, entry by entry") {
    const RecordingTransport transport;
    ClientOptions options = local();
    options.http_options.headers = {{"X-One", "client"}, {"X-Two", "client"}};
    options.http_options.extra_body = Json{{"a", 1}, {"b", 1}};
    options.http_options.timeout = 5s;
    const Client client(options, transport);
    client.models.generate_content(
        "m", "x",
        {.http_options = {.base_url = "http://other/p",
                          .api_version = "v1alpha",
                          .headers = {{"x-two", "call"}, {"User-Agent", "mine"}},
                          .timeout = 1500ms,
                          .extra_body = Json{{"b", 2}, {"generationConfig", {{"topK", 7}}}}},
         .temperature = 0.5});
    const auto& sent = transport.last();
    CHECK(sent.url == "http://other/p/v1alpha/models/m:generateContent");
    CHECK(sent.headers.get("x-one") == "client");
    CHECK(sent.headers.get("x-two") == "call");
    CHECK(sent.headers.get("user-agent") == "mine");
    CHECK(sent.headers.get("x-server-timeout") == "2");
    CHECK(sent.timeouts.total == 1500ms);
    CHECK(Json::parse(sent.body) == Json{{"contents", {{{"parts", {{{"text", "x"}}}}, {"role", "user"}}}},
                                         {"generationConfig", {{"temperature", 0.5}, {"topK", 7}}},
                                         {"a", 1},
                                         {"b", 2}});
}

TEST_CASE("extra_body keeps the order of a schema's keys") {
    const RecordingTransport transport;
    Client(local(), transport)
        .models.generate_content("m", "x",
                                 {.http_options = {.extra_body = Json{{"new", true}}},
                                  .response_json_schema = genai::RawJson::parse(R"({"z":1,"a":2})")});
    CHECK_THAT(transport.last().body, ContainsSubstring(R"({"z":1,"a":2})"));
}

TEST_CASE("unknown members of the config go beside generationConfig") {
    const RecordingTransport transport;
    Client(local(), transport)
        .models.generate_content("m", "x",
                                 {.temperature = 1, .extra = Json{{"semantic_cache", {{"enabled", true}}}}});
    CHECK_THAT(
        transport.last().body,
        ContainsSubstring(R"("generationConfig":{"temperature":1},"semantic_cache":{"enabled":true}})"));
}

TEST_CASE("bad input is refused before anything is sent") {
    const RecordingTransport transport;
    const Client client(local(), transport);
    const auto refused = [&](const std::string& parameter, auto&& call) {
        INFO(parameter);
        try {
            call();
            FAIL_CHECK("accepted");
        } catch (const InvalidArgument& problem) {
            CHECK(problem.parameter() == parameter);
        }
        CHECK(transport.requests().empty());
    };
    refused("model", [&] { client.models.generate_content("", "x"); });
    for (const char* model : {"a/../b", "m?x=1", "m&x", "m#x", "m\r\nx", "a b"})
        refused("model", [&] { client.models.generate_content(model, "x"); });
    refused("contents", [&] { client.models.generate_content("m", genai::Contents()); });
    refused("contents", [&] {
        static_cast<void>(client.models.generate_content_stream("m", std::vector<genai::Content>{}));
    });
    refused("/contents/0/parts/0/text", [&] { client.models.generate_content("m", "\xFF"); });
    refused("/temperature", [&] { client.models.generate_content("m", "x", {.temperature = std::nan("")}); });
    refused("http_options.headers", [&] {
        client.models.generate_content("m", "x", {.http_options = {.headers = {{"a b", "c"}}}});
    });
    refused("http_options.headers.a", [&] {
        client.models.generate_content("m", "x", {.http_options = {.headers = {{"a", "c\r\nd: e"}}}});
    });
    refused("http_options.headers.b", [&] {
        client.models.generate_content("m", "x", {.http_options = {.headers = {{"b", "c "}}}});
    });
    refused("http_options.base_url", [&] {
        client.models.generate_content("m", "x", {.http_options = {.base_url = "http://h/a\r\nb: c"}});
    });
    refused("http_options.base_url",
            [&] { client.models.generate_content("m", "x", {.http_options = {.base_url = "nowhere"}}); });
    refused("http_options.api_version",
            [&] { client.models.generate_content("m", "x", {.http_options = {.api_version = "v1/.."}}); });
    refused("http_options.extra_body", [&] {
        client.models.generate_content("m", "x", {.http_options = {.extra_body = Json::array()}});
    });
    refused("http_options.timeout",
            [&] { client.models.generate_content("m", "x", {.http_options = {.timeout = -1ms}}); });
    refused("config.response_json_schema", [&] {
        client.models.generate_content(
            "m", "x", {.response_schema = genai::Schema{}, .response_json_schema = Json::object()});
    });
    refused("api_key", [&] { Client({.api_key = "a\nb"}, transport); });
    refused("api_key", [&] { Client({.api_key = "ab "}, transport); });
    refused("api_key", [&] { Client({.api_key = "auth_tokens/x"}, transport); });
}

TEST_CASE("Google's error body becomes an ApiError") {
    const auto error = error_of<ClientError>(
        429,
        R"({"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"12.5s"}]}})",
        {{"X-Request-Id", "r-1"}, {"Retry-After", "99"}});
    CHECK(error.http_status() == 429);
    CHECK(error.code() == 429);
    CHECK(error.status() == "RESOURCE_EXHAUSTED");
    CHECK(error.message() == "Quota exceeded");
    CHECK(error.details().size() == 1);
    CHECK(error.retry_after() == 12500ms);
    CHECK(error.request_id() == "r-1");
    CHECK(error.attempts() == 4);
    CHECK(error.headers().size() == 2);
    CHECK_THAT(error.what(), ContainsSubstring("429 RESOURCE_EXHAUSTED: Quota exceeded"));
}

TEST_CASE("errors are read from every shape of body") {
    CHECK(error_of<ClientError>(400,
                                R"([{"error":{"code":400,"message":"listed","status":"INVALID_ARGUMENT"}}])")
              .message() == "listed");
    CHECK(error_of<ClientError>(400, R"({"error":{"message":"openai","type":"x","code":"invalid_key"}})")
              .message() == "openai");
    CHECK(error_of<ClientError>(400, R"({"error":{"message":"litellm","code":"422"}})").code() == 422);
    CHECK(error_of<ClientError>(401, R"({"error":"plain word"})").message() == "plain word");
    CHECK(error_of<ClientError>(422, R"({"detail":"fastapi"})").message() == "fastapi");
    CHECK_THAT(error_of<ClientError>(422, R"({"detail":[{"loc":["body"],"msg":"missing"}]})").message(),
               ContainsSubstring("missing"));
    CHECK(error_of<ClientError>(400, R"({"message":"flat"})").message() == "flat");
    CHECK(error_of<ServerError>(503, "upstream connect error\n or disconnect").message() ==
          "upstream connect error or disconnect");
    CHECK(error_of<ServerError>(
              502, "<html><head><title>502 Bad Gateway</title></head><body><h1>x</h1></body></html>")
              .message() == "502 Bad Gateway");
    CHECK(error_of<ServerError>(500, "").message() == "the server gave no reason");
    CHECK(error_of<ServerError>(500, "\xFF\xFE").message() == "(a body that is not text)");
    CHECK(error_of<ServerError>(500, "[]").code() == 500);
    CHECK(error_of<ServerError>(500, std::string(100'000, 'x')).message().size() < 400);
    CHECK(error_of<ApiError>(302, "", {{"Location", "https://elsewhere"}}).http_status() == 302);
    CHECK(error_of<ClientError>(404, "").code() == 404);
    CHECK(error_of<ClientError>(404, R"({"error":{"code":5,"message":"grpc"}})").code() == 5);
}

TEST_CASE("a server's hint when to come back is read from its headers") {
    CHECK(error_of<ServerError>(503, "", {{"Retry-After", "3"}}).retry_after() == 3000ms);
    CHECK(error_of<ServerError>(503, "", {{"retry-after-ms", "250"}}).retry_after() == 250ms);
    CHECK(error_of<ServerError>(503, "", {{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}).retry_after() ==
          0ms);
    CHECK(*error_of<ServerError>(503, "", {{"Retry-After", "Fri, 06 Nov 2093 08:49:37 GMT"}}).retry_after() >
          24h);
    CHECK_FALSE(error_of<ServerError>(503, "", {{"Retry-After", "soon"}}).retry_after());
}

TEST_CASE("an error never repeats the key") {
    const auto error = error_of<ClientError>(400,
                                             R"({"error":{"code":400,"message":"bad key )" + secret +
                                                 R"(","details":[{"key":")" + secret + R"("}]}})",
                                             {{"x-echo", secret}});
    CHECK(std::string(error.what()).find(secret) == std::string::npos);
    CHECK(error.message().find(secret) == std::string::npos);
    CHECK(error.details().dump().find(secret) == std::string::npos);
    for (const auto& [name, value] : error.headers()) CHECK(value.find(secret) == std::string::npos);
    // escaped, so that it shows only once decoded
    const auto escaped = error_of<ClientError>(
        400,
        R"({"error":{"message":"secret\u002dkey-123","status":"secret\u002dkey-123","details":["secret\u002dkey-123"]}})",
        {{"x-request-id", secret}});
    CHECK(std::string(escaped.what()).find(secret) == std::string::npos);
    CHECK(escaped.details().dump().find(secret) == std::string::npos);
    CHECK(escaped.request_id().find(secret) == std::string::npos);
}

TEST_CASE("an answer that names its members after the key does not bring it into an error") {
    for (const std::string& key : {secret, std::string("secret/with~all")}) {
        const std::string body = R"({"said":{")" + key + R"(":{"a":50x}}})";
        const auto says = [&](const std::string& text, const auto& call) {
            ClientOptions options = local();
            options.api_key = key;
            const Client client(options, RecordingTransport(std::vector<std::string>{text}));
            try {
                call(client);
                FAIL("nothing was thrown");
            } catch (const genai::DecodeError& problem) {
                CHECK_THAT(problem.what(),
                           ContainsSubstring("cannot decode /said/") && !ContainsSubstring("secret"));
                CHECK_THAT(problem.pointer(), !ContainsSubstring("secret"));
            }
        };
        says(body, [](const auto& client) { client.models.generate_content("m", "x"); });
        says("data: " + body + "\n\n", [](const auto& client) {
            client.models.generate_content_stream("m", "x", {}, [](const auto&) {});
        });
        says("data: " + body + "\n\n", [](const auto& client) {
            for (const auto& chunk : client.models.generate_content_stream("m", "x"))
                static_cast<void>(chunk);
        });
        says(body, [](const auto& client) { static_cast<void>(client.files.get("f")); });
    }
}

TEST_CASE("an answer that is not what it should be is a DecodeError with its place") {
    const auto place = [](const std::string& body) {
        try {
            Client(local(), RecordingTransport({body})).models.generate_content("m", "x");
        } catch (const genai::DecodeError& error) {
            return error.pointer();
        }
        return std::string("(accepted)");
    };
    CHECK(place(R"({"candidates":[{"content":{"parts":[{"text":1}]}}]})") ==
          "/candidates/0/content/parts/0/text");
    CHECK(place("").empty());
    CHECK(place("<html>").empty());
    CHECK(place(R"({"candidates":[)") == "/candidates/0");
}

TEST_CASE("an answer compressed unasked is refused") {
    const Client client(local(), RecordingTransport({"\x1f\x8b"}, 200, {{"Content-Encoding", "gzip"}}));
    CHECK_THROWS_AS(client.models.generate_content("m", "x"), genai::TransportError);
}

TEST_CASE("a response has its headers, by lower-case name") {
    const Client client(local(), RecordingTransport({"{}"}, 200, {{"X-Trace", "1"}}));
    CHECK(*client.models.generate_content("m", "x").sdk_http_response->headers.find("x-trace") == "1");
}

TEST_CASE("a stream asks for events and gives its chunks") {
    const RecordingTransport transport({event(unfinished), event(finished)});
    const Client client(local(), transport);
    std::string text;
    for (const auto& chunk : client.models.generate_content_stream("gemini-x", "hi")) text += chunk.text();
    CHECK(text == "ab");
    CHECK(transport.last().url == "http://127.0.0.1:1/v1beta/models/gemini-x:streamGenerateContent?alt=sse");
    CHECK(texts({event(unfinished), event(finished)}) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a stream's answer in any shape") {
    CHECK(texts({"data: " + unfinished + "\n", "\ndata: [DONE]\n\n"}, false) ==
          std::vector<std::string>{"a"});
    CHECK(texts({"data: " + finished + "\n\ndata: [DONE]\n\ndata: not reached\n\n"}) ==
          std::vector<std::string>{"b"});
    CHECK(texts({finished}) == std::vector<std::string>{"b"});
    CHECK(texts({"[" + unfinished + ",\n", finished + "]"}) == std::vector<std::string>{"a", "b"});
    CHECK(texts({": comment\nevent: x\n" + event(finished)}) == std::vector<std::string>{"b"});
    CHECK(texts({event(unfinished), "data: " + finished + "\n"}) ==
          std::vector<std::string>{"a", "b"});  // no last blank line
    CHECK(texts({event(unfinished), "data: " + finished}) == std::vector<std::string>{"a", "b"});
    CHECK(texts({event(R"({"promptFeedback":{"blockReason":"SAFETY"}})")}) == std::vector<std::string>{""});
    CHECK(texts({event(finished), event(R"({"usageMetadata":{"totalTokenCount":1}})")}).size() == 2);
}

TEST_CASE("a stream that ends before its finish reason is interrupted, what came stays") {
    std::vector<std::string> seen;
    const Client client(local(), RecordingTransport({event(unfinished)}));
    CHECK_THROWS_AS(client.models.generate_content_stream(
                        "m", "x", {}, [&seen](const auto& chunk) { seen.push_back(chunk.text()); }),
                    genai::StreamInterrupted);
    CHECK(seen == std::vector<std::string>{"a"});
    CHECK_THROWS_AS(texts({}), genai::StreamInterrupted);
    CHECK(texts({event(unfinished)}, false).size() == 1);
    // of two candidates one has not ended
    CHECK_THROWS_AS(texts({event(R"({"candidates":[{"index":0,"finishReason":"STOP"},{"index":1}]})")}),
                    genai::StreamInterrupted);
}

TEST_CASE("an error inside a stream is an ApiError of its code, cut anywhere") {
    const std::string error = R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})";
    const std::string stream = event(unfinished) + event(error);
    for (std::size_t cut = 1; cut < stream.size(); ++cut) {
        try {
            texts({stream.substr(0, cut), stream.substr(cut)});
            FAIL("accepted");
        } catch (const ServerError& problem) {
            CHECK(problem.http_status() == 200);
            CHECK(problem.code() == 503);
            CHECK(problem.status() == "UNAVAILABLE");
        }
    }
    CHECK_THROWS_AS(texts({event("[" + error + "]")}), ServerError);
    CHECK_THROWS_AS(texts({error}), ServerError);  // no event at all
    CHECK_THROWS_AS(texts({event(unfinished), "{\n\"error\": {\"code\": 429}\n}\n"}),
                    ClientError);  // a bare body behind an event
    CHECK_THROWS_AS(texts({event(R"({"error":"words"})")}), ApiError);
    CHECK_THROWS_AS(texts({"[" + unfinished + "," + error + "]"}), ServerError);
    CHECK_THROWS_AS(texts({event(unfinished), "data: " + error}), ServerError);
    CHECK_THROWS_AS(texts({event(unfinished), R"(data: {"candidates":[{"finishRea)"}),
                    genai::StreamInterrupted);
}

TEST_CASE("a refused stream is the error its body says") {
    const Client client(local(), RecordingTransport({R"([{"error":{"code":404,)",
                                                     R"("message":"no such model","status":"NOT_FOUND"}}])"},
                                                    404));
    CHECK_THROWS_AS(client.models.generate_content_stream("m", "x", {}, [](const auto&) {}), ClientError);
    auto stream = client.models.generate_content_stream("m", "x");
    CHECK_THROWS_AS(stream.next(), ClientError);
}

TEST_CASE("a callback that has enough ends the stream in good order") {
    int seen = 0;
    const Client client(local(),
                        RecordingTransport({event(unfinished), event(unfinished), event(unfinished)}));
    client.models.generate_content_stream("m", "x", {}, [&seen](const auto&) { return ++seen < 2; });
    CHECK(seen == 2);
}

TEST_CASE("what a callback throws comes out as it is") {
    const Client client(local(), RecordingTransport({event(unfinished)}));
    CHECK_THROWS_AS(client.models.generate_content_stream(
                        "m", "x", {}, [](const auto&) { throw std::out_of_range("mine"); }),
                    std::out_of_range);
}

TEST_CASE("a stream outlives its client") {
    std::optional<genai::Stream<genai::GenerateContentResponse>> stream;
    {
        const Client client(local(), RecordingTransport({event(unfinished), event(finished)}));
        stream.emplace(client.models.generate_content_stream("m", "x"));
    }
    std::string text;
    for (const auto& chunk : *stream) text += chunk.text();
    CHECK(text == "ab");
}
