#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/response_parser.hpp>
#include <genai/http/url.hpp>
#include <genai/net/call_limits.hpp>
#include <genai/net/connection.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The head of a request (RFC 9112 §3). The target is the whole address where a proxy carries the request.
inline std::string request_head(const http::Request& request, const http::Url& url, bool whole_address,
                                std::string_view proxy_authorization) {
    std::string head = request.method + ' ';
    if (whole_address) head.append("http://").append(url.authority());
    head.append(url.target).append(" HTTP/1.1\r\nHost: ").append(url.authority()).append("\r\n");
    for (const auto& [name, value] : request.headers)
        head.append(name).append(": ").append(value).append("\r\n");
    if (request.headers.find("Accept-Encoding") == nullptr) head += "Accept-Encoding: identity\r\n";
    if (!proxy_authorization.empty())
        head.append("Proxy-Authorization: ").append(proxy_authorization).append("\r\n");
    const auto size = request.body.size();
    if (request.body.present() && !size) head += "Transfer-Encoding: chunked\r\n";
    else if (request.body.present() || request.method == "POST" || request.method == "PUT" ||
             request.method == "PATCH")
        head.append("Content-Length: ").append(std::to_string(size.value_or(0))).append("\r\n");
    return head += "\r\n";
}

/// One request and its response on one connection.
class HttpExchange {
public:
    using Phase = TransportError::Phase;
    using Reason = TransportError::Reason;

    /// What it leaves behind.
    enum class Outcome {
        reusable,    ///< the connection can serve another call
        spent,       ///< it cannot
        unanswered,  ///< the connection closed before anything of a response came
    };

    HttpExchange(const http::Request& request, http::Sink& sink, CallLimits& limits, Connection& connection)
        : request_(request), sink_(sink), limits_(limits), connection_(connection) {}

    /// Throws TransportError, TimeoutError, Cancelled, and what the body's source or the sink throws.
    Outcome run(std::string head) {
        limits_.enter(Phase::send);
        sent_ = send(std::move(head));
        limits_.enter(Phase::wait);
        return receive();
    }

private:
    static constexpr std::size_t piece_size = 1U << 16U;

    bool write(std::string_view data) { return connection_.write(data, limits_) == Connection::Written::all; }

    bool send(std::string head) {
        const http::Body& body = request_.body;
        if (const auto text = body.in_memory(); !body.present() || text) {
            if (text->size() > piece_size) return write(head) && write(*text);
            return write(head.append(*text));  // one segment instead of two
        }
        return write(head) && (body.size() ? send_sized(*body.size()) : send_chunked());
    }

    std::size_t read_body(std::uint64_t offset, std::span<char> buffer) {
        const std::size_t count = request_.body.read(offset, buffer);
        limits_.enter(Phase::send);  // what the source takes counts for the whole alone
        limits_.ensure_in_time();
        return count;
    }

    bool send_sized(std::uint64_t size) {
        std::vector<char> buffer(piece_size);
        for (std::uint64_t offset = 0; offset < size;) {
            const auto wanted =
                static_cast<std::size_t>((std::min<std::uint64_t>)(size - offset, buffer.size()));
            const std::size_t count = read_body(offset, std::span(buffer.data(), wanted));
            if (count == 0) throw InvalidArgument("body", "ended before its announced length");
            if (!write({buffer.data(), count})) return false;
            offset += count;
        }
        return true;
    }

    bool send_chunked() {
        std::vector<char> buffer(piece_size);
        for (std::uint64_t offset = 0;;) {
            const std::size_t count = read_body(offset, buffer);
            if (count == 0) return write("0\r\n\r\n");
            std::array<char, 20> size;
            const auto end = std::to_chars(size.data(), size.data() + size.size(), count, 16).ptr;
            std::string chunk(size.data(), end);
            if (!write(chunk.append("\r\n").append(buffer.data(), count).append("\r\n"))) return false;
            offset += count;
        }
    }

    Outcome receive() {
        http::ResponseParser parser(request_.method == "HEAD");
        constexpr std::size_t size = piece_size / 2;
        const auto buffer = std::make_unique_for_overwrite<char[]>(size);
        for (;;) {
            const Transferred got = connection_.read({buffer.get(), size}, limits_);
            if (got.state != Transferred::State::some) return ended(parser, got.state);
            std::string_view input(buffer.get(), got.count);
            for (;;) {
                const auto event = parser.next(input);
                if (event == http::ResponseParser::Event::more) break;
                if (event == http::ResponseParser::Event::end)
                    return sent_ && input.empty() && parser.keeps_connection() ? Outcome::reusable
                                                                               : Outcome::spent;
                const http::Flow flow = event == http::ResponseParser::Event::head
                                            ? sink_.head(parser.head())
                                            : sink_.data(parser.data());
                if (flow == http::Flow::stop) return Outcome::spent;
                if (limits_.cancelled()) throw Cancelled();
                limits_.enter(Phase::body);  // the sink may take its time: the server is not at fault
            }
            if (limits_.phase() == Phase::body) limits_.enter(Phase::body);
        }
    }

    Outcome ended(const http::ResponseParser& parser, Transferred::State how) {
        if (how == Transferred::State::closed && parser.ends_with_connection()) return Outcome::spent;
        if (!parser.begun()) return Outcome::unanswered;
        throw TransportError(
            limits_.phase(), Reason::closed,
            "the connection closed before the response was complete (" + limits_.peer() + ')');
    }

    const http::Request& request_;
    http::Sink& sink_;
    CallLimits& limits_;
    Connection& connection_;
    bool sent_{false};
};

}  // namespace genai::inline GENAI_ABI::detail
