#pragma once

#include <string>
#include <string_view>

#include <genai/error.hpp>
#include <genai/version.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline v0 {

namespace wire {

/// The beginning of a JSON text, ended where it can be: what is open is closed, a member without its value is dropped, a
/// number that may go on too. The string it breaks off in stays as far as it goes, or is dropped. Empty when there is nothing
/// yet. A Markdown fence around it is passed over.
std::string ended_json(std::string_view beginning, bool keep_open_string);

}  // namespace wire

/// Reads the beginning of a JSON text as a `T`, for an answer that is still on its way: members that have not come are as
/// a fresh `T` has them, text is there as far as it has come. Throws DecodeError for what cannot become a `T`.
template <class T>
T decode_partial(std::string_view beginning) {
    for (const bool keep : {true, false}) {
        const std::string text = wire::ended_json(beginning, keep);
        if (text.empty()) break;
        try {
            return decode<T>(text);
        } catch (const DecodeError&) {
            if (!keep) throw;  // else it was half of an enum's text, or of a time
        }
    }
    return T{};
}

}  // namespace genai::inline v0

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>

namespace genai::inline v0::wire {

/// Behind the last whole character of a string without an end that begins, after its quote, at `at`.
GENAI_INLINE std::size_t whole_characters(std::string_view text, std::size_t at) {
    const auto is_high_surrogate = [&](std::size_t escape) { return text[escape + 2] == 'd' || text[escape + 2] == 'D' ? std::string_view("89abAB").find(text[escape + 3]) != std::string_view::npos : false; };
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

GENAI_INLINE std::string ended_json(std::string_view text, bool keep_open_string) {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix((std::min)(text.find_first_not_of(blanks), text.size()));
    if (text.starts_with('`')) text.remove_prefix((std::min)(text.find('\n'), text.size()));

    std::string open;        // closing brackets to come, the innermost first
    std::size_t usable = 0;  // how far the text can be ended
    std::string closers;     // by these
    bool key = false;        // whether a string would be one
    const auto usable_to = [&](std::size_t at) {
        usable = at;
        closers = open;
    };
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (blanks.find(c) != std::string_view::npos || c == ':' || c == ',') {
            if (c == ':') key = false;
            if (c == ',') key = open.starts_with('}');
            ++i;
        } else if (c == '{' || c == '[') {
            open.insert(0, 1, c == '{' ? '}' : ']');
            key = c == '{';
            usable_to(++i);
        } else if (c == '}' || c == ']') {
            open.erase(0, 1);
            usable_to(++i);
            if (open.empty()) break;  // what follows is a fence's end at most
        } else if (c == '"') {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            if (end >= text.size()) {
                if (keep_open_string && !key) return std::string(text.substr(0, whole_characters(text, i + 1))) + '"' + open;
                break;
            }
            i = end + 1;
            if (!key) usable_to(i);
        } else {
            const std::size_t end = (std::min)(text.find_first_of(",]}: \t\r\n", i), text.size());
            const std::string_view word = text.substr(i, end - i);
            const bool whole = end != text.size() || open.empty() || word == "true" || word == "false" || word == "null";
            if (!whole) break;
            i = end;
            usable_to(i);
        }
    }
    return usable == 0 ? std::string() : std::string(text.substr(0, usable)) + closers;
}

}  // namespace genai::inline v0::wire

#endif
