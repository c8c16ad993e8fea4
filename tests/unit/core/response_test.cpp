// What a response is, whatever form a server gives it: errors under a 200, streams, sizes.

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

#include "clients.hpp"
#include "recording_transport.hpp"

using Catch::Matchers::ContainsSubstring;
using namespace std::chrono_literals;
using genai::ApiError;
using genai::Client;
using genai::ClientOptions;
using genai::DecodeError;
using genai::Json;
using genai::StreamInterrupted;
using genai::TransportError;
using support::RecordingTransport;

namespace {

Client<> answered(std::vector<std::string> pieces, const std::string& type = "application/json",
                  genai::HttpLimits limits = {}) {
    return Client(support::hurried({.api_key = "secret-key",
                                    .http_options = {.base_url = "http://127.0.0.1:1", .limits = limits}}),
                  RecordingTransport(std::move(pieces), 200, {{"Content-Type", type}}));
}

std::string chunk(const std::string& text, const std::string& finish = "") {
    return R"({"candidates":[{"content":{"role":"model","parts":[{"text":")" + text + R"("}]})" +
           (finish.empty() ? "" : R"(,"finishReason":")" + finish + '"') + "}]}";
}

std::string event(const std::string& data) { return "data: " + data + "\n\n"; }

/// The texts of a stream's chunks.
std::vector<std::string> streamed(std::vector<std::string> pieces,
                                  const std::string& type = "text/event-stream") {
    std::vector<std::string> texts;
    answered(std::move(pieces), type).models.generate_content_stream("m", "x", {}, [&](const auto& one) {
        texts.push_back(one.text());
    });
    return texts;
}

/// A text in pieces of one byte.
std::vector<std::string> bytewise(const std::string& text) {
    std::vector<std::string> pieces;
    for (const char c : text) pieces.emplace_back(1, c);
    return pieces;
}

template <class E, class Call>
std::string message_of(Call call) {
    try {
        call();
    } catch (const E& error) {
        return error.what();
    }
    return "nothing was thrown";
}

const std::string refusal = R"({"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}})";

}  // namespace

TEST_CASE("an error under a 200 is an ApiError for every method") {
    using Call = std::function<void(const Client<>&)>;
    const std::vector<std::pair<const char*, Call>> calls{
        {"generate_content",
         [](const Client<>& c) { static_cast<void>(c.models.generate_content("m", "x")); }},
        {"stream",
         [](const Client<>& c) { c.models.generate_content_stream("m", "x", {}, [](const auto&) {}); }},
        {"embed", [](const Client<>& c) { static_cast<void>(c.models.embed_content("m", "x")); }},
        {"count", [](const Client<>& c) { static_cast<void>(c.models.count_tokens("m", "x")); }},
        {"images", [](const Client<>& c) { static_cast<void>(c.models.generate_images("m", "x")); }},
        {"videos", [](const Client<>& c) { static_cast<void>(c.models.generate_videos("m", "x")); }},
        {"models.get", [](const Client<>& c) { static_cast<void>(c.models.get("m")); }},
        {"models.list", [](const Client<>& c) { static_cast<void>(c.models.list().to_vector()); }},
        {"files.get", [](const Client<>& c) { static_cast<void>(c.files.get("files/a")); }},
        {"files.delete", [](const Client<>& c) { c.files.delete_("files/a"); }},
        {"files.wait_active",
         [](const Client<>& c) {
             static_cast<void>(c.files.wait_active("files/a", {.poll_interval = 1ms}));
         }},
        {"caches.create",
         [](const Client<>& c) { static_cast<void>(c.caches.create("m", {.contents = "x"})); }},
        {"batches.get", [](const Client<>& c) { static_cast<void>(c.batches.get("batches/a")); }},
        {"batches.list", [](const Client<>& c) { static_cast<void>(c.batches.list().to_vector()); }},
        {"batches.cancel", [](const Client<>& c) { c.batches.cancel("batches/a"); }},
        {"operations.get",
         [](const Client<>& c) {
             static_cast<void>(
                 c.operations.get(genai::GenerateVideosOperation{.name = "models/m/operations/o"}));
         }},
        {"operations.wait",
         [](const Client<>& c) {
             static_cast<void>(c.operations.wait(
                 genai::GenerateVideosOperation{.name = "models/m/operations/o"}, {.poll_interval = 1ms}));
         }},
        {"stores.list",
         [](const Client<>& c) { static_cast<void>(c.file_search_stores.list().to_vector()); }},
        {"interactions", [](const Client<>& c) { static_cast<void>(c.interactions.get("i")); }},
        {"raw", [](const Client<>& c) { static_cast<void>(c.request("GET", "models")); }},
        {"raw stream",
         [](const Client<>& c) {
             for (const Json& one : c.request_stream("POST", "models/m:x", Json::object()))
                 static_cast<void>(one);
         }},
    };
    for (const auto& [name, call] : calls)
        for (const std::string& body : {refusal, '[' + refusal + ']'}) {
            INFO(name << ' ' << body);
            const Client client(
                ClientOptions{.api_key = "k",
                              .http_options = {.base_url = "http://127.0.0.1:1", .retry = {.attempts = 1}}},
                RecordingTransport({body}));
            try {
                call(client);
                FAIL("was taken for an answer");
            } catch (const genai::RateLimitError& error) {
                CHECK(error.status() == "RESOURCE_EXHAUSTED");
            }
        }
}

