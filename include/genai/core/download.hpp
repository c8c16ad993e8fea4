#pragma once

#include <concepts>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Delivers a success's body, piece by piece. `on_piece` says whether to go on.
class MediaSink final : public ResponseSink {
public:
    explicit MediaSink(std::function<bool(std::string_view)> on_piece) : on_piece_(std::move(on_piece)) {}

private:
    bool accept(std::string_view piece) override {
        mark_delivered();
        return on_piece_(piece);
    }

    std::function<bool(std::string_view)> on_piece_;
};

/// Fetches media and pushes it to a callback of a std::string_view; where that returns a bool, false ends it.
template <class OnPiece>
void download(Caller& caller, Call call, OnPiece& on_piece) {
    MediaSink sink(as_bool_callback<std::string_view>(on_piece));
    caller.run(std::move(call), sink);
}

/// Fetches media into memory.
GENAI_LAZY Bytes download_bytes(Caller& caller, Call call);

/// Fetches media into a file. What was there before stays until all of it is there.
GENAI_LAZY void download_file(Caller& caller, Call call, const std::filesystem::path& to);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/os/replace_file.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY_BODY GENAI_INLINE Bytes download_bytes(Caller& caller, Call call) {
    TextSink sink;
    caller.run(std::move(call), sink);
    return Bytes(sink.text());
}

GENAI_LAZY_BODY GENAI_INLINE void download_file(Caller& caller, Call call, const std::filesystem::path& to) {
    FileReplacement file(to, "to");
    const auto write = [&file](std::string_view piece) { file.write(piece); };
    download(caller, std::move(call), write);
    file.commit();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
