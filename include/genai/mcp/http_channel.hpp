#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/http/redaction.hpp>
#include <genai/mcp/session.hpp>
#include <genai/error.hpp>
#include <genai/http/header_rules.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/http/transport.hpp>
#include <genai/http/url.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/dict.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Messages over streamable HTTP: each is a POST, and its answer JSON, or a stream of events with the answer
/// among them. https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
class McpHttpChannel final : public McpChannel {
public:
    McpHttpChannel(std::shared_ptr<http::ErasedTransport> transport, std::string url,
                   Dict<std::string> headers, std::chrono::milliseconds timeout,
                   std::chrono::milliseconds total_timeout)
        : transport_(std::move(transport)),
          url_(std::move(url)),
          headers_(std::move(headers)),
          timeout_(timeout),
          total_timeout_(total_timeout) {
        static_cast<void>(http::parse_url(url_, "url"));
        for (const auto& [name, value] : headers_) http::check_header_field("headers", name, value);
    }

    /// Ends the session, where the server keeps one.
    ~McpHttpChannel() override {
        if (session().empty()) return;
        try {
            http::Request request = prepared("DELETE", {}, {});
            request.timeouts.total = std::chrono::seconds(2);
            Answer answer(McpDeadline(timeout_, timeout_), {});
            transport_->send(request, answer);
        } catch (...) {  // it will forget by itself
        }
    }

    McpMessage exchange(const McpMessage& message, const McpEnvelope& envelope,
                        const stop_token& stop) override {
        Answer answer(McpDeadline(timeout_, total_timeout_), stop);
        answer.wanted = is_request(message) ? &message : nullptr;
        int replies_left = 16;
        answer.asked = [&](const McpMessage& asked) {
            if (answer.wanted == nullptr || replies_left-- <= 0)
                return;  // what it says to a reply needs none
            try {
                exchange(mcp_reply(asked), envelope, stop);
            } catch (const TransportError&) {  // the call itself may still be answered
            } catch (const McpError&) {
            }
        };
        const http::Request request = post(message, envelope, stop);
        try {
            send(request, answer);
            answer.end();
            resume(answer, envelope, stop);
        } catch (const Cancelled&) {
            cancel(message, envelope);
            throw;
        } catch (const TimeoutError& problem) {
            if (problem.phase() >= TransportError::Phase::wait) cancel(message, envelope);
            throw;
        }
        redact(answer.refusal, request);
        if (answer.found.is_object() && answer.found.contains("error"))
            redact(answer.found["error"], request);
        keep_session(request, answer.response);
        if (!answer.succeeded()) refuse(answer, request);
        if (answer.wanted != nullptr && answer.found.is_null())
            throw TransportError(TransportError::Phase::body, TransportError::Reason::protocol,
                                 "the MCP server's answer holds no answer");
        return std::move(answer.found);
    }

private:
    /// Whether a text is printable ASCII, which a header can carry.
    static bool is_printable(std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    }

    /// Takes an answer in.
    struct Answer final : http::Sink {
        Answer(McpDeadline limit, stop_token token) : deadline(limit), stop(std::move(token)) {}

