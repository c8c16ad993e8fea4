// Tools of MCP servers over HTTP, of both eras of the protocol.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
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
