#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Cuts text that comes in pieces into lines; blank ones are left out.
class Lines {
public:
    /// Takes a piece and calls `on_line` for each line it ends. False when that said so.
    template <class OnLine>
    bool feed(std::string_view piece, OnLine&& on_line) {
        for (;;) {
            const auto end = piece.find('\n');
            if (stopped_) return false;
            if (end == std::string_view::npos) break;
            if (begun_.empty()) {
                give(piece.substr(0, end), on_line);
            } else {
                begun_ += piece.substr(0, end);
                give(begun_, on_line);
                begun_.clear();
            }
            piece.remove_prefix(end + 1);
        }
        begun_ += piece;
        return true;
    }

    /// The text is over: a last line may have no end.
    template <class OnLine>
    void end(OnLine&& on_line) {
        if (!stopped_) give(begun_, on_line);
        begun_.clear();
    }

private:
    template <class OnLine>
    void give(std::string_view line, OnLine&& on_line) {
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) stopped_ = !on_line(line);
    }

    std::string begun_{};
    bool stopped_{false};
};

}  // namespace genai::inline GENAI_ABI::detail