        http::Flow head(const http::ResponseHead& head) override {
            response = head;
            events = head.headers.get("content-type").starts_with("text/event-stream");
            return http::Flow::more;
        }
        http::Flow data(std::string_view piece) override {
            constexpr std::size_t longest_message = std::size_t{1} << 26U;
            deadline.ensure_in_time(stop);
            size += piece.size();
            if (size > longest_message) return http::Flow::stop;
            if (events) {
                const bool more =
                    parser.feed(piece, [this](const http::SseEvent& event) { return take(event.data); });
                return more ? http::Flow::more : http::Flow::stop;
            }
            body.append(piece);
            return http::Flow::more;
        }
        /// To be called when the exchange is over.
        void end() {
            if (found.is_null() && !body.empty()) take(body);
        }
        bool succeeded() const noexcept { return response.status >= 200 && response.status < 300; }
        /// Whether its events ended before it, and can be resumed.
        bool can_resume() const {
            const std::string& id = parser.last_id();
            return events && succeeded() && wanted != nullptr && found.is_null() && !id.empty() &&
                   is_printable(id);
        }
        bool take(std::string_view text) {
            size = 0;
            const auto first = text.find_first_not_of(" \t\r\n");
            if (first == std::string_view::npos) return true;
            if (events && text[first] != '{' && text[first] != '[') return true;  // a ping
            if (!events && !succeeded() && text[first] != '{') return true;       // the status says enough
            McpMessage message = read_mcp(text);
            if (wanted != nullptr && answers(message, *wanted)) found = std::move(message);
            else if (asked && is_request(message)) asked(message);
            else if (wanted != nullptr && progress_of(message) == (*wanted)["id"]) deadline.extend();
            else if (message.contains("error")) refusal = message["error"];
            return found.is_null();
        }

        McpDeadline deadline;
        stop_token stop;
        const McpMessage* wanted{nullptr};
        std::function<void(const McpMessage&)> asked{};
        http::ResponseHead response{};
        http::SseParser parser{};
        std::string body{};
        std::size_t size{0};  // of what came since the last message
        McpMessage found{};
        McpMessage refusal{};
        bool events{false};
    };

    /// Sends a request; a stream of events that breaks off where it can be resumed is no failure.
    void send(http::Request request, Answer& answer) {
        request.timeouts.total = (std::max)(answer.deadline.left_in_all(), std::chrono::milliseconds(1));
        try {
            transport_->send(request, answer);
        } catch (const TransportError& problem) {
            if (problem.reason() == TransportError::Reason::timeout || !answer.can_resume()) throw;
        }
    }

    /// Goes on with a stream of events that ended before the answer, as some servers end it that hold no
    /// connections: asks for what comes after the last event, after the time that the stream has said.
    void resume(Answer& answer, const McpEnvelope& envelope, const stop_token& stop) {
        constexpr int most_in_vain = 5;
        for (int in_vain = 0; answer.can_resume() && in_vain < most_in_vain;) {
            const std::string id = answer.parser.last_id();
            const auto wait = answer.parser.retry().value_or(std::chrono::seconds(1));
            answer.deadline.ensure_in_time(stop);
            if (wait >= answer.deadline.left())
                throw TimeoutError(TransportError::Phase::wait,
                                   "the MCP server wants to be asked again after the time limit");
            Clock().sleep(wait, stop);
            answer.deadline.ensure_in_time(stop);
            http::Request request = prepared("GET", envelope, stop);
            request.headers.set("Accept", "text/event-stream");
            request.headers.set("Last-Event-ID", id);
            answer.parser.resume();
            send(std::move(request), answer);
            if (!answer.succeeded())
                throw mcp_error({}, answer.response.status,
                                "HTTP status " + std::to_string(answer.response.status) +
                                    " when the stream that it had ended was to be resumed");
            in_vain = answer.parser.last_id() == id ? in_vain + 1 : 0;
        }
    }

    /// Tells the server that nobody waits for the answer to a request any more; without sessions the end of
    /// the connection says it.
    void cancel(const McpMessage& message, const McpEnvelope& envelope) noexcept {
        if (!is_request(message) || envelope.stateless || message["method"] == "initialize") return;
        try {
            http::Request request = post(mcp_cancellation(message), envelope, {});
            request.timeouts.total = std::chrono::seconds(2);
            Answer answer(McpDeadline(timeout_, timeout_), {});
            transport_->send(request, answer);
        } catch (...) {  // it will find out by itself
        }
    }

