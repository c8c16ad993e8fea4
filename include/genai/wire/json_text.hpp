#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/buffer.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI::wire {

/// JSON text that is read piece by piece: as it was written, but for long runs of bytes, of which only a
/// share is held and whose base64 is made where it is read. An image in a request so takes no memory beside
/// its own.
class JsonText {
public:
    /// Runs of bytes shorter than this are written out.
    static constexpr std::size_t least_held = std::size_t{64} << 10U;

    /// What is written, without what is held.
    Buffer& written() noexcept { return written_; }
    /// Lets the base64 of `bytes` stand where the text ends now.
    void hold(const Bytes& bytes) {
        held_.push_back({written_.size(), bytes});
        size_ += base64_size(bytes.size());
    }

    /// Number of characters.
    std::uint64_t size() const noexcept { return written_.size() + size_; }
    /// Whether nothing is held: all of it is what was written.
    bool plain() const noexcept { return held_.empty(); }
    /// What was written; valid until the next change.
    std::string_view view() const noexcept { return written_.view(); }
    /// Calls `text` and `bytes` with what was written and with what is held, in order.
    template <class OnText, class OnBytes>
    void for_each_stretch(OnText&& text, OnBytes&& bytes) const {
        std::size_t at = 0;
        for (const Held& held : held_) {
            text(view().substr(at, held.at - at));
            bytes(held.bytes);
            at = held.at;
        }
        text(view().substr(at));
    }
    /// Fills `out` with what there is from `offset` on; says how much that was.
    std::size_t read(std::uint64_t offset, std::span<char> out) const;
    /// All of it.
    std::string whole() const;

private:
    struct Held {
        std::size_t at{};
        Bytes bytes{};
    };

    Buffer written_{};
    std::vector<Held> held_{};
    std::uint64_t size_{0};
};

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE std::size_t JsonText::read(std::uint64_t offset, std::span<char> out) const {
    const std::size_t wanted = out.size();
    std::uint64_t begin = 0;  // of the stretch that is looked at
    const auto stretch = [&](std::uint64_t length, const auto& copy) {
        if (offset < begin + length && !out.empty()) {
            const std::uint64_t from = offset - begin;
            const auto count = static_cast<std::size_t>((std::min)(length - from, std::uint64_t{out.size()}));
            copy(from, out.first(count));
            out = out.subspan(count);
            offset += count;
        }
        begin += length;
    };
    std::size_t place = 0;  // in what was written
    const auto text = [&](std::size_t end) {
        stretch(end - place, [&](std::uint64_t from, std::span<char> to) {
            std::memcpy(to.data(), view().data() + place + from, to.size());
        });
        place = end;
    };
    for (const Held& held : held_) {
        text(held.at);
        stretch(base64_size(held.bytes.size()),
                [&](std::uint64_t from, std::span<char> to) { base64_part(held.bytes, from, to); });
    }
    text(written_.size());
    return wanted - out.size();
}

GENAI_INLINE std::string JsonText::whole() const {
    std::string all(detail::number_cast<std::size_t>(size()), '\0');
    read(0, all);
    return all;
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
