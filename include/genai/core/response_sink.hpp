#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/attempt_event.hpp>
#include <genai/config.hpp>
#include <genai/call_context.hpp>
#include <genai/clock.hpp>
#include <genai/core/error_response.hpp>
#include <genai/core/json_values.hpp>
#include <genai/error.hpp>
#include <genai/fwd.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/http_options.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What somebody is told of a call's responses: nothing, what they cost and say of themselves, all of it.
enum class Observation { none, facts, content };

/// Receives the responses of a call's attempts, one after the other, until it has delivered something of one.
/// A response that is no success is gathered and becomes an ApiError.
class ResponseSink : public http::Sink {
public:
    /// To be called before each attempt; context, clock, limits and URL must outlive it. `observation`
    /// says what to note for those who are told; `hold_filtered`, not to deliver a stream whose first event
    /// says that a content filter stopped it.
    void begin(const CallContext& context, Clock& clock, const HttpLimits& limits, Observation observation,
               const std::string& url, bool hold_filtered = false) {
        limits_ = &limits;
        url_ = &url;
        context_ = &context;
        clock_ = &clock;
        observation_ = observation;
        hold_filtered_ = hold_filtered;
        head_ = {};
        refused_ = false;
        received_ = 0;
        first_byte_.reset();
        body_.clear();
        restart();
    }

    http::Flow head(const http::ResponseHead& head) final {
        head_ = head;
        if (observed()) first_byte_ = clock_->now();
        refused_ = head.status < 200 || head.status >= 300;
        if (!refused_ && is_compressed(head.headers))
            throw TransportError(TransportError::Phase::body, TransportError::Reason::protocol,
                                 "the response is compressed, which was not asked for");
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
    /// Writes into an event what the response says of itself; `begun` is when the attempt was.
    virtual void describe(AttemptEvent& event, std::chrono::steady_clock::time_point begun) const {
        static_cast<void>(begun);
        event.usage = usage();
    }
    /// Whether a content filter stopped what was asked for, and nothing of it was delivered.
    virtual bool filtered() const { return false; }

protected:
    /// A piece of a success. False ends the exchange.
    virtual bool accept(std::string_view piece) = 0;
    /// Forgets what came of an attempt that failed.
    virtual void restart() {}
    /// To be called before something is delivered.
    void mark_delivered() noexcept { delivered_ = true; }
    /// Whether somebody is told of the attempts.
    bool observed() const noexcept { return observation_ != Observation::none; }
    /// Whether all of the responses is told.
    bool keeps_content() const noexcept { return observation_ == Observation::content; }
    Clock& clock() const noexcept { return *clock_; }
    /// Whether a stream that a filter stops at once is not to be delivered.
    bool holds_filtered() const noexcept { return hold_filtered_; }

    /// Adds to what is held of the body in memory. Throws TransportError past the limit.
    void gather(std::string_view piece) {
        constexpr std::uint64_t usual = std::uint64_t{1} << 30U;
        check_size(body_.size() + piece.size(), limits_->max_response_bytes.value_or(usual),
                   "max_response_bytes");
        body_ += piece;
    }
    /// Refuses an event that is not complete and already that large.
    void check_event(std::size_t size) const {
        constexpr std::uint64_t usual = std::uint64_t{64} << 20U;
        check_size(size, limits_->max_event_bytes.value_or(usual), "max_event_bytes");
    }

    std::string body_{};

private:
    /// Whether a content coding is none of the words that servers write where there is none.
    static bool is_compressed(const http::Headers& headers) {
        constexpr std::array<std::string_view, 5> none{"identity", "none", "utf-8", "binary", "8bit"};
        bool compressed = false;
        http::for_each_element(headers.get("content-encoding"), [&](std::string_view coding) {
            compressed = compressed || std::none_of(none.begin(), none.end(), [&](std::string_view word) {
                             return http::same_name(coding, word);
                         });
        });
        return compressed;
    }
    static void check_size(std::uint64_t size, std::uint64_t limit, const char* name) {
        if (size > limit)
            throw TransportError(TransportError::Phase::body, TransportError::Reason::other,
                                 "the response is larger than http_options.limits." + std::string(name) +
                                     " (" + std::to_string(limit) + " bytes)");
    }

    const CallContext* context_{nullptr};
    const HttpLimits* limits_{nullptr};
    Clock* clock_{nullptr};
    const std::string* url_{nullptr};
    http::ResponseHead head_{};
    std::uint64_t received_{0};
    std::optional<std::chrono::steady_clock::time_point> first_byte_{};
    bool refused_{false};
    bool delivered_{false};
    Observation observation_{Observation::none};
    bool hold_filtered_{false};
};

/// Gathers a whole response, and reads it when all of it is there. An error in place of what was asked for is
/// one whatever its status says: this is decided here for every call that is no stream.
class TextSink : public ResponseSink {
public:
    const std::string& text() const noexcept { return body_; }

