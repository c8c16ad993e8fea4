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
#include <genai/wire/bytes.hpp>

namespace genai::inline v0::detail {

/// Hands a successful answer's body on, piece by piece. `on_piece` says whether to go on.
template <class OnPiece>
class MediaSink final : public AnswerSink {
public:
    MediaSink(std::string_view secret, OnPiece on_piece) : AnswerSink(secret), on_piece_(std::move(on_piece)) {}

private:
    bool accept(std::string_view piece) override { return on_piece_(piece); }

    OnPiece on_piece_;
};

/// Fetches media and pushes it to a callback of a std::string_view; where that returns a bool, false ends it.
template <http::Transport T, class OnPiece>
void download(Core<T>& core, const Call& call, OnPiece& on_piece) {
    const auto push = [&on_piece](std::string_view piece) {
        if constexpr (std::same_as<std::invoke_result_t<OnPiece&, std::string_view>, bool>) {
            return on_piece(piece);
        } else {
            on_piece(piece);
            return true;
        }
    };
    MediaSink sink(core.protocol().key(), push);
    core.exchange(core.protocol().request(call), sink);
}

/// Fetches media into memory.
template <http::Transport T>
Bytes download_bytes(Core<T>& core, const Call& call) {
    TextSink sink(core.protocol().key());
    core.exchange(core.protocol().request(call), sink);
    return Bytes(sink.text());
}

/// Fetches media into a file. It has another name until all of it is there; a failure leaves what was there before.
template <http::Transport T>
void download_file(Core<T>& core, const Call& call, const std::filesystem::path& to) {
    std::filesystem::path part = to;
    part += ".part";
    struct Remove {
        const std::filesystem::path& path;
        ~Remove() {
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
        }
    };
    const auto cannot = [](const std::string& what) { return InvalidArgument("path", what); };
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    if (!file) throw cannot("cannot be written to");
    const Remove cleanup{part};
    const auto write = [&](std::string_view piece) {
        file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        if (!file) throw Error("the download could not be written: is the disk full?");
    };
    download(core, call, write);
    file.close();
    if (!file) throw Error("the download could not be written: is the disk full?");
    std::error_code problem;
    std::filesystem::rename(part, to, problem);
    if (problem) throw cannot("cannot be written to: " + problem.message());
}

}  // namespace genai::inline v0::detail
