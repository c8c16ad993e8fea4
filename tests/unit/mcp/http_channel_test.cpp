// Tools of MCP servers over HTTP, of both eras of the protocol.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>

#include "mcp_service.hpp"

using namespace genai;
using namespace support;
using Catch::Matchers::ContainsSubstring;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;

TEST_CASE("the tools of a server over HTTP") {
    for (const bool stateless : {false, true})
        for (const bool events : {false, true}) {
            INFO(stateless << events);
            HttpDouble served(stateless, events);
            const LoopbackServer server(
                [&](const ReceivedRequest& request) { return served.answer(request); });
            {
                const McpClient mcp(McpHttpOptions{.url = server.url() + "/mcp",
                                                   .headers = {{"Authorization", "Bearer secret"}},
                                                   .proxy = ""});
                check_tools(mcp);
                CHECK_THAT(mcp.server_info()["name"].get<std::string>(), ContainsSubstring("double"));
            }
            const std::lock_guard lock(served.mutex);
            for (const auto& request : served.requests) {
                CHECK(request.path == "/mcp");
                CHECK(request.headers.get("authorization") == "Bearer secret");
                if (request.method != "POST") continue;
                CHECK(request.headers.get("accept") == "application/json, text/event-stream");
                const Json message = Json::parse(request.body);
                if (message["method"] == "initialize") continue;
                CHECK(request.headers.get("mcp-protocol-version") ==
                      (stateless ? "2026-07-28" : "2025-06-18"));
                CHECK(request.headers.get("mcp-session-id") == (stateless ? "" : "session-1"));
                CHECK(request.headers.get("mcp-method") ==
                      (stateless ? message["method"].get<std::string>() : ""));
                CHECK(request.headers.get("mcp-name") == (stateless && message["method"] == "tools/call"
                                                              ? message["params"]["name"].get<std::string>()
                                                              : ""));
            }
            CHECK(served.requests.back().method == (stateless ? "POST" : "DELETE"));
        }
}

TEST_CASE("a session that the server has forgotten is begun anew") {
    HttpDouble served(false, false);
    const LoopbackServer server([&](const ReceivedRequest& request) { return served.answer(request); });
    const McpClient mcp(McpHttpOptions{.url = server.url(), .proxy = ""});
    const Tool tools = mcp.tools();
    served.forget = true;
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    CHECK(served.sessions == 2);
}

TEST_CASE("a session that was lost under many calls is begun anew once") {
    HttpDouble served(false, false);
    std::atomic<bool> down{false};
    std::atomic<int> forgotten{0};  // which session
    const LoopbackServer server([&](const ReceivedRequest& request) -> RawReply {
        if (down) return {.status = 503};
        if (request.headers.get("mcp-session-id") == "session-" + std::to_string(forgotten))
            return {.status = 404};
        return served.answer(request);
    });
    const McpClient mcp(McpHttpOptions{.url = server.url(), .proxy = ""});
    const Tool tools = mcp.tools();
    forgotten = 1;
    std::vector<std::thread> callers;
    std::atomic<int> answered{0};
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] {
            if (call_function({tools}, {.args = Json{{"a", 2}, {"b", 3}}, .name = "add"})
                    .response->contains("content"))
                ++answered;
        });
    for (std::thread& caller : callers) caller.join();
    CHECK(answered == 8);
    CHECK(served.sessions == 2);
    down = true;  // the server is started again, and not ready at once
    forgotten = 2;
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->contains("error"));
    down = false;
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->contains("content"));
    CHECK(served.sessions == 3);
}

TEST_CASE("a server that asks without end is not answered without end") {
    std::atomic<int> posts{0};
    const LoopbackServer server([&](const ReceivedRequest& request) {
        ++posts;
        const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
        const bool first = request.body.find("initialize") != std::string::npos;
        RawReply reply{.pieces = {ping}};
        reply.headers.add("Content-Type", first ? "text/event-stream" : "application/json");
        if (first) reply.pieces.assign(100, "data: " + ping + "\n\n");
        return reply;
    });
    CHECK_THROWS_AS(McpClient(McpHttpOptions{.url = server.url(), .proxy = ""}), Error);
    CHECK(posts == 17);
}

