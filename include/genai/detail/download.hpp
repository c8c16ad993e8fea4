#pragma once

#include <charconv>
#include <concepts>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/events.hpp>
#include <genai/wire/bytes.hpp>

namespace genai::inline v0::detail {

/// Hands a successful answer's body on, piece by piece. `on_piece` says whether to go on.
template <class OnPiece>
class MediaSink final : public AnswerSink {
public:
    explicit MediaSink(OnPiece on_piece) : on_piece_(std::move(on_piece)) {}

private:
    bool accept(std::string_view piece) override {
        hand_on();
        return on_piece_(piece);
    }

    OnPiece on_piece_;
};

/// Fetches media and pushes it to a callback of a std::string_view; where that returns a bool, false ends it.
template <http::Transport T, class OnPiece>
void download(Core<T>& core, const Call& call, OnPiece& on_piece) {
    MediaSink sink(going_on<std::string_view>(on_piece));
    core.exchange(core.protocol().request(call), sink);
}

/// Fetches media into memory.
template <http::Transport T>
Bytes download_bytes(Core<T>& core, const Call& call) {
    return core.ask(call, [](std::string_view text, const http::ResponseHead&) { return Bytes(text); });
}

/// An ending for the name of a file that is not all there yet; never the same twice.
std::string part_suffix();

/// Fetches media into a file. It has a name of its own until all of it is there; a failure leaves what was there before.
template <http::Transport T>
void download_file(Core<T>& core, const Call& call, const std::filesystem::path& to) {
    std::error_code problem;
    if (!to.has_filename() || std::filesystem::is_directory(to, problem)) throw InvalidArgument("to", "names a folder, not a file");
    struct Part {
        std::filesystem::path path{};
        ~Part() {
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
        }
    };
    Part part{to};
    part.path += part_suffix();
    std::ofstream file(part.path, std::ios::binary | std::ios::trunc);  // closed before its part is removed
    if (!file) throw InvalidArgument("to", "cannot be written to");
    const auto hold = [&file] {
        if (!file) throw Error("the download could not be written: is the disk full?");
    };
    const auto write = [&](std::string_view piece) {
        file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        hold();
    };
    download(core, call, write);
    file.close();
    hold();
    std::filesystem::rename(part.path, to, problem);
    if (problem) throw Error("the download could not be put in its place: " + problem.message());
}

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

#include <random>

namespace genai::inline v0::detail {

GENAI_INLINE std::string part_suffix() {
    std::random_device random;
    return '.' + std::to_string(random()) + std::to_string(random()) + ".part";
}

}  // namespace genai::inline v0::detail

#endif
