#pragma once

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// A run of bytes: an image, a sound, a document. On the wire it is base64 text (RFC 4648). A copy is a value
/// of its own and cheap: the bytes are shared until one of the copies is written to (the count of holders is
/// atomic). A contiguous range of `char`.
class Bytes {
public:
    using value_type = char;
    using const_iterator = const char*;

    Bytes() = default;
    /// Copies a run of one-byte elements: a string, a vector of bytes, a span.
    template <class Run>
    requires(!std::is_array_v<Run> && !std::same_as<Run, Bytes> &&
             requires(const Run& run) {
                 requires sizeof(*std::data(run)) == 1;
                 { std::size(run) } -> std::convertible_to<std::size_t>;
             }) Bytes(const Run& run)
        : Bytes(uninitialized(std::size(run))) {
        if (size_ != 0) std::memcpy(mutable_data(), std::data(run), size_);
    }

    Bytes(const Bytes& other) noexcept : block_(other.block_), size_(other.size_) {
        if (block_ != nullptr) block_->holders.fetch_add(1, std::memory_order_relaxed);
    }
    Bytes(Bytes&& other) noexcept
        : block_(std::exchange(other.block_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Bytes& operator=(const Bytes& other) noexcept { return *this = Bytes(other); }
    Bytes& operator=(Bytes&& other) noexcept {
        Bytes taken(std::move(other));
        std::swap(block_, taken.block_);
        std::swap(size_, taken.size_);
        return *this;
    }
    ~Bytes() {
        if (block_ == nullptr || block_->holders.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
        block_->~Block();
        ::operator delete(block_);
    }

    /// How a text becomes bytes, to `out`, which has room for them.
    using Decode = void (*)(std::string_view text, char* out) noexcept;
    /// `size` bytes that are made of a text when they are first looked at, and never where they are only sent
    /// on. The text is kept alive by `owner`, or by the caller where there is none.
    static Bytes deferred(std::string_view text, std::size_t size, Decode decode,
                          std::shared_ptr<const void> owner) {
        Bytes result;
        result.block_ = new (::operator new(sizeof(Block))) Block;
        result.block_->source.reset(new Source{text, size, decode, std::move(owner)});
        result.size_ = size;
        return result;
    }

    /// `size` bytes of unspecified value, to be written through `mutable_data()`.
    static Bytes uninitialized(std::size_t size) {
        Bytes result;
        result.block_ = new (::operator new(sizeof(Block) + size)) Block;
        result.size_ = size;
        return result;
    }

    /// The first byte, to be written to: the bytes are this object's alone from here on. Null when there
    /// never were any.
    char* mutable_data() {
        if (block_ != nullptr && (block_->source || block_->holders.load(std::memory_order_acquire) != 1))
            *this = Bytes(view());
        return bytes();
    }
    /// The first byte; null when there never were any.
    const char* data() const noexcept { return bytes(); }
    const char* begin() const noexcept { return bytes(); }
    const char* end() const noexcept { return bytes() + size_; }
    /// The bytes as std::byte; valid as long as this object is neither changed nor destroyed.
    std::span<const std::byte> as_bytes() const noexcept { return std::as_bytes(std::span(bytes(), size_)); }
    /// Number of bytes.
    std::size_t size() const noexcept { return size_; }
    /// Whether there is none.
    bool empty() const noexcept { return size_ == 0; }
    /// The bytes as characters; valid as long as this object is neither changed nor destroyed.
    std::string_view view() const noexcept { return {bytes(), size_}; }
    /// The text that they are made of, where they are `deferred` and whole; else empty. Valid as `view()` is.
    std::string_view source() const noexcept {
        const bool whole = block_ != nullptr && block_->source && block_->source->size == size_;
        return whole ? block_->source->text : std::string_view();
    }
    /// Drops bytes from the end.
    void truncate(std::size_t size) noexcept { size_ = (std::min)(size_, size); }

    friend bool operator==(const Bytes& a, const Bytes& b) noexcept { return a.view() == b.view(); }

private:
    /// A text that bytes are made of, and those bytes once they are.
    struct Source {
        std::string_view text;
        std::size_t size;
        Decode decode;
        std::shared_ptr<const void> owner;
        std::atomic<char*> made{nullptr};

        ~Source() { ::operator delete(made.load(std::memory_order_relaxed)); }

        char* bytes() noexcept {
            if (char* const there = made.load(std::memory_order_acquire)) return there;
            auto* const mine = static_cast<char*>(::operator new(size));
            decode(text, mine);
            char* first = nullptr;  // another thread may have been faster
            if (made.compare_exchange_strong(first, mine, std::memory_order_acq_rel)) return mine;
            ::operator delete(mine);
            return first;
        }
    };
    /// How many copies share the bytes that lie behind it, or what they are made of.
    struct Block {
        std::atomic<std::size_t> holders{1};
        std::unique_ptr<Source> source{};
    };

    char* bytes() const noexcept {
        if (block_ == nullptr) return nullptr;
        return block_->source ? block_->source->bytes() : reinterpret_cast<char*>(block_ + 1);
    }

    Block* block_{nullptr};
    std::size_t size_{0};
};

}  // namespace genai::inline GENAI_ABI
