#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/api_error.hpp>
#include <genai/detail/protocol.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline v0::detail {

/// A sink that looks at the head first: an answer that is not a success is gathered and becomes an ApiError.
class AnswerSink : public http::Sink {
public:
    explicit AnswerSink(std::string_view key) : secrets_(key) {}

    bool head(const http::ResponseHead& head) final {
        head_ = head;
        refused_ = head.status < 200 || head.status >= 300;
        if (const auto coding = head.headers.get("content-encoding"); !refused_ && !coding.empty() && !http::same_name(coding, "identity"))
            throw TransportError(Phase::body, Reason::protocol, "the answer is compressed (" + std::string(coding) + "), which was not asked for");
        return true;
    }

    bool data(std::string_view piece) final {
        if (!refused_) return accept(piece);
        constexpr std::size_t most = std::size_t{1} << 20U;  // of an error's body
        body_.append(piece.substr(0, most - (std::min)(most, body_.size())));
        return body_.size() < most;
    }

    /// To be called when the exchange is over. Throws the ApiError, if it is one.
    void finish() const {
        if (refused_) throw_api_error(head_, body_, secrets_);
    }

    const http::ResponseHead& response_head() const noexcept { return head_; }
    const Secrets& secrets() const noexcept { return secrets_; }
    /// Keeps what the request carries out of errors.
    void protect(const http::Request& request) { secrets_.add(request.headers); }

protected:
    /// A piece of a successful answer.
    virtual bool accept(std::string_view piece) = 0;

    std::string body_{};

private:
    http::ResponseHead head_{};
    Secrets secrets_;
    bool refused_{false};
};

/// Gathers a whole answer.
class TextSink final : public AnswerSink {
public:
    using AnswerSink::AnswerSink;
    const std::string& text() const noexcept { return body_; }

private:
    bool accept(std::string_view piece) override {
        if (body_.empty()) {  // one allocation for an answer of known length
            std::size_t length = 0;
            const auto announced = response_head().headers.get("content-length");
            std::from_chars(announced.data(), announced.data() + announced.size(), length);
            body_.reserve((std::min)(length, std::size_t{1} << 28U));
        }
        body_ += piece;
        return true;
    }
};

/// Cuts a stream's answer into JSON texts: events, or, where a server answers a stream's request with plain JSON, that.
class EventSink : public AnswerSink {
public:
    using AnswerSink::AnswerSink;

    /// To be called when the exchange is over and `finish` has not thrown. Hands over what is left.
    void end() {
        if (plain_) return plain(body_);
        const std::string last = parser_.pending();  // some servers leave the last blank line out
        if (last.empty()) return;
        try {
            wire::Reader(last).validate();
        } catch (const DecodeError&) {
            return;  // it was cut off
        }
        event(last);
    }
    /// What stood between the events and belongs to none.
    std::string stray() const { return parser_.stray(); }

protected:
    /// One event's text. False ends the exchange.
    virtual bool event(std::string_view text) = 0;
    /// The whole of an answer that is no event stream.
    virtual void plain(std::string_view text) = 0;

private:
    bool accept(std::string_view piece) final {
        if (!begun_) {
            const auto first = piece.find_first_not_of(" \t\r\n");
            if (first == std::string_view::npos) return true;
            begun_ = true;
            plain_ = piece[first] == '{' || piece[first] == '[';
        }
        if (plain_) {
            body_ += piece;
            return true;
        }
        return parser_.feed(piece, [this](const http::SseEvent& event) {
            return event.data != "[DONE]" && this->event(event.data);
        });
    }

    http::SseParser parser_{};
    bool begun_{false};
    bool plain_{false};
};

/// An answer's headers as the official SDKs give them.
inline HttpResponse http_response(const http::ResponseHead& head) {
    HttpResponse response;
    for (const auto& [name, value] : head.headers) {
        std::string lower = name;
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        response.headers.set(lower, value);
    }
    return response;
}

/// Whether a text has nothing in it.
inline bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// An answer's text as a struct.
template <class R>
R decode_answer(std::string_view text, const http::ResponseHead& head) {
    auto response = decode<R>(text);
    if constexpr (requires { response.sdk_http_response; }) response.sdk_http_response = http_response(head);
    return response;
}

/// What a client and its sub-APIs share: the transport and how to speak through it. Thread-safe as the transport is.
template <http::Transport T>
class Core {
public:
    Core(ClientOptions options, T transport) : protocol_(std::move(options)), transport_(std::move(transport)) {}

    const Protocol& protocol() const noexcept { return protocol_; }

    /// Sends a request and gathers the answer. Throws ApiError and what the transport throws.
    void exchange(const http::Request& request, AnswerSink& sink) {
        sink.protect(request);
        try {
            transport_.send(request, sink);
        } catch (const TransportError&) {
            sink.finish();  // a refusal that broke off says more than that it broke off
            throw;
        }
        sink.finish();
    }

    /// Makes a call whose answer `read(text, head)` takes apart.
    template <class Read>
    auto ask(const Call& call, Read&& read) {
        TextSink sink(protocol_.key());
        exchange(protocol_.request(call), sink);
        return read(sink.text(), sink.response_head());
    }

    /// Makes a call whose answer is an `R`.
    template <class R>
    R ask(const Call& call) {
        return ask(call, decode_answer<R>);
    }

    /// The same where the answer may be empty, as some are that only confirm.
    template <class R>
    R ask_if_any(const Call& call) {
        return ask(call, [](std::string_view text, const http::ResponseHead& head) { return decode_answer<R>(is_blank(text) ? "{}" : text, head); });
    }

    /// Makes a call whose answer says nothing.
    void tell(const Call& call) {
        TextSink sink(protocol_.key());
        exchange(protocol_.request(call), sink);
    }

private:
    Protocol protocol_;
    T transport_;
};

}  // namespace genai::inline v0::detail
