// Ends that servers put in unusual words: of operations, batches, lists and uploads.

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/core/upload_address.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/manual_clock.hpp>
#include <genai/testing/scripted_transport.hpp>

#include "clients.hpp"
#include "recording_transport.hpp"

using genai::BatchJob;
using genai::Bytes;
using genai::Client;
using genai::ClientOptions;
using genai::JobState;
using support::RecordingTransport;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

Client<> answered(std::vector<std::string> bodies, std::shared_ptr<genai::Clock> clock) {
    std::vector<RecordingTransport::Reply> replies;
    for (std::string& body : bodies) replies.push_back({.body = std::move(body)});
    return Client(
        ClientOptions{
            .api_key = "k", .http_options = {.base_url = "http://127.0.0.1:1"}, .clock = std::move(clock)},
        RecordingTransport(std::move(replies)));
}

genai::GenerateVideosOperation waited(std::vector<std::string> bodies) {
    return answered(std::move(bodies), std::make_shared<genai::testing::ManualClock>())
        .operations.wait(genai::GenerateVideosOperation{.name = "models/m/operations/o"});
}

BatchJob batch(const std::string& body) {
    return answered({R"({"name":"batches/a","metadata":{"state":"BATCH_STATE_RUNNING"}})", body},
                    std::make_shared<genai::testing::ManualClock>())
        .batches.wait("batches/a");
}

}  // namespace

TEST_CASE("a wait ends where the operation has, whatever says so") {
    const std::string going_on = R"({"name":"models/m/operations/o"})";
    CHECK(waited({going_on, R"({"name":"models/m/operations/o","done":true})"}).done);
    CHECK(waited({going_on, R"({"name":"models/m/operations/o","error":{"code":3,"message":"no"}})"}).error);
    CHECK(
        waited({going_on,
                R"({"name":"models/m/operations/o","response":{"generatedVideos":[{"video":{"uri":"u"}}]}})"})
            .response);
}

TEST_CASE("a batch is over in any final state, with or without done") {
    CHECK(batch(R"({"name":"batches/a","metadata":{"state":"BATCH_STATE_SUCCEEDED"}})").state ==
          JobState::succeeded);
    CHECK(batch(R"({"name":"batches/a","done":true,"metadata":{"state":"BATCH_STATE_RUNNING"}})").state ==
          JobState::succeeded);
    CHECK(batch(R"({"name":"batches/a","done":true,"metadata":{"state":"BATCH_STATE_CANCELLED"}})").state ==
          JobState::cancelled);
    CHECK(batch(R"({"name":"batches/a","metadata":{"state":"BATCH_STATE_ABANDONED"}})").state.text() ==
          "JOB_STATE_ABANDONED");
    CHECK(batch(R"({"name":"batches/a","error":{"code":3}})").state == JobState::failed);
    const auto job = batch(R"({"name":"batches/a","response":{"responsesFile":"files/r"}})");
    CHECK(job.state == JobState::succeeded);
    CHECK(job.dest->file_name == "files/r");
}

TEST_CASE("polls have an overall limit") {
    const auto clock = std::make_shared<genai::testing::ManualClock>();
    const auto begun = clock->now();
    const Client client = answered({R"({"name":"models/m/operations/o"})"}, clock);
    CHECK_THROWS_AS(client.operations.wait(genai::GenerateVideosOperation{.name = "models/m/operations/o"}),
                    genai::TimeoutError);
    CHECK(clock->now() - begun == 1h);
    const auto later = clock->now();
    CHECK_THROWS_AS(client.operations.wait(genai::GenerateVideosOperation{.name = "models/m/operations/o"},
                                           {.timeout = 90s}),
                    genai::TimeoutError);
    CHECK(clock->now() - later == 90s);
}

