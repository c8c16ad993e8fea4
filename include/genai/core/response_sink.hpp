#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/call_context.hpp>
#include <genai/clock.hpp>
#include <genai/core/error_response.hpp>
#include <genai/error.hpp>
#include <genai/fwd.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Receives the responses of a call's attempts, one after the other, until it has delivered something of one.
/// A response that is no success is gathered and becomes an ApiError.
class ResponseSink : public http::Sink {
public:
    /// To be called before each attempt; context, clock and URL must outlive it. `observed` asks it to note
    /// what the response says it cost.
    void begin(const CallContext& context, Clock& clock, bool observed, const std::string& url) {
        url_ = &url;
        context_ = &context;
        clock_ = &clock;
        observed_ = observed;
        head_ = {};
        refused_ = false;
        received_ = 0;
        first_byte_.reset();
        body_.clear();
        restart();
    }

    http::Flow head(const http::ResponseHead& head) final {
        head_ = head;
        if (observed_) first_byte_ = clock_->now();
        refused_ = head.status < 200 || head.status >= 300;
        if (const auto coding = head.headers.get("content-encoding");
            !refused_ && !coding.empty() && !http::same_name(coding, "identity"))
            throw TransportError(TransportError::Phase::body, TransportError::Reason::protocol,
                                 "the answer is compressed, which was not asked for");
        return http::Flow::more;
    }

    http::Flow data(std::string_view piece) final {
        received_ += piece.size();
        if (!refused_) return accept(piece) ? http::Flow::more : http::Flow::stop;
        constexpr std::size_t longest_error = std::size_t{1} << 20U;
        body_.append(piece.substr(0, longest_error - (std::min)(longest_error, body_.size())));
        return body_.size() < longest_error ? http::Flow::more : http::Flow::stop;
    }

    /// To be called when the exchange has ended in any way. Throws the ApiError, if the response is one.
    void check_status() const {
        if (refused_) refuse(body_);
    }
    /// To be called when all of a success is there: decodes what was gathered. Throws DecodeError and the
    /// like.
    virtual void complete() {}

    /// Throws the ApiError that a text of the response is.
    [[noreturn]] void refuse(const std::string& text) const {
        throw_api_error(head_, text, http::public_url(*url_), context_->secrets, *clock_);
    }

    const http::ResponseHead& response_head() const noexcept { return head_; }
    /// What was gathered of the response's body.
    std::string_view gathered() const noexcept { return body_; }
    /// Whether some of the response was delivered and cannot be taken back.
    bool delivered() const noexcept { return delivered_; }
    /// Bytes of the response's body.
    std::uint64_t received() const noexcept { return received_; }
    /// When the response began, if it has and somebody is told of it.
    std::optional<std::chrono::steady_clock::time_point> first_byte() const noexcept { return first_byte_; }
    /// The tokens the response has cost, as far as it has said so; null where it has not.
    virtual std::shared_ptr<const GenerateContentResponseUsageMetadata> usage() const { return nullptr; }

protected:
    /// A piece of a success. False ends the exchange.
    virtual bool accept(std::string_view piece) = 0;
    /// Forgets what came of an attempt that failed.
    virtual void restart() {}
    /// To be called before something is delivered.
    void mark_delivered() noexcept { delivered_ = true; }
    /// Whether somebody is told of the attempts.
    bool observed() const noexcept { return observed_; }

    std::string body_{};

private:
    const CallContext* context_{nullptr};
    Clock* clock_{nullptr};
    const std::string* url_{nullptr};
    http::ResponseHead head_{};
    std::uint64_t received_{0};
    std::optional<std::chrono::steady_clock::time_point> first_byte_{};
    bool refused_{false};
    bool delivered_{false};
    bool observed_{false};
};

/// Gathers a whole response.
class TextSink : public ResponseSink {
public:
    const std::string& text() const noexcept { return body_; }

private:
    bool accept(std::string_view piece) final {
        if (body_.empty()) {  // one allocation for a response of known length
            std::size_t length = 0;
            const auto announced = response_head().headers.get("content-length");
            std::from_chars(announced.data(), announced.data() + announced.size(), length);
            body_.reserve((std::min)(length, std::size_t{1} << 28U));
        }
        body_ += piece;
        return true;
    }
};

/// Cuts a stream's response into JSON texts: events, or, where a server answers a stream's request with plain
/// JSON, that.
class EventSink : public ResponseSink {
public:
    /// Delivers what is left.
    void complete() override {
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
    /// The whole of a response that is no event stream.
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
    void restart() final {
        parser_ = {};
        begun_ = false;
        plain_ = false;
    }

    http::SseParser parser_{};
    bool begun_{false};
    bool plain_{false};
};

}  // namespace genai::inline GENAI_ABI::detail