TEST_CASE("an HTTP server that refuses, or answers with something else") {
    std::string body;
    int status = 200;
    const LoopbackServer server([&](const ReceivedRequest&) {
        RawReply reply{.status = status, .pieces = {body}};
        reply.headers.add("Content-Type", "application/json");
        return reply;
    });
    const auto code = [&](int with, const std::string& text) -> std::int64_t {
        status = with;
        body = text;
        try {
            const McpClient mcp(McpHttpOptions{.url = server.url() + "/?token=secret",
                                               .headers = {{"Authorization", "Bearer secret"}},
                                               .proxy = ""});
        } catch (const McpError& problem) {
            CHECK_THAT(problem.what(), !ContainsSubstring("secret"));
            return problem.code();
        } catch (const TransportError& problem) {
            CHECK_THAT(problem.what(), !ContainsSubstring("secret"));
            return -1;
        }
        return -2;
    };
    CHECK(code(401, "") == 401);
    CHECK(code(403,
               R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"go away, Bearer secret"},"id":null})") ==
          -32001);
    CHECK(code(200, R"({"jsonrpc":"2.0","error":{"code":-32002,"message":"secret is no key"},"id":1})") ==
          -32002);
    CHECK(code(200, "<html>") == -1);
    CHECK(code(200, "") == -1);
    CHECK(code(200, R"({"jsonrpc":"2.0","id":1,"result":7})") == 0);
    CHECK(code(200, R"([1])") == -1);
    CHECK_THROWS_AS(McpClient(McpHttpOptions{.url = "nowhere"}), InvalidArgument);
}

namespace {

/// An MCP server whose answers to calls come over streams of events that `stream` gives.
struct ResumedDouble {
    /// What is sent for the n-th request of a call's stream: the POST is 0, each GET after it one more.
    std::function<RawReply(int n, const std::string& answer)> stream;
    HttpDouble served{false, false};
    std::mutex mutex{};
    std::vector<ReceivedRequest> gets{};
    std::vector<Json> notifications{};
    std::string answer{};

    RawReply reply(const ReceivedRequest& request) {
        const std::lock_guard lock(mutex);
        if (request.method == "GET") {
            gets.push_back(request);
            return stream(static_cast<int>(gets.size()), answer);
        }
        const Json message = Json::parse(request.body, nullptr, false);
        if (message.is_object() && !message.contains("id")) notifications.push_back(message);
        if (!message.is_object() || message.value("method", "") != "tools/call")
            return served.answer(request);
        answer = served.said.answer(message)->dump();
        return stream(0, answer);
    }
};

RawReply events(std::vector<std::string> pieces, int status = 200) {
    RawReply reply{.status = status, .pieces = std::move(pieces)};
    reply.headers.add("Content-Type", "text/event-stream");
    return reply;
}

}  // namespace

