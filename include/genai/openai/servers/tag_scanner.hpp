#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Tells thoughts from text where a server writes both as one, the thoughts first and between tags:
/// `<think>…</think>`. Pieces may be cut anywhere.
class TagScanner {
public:
    explicit TagScanner(std::string_view tag) {
        if (tag.empty()) return;
        open_ = '<' + std::string(tag) + '>';
        close_ = "</" + std::string(tag) + '>';
        state_ = State::start;
    }

    /// Whether all that comes is text from here on.
    bool over() const noexcept { return state_ == State::text && held_.empty(); }
    /// Takes a piece, and calls `give(text, thought)` with what is certain.
    template <class Give>
    void take(std::string_view piece, Give&& give) {
        if (state_ == State::text) return give(piece, false);
        held_ += piece;
        if (state_ == State::start && !begin(give)) return;
        if (state_ == State::thought) think(give);
        if (state_ == State::behind) {
            held_.erase(0, held_.find_first_not_of(" \t\r\n"));
            if (!held_.empty()) state_ = State::text;
        }
        if (state_ == State::text && !held_.empty()) give(std::exchange(held_, {}), false);
    }
    /// The end: gives what is held.
    template <class Give>
    void end(Give&& give) {
        if (!held_.empty()) give(std::exchange(held_, {}), state_ == State::thought);
    }

private:
    enum class State { start, thought, behind, text };

    /// Looks for the tag; false while it cannot be told.
    template <class Give>
    bool begin(Give&&) {
        const std::size_t at = held_.find_first_not_of(" \t\r\n");
        const std::string_view rest =
            at == std::string::npos ? std::string_view() : std::string_view(held_).substr(at);
        if (rest.starts_with(open_)) {
            held_.erase(0, at + open_.size());
            state_ = State::thought;
        } else if (!std::string_view(open_).starts_with(rest)) {
            state_ = State::text;
        } else {
            return false;
        }
        return true;
    }
    /// Gives thoughts up to the closing tag, and holds what may be its beginning.
    template <class Give>
    void think(Give&& give) {
        if (const std::size_t end = held_.find(close_); end != std::string::npos) {
            if (end != 0) give(held_.substr(0, end), true);
            held_.erase(0, end + close_.size());
            state_ = State::behind;
            return;
        }
        std::size_t kept = (std::min)(held_.size(), close_.size() - 1);
        while (kept > 0 && !std::string_view(close_).starts_with(held_.substr(held_.size() - kept))) --kept;
        if (held_.size() > kept) give(held_.substr(0, held_.size() - kept), true);
        held_.erase(0, held_.size() - kept);
    }

    std::string open_{};
    std::string close_{};
    std::string held_{};
    State state_{State::text};
};

}  // namespace genai::inline GENAI_ABI::openai::detail
