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
#include <type_traits>
#include <utility>

#include <genai/detail/api_error.hpp>
#include <genai/detail/attempts.hpp>
#include <genai/detail/protocol.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/sse.hpp>
#include <genai/http/transport.hpp>
#include <genai/options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline v0::detail {

/// A sink that looks at the head first: an answer that is not a success is gathered and becomes an ApiError. It takes
/// the answers of a call's attempts, one after the other, until it has handed on something of one.
class AnswerSink : public http::Sink {
public:
    /// To be called before each attempt; request and key must outlive the sink's use.
    void begin(const http::Request& request, std::string_view key, Clock& clock) {
        request_ = &request;
        key_ = key;
        clock_ = &clock;
        head_ = {};
        refused_ = false;
        received_ = 0;
        first_byte_.reset();
        body_.clear();
        restart();
    }

    bool head(const http::ResponseHead& head) final {
        head_ = head;
        first_byte_ = clock_->now();
        refused_ = head.status < 200 || head.status >= 300;
        if (const auto coding = head.headers.get("content-encoding"); !refused_ && !coding.empty() && !http::same_name(coding, "identity"))
            throw TransportError(Phase::body, Reason::protocol, "the answer is compressed, which was not asked for");
        return true;
    }

    bool data(std::string_view piece) final {
        received_ += piece.size();
        if (!refused_) return accept(piece);
        constexpr std::size_t most = std::size_t{1} << 20U;  // of an error's body
        body_.append(piece.substr(0, most - (std::min)(most, body_.size())));
        return body_.size() < most;
    }

    /// To be called when the exchange is over. Throws the ApiError, if it is one.
    void finish() const {
        if (refused_) refuse(body_);
    }
    /// Throws the ApiError that a text of the answer is.
    [[noreturn]] void refuse(const std::string& text) const { throw_api_error(head_, text, secrets(), *clock_); }
    /// What is not to be repeated of what the answer says.
    Secrets secrets() const {
        Secrets all(key_);
        all.add(request_->headers);
        return all;
    }

    const http::ResponseHead& response_head() const noexcept { return head_; }
    /// Whether some of the answer was handed on and cannot be taken back.
    bool handed_on() const noexcept { return handed_on_; }
    /// Bytes of the answer's body.
    std::uint64_t received() const noexcept { return received_; }
    /// When the answer began, if it has.
    std::optional<std::chrono::steady_clock::time_point> first_byte() const noexcept { return first_byte_; }
    /// What the answer has cost, as far as it has said so.
    virtual std::optional<AttemptEvent::Usage> usage() const { return std::nullopt; }

protected:
    /// A piece of a successful answer.
    virtual bool accept(std::string_view piece) = 0;
    /// Forgets what came of an attempt that failed.
    virtual void restart() {}
    /// To be called before something is handed on.
    void hand_on() noexcept { handed_on_ = true; }

    std::string body_{};

private:
    const http::Request* request_{nullptr};
    std::string_view key_{};
    Clock* clock_{nullptr};
    http::ResponseHead head_{};
    std::uint64_t received_{0};
    std::optional<std::chrono::steady_clock::time_point> first_byte_{};
    bool refused_{false};
    bool handed_on_{false};
};