TEST_CASE("an error that says nothing, or is a resource's, is none") {
    for (const char* none : {"null", "{}", "\"\"", "false", "[]"}) {
        INFO(none);
        std::string whole = chunk("fine", "STOP");
        whole.insert(whole.size() - 1, std::string(",\"error\":") + none);
        CHECK(answered({whole}).models.generate_content("m", "x").text() == "fine");
        CHECK(streamed({event(whole)}) == std::vector<std::string>{"fine"});
    }
    const auto operation =
        answered({R"({"name":"models/m/operations/o","done":true,"error":{"code":3,"message":"no"}})"})
            .operations.get(genai::GenerateVideosOperation{.name = "models/m/operations/o"});
    CHECK(operation.done);
    CHECK(operation.error);
    const auto file =
        answered({R"({"name":"files/a","state":"FAILED","error":{"code":3}})"}).files.get("files/a");
    CHECK(file.state == genai::FileState::failed);
}

TEST_CASE("an error's code may be a word") {
    const Client client = answered({R"({"error":{"code":"not_found","message":"no such model"}})"});
    try {
        static_cast<void>(client.models.generate_content("m", "x"));
        FAIL("was taken for an answer");
    } catch (const ApiError& error) {
        CHECK(error.status() == "not_found");
        CHECK(error.message() == "no such model");
    }
}

TEST_CASE("events that say nothing are passed over") {
    for (const char* nothing :
         {"data:\n\n", "data: \n\n", "data: null\n\n", "data: ping\n\n", ": comment\n\n",
          "event: ping\ndata: {\"type\":\"ping\"}\n\n", "event: ping\ndata\n\n", "\n\n\n"}) {
        INFO(nothing);
        CHECK(streamed({nothing + event(chunk("a")) + nothing + event(chunk("b", "STOP")) + nothing}) ==
              std::vector<std::string>{"a", "b"});
    }
    CHECK(streamed({event(chunk("a", "STOP")) + "data: [DONE] \n\n"}) == std::vector<std::string>{"a"});
}

TEST_CASE("an event of the type error is the error it says") {
    const auto failing = [](const std::string& data) {
        streamed({event(chunk("a")) + "event: error\ndata: " + data + "\n\n"});
    };
    CHECK_THROWS_AS(failing(refusal), genai::RateLimitError);
    CHECK_THAT(message_of<ApiError>([&] { failing(R"({"message":"overloaded"})"); }),
               ContainsSubstring("overloaded"));
    CHECK_THAT(message_of<StreamInterrupted>([&] { failing("upstream went away"); }),
               ContainsSubstring("upstream went away"));
}

TEST_CASE("a stream as a list or as lines gives its chunks as they come") {
    const std::string first = chunk("a [\\\"{");
    const std::string second = chunk("b}]", "STOP");
    const std::vector<std::string> both{"a [\"{", "b}]"};
    for (const std::string& text : {'[' + first + ",\n" + second + ']', first + '\n' + second + '\n',
                                    first + second, "\xEF\xBB\xBF[" + first + "\r\n,\r\n" + second + "]\n"}) {
        INFO(text);
        CHECK(streamed({text}, "application/json") == both);
        CHECK(streamed(bytewise(text), "application/json") == both);
    }
    // the first chunk is delivered before the second has come
    std::vector<std::string> seen;
    std::size_t pieces = 0;
    const Client client(ClientOptions{.api_key = "k"},
                        genai::testing::ScriptedTransport{[&](const auto&, auto& sink) {
                            sink.head({.status = 200});
                            sink.data('[' + first);
                            pieces = seen.size();
                            sink.data(',' + second + ']');
                        }});
    client.models.generate_content_stream("m", "x", {}, [&](const auto& one) { seen.push_back(one.text()); });
    CHECK(pieces == 1);
    CHECK(seen == both);
    CHECK_THROWS_AS(streamed({'[' + first + ",{\"candidates\":["}, "application/json"), DecodeError);
    CHECK_THROWS_AS(streamed({"[]"}, "application/json"), StreamInterrupted);
}

