#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Goes one step further down a pointer: to a member, whose `~` and `/` are escaped.
inline void add_step(std::string& pointer, std::string_view key) {
    pointer += '/';
    for (const char c : key) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
}

/// The RFC 6901 pointer to the value at `offset` of JSON text that is well-formed up to there. Errors alone
/// ask for it, so reader and writer carry no path on the way.
inline std::string pointer_at(std::string_view text, std::size_t offset) {
    struct Level {
        bool object{};
        bool has_key{};
        std::string key{};
        std::size_t index{};
    };
    std::vector<Level> levels;
    bool key_next = false;
    if (offset > text.size()) offset = text.size();
    for (std::size_t i = 0; i < offset;) {
        const char c = text[i];
        if (c == '{' || c == '[') {
            levels.push_back({.object = c == '{'});
            key_next = c == '{';
        } else if (c == '}' || c == ']') {
            if (!levels.empty()) levels.pop_back();
            key_next = false;
        } else if (c == ',' && !levels.empty()) {
            if (levels.back().object) {
                levels.back().has_key = false;
                key_next = true;
            } else {
                ++levels.back().index;
            }
        } else if (c == '"') {
            const std::size_t start = ++i;
            while (i < offset && text[i] != '"') i += text[i] == '\\' ? 2U : 1U;
            if (i >= offset) break;  // the place is inside this string
            if (key_next && !levels.empty()) {
                levels.back().key = std::string(text.substr(start, i - start));
                levels.back().has_key = true;
                key_next = false;
            }
        }
        ++i;
    }
    std::string pointer;
    for (const Level& level : levels) {
        if (level.object && !level.has_key) break;
        add_step(pointer, level.object ? level.key : std::to_string(level.index));
    }
    return pointer;
}

}  // namespace genai::inline GENAI_ABI::wire