TEST_CASE("a stream of events that ends before the answer is resumed after its last event") {
    ResumedDouble served{[](int n, const std::string& answer) {
        if (n == 0) return events({"id: a1\nretry: 5\ndata:\n\n"});
        if (n == 1)
            return events(
                {"id: a2\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\nid: a3"});
        return events({"id: a4\ndata: " + answer + "\n\n"});
    }};
    const LoopbackServer server([&](const ReceivedRequest& request) { return served.reply(request); });
    const McpClient mcp(McpHttpOptions{.url = server.url(), .headers = {{"X-Own", "1"}}, .proxy = ""});
    CHECK(call(mcp.tools(), "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    REQUIRE(served.gets.size() == 2);
    CHECK(served.gets[0].headers.get("last-event-id") == "a1");
    CHECK(served.gets[1].headers.get("last-event-id") == "a2");  // a3's event was not complete
    for (const auto& get : served.gets) {
        CHECK(get.headers.get("accept") == "text/event-stream");
        CHECK(get.headers.get("mcp-session-id") == "session-1");
        CHECK(get.headers.get("mcp-protocol-version") == "2025-06-18");
        CHECK(get.headers.get("x-own") == "1");
    }
}

TEST_CASE("a stream of events that cannot be resumed, or is in vain, is an error") {
    const auto error = [](std::function<RawReply(int, const std::string&)> stream, std::size_t* asked) {
        ResumedDouble served{std::move(stream)};
        const LoopbackServer server([&](const ReceivedRequest& request) { return served.reply(request); });
        const McpClient mcp(McpHttpOptions{.url = server.url(), .proxy = ""});
        const Json said = *call(mcp.tools(), "add", {{"a", 2}, {"b", 3}}).response;
        const std::lock_guard lock(served.mutex);
        *asked = served.gets.size();
        CHECK(served.served.sessions == 1);
        return said.at("error").get<std::string>();
    };
    std::size_t asked = 0;
    CHECK_THAT(error([](int, const std::string&) { return events({"data:\n\n"}); }, &asked),
               ContainsSubstring("holds no answer"));
    CHECK(asked == 0);
    CHECK_THAT(error([](int, const std::string&) { return events({"id: 1\nretry: 1\ndata:\n\n"}); }, &asked),
               ContainsSubstring("holds no answer"));
    CHECK(asked == 5);
    for (const int status : {404, 405, 500}) {
        CHECK_THAT(error(
                       [status](int n, const std::string&) {
                           return n == 0 ? events({"id: 1\nretry: 1\ndata:\n\n"})
                                         : RawReply{.status = status};
                       },
                       &asked),
                   ContainsSubstring(std::to_string(status)) && ContainsSubstring("resumed"));
        CHECK(asked == 1);
    }
    CHECK_THAT(
        error([](int, const std::string&) { return events({"id: 1\nretry: 3600000\ndata:\n\n"}); }, &asked),
        ContainsSubstring("timeout"));
    CHECK(asked == 0);
}

TEST_CASE("a call over HTTP that is cancelled or times out is cancelled at the server") {
    for (const bool cancelled : {false, true}) {
        INFO(cancelled);
        genai::stop_source source;
        ResumedDouble served{[&](int, const std::string&) {
            if (cancelled) source.request_stop();
            return events({cancelled ? "id: 1\nretry: 20\ndata:\n\n" : "id: 1\nretry: 3600000\ndata:\n\n"});
        }};
        const LoopbackServer server([&](const ReceivedRequest& request) { return served.reply(request); });
        const McpClient mcp(McpHttpOptions{.url = server.url(), .proxy = ""});
        const Tool tools = mcp.tools();
        served.notifications.clear();
        CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}, source.get_token()).response->contains("error"));
        const std::lock_guard lock(served.mutex);
        REQUIRE(served.notifications.size() == 1);
        CHECK(served.notifications[0]["method"] == "notifications/cancelled");
        CHECK(served.notifications[0]["params"]["requestId"] == Json::parse(served.answer)["id"]);
    }
}

TEST_CASE("progress over HTTP extends the time limit, of the call that it is of alone") {
    const auto answer = [](int token_offset, std::chrono::milliseconds total) {
        ResumedDouble served{[&](int, const std::string& text) {
            const Json progress{
                {"jsonrpc", "2.0"},
                {"method", "notifications/progress"},
                {"params",
                 {{"progressToken", Json::parse(text)["id"].get<int>() + token_offset}, {"progress", 1}}}};
            RawReply reply = events(std::vector<std::string>(6, "data: " + progress.dump() + "\n\n"));
            reply.pieces.push_back("data: " + text + "\n\n");
            reply.piece_delay = std::chrono::milliseconds(250);
            reply.chunked = true;
            return reply;
        }};
        const LoopbackServer server([&](const ReceivedRequest& request) { return served.reply(request); });
        const McpClient mcp(McpHttpOptions{.url = server.url(),
                                           .timeout = std::chrono::milliseconds(1000),
                                           .total_timeout = total,
                                           .proxy = ""});
        return *call(mcp.tools(), "add", {{"a", 2}, {"b", 3}}).response;
    };
    CHECK(answer(0, std::chrono::seconds(30)).contains("content"));
    CHECK(answer(1, std::chrono::seconds(30)).contains("error"));
    CHECK(answer(0, std::chrono::milliseconds(1100)).contains("error"));
}
