// What of an MCP server's tools reaches the model, and what becomes of messages that cannot be read.

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>

#include "mcp_service.hpp"

using namespace genai;
using Catch::Matchers::ContainsSubstring;
using genai::testing::LoopbackServer;
using genai::testing::RawReply;
using genai::testing::ReceivedRequest;

namespace {

/// A server that lists these tools and answers each call with this result; notes the names it is called by.
struct Fixed {
    Json tools{};
    Json result{};
    std::string* called{};

    std::string exchange(const std::string& text, const McpEnvelope&, const genai::stop_token&) const {
        const Json message = Json::parse(text);
        if (!message.contains("id")) return {};
        Json reply{{"jsonrpc", "2.0"}, {"id", message["id"]}};
        if (message["method"] == "initialize")
            reply["result"] = {{"protocolVersion", "2025-11-25"}, {"capabilities", Json::object()}};
        if (message["method"] == "tools/list") reply["result"] = {{"tools", tools}};
        if (message["method"] == "tools/call") {
            if (called != nullptr) *called = message["params"]["name"];
            reply["result"] = result;
        }
        return reply.dump();
    }
};

Json named(const std::string& name) { return {{"name", name}, {"inputSchema", {{"type", "object"}}}}; }

}  // namespace

TEST_CASE("names that the service does not take are made ones that it does, and lead back") {
    std::string called;
    const std::string longest(70, 'x');
    const Json tools{named("read file"),   named("read/file"),   named("9lives"), named(longest),
                     named(longest + "y"), named("caf\xC3\xA9"), named("plain")};
    const McpClient mcp(Fixed{.tools = tools, .result = {{"content", Json::array()}}, .called = &called});
    const Tool all = mcp.tools();
    std::set<std::string> names;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const std::string name = *all.function_declarations[i].name;
        INFO(name);
        CHECK(name.size() <= 64);
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-") ==
              std::string::npos);
        CHECK(names.insert(name).second);
        support::call(all, name);
        CHECK(Json(called) == tools[i]["name"]);
    }
    CHECK(*all.function_declarations[6].name == "plain");
    CHECK(*mcp.tools({.only = {"plain"}, .prefix = "fs_"}).function_declarations.at(0).name == "fs_plain");
    CHECK(*mcp.tools({.only = {"plain"}, .rename = [](const std::string& name) { return "my-" + name; }})
               .function_declarations.at(0)
               .name == "my-plain");
    CHECK_THROWS_AS(mcp.tools({.rename = [](const std::string&) { return std::string("one"); }}),
                    InvalidArgument);
    CHECK_THROWS_AS(mcp.tools({.only = {"nothing"}, .prefix = "fs_"}), InvalidArgument);
}

TEST_CASE("an input schema reaches the model, with or without properties") {
    const auto schema_of = [](const Json& schema) {
        const McpClient mcp(Fixed{.tools = Json::array({{{"name", "f"}, {"inputSchema", schema}}})});
        return mcp.tools().function_declarations.at(0).parameters_json_schema.text();
    };
    for (const char* kept :
         {R"({"anyOf":[{"type":"object"}]})", R"({"$ref":"#/$defs/a","$defs":{"a":{"type":"object"}}})",
          R"({"type":"object","additionalProperties":{"type":"string"}})",
          R"({"type":"object","patternProperties":{"^x":{}}})",
          R"({"type":"object","properties":{"a":{"type":"string"}}})"})
        CHECK(Json::parse(schema_of(Json::parse(kept))) == Json::parse(kept));
    for (const char* empty :
         {R"({"type":"object"})", R"({"type":"object","properties":{}})",
          R"({"type":"object","properties":{},"required":[],"additionalProperties":false})"})
        CHECK(schema_of(Json::parse(empty)).empty());
}

TEST_CASE("a result is sent once, and its blobs are media") {
    const auto answer = [](const Json& result) {
        const McpClient mcp(Fixed{.tools = Json::array({named("f")}), .result = result});
        return support::call(mcp.tools(), "f");
    };
    const Json structured{{"temperature", 21}};
    const auto once = answer(
        {{"content", {{{"type", "text"}, {"text", structured.dump(1)}}}}, {"structuredContent", structured}});
    CHECK(*once.response == Json{{"structuredContent", structured}});
    const auto both =
        answer({{"content", {{{"type", "text"}, {"text", "warm"}}}}, {"structuredContent", structured}});
    CHECK(both.response->size() == 2);
    const auto media = answer(
        {{"content",
          {{{"type", "resource"},
            {"resource", {{"uri", "file:///a.png"}, {"mimeType", "image/png"}, {"blob", "aGVsbG8="}}}}}}});
    REQUIRE(media.parts.size() == 1);
    CHECK(media.parts[0].inline_data->mime_type == "image/png");
    CHECK(media.parts[0].inline_data->data->view() == "hello");
    CHECK_FALSE(media.response->at("content")[0]["resource"].contains("blob"));
}

TEST_CASE("a message that cannot be read fails the waiting call at once") {
    const auto begun = std::chrono::steady_clock::now();
    for (const std::string& text : {std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":NaN}}"),
                                    std::string("<html>busy</html>"),
                                    std::string("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"\t\"}}"),
                                    std::string("[{\"jsonrpc\":\"2.0\",\"id\":1}]"),
                                    std::string("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{}}")}) {
        for (const bool events : {false, true}) {
            INFO(text << events);
            if (events && text.starts_with('<')) continue;  // no event of JSON: a ping
            LoopbackServer server([&](const ReceivedRequest&) {
                RawReply reply{.pieces = {events ? "data: " + text + "\n\n" : text}};
                reply.headers.add("Content-Type", events ? "text/event-stream" : "application/json");
                return reply;
            });
            try {
                const McpClient mcp(McpHttpOptions{.url = server.url()});
                FAIL("was read");
            } catch (const TransportError& error) {
                CHECK_THAT(error.what(), ContainsSubstring("cannot be read"));
            }
        }
    }
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
}

TEST_CASE("half a surrogate pair in a message is replaced") {
    const auto message = detail::read_mcp(R"({"jsonrpc":"2.0","id":1,"result":{"text":"a\ud83d"}})");
    CHECK(message["result"]["text"] == "a\xEF\xBF\xBD");
}

TEST_CASE("a status that says what to do is told with it") {
    const auto refusal = [](int status, const http::Headers& headers) {
        LoopbackServer server(
            [&](const ReceivedRequest&) { return RawReply{.status = status, .headers = headers}; });
        try {
            const McpClient mcp(McpHttpOptions{.url = server.url() + "/mcp?token=hidden"});
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("nothing was thrown");
    };
    CHECK_THAT(refusal(401, {{"WWW-Authenticate", "Bearer realm=x"}}),
               ContainsSubstring("Authorization") && ContainsSubstring("Bearer realm=x"));
    CHECK_THAT(refusal(307, {{"Location", "https://elsewhere/mcp?token=hidden"}}),
               ContainsSubstring("https://elsewhere/mcp") && !ContainsSubstring("hidden"));
    CHECK_THAT(refusal(405, {}), ContainsSubstring("HTTP+SSE") && !ContainsSubstring("hidden"));
    CHECK_THROWS_AS(McpClient(McpHttpOptions{.url = "http://127.0.0.1:1",
                                             .headers = {{"Authorization", "Bearer a\nX: y"}}}),
                    InvalidArgument);
    CHECK_THAT(refusal(200, {{"Mcp-Session-Id", "a b"}}),
               ContainsSubstring("session id") || ContainsSubstring("answer"));
}
