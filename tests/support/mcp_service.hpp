#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>

#include "mcp_double.hpp"

namespace support {

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;

inline FunctionResponse call(const Tool& tools, const std::string& name, Json args = Json::object(),
                             const genai::stop_token& stop = {}) {
    return call_function({tools}, {.args = std::move(args), .id = "1", .name = name}, stop);
}

/// What both transports must give.
inline void check_tools(const McpClient& mcp) {
    const Tool tools = mcp.tools();
    REQUIRE(tools.function_declarations.size() == 4);
    CHECK(
        encode(tools.function_declarations[0]) ==
        R"({"description":"does add","name":"add","parametersJsonSchema":{"properties":{"a":{"type":"number"},"b":{"type":"number"}},"type":"object"}})");
    CHECK(tools.function_declarations[1].parameters_json_schema.text().empty());
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).response->at("content")[0]["text"] == "5");
    CHECK(call(tools, "add", {{"a", 2}, {"b", 3}}).id == "1");
    CHECK_THAT(call(tools, "add").response->at("error").get<std::string>(),
               ContainsSubstring("-32602") && ContainsSubstring("a is missing"));
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
    explicit HttpDouble(bool stateless, bool events)
        : said(stateless), events_(events), stateless_(stateless) {}

    RawReply answer(const ReceivedRequest& request) {
        const std::lock_guard lock(mutex);
        requests.push_back(request);
        if (request.method == "DELETE") return {.status = 204};
        const Json message = Json::parse(request.body);
        if (!stateless_ && forget.exchange(false)) return {.status = 404};
        const auto result = said.answer(message);
        if (!result) return {.status = 202};
        RawReply reply{.status =
                           result->contains("error") && (*result)["error"]["code"] == -32601 ? 400 : 200};
        if (!stateless_ && message["method"] == "initialize")
            reply.headers.add("Mcp-Session-Id", "session-" + std::to_string(++sessions));
        reply.headers.add("Content-Type", events_ ? "text/event-stream" : "application/json");
        if (events_)
            reply.pieces = {
                "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n",
                "data: " + result->dump() + "\n\n"};
        else reply.pieces = {result->dump()};
        return reply;
    }

    McpDouble said;
    std::mutex mutex{};
    std::vector<ReceivedRequest> requests{};
    std::atomic<bool> forget{false};
    int sessions{0};

private:
    bool events_;
    bool stateless_;
};

}  // namespace support
