#pragma once

#include <concepts>
#include <memory>
#include <utility>

namespace genai::inline v0 {

/// An optional value kept on the heap: copies deeply, may hold a type that is still being declared, costs one pointer
/// when empty. Used for members that are rare or of their own type. Dereferencing an empty box is undefined.
template <class T>
class Box {
public:
    /// The held type.
    using value_type = T;

    constexpr Box() noexcept = default;
    /// Holds `value`.
    Box(T value) : held_(std::make_unique<T>(std::move(value))) {}
    Box(const Box& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
    Box(Box&&) noexcept = default;
    Box& operator=(const Box& other) {
        if (this != &other) held_ = other.held_ ? std::make_unique<T>(*other.held_) : nullptr;
        return *this;
    }
    Box& operator=(Box&&) noexcept = default;
    ~Box() = default;

    /// Whether a value is held.
    bool has_value() const noexcept { return held_ != nullptr; }
    /// Whether a value is held.
    explicit operator bool() const noexcept { return has_value(); }

    T& operator*() noexcept { return *held_; }
    const T& operator*() const noexcept { return *held_; }
    T* operator->() noexcept { return held_.get(); }
    const T* operator->() const noexcept { return held_.get(); }

    /// Replaces whatever is held by a new value.
    template <class... Args>
    T& emplace(Args&&... args) {
        held_ = std::make_unique<T>(std::forward<Args>(args)...);
        return *held_;
    }

    /// Empties the box.
    void reset() noexcept { held_.reset(); }

    /// Equal when both are empty or hold equal values.
    friend bool operator==(const Box& a, const Box& b) {
        return a.held_ && b.held_ ? *a.held_ == *b.held_ : !a.held_ && !b.held_;
    }

private:
    std::unique_ptr<T> held_{};
};

}  // namespace genai::inline v0
