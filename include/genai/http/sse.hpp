#pragma once

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::http {

/// One server-sent event.
struct SseEvent {
    std::string_view type{};  ///< the `event` field; empty when there was none
    std::string_view data{};  ///< the `data` fields, joined by newlines
    std::string_view id{};    ///< the last `id` field of the stream so far
};

/// Cuts a byte stream into server-sent events, as the HTML standard has it
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html): lines end with CR, LF or CRLF, a leading
/// byte order mark and comments are passed over. Pieces may be cut anywhere. The work is linear in the
/// stream's length, and a line that lies within one piece is looked at where it is.
class SseParser {
public:
    /// Takes the next piece; calls `event(const SseEvent&)` for each event it completes. Stops early when
    /// that returns false, and then returns false; the rest of the piece is dropped.
    template <class OnEvent>
    bool feed(std::string_view piece, OnEvent&& event) {
        while (!piece.empty()) {
            if (after_cr_) {  // the LF of a CRLF that a piece's end cut in two
                after_cr_ = false;
                if (piece.front() == '\n') {
                    piece.remove_prefix(1);
                    continue;
                }
            }
            const std::size_t end = line_end(piece);
            if (end == std::string_view::npos) {
                carry_ += piece;
                return true;
            }
            after_cr_ = piece[end] == '\r';
            std::string_view line = piece.substr(0, end);
            piece.remove_prefix(end + 1);
            bool go_on = false;
            if (carry_.empty()) {
                go_on = take(line, event);
            } else {
                carry_ += line;
                go_on = take_carried(event);
                carry_.clear();
            }
            if (!go_on) return false;
        }
        return true;
    }

    /// Bytes of what is not complete yet.
    std::size_t held() const noexcept { return carry_.size() + data_.size(); }
    /// The id of the last event that was complete, with data or without; empty when none had one. What a
    /// stream is resumed by.
    const std::string& last_id() const noexcept { return last_id_; }
    /// How long to wait before resuming, as the stream's `retry` says; unset when it does not.
    std::optional<std::chrono::milliseconds> retry() const noexcept { return retry_; }
    /// To be called before the pieces of the stream that resumes this one.
    void resume() {
        SseParser next;
        next.id_ = next.last_id_ = std::move(last_id_);
        next.retry_ = retry_;
        *this = std::move(next);
    }
    /// Data of an event that the stream's end cut off before its blank line, an unfinished line of data
    /// included.
    std::string pending() const {
        std::string_view rest = carry_;
        const std::string data = data_.substr(data_begin_);
        if (!rest.starts_with("data:")) return data;
        rest.remove_prefix(5);
        if (rest.starts_with(' ')) rest.remove_prefix(1);
        return data + (has_data_ ? "\n" : "") + std::string(rest);
    }
    /// Lines that are no fields of the format, a last unfinished one included: where a server that fails
    /// breaks off the stream and writes a bare error body, it is here. Cut off at 64 KiB.
    std::string stray() const { return stray_ + carry_; }

private:
    /// The first CR or LF. Two searches by memchr beat one by byte; the second looks no further than the
    /// first found.
    static std::size_t line_end(std::string_view piece) noexcept {
        const void* const lf = std::memchr(piece.data(), '\n', piece.size());
        const std::size_t before =
            lf == nullptr ? piece.size()
                          : static_cast<std::size_t>(static_cast<const char*>(lf) - piece.data());
        const void* const cr = before == 0 ? nullptr : std::memchr(piece.data(), '\r', before);
        if (cr != nullptr) return static_cast<std::size_t>(static_cast<const char*>(cr) - piece.data());
        return lf == nullptr ? std::string_view::npos : before;
    }

    /// A line of data that came in pieces, as a long one does, becomes the event's data without another copy.
    template <class OnEvent>
    bool take_carried(OnEvent&& event) {
        if (has_data_ || !carry_.starts_with("data:")) return take(carry_, event);
        first_line_ = false;
        data_.swap(carry_);
        data_begin_ = data_.starts_with("data: ") ? 6 : 5;
        has_data_ = true;
        return true;
    }

    template <class OnEvent>
    bool take(std::string_view line, OnEvent&& event) {
        if (first_line_) {
            first_line_ = false;
            if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        }
        if (line.empty()) return dispatch(event);
        const std::size_t colon = line.find(':');
        if (colon == 0) return true;  // a comment
        const std::string_view name = line.substr(0, colon);
        std::string_view value =
            colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (name == "data") {
            if (has_data_) data_ += '\n';
            data_ += value;
            has_data_ = true;
        } else if (name == "event") {
            type_ = value;
        } else if (name == "id") {
            if (value.find('\0') == std::string_view::npos) id_ = value;
        } else if (name == "retry") {
            std::uint32_t milliseconds = 0;
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), milliseconds);
            if (error == std::errc() && end == value.data() + value.size())
                retry_ = std::chrono::milliseconds(milliseconds);
        } else if (stray_.size() < (1U << 16U)) {
            stray_.append(line.substr(0, 1U << 16U)) += '\n';
        }
        return true;
    }

    template <class OnEvent>
    bool dispatch(OnEvent&& event) {
        bool go_on = true;
        last_id_ = id_;
        if (has_data_) go_on = event(SseEvent{type_, std::string_view(data_).substr(data_begin_), id_});
        data_.clear();
        data_begin_ = 0;
        type_.clear();
        has_data_ = false;
        return go_on;
    }

    std::string carry_{};
    std::string data_{};
    std::size_t data_begin_{0};  // of the data in it: a line that was carried is kept whole
    std::string type_{};
    std::string id_{};       // of the event that is being read
    std::string last_id_{};  // of the last one that was
    std::optional<std::chrono::milliseconds> retry_{};
    std::string stray_{};
    bool has_data_{false};
    bool after_cr_{false};
    bool first_line_{true};
};

}  // namespace genai::inline GENAI_ABI::http
