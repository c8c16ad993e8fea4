#pragma once

// What an MCP server says, for tests: two tools a page, of either era of the protocol.

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace support {

class McpDouble {
public:
    using Json = nlohmann::json;

    explicit McpDouble(bool stateless) : stateless_(stateless) {}

    /// The answer to a message; nothing for what needs none.
    std::optional<Json> answer(const Json& message) const {
        if (!message.contains("id") || !message.contains("method")) return std::nullopt;
        const std::string method = message["method"];
        const Json params = message.value("params", Json::object());
        if (stateless_ && method == "initialize") return error(message, -32601, "there is no such method");
        if (stateless_ && params.value(Json::json_pointer("/_meta/io.modelcontextprotocol~1protocolVersion"),
                                       "") != "2026-07-28")
            return error(message, -32022, "which protocol?");
        if (method == "initialize")
            return result(message, {{"protocolVersion", "2025-06-18"},
                                    {"capabilities", Json::object()},
                                    {"serverInfo", {{"name", "double"}}}});
        if (method == "server/discover")
            return result(
                message,
                {{"supportedVersions", {"2026-07-28"}},
                 {"_meta", {{"io.modelcontextprotocol/serverInfo", {{"name", "stateless double"}}}}}});
        if (method == "tools/list") {
            if (params.value("cursor", "") == "2")
                return result(message, {{"tools", {tool("picture"), tool("fail"), "not a tool"}}});
            return result(
                message,
                {{"tools",
                  {tool("add",
                        R"({"type":"object","properties":{"b":{"type":"number"},"a":{"type":"number"}}})"),
                   tool("env")}},
                 {"nextCursor", "2"}});
        }
        if (method == "tools/call")
            return call(message, params.value("name", ""), params.value("arguments", Json::object()));
        return error(message, -32601, "there is no such method");
    }

private:
    static Json tool(const char* name, const char* schema = R"({"type":"object"})") {
        return {{"name", name},
                {"description", std::string("does ") + name},
                {"inputSchema", Json::parse(schema)}};
    }
    static Json text(const std::string& said) { return {{"content", {{{"type", "text"}, {"text", said}}}}}; }
    Json call(const Json& message, const std::string& name, const Json& args) const {
        if (name == "add" && !(args.contains("a") && args["a"].is_number()))
            return error(message, -32602, "a is missing");
        if (name == "add")
            return result(message, text(std::to_string(args["a"].get<int>() + args["b"].get<int>())));
        if (name == "picture")
            return result(message,
                          {{"content", {{{"type", "image"}, {"data", "aGk="}, {"mimeType", "image/png"}}}},
                           {"structuredContent", {{"width", 2}}}});
        if (name == "fail") {
            Json failed = text("no luck");
            failed["isError"] = true;
            return result(message, failed);
        }
        const char* const variable = std::getenv("GENAI_TEST_VARIABLE");
        return result(message, text(variable == nullptr ? "" : variable));
    }
    Json result(const Json& message, Json value) const {
        if (stateless_) value["resultType"] = "complete";
        return {{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", std::move(value)}};
    }
    static Json error(const Json& message, int code, const char* what) {
        return {{"jsonrpc", "2.0"}, {"id", message["id"]}, {"error", {{"code", code}, {"message", what}}}};
    }

    bool stateless_;
};

}  // namespace support
