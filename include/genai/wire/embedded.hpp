#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::wire {

/// The bracket that a value of a type begins with; '\0' where it may begin otherwise.
char bracket_of(const Type& type) noexcept;

/// A text without blanks and a byte order mark around it, and without a Markdown fence of any form: three or
/// more backticks or tildes, a language, on one line or several, closed or not.
std::string_view unfenced(std::string_view text) noexcept;

/// The JSON of a value of a type in what a model wrote: it may stand between prose, in a fence, and twice. A
/// text, and a word of an enumeration, need no quotes. Where there is none, all of the text. Throws
/// DecodeError where there are two different values, and shows both.
std::string embedded_json(const Type& type, std::string_view text);

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/utf8.hpp>
#include <genai/wire/variant.hpp>

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE char bracket_of(const Type& type) noexcept {
    switch (type.kind) {
        case Kind::structure:
        case Kind::map: return '{';
        case Kind::list: return '[';
        case Kind::adapted:
        case Kind::nullable: return bracket_of(*type.inner);
        default: return '\0';
    }
}

GENAI_INLINE std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

GENAI_INLINE std::string_view unfenced(std::string_view text) noexcept {
    text = trimmed(text);
    const char mark = text.empty() ? '\0' : text.front();
    const std::size_t run = (std::min)(text.find_first_not_of(mark), text.size());
    if ((mark != '`' && mark != '~') || run < 3) return text;
    const auto close = text.find(text.substr(0, run), run);
    std::string_view within = text.substr(run, close == std::string_view::npos ? close : close - run);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (!within.empty() && letter(within.front())) {  // a language, if a blank or a line end is behind it
        const auto end = within.find_first_of(" \t\r\n{[\"");
        if (end != std::string_view::npos) within.remove_prefix(end);
    }
    return trimmed(within);
}

/// Whether a text is one JSON value.
GENAI_INLINE bool is_json(std::string_view text) {
    try {
        Reader(text).validate();
        return true;
    } catch (const DecodeError&) {
        return false;
    }
}

/// The values in a text that begin with a bracket. A value that the text's end cuts off is the last.
GENAI_INLINE std::vector<std::string_view> values_in(std::string_view text, const Type& type, char bracket) {
    std::vector<std::string_view> found;
    constexpr int most_attempts = 200;  // of a text that is full of brackets
    int attempts = 0;
    for (std::size_t at = text.find(bracket); at != std::string_view::npos && attempts++ < most_attempts;
         at = text.find(bracket, at)) {
        try {
            const std::string_view value = Reader(text.substr(at)).first();
            if (fits(type, value)) found.push_back(value);
            at += value.size();
        } catch (const DecodeError& problem) {
            const std::string& why = problem.problem();
            if (why.find("end of the text") != std::string::npos ||
                why.find("ends inside") != std::string::npos)
                break;
            ++at;
        }
    }
    return found;
}

GENAI_INLINE std::string one_value(std::string_view text, const Type& type, char bracket) {
    const auto values = values_in(text, type, bracket);
    if (values.empty()) return std::string(text);
    const auto first = decode<Json>(values.front());
    for (const std::string_view other : values)
        if (decode<Json>(other) != first) {
            const auto place = [&](std::string_view value) {
                return "byte " + std::to_string(value.data() - text.data()) + ", " + excerpt(value, 80);
            };
            throw DecodeError({}, "the text holds two different values: at " + place(values.front()) +
                                      " and at " + place(other));
        }
    return std::string(values.front());
}

GENAI_INLINE std::string embedded_json(const Type& type, std::string_view text) {
    if (type.kind == Kind::text)
        return trimmed(text).starts_with('"') && is_json(trimmed(text)) ? std::string(trimmed(text))
                                                                        : encode(std::string(text));
    const std::string_view plain = unfenced(text);
    if (type.kind == Kind::choice || type.kind == Kind::enumeration)
        return plain.starts_with('"') && is_json(plain) ? std::string(plain) : encode(std::string(plain));
    if (is_json(plain)) return std::string(plain);
    const char bracket = bracket_of(type);
    if (bracket != '\0') return one_value(trimmed(text), type, bracket);
    if (type.kind != Kind::json && type.kind != Kind::one_of && type.kind != Kind::raw)
        return std::string(plain);
    const std::size_t object = (std::min)(text.find('{'), text.size());
    const std::size_t list = (std::min)(text.find('['), text.size());
    return object == list ? std::string(plain) : one_value(trimmed(text), type, object < list ? '{' : '[');
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