    http::Request prepared(const char* method, const McpEnvelope& envelope, const stop_token& stop) const {
        http::Request request{.method = method, .url = url_, .stop = stop};
        request.timeouts = {.total = timeout_, .connect = timeout_, .first_byte = timeout_, .idle = timeout_};
        request.headers.set("User-Agent", std::string("genai-cpp/") + version());
        if (!envelope.version.empty()) request.headers.set("MCP-Protocol-Version", envelope.version);
        if (const std::string id = session(); !id.empty()) request.headers.set("Mcp-Session-Id", id);
        for (const auto& [name, value] : headers_) request.headers.set(name, value);
        return request;
    }

    http::Request post(const McpMessage& message, const McpEnvelope& envelope, const stop_token& stop) const {
        http::Request request = prepared("POST", envelope, stop);
        if (envelope.stateless) {
            request.headers.set("Mcp-Method", text_in(message, "method"));
            const std::string name = message.contains("params") ? text_in(message["params"], "name") : "";
            if (!name.empty()) request.headers.set("Mcp-Name", header_text(name));
        }
        request.headers.set("Content-Type", "application/json");
        request.headers.set("Accept", "application/json, text/event-stream");
        request.body = http::Body::text(encode(Json(message)));
        return request;
    }

    /// Takes out of an error what the request's headers keep.
    static void redact(McpMessage& error, const http::Request& request) {
        if (!error.is_object()) return;
        http::Redactor secrets;
        secrets.add_headers(request.headers);
        error["message"] = secrets.redact(text_in(error, "message"));
    }

    /// Keeps the session an answer names. Throws McpSessionLost where the server no longer knows the
    /// request's.
    void keep_session(const http::Request& request, const http::ResponseHead& response) {
        const std::lock_guard lock(mutex_);
        if (const auto given = response.headers.get("mcp-session-id"); !given.empty()) {
            if (!std::all_of(given.begin(), given.end(), [](char c) { return c > ' ' && c <= '~'; }))
                throw mcp_error({}, response.status, "the server's session id is not visible ASCII");
            session_ = given;
        }
        const auto sent = request.headers.get("mcp-session-id");
        if (response.status != 404 || sent.empty()) return;
        if (session_ == sent) session_.clear();
        throw McpSessionLost();
    }

    std::string session() const {
        const std::lock_guard lock(mutex_);
        return session_;
    }

    /// A text as a header can carry it.
    static std::string header_text(const std::string& text) {
        const bool plain = !text.starts_with(' ') && !text.ends_with(' ') && !text.starts_with("=?base64?") &&
                           is_printable(text);
        return plain ? text : "=?base64?" + wire::to_base64(text) + "?=";
    }

    /// What to do about a status that says more than that the call failed.
    static std::string advice(const http::ResponseHead& response, const http::Request& request) {
        switch (response.status) {
            case 401:
                return ": give an Authorization header in McpHttpOptions::headers" +
                       (response.headers.get("www-authenticate").empty()
                            ? std::string()
                            : " (" + std::string(response.headers.get("www-authenticate")) + ')');
            case 301:
            case 302:
            case 303:
            case 307:
            case 308:
                return ": the server redirects to " + http::public_url(response.headers.get("location")) +
                       ", and credentials do not follow: set McpHttpOptions::url to it";
            case 404:
            case 405:
                return ": is " + http::public_url(request.url) +
                       " the server's endpoint? One that takes GET alone speaks the HTTP+SSE transport of "
                       "2024, "
                       "which this client does not";
            default: return {};
        }
    }

    [[noreturn]] static void refuse(const Answer& answer, const http::Request& request) {
        const McpMessage& said = answer.found.is_object() && answer.found.contains("error")
                                     ? answer.found["error"]
                                     : answer.refusal;
        throw mcp_error(
            said, answer.response.status,
            "HTTP status " + std::to_string(answer.response.status) + advice(answer.response, request));
    }

    std::shared_ptr<http::ErasedTransport> transport_;
    std::string url_;
    Dict<std::string> headers_;
    std::chrono::milliseconds timeout_;
    std::chrono::milliseconds total_timeout_;
    mutable std::mutex mutex_{};
    std::string session_{};
};

}  // namespace genai::inline GENAI_ABI::detail