    void complete() final {
        if (body_.starts_with("\xEF\xBB\xBF")) body_.erase(0, 3);
        try {
            read();
        } catch (const DecodeError&) {
            refuse_error();
            throw;
        }
        if (may_be_error()) refuse_error();
    }

protected:
    /// Reads the text. Throws DecodeError.
    virtual void read() {}
    /// Whether the text may be an error although it was read: false spares a second look.
    virtual bool may_be_error() const { return true; }

private:
    bool accept(std::string_view piece) final {
        if (body_.empty()) {  // one allocation for a response of known length
            std::size_t length = 0;
            const auto announced = response_head().headers.get("content-length");
            std::from_chars(announced.data(), announced.data() + announced.size(), length);
            body_.reserve((std::min)(length, std::size_t{1} << 28U));
        }
        gather(piece);
        return true;
    }

    void refuse_error() const {
        if (is_error_text(body_)) refuse(body_);
    }
};

/// Cuts a stream's response into JSON texts: the data of events, the elements of a list, or lines.
class EventSink : public ResponseSink {
public:
    /// Delivers what is left.
    void complete() override {
        if (form_ == Form::values) {
            if (!values_.pending().empty()) give(values_.pending());
        } else {
            end_of_events();
        }
        if (!any_ && form_ == Form::events && !is_blank(body_))
            throw DecodeError({}, "expected events or JSON");
    }
    /// What stood between the events and belongs to none.
    std::string stray() const { return form_ == Form::events ? parser_.stray() : std::string(); }

protected:
    /// One event's text. False ends the exchange.
    virtual bool event(std::string_view text) = 0;
    void restart() override {
        parser_ = {};
        values_ = {};
        form_ = Form::unknown;
        any_ = false;
    }

private:
    enum class Form { unknown, events, values };

    bool accept(std::string_view piece) final {
        if (!any_ && body_.size() < excerpt_size) gather(piece.substr(0, excerpt_size - body_.size()));
        if (form_ == Form::unknown && !choose_form(piece)) return true;
        const bool more =
            form_ == Form::values
                ? values_.feed(piece, [this](std::string_view text) { return give(text); })
                : parser_.feed(piece, [this](const http::SseEvent& event) { return take(event); });
        check_event(form_ == Form::values ? values_.pending().size() : parser_.held());
        return more;
    }
    /// By the first byte that is no blank and no part of a byte order mark, which it takes off.
    bool choose_form(std::string_view& piece) {
        const auto first = piece.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string_view::npos) return false;
        piece.remove_prefix(first);
        form_ = piece.front() == '{' || piece.front() == '[' ? Form::values : Form::events;
        return true;
    }

    /// Events that say nothing are passed over: empty data, null, pings, the mark of the end.
    bool take(const http::SseEvent& event) {
        std::string_view data = event.data;
        while (!data.empty() && is_blank(data.substr(0, 1))) data.remove_prefix(1);
        while (!data.empty() && is_blank(data.substr(data.size() - 1))) data.remove_suffix(1);
        if (data == "[DONE]") return false;
        const bool json = data.starts_with('{') || data.starts_with('[');
        if (event.type == "error") {
            if (json) refuse(std::string(data));
            throw StreamInterrupted("the server ended the stream with an error: " + wire::excerpt(data, 200));
        }
        if (event.type == "ping" || !json) return true;
        if (data.starts_with('{')) return give(data);
        return JsonValues().feed(data, [this](std::string_view one) { return give(one); });
    }
    void end_of_events() {
        const std::string last = parser_.pending();  // some servers leave the last blank line out
        if (is_blank(last)) return;
        try {
            wire::Reader(last).validate();
        } catch (const DecodeError&) {
            return;  // it was cut off
        }
        take({.data = last});
    }
    bool give(std::string_view text) {
        if (!any_) body_.clear();
        any_ = true;
        return event(text);
    }
    static constexpr std::size_t excerpt_size = 512;  // for the message where nothing of it makes sense
    http::SseParser parser_{};
    JsonValues values_{};
    Form form_{Form::unknown};
    bool any_{false};
};

}  // namespace genai::inline GENAI_ABI::detail
