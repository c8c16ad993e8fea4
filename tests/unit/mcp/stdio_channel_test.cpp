// Tools of MCP servers that are programs, of both eras of the protocol.

#include <atomic>
#include <chrono>
#include <optional>
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
using genai::testing::Emulator;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;

#if !defined(_WIN32)

TEST_CASE("the tools of a program") {
    for (const char* kind : {"sessions", "stateless"}) {
        INFO(kind);
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, kind},
                                              .environment = {{"GENAI_TEST_VARIABLE", "heard"}}});
        check_tools(mcp);
        CHECK_THAT(mcp.server_info()["name"].get<std::string>(), ContainsSubstring("double"));
        CHECK(call(mcp.tools(), "env").response->at("content")[0]["text"] == "heard");
    }
    const McpClient legacy(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "sessions"}});
    CHECK(call(legacy.tools(), "add", {{"a", 1}, {"b", 1}}).response->at("pong") ==
          Json::parse(R"({"jsonrpc":"2.0","id":"p","result":{}})"));
}

TEST_CASE("a model calls an MCP server's tools") {
    testing::Emulator emulator;
    const Client client(emulator.client_options());
    std::optional<McpClient> mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM}});
    const Tool tools = mcp->tools();
    mcp.reset();  // the tools keep the conversation
    const auto response =
        client.models.generate_content("gemini-2.5-flash", "Please add", {.tools = {tools}});
    CHECK_THAT(response.text(), ContainsSubstring("add gave") && ContainsSubstring("\"2\""));
}

TEST_CASE("a program that does not answer, that ends, or that there is none of") {
    SECTION("in time") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "slow"},
                                              .timeout = std::chrono::milliseconds(2000)});
        const Tool tools = mcp.tools();
        CHECK_THAT(call(tools, "env").response->at("error").get<std::string>(), ContainsSubstring("timeout"));
        CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] ==
              "5");  // not the late one's
    }
    SECTION("before the call is cancelled") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "slow"}});
        const Tool tools = mcp.tools();
        genai::stop_source source;
        std::thread canceller([&source] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            source.request_stop();
        });
        CHECK_THAT(
            call(tools, "env", Json::object(), source.get_token()).response->at("error").get<std::string>(),
            ContainsSubstring("cancelled"));
        canceller.join();
        CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    }
    SECTION("at all") {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "dies"}});
        const Tool tools = mcp.tools();
        CHECK_THAT(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("error").get<std::string>(),
                   ContainsSubstring("closed"));
        CHECK_THAT(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("error").get<std::string>(),
                   ContainsSubstring("closed"));
    }
    SECTION("because it is not there") {
        CHECK_THROWS_AS(McpClient(McpProcessOptions{.command = {"/nowhere/at/all"}}), InvalidArgument);
        CHECK_THROWS_AS(McpClient(McpProcessOptions{}), InvalidArgument);
        CHECK_THROWS_AS(McpClient(McpProcessOptions{.command = {"true"}}), TransportError);
    }
    SECTION("to the end of its input") {
        CHECK(McpClient(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "stubborn"}})
                  .tools()
                  .handlers.size() == 4);
    }
}

TEST_CASE("calls to one program are made at the same time") {
    const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "both"}});
    const Tool tools = mcp.tools();
    std::vector<FunctionResponse> got(2);
    std::thread other([&] { got[0] = call(tools, "add", {{"a", 1}, {"b", 1}}); });
    got[1] = call(tools, "add", {{"a", 2}, {"b", 3}});  // neither is answered before both are there
    other.join();
    CHECK(got[0].response->at("content")[0]["text"] == "2");
    CHECK(got[1].response->at("content")[0]["text"] == "5");
    const auto begin = std::chrono::steady_clock::now();
    CHECK_THAT(call(tools, "fail").response->at("error").get<std::string>(), ContainsSubstring("nonsense"));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));  // not at the time limit
}

TEST_CASE("many calls to one program at once are each answered with their own") {
    const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "stateless"}});
    const Tool tools = mcp.tools();
    std::atomic<int> right{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&, i] {
            for (int j = 0; j < 20; ++j)
                if (call(tools, "add", {{"a", i}, {"b", 100 * j}}).response->at("content")[0]["text"] ==
                    std::to_string(i + 100 * j))
                    ++right;
        });
    for (std::thread& caller : callers) caller.join();
    CHECK(right == 160);
}

TEST_CASE("a program that has ended is started again by the next call") {
    const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "once"}});
    const Tool tools = mcp.tools();
    for (int i = 0; i < 3; ++i) {
        CHECK(call(tools, "add", {{"a", i}, {"b", 3}}).response->at("content")[0]["text"] ==
              std::to_string(i + 3));
        CHECK(mcp.tools().handlers.size() == 4);
    }
}

TEST_CASE("progress extends the time limit of a call, to the end of the total one") {
    const auto answer = [](std::chrono::milliseconds total) {
        const McpClient mcp(McpProcessOptions{.command = {GENAI_MCP_PROGRAM, "progress"},
                                              .timeout = std::chrono::milliseconds(1000),
                                              .total_timeout = total});
        return *call(mcp.tools(), "add", {{"a", 2}, {"b", 3}}).response;
    };
    CHECK(answer(std::chrono::seconds(30)).contains("content"));
    CHECK_THAT(answer(std::chrono::milliseconds(1100))["error"].get<std::string>(),
               ContainsSubstring("in time"));
}

#endif
