// Tools of MCP servers, programs and over HTTP, of both eras of the protocol.

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>

#include "mcp_double.hpp"

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using testing::LoopbackServer;
using testing::RawReply;
using testing::ReceivedRequest;

namespace {

FunctionResponse call(const Tool& tools, const std::string& name, Json args = Json::object(), const std::stop_token& stop = {}) {
    return call_function({tools}, {.args = std::move(args), .id = "1", .name = name}, stop);
}

/// What both transports must give.
void check_tools(const McpClient& mcp) {
    const Tool tools = mcp.tools();
    REQUIRE(tools.function_declarations.size() == 4);
    CHECK(encode(tools.function_declarations[0]) ==
          R"({"description":"does add","name":"add","parametersJsonSchema":{"properties":{"a":{"type":"number"},"b":{"type":"number"}},"type":"object"}})");
    CHECK(tools.function_declarations[1].parameters_json_schema.text().empty());
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).id == "1");
    CHECK_THAT(call(tools, "add").response->at("error").get<std::string>(), ContainsSubstring("-32602") && ContainsSubstring("a is missing"));
    CHECK(call(tools, "fail").response->at("error")["content"][0]["text"] == "no luck");
    const FunctionResponse picture = call(tools, "picture");
    CHECK(picture.parts.at(0).inline_data->data == Bytes(std::string("hi")));
    CHECK(picture.parts.at(0).inline_data->mime_type == "image/png");
    CHECK(picture.response->at("structuredContent") == Json{{"width", 2}});
    CHECK_FALSE(picture.response->at("content")[0].contains("data"));
    const Tool some = mcp.tools({"fail"});
    CHECK(some.function_declarations.size() == 1);
    CHECK(some.handlers.size() == 1);
    CHECK_THROWS_AS(mcp.tools({"nothing"}), InvalidArgument);
}

/// An MCP server over HTTP.
struct HttpDouble {
    explicit HttpDouble(bool modern, bool events) : said(modern), events_(events), modern_(modern) {}

    RawReply answer(const ReceivedRequest& request) {
        const std::lock_guard lock(mutex);
        requests.push_back(request);
        if (request.method == "DELETE") return {.status = 204};
        const Json message = Json::parse(request.body);
        if (!modern_ && forget.exchange(false)) return {.status = 404};
        const auto result = said.answer(message);
        if (!result) return {.status = 202};
        RawReply reply{.status = result->contains("error") && (*result)["error"]["code"] == -32601 ? 400 : 200};
        if (!modern_ && message["method"] == "initialize") reply.headers.add("Mcp-Session-Id", "session " + std::to_string(++sessions));
        reply.headers.add("Content-Type", events_ ? "text/event-stream" : "application/json");
        if (events_) reply.pieces = {"event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n", "data: " + result->dump() + "\n\n"};
        else reply.pieces = {result->dump()};
        return reply;
    }

    support::McpDouble said;
    std::mutex mutex{};
    std::vector<ReceivedRequest> requests{};
    std::atomic<bool> forget{false};
    int sessions{0};

private:
    bool events_;
    bool modern_;
};

}  // namespace

#if !defined(_WIN32)

TEST_CASE("the tools of a program") {
    for (const char* kind : {"legacy", "modern"}) {
        INFO(kind);
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, kind}, .environment = {{"GENAI_TEST_VARIABLE", "heard"}}});
        check_tools(mcp);
        CHECK_THAT(mcp.server_info()["name"].get<std::string>(), ContainsSubstring("double"));
        CHECK(call(mcp.tools(), "env").response->at("content")[0]["text"] == "heard");
    }
    const McpClient legacy(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "legacy"}});
    CHECK(call(legacy.tools(), "add", {{"a", 1}, {"b", 1}}).response->at("pong") == Json::parse(R"({"jsonrpc":"2.0","id":"p","result":{}})"));
}

TEST_CASE("a model calls an MCP server's tools") {
    testing::Emulator emulator;
    const Client client(emulator.client_options());
    std::optional<McpClient> mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM}});
    const Tool tools = mcp->tools();
    mcp.reset();  // the tools keep the conversation
    const auto response = client.models.generate_content("gemini-2.5-flash", "Please add", {.tools = {tools}});
    CHECK_THAT(response.text(), ContainsSubstring("add gave") && ContainsSubstring("\"2\""));
}