TEST_CASE("a list of ever new empty pages ends") {
    int pages = 0;
    const genai::testing::ScriptedTransport script(
        std::vector<genai::testing::ScriptedTransport::Reply>(300, [&](const auto&, auto& sink) {
            sink.head({.status = 200});
            sink.data(R"({"files":[],"nextPageToken":"t)" + std::to_string(++pages) + "\"}");
        }));
    const Client client({.api_key = "k"}, script);
    const auto walk = [&] {
        for (const auto& file : client.files.list()) static_cast<void>(file);
    };
    CHECK_THROWS_WITH(walk(), ContainsSubstring("pages without an item"));
    CHECK(pages == 101);
}

TEST_CASE("a file's name is the last in its address") {
    using genai::detail::ResourceName;
    CHECK(ResourceName::file("https://gw/files/v1beta/files/abc").full() == "files/abc");
    CHECK(ResourceName::file("https://gw/v1beta/files/abc:download?alt=files/x#/files/y").full() ==
          "files/abc");
    CHECK_THROWS_AS(ResourceName::file("https://gw/v1beta/models/m?x=/files/abc"), genai::InvalidArgument);
}

TEST_CASE("uploads go where the server says, if that may be") {
    const auto target = [](const std::string& base, const std::string& told,
                           std::vector<std::string> hosts = {}) {
        genai::HttpOptions options{.base_url = base};
        if (!hosts.empty()) options.upload_hosts = std::move(hosts);
        return genai::detail::upload_target(told, options);
    };
    const std::string google = "https://generativelanguage.googleapis.com";
    CHECK(target(google, google + "/upload/v1beta/files?upload_id=1") == "/upload/v1beta/files?upload_id=1");
    CHECK(target(google, "https://storage.googleapis.com/u?x=%2F") ==
          "https://storage.googleapis.com/u?x=%2F");
    CHECK(target(google, "http://storage.googleapis.com/u") == "/u");
    CHECK(target(google, "https://evil.example/u") == "/u");
    CHECK(target(google, "https://googleapis.com.evil.example/u") == "/u");
    CHECK(target(google, "https://up.example/u", {"up.example"}) == "https://up.example/u");
    CHECK(target(google, "https://eu.up.example/u", {"*.up.example"}) == "https://eu.up.example/u");
    CHECK(target(google, "http://up.example/u", {"up.example"}) == "/u");
    CHECK(target(google, "https://10.0.0.1/u", {"10.0.0.1"}) == "/u");
    CHECK(target(google, "https://127.1/u", {"127.1"}) == "/u");
    CHECK(target("http://127.0.0.1:1", "http://127.0.0.1:2/u", {"127.0.0.1"}) == "http://127.0.0.1:2/u");
    CHECK(target("https://gw.example/gemini", google + "/upload/v1beta/files?upload_id=1") ==
          "/gemini/upload/v1beta/files?upload_id=1");
    CHECK(target("https://gw.example/gemini", "/upload/x") == "/gemini/upload/x");
    CHECK(target("https://gw.example/gemini/", "/gemini/upload/x") == "/gemini/upload/x");
    CHECK(target("https://gw.example/gemini", "https://gw.example/gemini/upload/x") == "/gemini/upload/x");
    CHECK_THROWS_AS(target(google, "nonsense"), genai::Error);
}

TEST_CASE("another host gets the bytes of an upload, and no credentials") {
    genai::testing::Emulator emulator;
    genai::testing::Emulator other;
    genai::ClientOptions options = emulator.client_options();
    options.http_options.upload_hosts = std::vector<std::string>{"127.0.0.1"};
    options.http_options.headers = {{"X-Tenant", "secret-tenant"}};
    const Client client(options);
    emulator.enqueue({.status = 200, .headers = {{"Location", other.url() + "/elsewhere?upload_id=1"}}});
    other.enqueue({.status = 200,
                   .headers = {{"X-Goog-Upload-Status", "final"}},
                   .body = R"({"file":{"name":"files/1","sizeBytes":"5"}})"});
    CHECK(client.files.upload(Bytes(std::string("hello")), {.mime_type = "text/plain"}).name == "files/1");
    const auto request = other.requests().back();
    CHECK(request.body == "hello");
    CHECK(request.headers.find("x-goog-api-key") == nullptr);
    CHECK(request.headers.find("x-tenant") == nullptr);
    CHECK(request.path == "/elsewhere");
}

