#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/openai/servers/chat_response.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// An answer of status 404 in the API's form.
Tree not_found(const std::string& message);

/// Gathers a server's answer, and gives it on translated when all of it is there: an error as the API's.
class WholeSink : public http::Sink {
public:
    using Translate = std::function<Tree(const Tree&)>;

    WholeSink(http::Sink& sink, Translate translate) : sink_(sink), translate_(std::move(translate)) {}

    GENAI_INLINE http::Flow head(const http::ResponseHead& head) override;
    GENAI_INLINE http::Flow data(std::string_view piece) override;
    /// To be called when the exchange is over.
    void complete();
    /// The status line.
    int status() const noexcept { return head_.status; }

protected:
    /// Whether the answer is no success.
    bool is_refused() const noexcept { return head_.status < 200 || head_.status >= 300; }
    /// Gives an answer on. Its length, its type and its form are not the server's.
    http::Flow give(const Tree& body, bool final_error = false);
    void give_error();

    http::Sink& sink_;
    Translate translate_;
    http::ResponseHead head_{};
    std::string body_{};
};

/// Gives the chunks of a stream on translated, as they come.
class ChunkSink final : public WholeSink {
public:
    ChunkSink(http::Sink& sink, const Dialect& dialect)
        : WholeSink(sink, [this](const Tree& completion) { return reader_.whole(completion); }),
          reader_(dialect) {}

    GENAI_INLINE http::Flow head(const http::ResponseHead& head) override;
    GENAI_INLINE http::Flow data(std::string_view piece) override;
    /// To be called when the exchange is over. Throws StreamInterrupted for a stream that was cut within a
    /// call.
    void complete();

private:
    bool take(const http::SseEvent& event);
    bool take_error_line();
    bool event(const Tree& chunk);
    bool give_event(std::string_view json);

    CompletionReader reader_;
    http::SseParser parser_{};
    std::string event_{};  // what is given, kept for its memory
    bool events_{false};
    bool done_{false};
    bool stopped_{false};
    bool any_{false};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <utility>

#include <genai/core/error_response.hpp>
#include <genai/error.hpp>
#include <genai/openai/servers/error_body.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Tree not_found(const std::string& message) {
    return {{"error", {{"code", 404}, {"message", message}, {"status", "NOT_FOUND"}}}};
}

/// The head without what was true of the server's own body.
GENAI_INLINE http::ResponseHead head_for(const http::ResponseHead& head, std::string_view type) {
    http::ResponseHead made{.status = head.status};
    for (const auto& [name, value] : head.headers)
        if (!http::same_name(name, "content-length") && !http::same_name(name, "content-type"))
            made.headers.add(name, value);
    made.headers.add("Content-Type", type);
    return made;
}

GENAI_INLINE http::Flow WholeSink::head(const http::ResponseHead& head) {
    head_ = head;
    return http::Flow::more;
}

GENAI_INLINE http::Flow WholeSink::data(std::string_view piece) {
    constexpr std::size_t longest_error = std::size_t{1} << 20U;
    if (is_refused() && body_.size() >= longest_error) return http::Flow::stop;
    constexpr std::size_t longest = std::size_t{1} << 30U;
    if (body_.size() + piece.size() > longest)
        throw TransportError(TransportError::Phase::body, TransportError::Reason::other,
                             "the response is larger than a gigabyte");
    body_ += piece;
    return http::Flow::more;
}

GENAI_INLINE http::Flow WholeSink::give(const Tree& body, bool final_error) {
    http::ResponseHead head = head_for(head_, "application/json");
    if (final_error) head.headers.set("x-should-retry", "false");
    return http::deliver(sink_, head, write_tree(body));
}

GENAI_INLINE void WholeSink::give_error() {
    const Tree tree = try_parse_tree(body_);
    const bool json = tree.is_structured() || tree.is_string();
    give(json ? error_body(tree, head_.status)
              : text_error_body(genai::detail::first_words(body_), head_.status),
         json && is_final(tree));
}

GENAI_INLINE void WholeSink::complete() {
    if (is_refused()) return give_error();
    Tree answer = try_parse_tree(body_);
    if (answer.is_discarded() || answer.is_null()) {  // the client says what it is
        http::deliver(sink_, head_for(head_, head_.headers.get("content-type")), body_);
        return;
    }
    if (is_error_body(answer)) give(error_body(answer, head_.status));
    else give(translate_(answer));
}

GENAI_INLINE http::Flow ChunkSink::head(const http::ResponseHead& head) {
    head_ = head;
    events_ = !is_refused() && head.headers.get("content-type").find("json") == std::string_view::npos;
    return events_ ? sink_.head(head_for(head_, head.headers.get("content-type"))) : http::Flow::more;
}

GENAI_INLINE http::Flow ChunkSink::data(std::string_view piece) {
    if (!events_) return WholeSink::data(piece);
    if (!any_ && body_.size() < 512) body_ += piece.substr(0, 512);
    const bool more = parser_.feed(piece, [this](const http::SseEvent& one) { return take(one); });
    constexpr std::size_t longest_event = std::size_t{64} << 20U;
    if (parser_.held() > longest_event)
        throw TransportError(TransportError::Phase::body, TransportError::Reason::other,
                             "an event of the stream is larger than 64 MiB");
    return more ? http::Flow::more : http::Flow::stop;
}

/// One event; false ends the exchange.
GENAI_INLINE bool ChunkSink::take(const http::SseEvent& one) {
    std::string_view data = http::trim_blanks(one.data);
    if (data.empty() || data == "null" || one.type == "ping") return true;
    any_ = true;
    if (data == "[DONE]") {
        done_ = true;
        return false;
    }
    if (one.type != "error")
        if (const std::string text = reader_.take_text(data); !text.empty()) return give_event(text);
    const Tree chunk = parse_tree(data);
    if (one.type != "error" && !is_error_body(chunk)) return event(reader_.take(chunk));
    event(error_body(chunk, 200));
    stopped_ = true;
    return false;
}

GENAI_INLINE bool ChunkSink::event(const Tree& chunk) {
    return chunk.is_null() || give_event(write_tree(chunk));
}

GENAI_INLINE bool ChunkSink::give_event(std::string_view json) {
    event_.assign("data: ").append(json).append("\n\n");
    stopped_ = sink_.data(event_) != http::Flow::more;
    return !stopped_;
}

/// A line `error: {…}`, as older servers end a stream by.
GENAI_INLINE bool ChunkSink::take_error_line() {
    const std::string stray = parser_.stray();
    const std::size_t at = stray.find("error:");
    if (at == std::string::npos) return false;
    const Tree error = try_parse_tree(std::string_view(stray).substr(at + 6));
    if (error.is_discarded()) return false;
    event(error_body(error, 200));
    return true;
}

GENAI_INLINE void ChunkSink::complete() {
    if (!events_) return WholeSink::complete();
    if (stopped_) return;
    if (!done_) {
        const std::string last = parser_.pending();  // some servers leave the last blank line out
        if (!genai::detail::is_blank(last) &&
            (last.find("[DONE]") != std::string::npos || !try_parse_tree(last).is_discarded()))
            take({.data = last});
        if (stopped_) return;
    }
    if (!any_) {
        if (take_error_line()) return;
        if (!genai::detail::is_blank(body_) && parser_.stray().size() >= 1)
            sink_.data(body_);  // no events at all
        return;
    }
    if (done_) {
        event(reader_.end(true));
        return;
    }
    if (take_error_line()) return;
    if (const std::string name = reader_.open_call(); !name.empty())
        throw StreamInterrupted("the stream ended within a call of " + name);
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