TEST_CASE("a program that does not answer, that ends, or that there is none of") {
    SECTION("in time") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "slow"}, .timeout = std::chrono::milliseconds(2000)});
        const Tool tools = mcp.tools();
        CHECK_THAT(call(tools, "env").response->at("error").get<std::string>(), ContainsSubstring("timeout"));
        CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");  // not the late one's
    }
    SECTION("before the call is cancelled") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "slow"}});
        const Tool tools = mcp.tools();
        std::stop_source source;
        std::thread canceller([&source] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            source.request_stop();
        });
        CHECK_THAT(call(tools, "env", Json::object(), source.get_token()).response->at("error").get<std::string>(), ContainsSubstring("cancelled"));
        canceller.join();
        CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    }
    SECTION("at all") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "dies"}});
        const Tool tools = mcp.tools();
        CHECK_THAT(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("error").get<std::string>(), ContainsSubstring("closed"));
        CHECK_THAT(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("error").get<std::string>(), ContainsSubstring("closed"));
    }
    SECTION("because it is not there") {
        CHECK_THROWS_AS(McpClient(McpProcessOptions{.command = {"/nowhere/at/all"}}), InvalidArgument);
        CHECK_THROWS_AS(McpClient(McpProcessOptions{}), InvalidArgument);
        CHECK_THROWS_AS(McpClient(McpProcessOptions{.command = {"true"}}), TransportError);
    }
    SECTION("to the end of its input") { CHECK(McpClient(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "stubborn"}}).tools().handlers.size() == 4); }
}

#endif

TEST_CASE("the tools of a server over HTTP") {
    for (const bool modern : {false, true})
        for (const bool events : {false, true}) {
            INFO(modern << events);
            HttpDouble served(modern, events);
            const LoopbackServer server([&](const ReceivedRequest& request) { return served.answer(request); });
            {
                const McpClient mcp(McpHttpOptions{.url = server.url() + "/mcp", .headers = {{"Authorization", "Bearer secret"}}, .proxy = ""});
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
                CHECK(request.headers.get("mcp-protocol-version") == (modern ? "2026-07-28" : "2025-06-18"));
                CHECK(request.headers.get("mcp-session-id") == (modern ? "" : "session 1"));
                CHECK(request.headers.get("mcp-method") == (modern ? message["method"].get<std::string>() : ""));
                CHECK(request.headers.get("mcp-name") == (modern && message["method"] == "tools/call" ? message["params"]["name"].get<std::string>() : ""));
            }
            CHECK(served.requests.back().method == (modern ? "POST" : "DELETE"));
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
        if (request.headers.get("mcp-session-id") == "session " + std::to_string(forgotten)) return {.status = 404};
        return served.answer(request);
    });
    const McpClient mcp(McpHttpOptions{.url = server.url(), .proxy = ""});
    const Tool tools = mcp.tools();
    forgotten = 1;
    std::vector<std::thread> callers;
    std::atomic<int> answered{0};
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] {
            if (call_function({tools}, {.args = Json{{"a", 2}, {"b", 3}}, .name = "add"}).response->contains("content")) ++answered;
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
            const McpClient mcp(McpHttpOptions{.url = server.url() + "/?token=secret", .headers = {{"Authorization", "Bearer secret"}}, .proxy = ""});
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
    CHECK(code(403, R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"go away, Bearer secret"},"id":null})") == -32001);
    CHECK(code(200, R"({"jsonrpc":"2.0","error":{"code":-32002,"message":"secret is no key"},"id":1})") == -32002);
    CHECK(code(200, "<html>") == -1);
    CHECK(code(200, "") == -1);
    CHECK(code(200, R"({"jsonrpc":"2.0","id":1,"result":7})") == 0);
    CHECK(code(200, R"([1])") == -1);
    CHECK_THROWS_AS(McpClient(McpHttpOptions{.url = "nowhere"}), InvalidArgument);
}
