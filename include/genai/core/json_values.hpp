#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Cuts JSON that comes in pieces into its values: the elements of one list, or values one behind the other,
/// as lines are. Only brackets and strings are looked at; what a value holds is its reader's to judge.
class JsonValues {
public:
    /// Takes a piece and calls `on_value` with the text of each object or list that it completes. False when
    /// that said so.
    template <class OnValue>
    bool feed(std::string_view piece, OnValue&& on_value) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const char c = piece[i];
            if (in_string_) {
                take_in_string(c);
                continue;
            }
            if (c == '"' && depth_ > outer_) in_string_ = true;
            if (c == '[' && depth_ == 0 && !begun_) {
                begun_ = true;  // the list around them
                outer_ = 1;
                depth_ = 1;
                start_ = i + 1;
                continue;
            }
            if (c == '{' || c == '[') {
                begun_ = true;
                if (depth_++ == outer_) start_ = i;
            } else if ((c == '}' || c == ']') && depth_ > outer_ && --depth_ == outer_) {
                text_ += piece.substr(start_, i + 1 - start_);
                const std::string whole = std::exchange(text_, {});
                start_ = i + 1;
                if (!on_value(std::string_view(whole))) return false;
            }
        }
        if (depth_ > outer_) text_ += piece.substr(start_);
        start_ = 0;
        return true;
    }
    /// What has come of a value that is not complete.
    const std::string& pending() const noexcept { return text_; }

private:
    void take_in_string(char c) noexcept {
        if (escaped_) escaped_ = false;
        else if (c == '\\') escaped_ = true;
        else if (c == '"') in_string_ = false;
    }

    std::string text_{};
    std::size_t start_{0};
    std::size_t depth_{0};
    std::size_t outer_{0};  // the depth around the values: 1 within a list
    bool begun_{false};
    bool in_string_{false};
    bool escaped_{false};
};

}  // namespace genai::inline GENAI_ABI::detail
