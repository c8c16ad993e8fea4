#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::wire {

/// A growing run of bytes that is never zero-filled and grows in place where the allocator can, which a
/// std::string cannot in C++20. Move-only.
class Buffer {
public:
    Buffer() = default;
    Buffer(Buffer&& other) noexcept
        : data_(std::move(other.data_)),
          size_(std::exchange(other.size_, 0)),
          capacity_(std::exchange(other.capacity_, 0)) {}
    Buffer& operator=(Buffer&& other) noexcept {
        data_ = std::move(other.data_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
        return *this;
    }
    ~Buffer() = default;

    /// What has been written, valid until the next change.
    std::string_view view() const noexcept { return {data_.get(), size_}; }
    /// Number of bytes written.
    std::size_t size() const noexcept { return size_; }
    /// Forgets the content, keeps the memory.
    void clear() noexcept { size_ = 0; }

    /// Room for `count` more bytes; what is written there counts after `commit`.
    char* room(std::size_t count) {
        if (capacity_ - size_ < count) grow(count);
        return data_.get() + size_;
    }
    /// Takes `count` bytes, written to the last `room`, as content.
    void commit(std::size_t count) noexcept { size_ += count; }

    /// Adds bytes at the end.
    void append(std::string_view text) {
        if (text.empty()) return;
        std::memcpy(room(text.size()), text.data(), text.size());
        commit(text.size());
    }
    /// Adds one byte at the end.
    void append(char byte) {
        *room(1) = byte;
        commit(1);
    }

private:
    struct Free {
        void operator()(char* memory) const noexcept { std::free(memory); }
    };

    void grow(std::size_t count) {
        const std::size_t wanted = (std::max)(size_ + count, capacity_ * 2 + 1024);
        char* const larger = static_cast<char*>(std::realloc(data_.get(), wanted));
        if (larger == nullptr) throw std::bad_alloc();
        static_cast<void>(data_.release());  // realloc has taken it
        data_.reset(larger);
        capacity_ = wanted;
    }

    std::unique_ptr<char, Free> data_{};
    std::size_t size_{0};
    std::size_t capacity_{0};
};

}  // namespace genai::inline GENAI_ABI::wire