TEST_CASE("an upload's end is held against what was sent") {
    genai::testing::Emulator emulator;
    const Client client(emulator.client_options());
    const auto upload = [&](const std::string& last) {
        emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-URL", "/up"}}});
        emulator.enqueue({.status = 200, .headers = {{"X-Goog-Upload-Status", "final"}}, .body = last});
        return client.files.upload(Bytes(std::string("hello")), {.mime_type = "text/plain"});
    };
    CHECK(upload(R"({"file":{"name":"files/1","sizeBytes":"5"}})").name == "files/1");
    CHECK_THROWS_WITH(upload(R"({"file":{"name":"files/1","sizeBytes":"4"}})"),
                      ContainsSubstring("bytes of the 5 that were sent"));
    CHECK_THROWS_AS(upload(R"({"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED"}})"),
                    genai::RateLimitError);
    CHECK_THROWS_AS(client.files.upload(Bytes(std::string("x")), {.mime_type = "text/plain\r\nX: y"}),
                    genai::InvalidArgument);
    if (std::ifstream("/proc/self/status")) {
        const auto file = client.files.upload("/proc/self/status", {.mime_type = "text/plain"});
        CHECK(file.size_bytes.value_or(0) > 100);
    }
}

TEST_CASE("a result file's bad line is reported with its number, and the rest is read") {
    const std::string file =
        R"({"key":"a","response":{"candidates":[{"content":{"parts":[{"text":"one"}]}}]}})"
        "\n"
        "not JSON\n"
        R"({"key":"c","response":{"embedding":{"values":[1.5,2]},"usageMetadata":{"promptTokenCount":3}}})"
        "\n"
        R"({"key":"d","error":{"code":3,"message":"no"}})";
    const Client client({.api_key = "k"}, RecordingTransport({file}));
    std::vector<genai::BatchResult> results;
    client.batches.read_results(BatchJob{.dest = genai::BatchJobDestination{.file_name = "files/r"}},
                                [&](const genai::BatchResult& one) { results.push_back(one); });
    REQUIRE(results.size() == 4);
    CHECK(results[0].response->text() == "one");
    CHECK_THAT(*results[1].error->message, ContainsSubstring("line 2"));
    CHECK(results[2].embedding->embedding->values == std::vector<double>{1.5, 2});
    CHECK_FALSE(results[2].response);
    CHECK(results[3].error->code == 3);
}

TEST_CASE("a secret is found in every spelling") {
    genai::http::Redactor secrets("a/b=c\"d+é");
    for (const char* spelled : {"a/b=c\"d+é", "a%2Fb%3Dc%22d%2B%C3%A9", "a%2fb%3dc%22d%2b%c3%a9",
                                "a\\/b\\u003dc\\\"d\\u002Bé", "a/b%3dc\\\"d+%C3%A9"}) {
        INFO(spelled);
        CHECK(secrets.redact(std::string("<") + spelled + ">") == "<[key]>");
    }
    CHECK(secrets.redact("a/b=c") == "a/b=c");
    for (const char* name : {"X-My-Key", "apiKey", "access_token", "X-Amz-Signature", "client_secret",
                             "Authorization", "password", "authcode"}) {
        INFO(name);
        CHECK(genai::http::Redactor::is_sensitive(name));
        CHECK(
            genai::http::public_url("https://h/p?" + std::string(name) + "=hidden&alt=sse").find("hidden") ==
            std::string::npos);
    }
    for (const char* name : {"alt", "pageToken", "pageSize", "Content-Encoding", "X-Server-Timeout"}) {
        INFO(name);
        CHECK_FALSE(genai::http::Redactor::is_sensitive(name));
    }
}
