#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// Makes the shortest text that a regular expression fits: literals, classes, groups, alternatives,
/// repetition and anchors (ECMA-262). Nothing for what it does not know, such as look-ahead and back
/// references.
class PatternText {
public:
    static std::optional<std::string> make(std::string_view pattern) {
        PatternText maker(pattern);
        std::string text;
        if (!maker.alternatives(text, 0) || maker.at_ != pattern.size()) return std::nullopt;
        return text;
    }

private:
    explicit PatternText(std::string_view pattern) : pattern_(pattern) {}

    static constexpr std::size_t longest = 4096;

    bool more() const { return at_ < pattern_.size(); }
    bool take(char c) {
        if (!more() || pattern_[at_] != c) return false;
        ++at_;
        return true;
    }

    // The first alternative; the others are only read.
    bool alternatives(std::string& out, int depth) {
        if (depth > 32 || !sequence(out, depth)) return false;
        while (take('|')) {
            std::string other;
            if (!sequence(other, depth)) return false;
        }
        return true;
    }

    bool sequence(std::string& out, int depth) {
        while (more() && pattern_[at_] != '|' && pattern_[at_] != ')') {
            if (take('^') || take('$')) continue;
            std::string atom;
            if (!one(atom, depth)) return false;
            std::size_t times = 1;
            if (!repetition(times) || atom.size() * times > longest) return false;
            for (std::size_t i = 0; i < times; ++i) out += atom;
            if (out.size() > longest) return false;
        }
        return true;
    }

    bool one(std::string& out, int depth) {
        const char c = pattern_[at_++];
        switch (c) {
            case '(':
                if (take('?') && !take(':')) return false;
                return alternatives(out, depth + 1) && take(')');
            case '[': return char_class(out);
            case '\\': return escape(out);
            case '.': out += 'x'; return true;
            case '*':
            case '+':
            case '?':
            case '{': return false;
            default: out += c; return true;
        }
    }

    // How often the atom before is repeated at least.
    bool repetition(std::size_t& times) {
        if (take('*') || take('?')) times = 0;
        else if (take('{')) {
            if (!number(times)) return false;
            std::size_t most = 0;
            if (take(',')) static_cast<void>(number(most));
            if (!take('}')) return false;
        } else if (!take('+')) {
            return true;
        }
        static_cast<void>(take('?'));  // lazy
        return true;
    }

    bool number(std::size_t& value) {
        const std::size_t begin = at_;
        value = 0;
        for (; more() && pattern_[at_] >= '0' && pattern_[at_] <= '9'; ++at_)
            value = (std::min)(longest + 1, value * 10 + static_cast<std::size_t>(pattern_[at_] - '0'));
        return at_ != begin;
    }

    bool escape(std::string& out) {
        if (!more()) return false;
        const char c = pattern_[at_++];
        switch (c) {
            case 'd': out += '1'; return true;
            case 'w':
            case 'D':
            case 'S': out += 'a'; return true;
            case 'W': out += '-'; return true;
            case 's': out += ' '; return true;
            case 'n': out += '\n'; return true;
            case 't': out += '\t'; return true;
            default: break;
        }
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) return false;  // a back reference, a boundary, a property
        out += c;
        return true;
    }

    // The first member of a class; of one that excludes, a character that is none of it.
    bool char_class(std::string& out) {
        const bool excludes = take('^');
        std::string members;
        while (!take(']')) {
            if (!more()) return false;
            std::string member;
            if (take('\\')) {
                if (!escape(member)) return false;
            } else {
                member = pattern_[at_++];
            }
            if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
                const char last = pattern_[at_ + 1];
                at_ += 2;
                for (int c = static_cast<unsigned char>(member[0]); c <= static_cast<unsigned char>(last);
                     ++c)
                    if (excludes || members.empty()) members += static_cast<char>(c);
                continue;
            }
            members += member;
        }
        if (!excludes) {
            if (members.empty()) return false;
            out += members.front();
            return true;
        }
        for (const char c : std::string_view("xa1 -_X"))
            if (members.find(c) == std::string::npos) {
                out += c;
                return true;
            }
        return false;
    }

    std::string_view pattern_;
    std::size_t at_{0};
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
