#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>

namespace genai::inline GENAI_ABI::http {

/// Reads a response of HTTP/1.1 (RFC 9112) or 1.0, cut anywhere, without I/O. Interim responses (1xx) are
/// skipped. Values arrive as they were sent. What is malformed throws TransportError with Reason::protocol.
class ResponseParser {
public:
    /// The longest head that is read, and the longest trailers.
    static constexpr std::size_t max_head = 64U << 10U;

    /// What the bytes come to.
    enum class Event {
        more,  ///< nothing yet
        head,  ///< the final response's head is complete
        data,  ///< a piece of the body
        end,   ///< the body is complete
    };

    /// Whether a request of a method has a response without body.
    explicit ResponseParser(bool bodiless = false) : bodiless_(bodiless) {}

    /// Takes bytes off the front of `input`, up to the next event.
    Event next(std::string_view& input) {
        if (!input.empty()) begun_ = true;
        for (;;) {
            switch (state_) {
                case State::head:
                    if (!take_head(input)) return Event::more;
                    if (head_.status >= 200) return Event::head;
                    break;
                case State::sized:
                    if (left_ == 0) return finish();
                    return input.empty() ? Event::more : take_data(input);
                case State::to_close: return input.empty() ? Event::more : take_data(input);
                case State::chunk_size:
                    if (!take_chunk_size(input)) return Event::more;
                    break;
                case State::chunk:
                    if (left_ > 0) return input.empty() ? Event::more : take_data(input);
                    state_ = State::chunk_end;
                    break;
                case State::chunk_end:
                    if (!take_line(input, 2)) return Event::more;
                    if (!line_.empty()) refuse("a chunk is longer than it says");
                    state_ = State::chunk_size;
                    break;
                case State::trailers:
                    if (!take_line(input, max_head)) return Event::more;
                    trailers_ += line_.size() + 2;
                    if (trailers_ > max_head) refuse("its trailers are over 64 KiB");
                    if (line_.empty()) return finish();
                    break;
                case State::done: return Event::end;
            }
        }
    }

    /// The head, once it is complete.
    const ResponseHead& head() const noexcept { return head_; }
    /// The last piece of the body, a part of the last input.
    std::string_view data() const noexcept { return data_; }
    /// Whether anything has come at all.
    bool begun() const noexcept { return begun_; }
    /// Whether the body goes on until the connection closes.
    bool ends_with_connection() const noexcept { return state_ == State::to_close; }
    /// Whether the connection may serve another request, once the body is complete.
    bool keeps_connection() const noexcept { return keep_ && state_ == State::done; }

private:
    enum class State { head, sized, to_close, chunk_size, chunk, chunk_end, trailers, done };

    [[noreturn]] void refuse(const std::string& why) const {
        throw TransportError(
            state_ == State::head ? TransportError::Phase::wait : TransportError::Phase::body,
            TransportError::Reason::protocol, "the response is malformed: " + why);
    }

    Event finish() {
        state_ = State::done;
        return Event::end;
    }

    Event take_data(std::string_view& input) {
        data_ = input;
        if (state_ != State::to_close) {
            data_ = input.substr(0, static_cast<std::size_t>((std::min<std::uint64_t>)(left_, input.size())));
            left_ -= data_.size();
        }
        input.remove_prefix(data_.size());
        return Event::data;
    }

    /// Adds to the line; whether it is complete, which it is without its end.
    bool take_line(std::string_view& input, std::size_t longest) {
        const auto end = input.find('\n');
        const std::string_view piece = input.substr(0, end == std::string_view::npos ? end : end + 1);
        if (line_complete_) line_.clear();
        line_complete_ = false;
        line_ += piece;
        input.remove_prefix(piece.size());
        if (line_.size() > longest + 2) refuse("a line in its body's framing is too long");
        if (end == std::string_view::npos) return false;
        if (!line_.ends_with("\r\n")) refuse("a line in its body's framing ends with LF alone");
        line_.resize(line_.size() - 2);
        line_complete_ = true;
        return true;
    }

