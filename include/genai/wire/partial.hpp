#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/embedded.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

/// The beginning of a JSON text, ended where it can be: what is open is closed, a member without its value is
/// dropped, a number or a word that may go on too, unless it is all there is. A Markdown fence around it is
/// passed over.
class PartialJson {
public:
    /// `beginning` must outlive this. `bracket` is what the value begins with, or '\0': see bracket_of.
    PartialJson(std::string_view beginning, char bracket);

    /// What there is; empty when there is nothing yet.
    std::string text() const;
    /// Drops the value that could not be read, where too little of it has come: half of an enum's text, of a
    /// variant's members. False when more of it would not help.
    bool drop(const DecodeError& problem);

private:
    /// A value that has begun.
    struct Open {
        std::size_t start{};   // where it does
        std::size_t before{};  // how far the text can be used without it
        char end{};            // what would close it
    };

    void scan();

    std::string_view text_;
    std::size_t usable_{0};     // of the text
    std::vector<Open> open_{};  // around its end, the innermost last
};

}  // namespace wire

/// Reads the beginning of a JSON text as a `T`, for an answer that is still on its way: members that have not
/// come are as a fresh `T` has them, text is there as far as it has come. Throws DecodeError for what cannot
/// become a `T`.
template <class T>
T decode_partial(std::string_view beginning) {
    wire::PartialJson partial(beginning, wire::bracket_of(wire::type_of<T>));
    for (;;) {
        const std::string text = partial.text();
        if (text.empty()) return T{};
        try {
            return decode<T>(text);
        } catch (const DecodeError& problem) {
            if (!partial.drop(problem)) throw;
        }
    }
}

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <algorithm>

#include <genai/wire/pointer.hpp>
#include <genai/wire/scan.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Behind the last whole character of a string without an end that begins, after its quote, at `at`.
GENAI_INLINE std::size_t whole_characters(std::string_view text, std::size_t at) {
    const auto is_high_surrogate = [&](std::size_t escape) {
        return text[escape + 2] == 'd' || text[escape + 2] == 'D'
                   ? std::string_view("89abAB").find(text[escape + 3]) != std::string_view::npos
                   : false;
    };
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead == '\\') {
            length = at + 1 < text.size() && text[at + 1] == 'u' ? 6 : 2;
            if (length == 6 && at + 6 <= text.size() && is_high_surrogate(at)) length = 12;
        }
        if (at + length > text.size()) break;
        at += length;
    }
    return at;
}

GENAI_INLINE PartialJson::PartialJson(std::string_view beginning, char bracket) : text_(beginning) {
    const std::string_view within = unfenced(beginning);
    text_ = within.empty() ? within
                           : beginning.substr(static_cast<std::size_t>(within.data() - beginning.data()));
    // prose before it is passed over; what may be any value begins at once
    if (bracket != '\0' && !text_.starts_with('{') && !text_.starts_with('['))
        text_.remove_prefix((std::min)(text_.find(bracket), text_.size()));
    scan();
}

GENAI_INLINE void PartialJson::scan() {
    bool key = false;  // whether a string would be one
    for (std::size_t i = 0; i < text_.size();) {
        const char c = text_[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':' || c == ',') {
            if (c == ':') key = false;
            if (c == ',') key = !open_.empty() && open_.back().end == '}';
            ++i;
        } else if (c == '{' || c == '[') {
            open_.push_back({.start = i, .before = usable_, .end = c == '{' ? '}' : ']'});
            key = c == '{';
            usable_ = ++i;
            if (open_.size() > default_max_depth) return;  // which decoding will refuse
        } else if (c == '}' || c == ']') {
            if (!open_.empty()) open_.pop_back();
            key = false;
            usable_ = ++i;
            if (open_.empty()) return;  // what follows is a fence's end at most
        } else if (c == '"') {
            std::size_t end = i + 1;
            while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2U : 1U;
            if (end >= text_.size()) {
                if (key) return;
                open_.push_back({.start = i, .before = usable_, .end = '"'});
                usable_ = whole_characters(text_, i + 1);
                return;
            }
            i = end + 1;
            if (!key) usable_ = i;
        } else {
            const std::size_t end = (std::min)(text_.find_first_of(",]}: \t\r\n", i), text_.size());
            const std::string_view word = text_.substr(i, end - i);
            if (end == text_.size() && word != "true" && word != "false" && word != "null") {
                if (!open_.empty() ||
                    scan_number(word.data(), word.data() + word.size()).end != word.data() + word.size())
                    return;
            }
            i = end;
            usable_ = end;
        }
    }
}

GENAI_INLINE std::string PartialJson::text() const {
    std::string ended(text_.substr(0, usable_));
    for (auto one = open_.rbegin(); one != open_.rend(); ++one) ended += one->end;
    return ended;
}

GENAI_INLINE bool PartialJson::drop(const DecodeError& problem) {
    for (std::size_t i = open_.size(); i > 0; --i) {
        const Open& one = open_[i - 1];
        if (pointer_at(text_, one.start) != problem.pointer()) continue;
        if (one.end != '"' && !problem.problem().starts_with("is of no kind")) return false;
        usable_ = one.before;
        open_.resize(i - 1);
        return true;
    }
    return false;
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
