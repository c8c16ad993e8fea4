#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/functions/names.hpp>
#include <genai/mcp/error.hpp>
#include <genai/mcp/http_channel.hpp>
#include <genai/mcp/session.hpp>
#include <genai/mcp/stdio_channel.hpp>
#include <genai/net/tls_options.hpp>
#include <genai/tools.hpp>
#include <genai/transport.hpp>
#include <genai/transport/http.hpp>
#include <genai/types/content.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// A server of the Model Context Protocol that is reached by HTTP.
struct McpHttpOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string url{};                                 ///< its endpoint
    Dict<std::string> headers{};                       ///< sent with every message, such as an Authorization
    std::chrono::milliseconds timeout{60000};  ///< longest wait for an answer; begins anew with each report
                                               ///< of progress
    std::chrono::milliseconds total_timeout{600000};  ///< longest wait for an answer in spite of progress
    TlsOptions tls{};                                 ///< CA certificates
    std::optional<std::string> proxy{};               ///< as in ClientOptions
};

/// A server of the Model Context Protocol that is a program of this machine.
struct McpProcessOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> command{};                ///< the program, looked for in PATH, and its arguments
    /// Variables for it, beside HOME, LANG, LOGNAME, PATH, SHELL, TERM, TMPDIR and USER of this process: it
    /// is not given the rest, where there may be keys.
    Dict<std::string> environment{};
    std::chrono::milliseconds timeout{60000};  ///< longest wait for an answer; begins anew with each report
                                               ///< of progress
    std::chrono::milliseconds total_timeout{600000};  ///< longest wait for an answer in spite of progress
    bool show_log{false};  ///< whether what it writes to its standard error goes to this process's
};

/// Which tools of a server, and under which names. A name that the service does not take is made one that it
/// does: with `_` for other characters, shortened, and a number behind it; the server is called by its own.
struct McpToolsOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> only{};                   ///< by the server's names; all when empty
    std::string prefix{};                              ///< before each name
    std::function<std::string(const std::string& name)>
        rename{};  ///< the name for each, in the prefix's place
};

/// How an MCP message travels, for ways that have headers.
using McpEnvelope = detail::McpEnvelope;

/// A way to an MCP server of a program's own: `exchange` sends a JSON-RPC message, as text, and waits for the
/// text of the response to it; for a notification, which has no `id`, it sends and gives an empty text. It
/// throws TransportError where there is no response, Cancelled when the token was triggered. May be called
/// from many threads at once.
template <class T>
concept McpTransport = requires(T& transport, const std::string& message, const McpEnvelope& envelope,
                                const stop_token& stop) {
    { transport.exchange(message, envelope, stop) } -> std::convertible_to<std::string>;
};

/// A conversation with a server of the Model Context Protocol, for its tools. May be used from many threads;
/// copies share the conversation, which lasts as long as one of them or of its tools does. Speaks the
/// revisions 2025-03-26 to 2026-07-28. https://modelcontextprotocol.io
class McpClient {
public:
    /// Begins one over a transport of the program's own, in the process or over a WebSocket. Throws as that
    /// does, and McpError.
    template <McpTransport T>
    explicit McpClient(T transport) : McpClient(std::make_unique<Custom<T>>(std::move(transport))) {}

    /// Begins one by HTTP. Throws McpError, TransportError, InvalidArgument.
    explicit McpClient(const McpHttpOptions& options)
        : McpClient(options, HttpTransport({.tls = options.tls, .proxy = options.proxy})) {}
    /// The same over another transport, which `tls` and `proxy` do not concern.
    McpClient(const McpHttpOptions& options, const AnyTransport& transport)
        : McpClient(std::make_unique<detail::McpHttpChannel>(transport.erased(), options.url, options.headers,
                                                             options.timeout, options.total_timeout)) {}
#if !defined(_WIN32)
    /// Starts a program and begins one with it; the program is ended with the conversation. Calls may be made
    /// at the same time. A program that has ended is started again by the next call, once; a call that it
    /// ended under fails, because it may have been made. Throws McpError, TransportError, InvalidArgument for
    /// a program that cannot be started.
    explicit McpClient(const McpProcessOptions& options)
        : McpClient(std::make_unique<detail::McpStdioChannel>(
              detail::McpStdioChannel::Options{options.command, options.environment, options.show_log,
                                               options.timeout, options.total_timeout})) {}
#endif

    /// Its tools as functions the model can call: `{.tools = {mcp.tools()}}`; those named alone, or under
    /// other names, so that two servers can be used together: `mcp.tools({.prefix = "fs_"})`. What a call
    /// gives is the answer as the server sent it, images and sound as media. Throws McpError, TransportError;
    /// InvalidArgument for a name that it does not have.
    Tool tools(const McpToolsOptions& options = {}, const stop_token& stop = {}) const {
        constexpr int most_pages = 100;  // of a server that does not come to an end
        std::vector<std::string> found;
        Tool all;
        detail::McpMessage params = detail::McpMessage::object();
        for (int i = 0; i < most_pages; ++i) {
            const detail::McpMessage page = session_->request("tools/list", params, stop);
            const auto listed = page.find("tools");
            for (const auto& one : listed == page.end() ? detail::McpMessage::array() : *listed) {
                const std::string name = detail::text_in(one, "name");
                const auto is_name = [&name](const std::string& other) { return other == name; };
                if (name.empty() || std::any_of(found.begin(), found.end(), is_name)) continue;
                if (!options.only.empty() && std::none_of(options.only.begin(), options.only.end(), is_name))
                    continue;
                found.push_back(name);
                add(all, name, exposed_name(name, options), one);
            }
            const std::string next = detail::text_in(page, "nextCursor");
            if (next.empty() || (params.contains("cursor") && params["cursor"] == next)) break;
            params["cursor"] = next;
        }
        for (const std::string& name : options.only)
            if (std::find(found.begin(), found.end(), name) == found.end())
                throw InvalidArgument("only", "the server has no tool " + name);
        return all;
    }

