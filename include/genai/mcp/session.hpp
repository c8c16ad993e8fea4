#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/ambient_stop.hpp>
#include <genai/stop_token.hpp>
#include <genai/error.hpp>
#include <genai/mcp/error.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// A message of JSON-RPC 2.0; the order of its members is kept, tools' schemas being in it.
using McpMessage = nlohmann::ordered_json;

/// A member that should be a text; empty where it is none.
inline std::string text_in(const McpMessage& object, const char* name) {
    const auto at = object.is_object() ? object.find(name) : object.end();
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

/// An error object as what is thrown.
inline McpError mcp_error(const McpMessage& error, std::int64_t otherwise, const std::string& said) {
    const auto code = error.is_object() ? error.find("code") : error.end();
    const std::string message = text_in(error, "message");
    return McpError(code != error.end() && code->is_number_integer() ? code->get<std::int64_t>() : otherwise,
                    message.empty() ? said : message);
}

/// What a message travels with where there are headers.
struct McpEnvelope {
    std::string version{};  ///< of the protocol; empty before it is agreed upon
    bool stateless{false};  ///< whether there are no sessions: each message says all there is to know
};

/// The server has forgotten the session, which is to begin anew.
class McpSessionLost : public McpError {
public:
    McpSessionLost() : McpError(404, "it has forgotten the session") {}
};

/// How long an answer is waited for.
class McpDeadline {
public:
    McpDeadline(std::chrono::milliseconds timeout, std::chrono::milliseconds total)
        : timeout_(timeout), end_(now() + (std::max)(timeout, total)), due_(now() + timeout) {}

    /// The server has told of progress: it is waited for anew, to the end of the total time.
    void extend() { due_ = (std::min)(now() + timeout_, end_); }
    /// What is left; nothing, or less, when it has passed.
    std::chrono::milliseconds left() const {
        return std::chrono::ceil<std::chrono::milliseconds>(due_ - now());
    }
    /// What is left of the total time.
    std::chrono::milliseconds left_in_all() const {
        return std::chrono::ceil<std::chrono::milliseconds>(end_ - now());
    }
    /// Throws TimeoutError when it has passed, Cancelled when `stop` was triggered.
    void ensure_in_time(const stop_token& stop) const {
        if (stop.stop_requested()) throw Cancelled();
        if (now() >= due_)
            throw TimeoutError(TransportError::Phase::wait, "the MCP server did not answer in time");
    }

private:
    using Steady = std::chrono::steady_clock;
    static Steady::time_point now() { return Steady::now(); }

    std::chrono::milliseconds timeout_;
    Steady::time_point end_;
    Steady::time_point due_;
};

/// The way messages go. Thread-safe.
class McpChannel {
public:
    McpChannel() = default;
    McpChannel(const McpChannel&) = delete;
    McpChannel& operator=(const McpChannel&) = delete;
    virtual ~McpChannel() = default;

    /// Makes it ready for a session, again where the server has ended. Throws as `exchange` does.
    virtual void open() {}
    /// Whether the server has ended, so that a session begins anew.
    virtual bool has_ended() { return false; }
    /// Sends a message and waits for the answer to it; null for a notification, which has no `id`. Throws
    /// TransportError, McpError, Cancelled.
    virtual McpMessage exchange(const McpMessage& message, const McpEnvelope& envelope,
                                const stop_token& stop) = 0;
};

/// Whether a message is a request, which is to be answered; not a notification, nor an answer.
inline bool is_request(const McpMessage& message) {
    return message.contains("id") && message.contains("method");
}

/// The id of the request that a message reports progress of; null when it does not.
inline McpMessage progress_of(const McpMessage& message) {
    if (text_in(message, "method") != "notifications/progress") return nullptr;
    const auto params = message.find("params");
    return params != message.end() && params->is_object() ? params->value("progressToken", McpMessage())
                                                          : McpMessage();
}

/// The notification that nobody waits for the answer to a request any more.
inline McpMessage mcp_cancellation(const McpMessage& request) {
    return {{"jsonrpc", "2.0"},
            {"method", "notifications/cancelled"},
            {"params", {{"requestId", request["id"]}}}};
}

/// Reads a message. Half a surrogate pair is U+FFFD, as everywhere. Throws TransportError, which says what is
/// wrong with it: whoever waits for it waits no longer.
inline McpMessage read_mcp(std::string_view text) {
    const auto refuse = [text](const std::string& why) {
        return TransportError(
            TransportError::Phase::body, TransportError::Reason::protocol,
            "the MCP server's message cannot be read: " + why + "; it begins " + wire::excerpt(text, 100));
    };
    McpMessage message;
    try {
        wire::Reader(text).validate();
        message = McpMessage::parse(text, nullptr, false);
        if (message.is_discarded()) message = McpMessage(decode<Json>(text));
    } catch (const DecodeError& problem) {
        throw refuse(problem.problem());
    }
    if (!message.is_object()) throw refuse("it is no object");
    const auto id = message.find("id");
    if (id != message.end() && !message.contains("method") && id->is_string())
        throw refuse("its id is a text, and requests have numbers");
    return message;
}

/// The answer to what a server asks of its client, which offers nothing.
inline McpMessage mcp_reply(const McpMessage& request) {
    McpMessage reply{{"jsonrpc", "2.0"}, {"id", request.at("id")}};
    if (text_in(request, "method") == "ping") reply["result"] = McpMessage::object();
    else reply["error"] = {{"code", -32601}, {"message", "this client offers nothing"}};
    return reply;
}

/// Whether a message is the answer to that request.
inline bool answers(const McpMessage& message, const McpMessage& request) {
    return message.is_object() && !message.contains("method") && message.contains("id") &&
           message["id"] == request["id"];
}

/// A conversation with a server: of the revisions that begin with a handshake, or of those since 2026-07-28,
/// which have none. https://modelcontextprotocol.io/specification
class McpSession {
public:
    /// Begins it. Throws McpError, TransportError.
    explicit McpSession(std::unique_ptr<McpChannel> channel) : channel_(std::move(channel)) {
        ready(ambient_stop_token());
    }

    /// The result of a request. Throws as the channel does.
    McpMessage request(const char* method, McpMessage params, const stop_token& given) {
        const stop_token stop = effective_stop_token(given);
        const std::uint64_t current = ready(stop);
        try {
            return ask(method, params, stop);
        } catch (const McpSessionLost&) {
        } catch (
            const TransportError&) {  // what is but read may be asked for again, a call may have been made
            if (method != std::string_view("tools/list") || !channel_->has_ended()) throw;
        }
        ready(stop, current);
        return ask(method, std::move(params), stop);
    }

    /// What the server says of itself.
    Json server_info() const {
        const std::lock_guard lock(mutex_);
        return server_info_;
    }

private:
    /// Begins where that has not been done, or where the one it was done for is lost; says which one it is.
    std::uint64_t ready(const stop_token& stop, std::uint64_t lost = 0) {
        const std::lock_guard lock(beginning_);
        if (current_ == lost || channel_->has_ended()) current_ = 0;
        if (current_ != 0) return current_;
        begin(stop);
        return current_ = ++last_;
    }

    void begin(const stop_token& stop) {
        set_envelope({});
        channel_->open();
        McpMessage result;
        try {
            result = ask("initialize",
                         {{"protocolVersion", "2025-11-25"},
                          {"capabilities", McpMessage::object()},
                          {"clientInfo", client_info()}},
                         stop);
        } catch (const McpError&) {
            set_envelope({.version = "2026-07-28", .stateless = true});
            try {
                result = ask("server/discover", McpMessage::object(), stop);
            } catch (const Cancelled&) {
                throw;
            } catch (const Error&) {
                result = nullptr;
            }
            if (result.is_null()) throw;  // it speaks neither: what it said first says more
        }
        if (!envelope().stateless) {
            const std::string version = text_in(result, "protocolVersion");
            set_envelope({.version = version.empty() ? "2025-03-26" : version});
            channel_->exchange({{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}}, envelope(),
                               stop);
        }
        const std::lock_guard lock(mutex_);
        const McpMessage& speaker =
            envelope_.stateless && result.contains("_meta") ? result["_meta"] : result;
        const char* const name = envelope_.stateless ? "io.modelcontextprotocol/serverInfo" : "serverInfo";
        server_info_ = speaker.contains(name) ? Json(speaker[name]) : Json::object();
    }

    McpMessage ask(const char* method, McpMessage params, const stop_token& stop) {
        const McpEnvelope with = envelope();
        if (with.stateless)
            params["_meta"] = {{"io.modelcontextprotocol/protocolVersion", with.version},
                               {"io.modelcontextprotocol/clientCapabilities", McpMessage::object()},
                               {"io.modelcontextprotocol/clientInfo", client_info()}};
        const std::int64_t id = ++last_id_;
        if (method == std::string_view("tools/call")) params["_meta"]["progressToken"] = id;
        const McpMessage message{
            {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
        McpMessage answer = channel_->exchange(message, with, stop);
        if (const auto error = answer.find("error"); error != answer.end() && !error->is_null())
            throw mcp_error(*error, 0, "without a reason");
        if (!answer.contains("result") || !answer["result"].is_object())
            throw McpError(0, "an answer that has neither a result nor an error");
        if (const std::string type = text_in(answer["result"], "resultType");
            !type.empty() && type != "complete")
            throw McpError(0, "it asks for more input, which this client cannot give");
        return std::move(answer["result"]);
    }

    static McpMessage client_info() { return {{"name", "genai-cpp"}, {"version", version()}}; }

    McpEnvelope envelope() const {
        const std::lock_guard lock(mutex_);
        return envelope_;
    }
    void set_envelope(McpEnvelope envelope) {
        const std::lock_guard lock(mutex_);
        envelope_ = std::move(envelope);
    }

    std::unique_ptr<McpChannel> channel_;
    std::atomic<std::int64_t> last_id_{0};
    std::mutex beginning_{};
    std::uint64_t current_{0};  // which session it is; 0 for none
    std::uint64_t last_{0};
    mutable std::mutex mutex_{};
    McpEnvelope envelope_{};
    Json server_info_ = Json::object();
};

}  // namespace detail
}  // namespace genai::inline GENAI_ABI