/// Gathers a whole answer.
class TextSink final : public AnswerSink {
public:
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
    void restart() final {
        parser_ = {};
        begun_ = false;
        plain_ = false;
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

/// Tells the client's hook of one attempt. Costs nothing where there is none.
class AttemptLog {
public:
    AttemptLog(const ClientOptions& options, const http::Request& request, int attempt) {
        if (options.on_attempt) begin(options, request, attempt);
    }

    /// It went well.
    void done(const AnswerSink& sink, const std::optional<AttemptEvent::Usage>& usage) {
        if (options_ != nullptr) end(sink, {}, {}, usage);
    }
    /// It failed; another follows after a wait, or none.
    void failed(const AnswerSink& sink, const Error& problem, std::optional<std::chrono::milliseconds> retry_in) {
        if (options_ != nullptr) end(sink, in_short(problem), retry_in, sink.usage());
    }

private:
    void begin(const ClientOptions& options, const http::Request& request, int attempt);
    void end(const AnswerSink& sink, std::string problem, std::optional<std::chrono::milliseconds> retry_in, const std::optional<AttemptEvent::Usage>& usage);

    const ClientOptions* options_{nullptr};
    AttemptEvent event_{};
    std::chrono::steady_clock::time_point begun_{};
};

/// What an answer says of its cost; nothing where its kind says nothing.
template <class R>
std::optional<AttemptEvent::Usage> usage_of(const R& response) {
    if constexpr (requires { response.usage_metadata->candidates_token_count; }) {
        if (!response.usage_metadata) return std::nullopt;
        const auto& said = *response.usage_metadata;
        return AttemptEvent::Usage{said.prompt_token_count, said.cached_content_token_count, said.candidates_token_count, said.total_token_count};
    } else {
        return std::nullopt;
    }
}

/// Whether there is an `error` among the members that an answer's kind does not know.
template <class R>
bool has_unknown_error(const R& response) {
    if constexpr (requires { response.extra.raw(); }) {
        return response.extra.raw() != nullptr && response.extra.raw()->find("\"error\"") != std::string::npos && is_error(response.extra.json());
    } else {
        return false;
    }
}

/// What a client and its sub-APIs share: the transport and how to speak through it. Thread-safe as the transport is.
template <http::Transport T>
class Core {
public:
    Core(ClientOptions options, T transport) : protocol_(std::move(options)), transport_(std::move(transport)) {}

    const Protocol& protocol() const noexcept { return protocol_; }

    /// Sends a request, again where that may help, and gives the answer to the sink. `read`, called when all of it is
    /// there, gives what the exchange gives. Throws ApiError and what the transport throws.
    template <class Read>
    auto exchange(const Prepared& prepared, AnswerSink& sink, Read&& read) {
        Clock& clock = protocol_.clock();
        const Deadline deadline(clock, prepared.timeouts.total);
        Attempts attempts(prepared.retry, clock, deadline);
        std::optional<http::Request> again;
        for (;;) {
            const http::Request& request = again ? *again : static_cast<const http::Request&>(prepared);
            AttemptLog log(protocol_.options(), prepared, static_cast<int>(attempts.failed()) + 1);
            sink.begin(prepared, protocol_.key(), clock);
            try {
                send(request, sink);
                if constexpr (std::is_void_v<std::invoke_result_t<Read>>) {
                    read();
                    return log.done(sink, sink.usage());
                } else {
                    auto result = read();
                    log.done(sink, usage_of(result));
                    return result;
                }
            } catch (Error& problem) {
                const bool open = !sink.handed_on() && !prepared.once;
                const auto wait = open ? attempts.next(problem, prepared.repeatable) : std::nullopt;
                log.failed(sink, problem, wait);
                if (!wait) {
                    if (open) attempts.tell(problem);
                    if (const auto* misread = dynamic_cast<const DecodeError*>(&problem)) throw_clean(*misread, sink.secrets());
                    throw;
                }
                pause(clock, *wait, prepared.stop);
            }
            if (!again) again = prepared;
            again->timeouts.total = deadline.left();
        }
    }
    void exchange(const Prepared& prepared, AnswerSink& sink) {
        exchange(prepared, sink, [] {});
    }

    /// Makes a call whose answer `read(text, head)` takes apart.
    template <class Read>
    auto ask(const Call& call, Read&& read) {
        TextSink sink;
        return exchange(protocol_.request(call), sink, [&] { return read(sink.text(), sink.response_head()); });
    }

    /// Makes a call whose answer is an `R`; some that only confirm may be empty.
    template <class R>
    R ask(const Call& call, bool may_be_empty = false) {
        TextSink sink;
        return exchange(protocol_.request(call), sink, [&] {
            auto response = decode_answer<R>(may_be_empty && is_blank(sink.text()) ? "{}" : sink.text(), sink.response_head());
            if (has_unknown_error(response)) sink.refuse(sink.text());  // some gateways put a refusal into a 200
            return response;
        });
    }

    /// Makes a call whose answer says nothing.
    void tell(const Call& call) {
        TextSink sink;
        exchange(protocol_.request(call), sink);
    }

private:
    void send(const http::Request& request, AnswerSink& sink) {
        try {
            transport_.send(request, sink);
        } catch (const TransportError&) {
            sink.finish();  // a refusal that broke off says more than that it broke off
            throw;
        }
        sink.finish();
    }

    Protocol protocol_;
    T transport_;
};

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

GENAI_INLINE void AttemptLog::begin(const ClientOptions& options, const http::Request& request, int attempt) {
    options_ = &options;
    begun_ = options.clock->now();
    event_ = {.method = request.method, .url = public_url(request.url), .attempt = attempt, .bytes_sent = request.body.size().value_or(0)};
}

GENAI_INLINE void AttemptLog::end(const AnswerSink& sink, std::string problem, std::optional<std::chrono::milliseconds> retry_in,
                                  const std::optional<AttemptEvent::Usage>& usage) {
    using std::chrono::duration_cast;
    using std::chrono::microseconds;
    event_.duration = duration_cast<microseconds>(options_->clock->now() - begun_);
    if (sink.first_byte()) {
        event_.status = sink.response_head().status;
        event_.first_byte = duration_cast<microseconds>(*sink.first_byte() - begun_);
    }
    event_.bytes_received = sink.received();
    event_.problem = std::move(problem);
    event_.retry_in = retry_in;
    event_.usage = usage;
    try {
        options_->on_attempt(event_);
    } catch (...) {  // a log must not break what it logs
    }
}

}  // namespace genai::inline v0::detail

#endif