    /// Those of its tools that are named.
    Tool tools(std::initializer_list<const char*> only, const stop_token& stop = {}) const {
        return tools(McpToolsOptions{.only = {only.begin(), only.end()}}, stop);
    }
    /// The same.
    template <std::same_as<std::vector<std::string>> Names>
    Tool tools(const Names& only, const stop_token& stop = {}) const {
        return tools(McpToolsOptions{.only = only}, stop);
    }

    /// What the server says of itself: name, version.
    Json server_info() const { return session_->server_info(); }

private:
    /// A transport of the program's own as a channel.
    template <class T>
    class Custom final : public detail::McpChannel {
    public:
        explicit Custom(T transport) : transport_(std::move(transport)) {}
        detail::McpMessage exchange(const detail::McpMessage& message, const McpEnvelope& envelope,
                                    const stop_token& stop) override {
            const std::string response = transport_.exchange(encode(Json(message)), envelope, stop);
            if (!message.contains("id")) return nullptr;
            return detail::read_mcp(response);
        }

    private:
        T transport_;
    };

    explicit McpClient(std::unique_ptr<detail::McpChannel> channel)
        : session_(std::make_shared<detail::McpSession>(std::move(channel))) {}

    /// What the model knows a tool by.
    static std::string exposed_name(const std::string& name, const McpToolsOptions& options) {
        return detail::to_function_name(options.rename ? options.rename(name) : options.prefix + name);
    }

    void add(Tool& all, const std::string& name, const std::string& exposed,
             const detail::McpMessage& listed) const {
        if (all.handlers.contains(exposed))
            throw InvalidArgument("rename", "gives two tools the name " + exposed);
        FunctionDeclaration declaration{.name = exposed};
        if (const std::string description = detail::text_in(listed, "description"); !description.empty())
            declaration.description = description;
        const auto schema = listed.find("inputSchema");
        if (schema != listed.end() && says_something(*schema)) declaration.parameters_json_schema = *schema;
        all.function_declarations.push_back(std::move(declaration));
        all.handlers.set(
            exposed, [session = session_, name](const FunctionCall& call, const stop_token& stop) {
                return response_of(session->request(
                    "tools/call", {{"name", name}, {"arguments", call.args.value_or(Json::object())}}, stop));
            });
    }

    /// Whether a schema is more than that of an object without members.
    static bool says_something(const detail::McpMessage& schema) {
        if (!schema.is_object()) return false;
        for (const auto& [key, value] : schema.items())
            if (key != "type" && key != "$schema" && key != "title" &&
                !(key == "required" && value.empty()) && !(key == "properties" && value.empty()) &&
                !(key == "additionalProperties" && value == false))
                return true;
        return false;
    }

    /// Takes media out of an item of a result, in place of which it is a part.
    static void take_media(detail::McpMessage& item, const char* key, const std::string& mime_type,
                           FunctionResponse& response) {
        const std::string data = detail::text_in(item, key);
        auto media = data.empty() ? std::nullopt : wire::from_base64(data);
        if (!media) return;
        response.parts.push_back(FunctionResponsePart::from_bytes(std::move(*media), mime_type));
        item.erase(key);
    }

    /// Whether a result's content is its structured content once more, as text.
    static bool says_it_twice(const detail::McpMessage& result) {
        const auto content = result.find("content");
        const auto structured = result.find("structuredContent");
        if (content == result.end() || structured == result.end() || content->size() != 1) return false;
        const std::string text = detail::text_in(content->front(), "text");
        return !text.empty() && Json::parse(text, nullptr, false) == Json(*structured);
    }

    /// A result as the model is told of it.
    static FunctionResponse response_of(detail::McpMessage result) {
        FunctionResponse response;
        result.erase("resultType");
        result.erase("_meta");
        if (says_it_twice(result)) result.erase("content");
        if (const auto content = result.find("content"); content != result.end() && content->is_array())
            for (auto& item : *content) {
                const std::string type = detail::text_in(item, "type");
                if (type == "image" || type == "audio")
                    take_media(item, "data", detail::text_in(item, "mimeType"), response);
                if (type == "resource" && item.contains("resource") && item["resource"].is_object())
                    take_media(item["resource"], "blob", detail::text_in(item["resource"], "mimeType"),
                               response);
            }
        const bool failed = result.contains("isError") && result["isError"] == true;
        result.erase("isError");
        response.response = failed ? Json{{"error", Json(result)}} : Json(result);
        return response;
    }

    std::shared_ptr<detail::McpSession> session_;
};

}  // namespace genai::inline GENAI_ABI
