#pragma once

#include <concepts>
#include <utility>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// An optional value kept on the heap: copies deeply, may hold a type that is still being declared, costs one
/// pointer when empty. Used for members that are rare or of their own type. Dereferencing an empty box is
/// undefined.
template <class T>
class Box {
public:
    /// The held type.
    using value_type = T;

    constexpr Box() noexcept = default;
    /// Holds `value`.
    Box(T value) : held_(new T(std::move(value))) {}
    Box(const Box& other) : held_(other.held_ == nullptr ? nullptr : new T(*other.held_)) {}
    Box(Box&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
    Box& operator=(const Box& other) {
        if (this != &other) *this = Box(other);
        return *this;
    }
    Box& operator=(Box&& other) noexcept {
        Box taken(std::move(other));  // which may lie within what is held here
        std::swap(held_, taken.held_);
        return *this;
    }
    ~Box() { delete held_; }

    /// Whether a value is held.
    bool has_value() const noexcept { return held_ != nullptr; }
    /// Whether a value is held.
    explicit operator bool() const noexcept { return has_value(); }

    T& operator*() noexcept { return *held_; }
    const T& operator*() const noexcept { return *held_; }
    T* operator->() noexcept { return held_; }
    const T* operator->() const noexcept { return held_; }

    /// Replaces whatever is held by a new value.
    template <class... Args>
    T& emplace(Args&&... args) {
        T* const made = new T(std::forward<Args>(args)...);
        delete std::exchange(held_, made);
        return *made;
    }

    /// Empties the box.
    void reset() noexcept { delete std::exchange(held_, nullptr); }

    /// Equal when both are empty or hold equal values.
    friend bool operator==(const Box& a, const Box& b) {
        return a.held_ != nullptr && b.held_ != nullptr ? *a.held_ == *b.held_ : a.held_ == b.held_;
    }

private:
    T* held_{nullptr};  // a bare pointer: a std::unique_ptr for each type costs every user's compiler more
                        // than all of this
};

}  // namespace genai::inline GENAI_ABI