    bool take_chunk_size(std::string_view& input) {
        if (!take_line(input, 4096)) return false;
        const std::string_view text(line_);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), left_, 16);
        const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
        if (error != std::errc() ||
            (!rest.empty() && rest.find_first_not_of(" \t") != std::string_view::npos &&
             rest[rest.find_first_not_of(" \t")] != ';'))
            refuse("a chunk's size is no hexadecimal number");
        state_ = left_ == 0 ? State::trailers : State::chunk;
        return true;
    }

    /// Adds to the head; whether it is complete.
    bool take_head(std::string_view& input) {
        constexpr std::string_view begin = "HTTP/1.";
        while (!input.empty()) {
            const auto end = input.find('\n');
            const std::string_view piece = input.substr(0, end == std::string_view::npos ? end : end + 1);
            text_ += piece;
            input.remove_prefix(piece.size());
            if (std::string_view(text_).substr(0, begin.size()) != begin.substr(0, text_.size()))
                refuse("it is no HTTP/1.1: it begins with \"" + printable(text_) + '"');
            if (text_.size() > max_head) refuse("its head is over 64 KiB");
            if (end == std::string_view::npos) return false;
            if (!text_.ends_with("\r\n")) refuse("a line of its head ends with LF alone");
            if (!text_.ends_with("\r\n\r\n")) continue;
            read_head();
            return true;
        }
        return false;
    }

    static std::string printable(std::string_view text) {
        std::string out(text.substr(0, 32));
        for (char& c : out)
            if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~' || c == '"')
                c = '?';
        return out;
    }

    void read_head() {
        head_ = {};
        std::string_view text(text_);
        const auto line = [&text] {
            const auto end = text.find("\r\n");
            const std::string_view found = text.substr(0, end);
            text.remove_prefix(end + 2);
            return found;
        };
        read_status(line());
        while (!text.starts_with("\r\n")) read_field(line());
        text_.clear();
        if (head_.status == 101) refuse("it switches protocols, which was not asked for");
        if (head_.status >= 200) choose_framing();
    }

    void read_status(std::string_view line) {
        // HTTP/1.1 200 OK, the reason optional
        const auto digit = [&line](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
        const bool good = line.size() >= 12 && digit(7) && line[8] == ' ' && digit(9) && digit(10) &&
                          digit(11) && line[9] != '0' && (line.size() == 12 || line[12] == ' ');
        if (!good) refuse("its status line is \"" + printable(line) + '"');
        keep_ = line[7] != '0';
        head_.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    }

    void read_field(std::string_view line) {
        for (const char c : line)
            if (c == '\r' || c == '\0') refuse("a header field holds a control character");
        if (line.front() == ' ' || line.front() == '\t') {  // folded, RFC 9112 §5.2
            if (head_.headers.size() == 0) refuse("its first header field begins with a blank");
            head_.headers.append_to_last(trim_blanks(line));
            return;
        }
        const auto colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        if (colon == std::string_view::npos || name.empty() ||
            name.find_first_of(" \t\"(),/;<=>?@[\\]{}") != std::string_view::npos)
            refuse("\"" + printable(line) + "\" is no header field");
        head_.headers.add(name, trim_blanks(line.substr(colon + 1)));
    }

    /// Whether a header's comma-separated values hold a token.
    bool has_token(std::string_view name, std::string_view token) const {
        bool found = false;
        for (const auto& [key, value] : head_.headers)
            if (same_name(key, name))
                for_each_element(value,
                                 [&](std::string_view one) { found = found || same_name(one, token); });
        return found;
    }
    /// RFC 9112 §6.3.
    void choose_framing() {
        keep_ = keep_ ? !has_token("Connection", "close") : has_token("Connection", "keep-alive");
        if (bodiless_ || head_.status == 204 || head_.status == 304) {
            state_ = State::sized;
            left_ = 0;
            return;
        }
        if (head_.headers.find("Transfer-Encoding") != nullptr) {
            for (const auto& [key, value] : head_.headers)
                if (same_name(key, "Transfer-Encoding"))
                    for_each_element(value, [this](std::string_view coding) {
                        if (!same_name(coding, "chunked") && !same_name(coding, "identity"))
                            refuse("its transfer coding " + printable(coding) + " was not asked for");
                    });
            if (head_.headers.find("Content-Length") != nullptr) keep_ = false;
            state_ = has_token("Transfer-Encoding", "chunked") ? State::chunk_size : State::to_close;
            return;
        }
        std::optional<std::uint64_t> length;
        for (const auto& [key, value] : head_.headers)
            if (same_name(key, "Content-Length"))
                for_each_element(value, [&](std::string_view one) {
                    std::uint64_t size = 0;
                    const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), size);
                    if (error != std::errc() || end != one.data() + one.size() ||
                        length.value_or(size) != size)
                        refuse("its Content-Length is no number, or several");
                    length = size;
                });
        state_ = length ? State::sized : State::to_close;
        left_ = length.value_or(0);
    }

    bool bodiless_;
    State state_{State::head};
    ResponseHead head_{};
    std::string text_{};  // of the head
    std::string line_{};  // of the body's framing
    bool line_complete_{false};
    std::string_view data_{};
    std::uint64_t left_{};
    std::size_t trailers_{};
    bool keep_{true};
    bool begun_{false};
};

}  // namespace genai::inline GENAI_ABI::http