TEST_CASE("events that answer a call without stream are put together") {
    const std::string usage =
        R"({"candidates":[{"content":{"parts":[{"text":"c"}]},"finishReason":"STOP"}],"usageMetadata":{"totalTokenCount":7}})";
    const std::string thought =
        R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true}],"role":"model"}}]})";
    const auto response =
        answered({event(thought) + event(chunk("a")) + ": x\n\n" + event(chunk("b")) + event(usage)},
                 "text/event-stream")
            .models.generate_content("m", "x");
    CHECK(response.text() == "abc");
    CHECK(response.thoughts() == "hm");
    CHECK(response.candidate().finish_reason == genai::FinishReason::stop);
    CHECK(response.usage_metadata->total_token_count == 7);
    CHECK(response.candidate().content->parts.size() == 2);
}

TEST_CASE("a page in place of a stream or an answer is told with where it came from") {
    for (const std::string& page :
         {std::string("<html><body>Sign in</body></html>"), std::string("not found"),
          std::string("true story"), std::string("404 page"), std::string("forbidden")}) {
        INFO(page);
        for (const bool stream : {false, true}) {
            const std::string message = message_of<DecodeError>([&] {
                const Client client = answered({page}, "text/html");
                if (stream) client.models.generate_content_stream("m", "x", {}, [](const auto&) {});
                else static_cast<void>(client.models.generate_content("m", "x"));
            });
            CHECK_THAT(message, ContainsSubstring("http://127.0.0.1:1/v1beta/models/m:") &&
                                    ContainsSubstring("text/html") && ContainsSubstring(page.substr(0, 9)) &&
                                    !ContainsSubstring("secret-key"));
        }
    }
}

TEST_CASE("what is no content coding is none") {
    for (const char* coding :
         {"identity", "none", "utf-8", "UTF-8", "binary", "8bit", "identity, identity", ""}) {
        INFO(coding);
        const Client client(ClientOptions{.api_key = "k"},
                            RecordingTransport({chunk("a", "STOP")}, 200, {{"Content-Encoding", coding}}));
        CHECK(client.models.generate_content("m", "x").text() == "a");
    }
    for (const char* coding : {"gzip", "identity, br"}) {
        const Client client(ClientOptions{.api_key = "k"},
                            RecordingTransport({chunk("a", "STOP")}, 200, {{"Content-Encoding", coding}}));
        CHECK_THROWS_AS(client.models.generate_content("m", "x"), TransportError);
    }
}

TEST_CASE("a response past its limit is a TransportError") {
    const std::string large = chunk(std::string(5000, 'a'), "STOP");
    CHECK_THAT(message_of<TransportError>([&] {
                   static_cast<void>(answered({large}, "application/json", {.max_response_bytes = 1000})
                                         .models.generate_content("m", "x"));
               }),
               ContainsSubstring("max_response_bytes") && ContainsSubstring("1000"));
    CHECK(answered({large}, "application/json", {.max_response_bytes = 6000})
              .models.generate_content("m", "x")
              .text()
              .size() == 5000);
    const auto stream = [&](std::vector<std::string> pieces) {
        answered(std::move(pieces), "text/event-stream", {.max_event_bytes = 1000})
            .models.generate_content_stream("m", "x", {}, [](const auto&) {});
    };
    CHECK_THAT(message_of<TransportError>([&] {
                   stream({"data: " + large, "\n\n"});
               }),
               ContainsSubstring("max_event_bytes"));
    CHECK_THAT(message_of<TransportError>([&] {
                   stream({large.substr(0, 2000), large.substr(2000)});
               }),
               ContainsSubstring("max_event_bytes"));
    std::string many;
    for (int i = 0; i < 100; ++i) many += event(chunk("some text"));
    CHECK_NOTHROW(stream({many + event(chunk("end", "STOP"))}));
}

TEST_CASE("a base URL may have a version, capitals and letters beyond ASCII") {
    const auto url_of = [](const std::string& base, std::optional<std::string> version = {}) {
        genai::HttpOptions options{.base_url = base};
        if (version) options.api_version = *version;
        const genai::testing::ScriptedTransport script{genai::testing::ScriptedTransport::text("x")};
        const Client client({.api_key = "k", .http_options = options}, script);
        static_cast<void>(client.models.generate_content("m", "x"));
        return script.requests().front().url;
    };
    CHECK(url_of("https://h/v1beta") == "https://h/v1beta/models/m:generateContent");
    CHECK(url_of("https://h/v1beta/") == "https://h/v1beta/models/m:generateContent");
    CHECK(url_of("https://h/gw/v1") == "https://h/gw/v1/models/m:generateContent");
    CHECK(url_of("https://h/v1", "v1beta") == "https://h/v1/v1beta/models/m:generateContent");
    CHECK(url_of("https://h/v1x") == "https://h/v1x/v1beta/models/m:generateContent");
    CHECK(url_of("HTTP://h") == "HTTP://h/v1beta/models/m:generateContent");
    CHECK(url_of("https://h/caf\xC3\xA9/a%20b") ==
          "https://h/caf%C3%A9/a%20b/v1beta/models/m:generateContent");
    CHECK_THROWS_AS(url_of("https://user:hunter2@h"), genai::InvalidArgument);
}
