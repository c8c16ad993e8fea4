#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <source_location>
#include <type_traits>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

/// An optional value kept on the heap, with std::optional's members: copies deeply, may hold a type that is
/// still being declared, costs one pointer when empty. Used for members that are rare or of their own type.
/// Reading an empty one throws MissingValue.
template <class T>
class Box {
public:
    /// The held type.
    using value_type = T;

    constexpr Box() noexcept = default;
    /// Empty.
    constexpr Box(std::nullopt_t) noexcept {}
    /// Empty.
    constexpr Box(std::nullptr_t) noexcept {}
    /// Holds `value`.
    Box(T value) : held_(new T(std::move(value))) {}
    /// Holds what `value` converts to; what it holds or owns, where it is a std::optional or a
    /// std::unique_ptr; nothing for a null `const char*`.
    template <class U>
    requires(!std::is_base_of_v<Box, std::remove_cvref_t<U>> && !std::same_as<std::remove_cvref_t<U>, T> &&
             (std::same_as<std::remove_cvref_t<U>, std::optional<T>> || std::same_as<U, std::unique_ptr<T>> ||
              std::convertible_to<U&&, T>))  // in this order: asked for each copy, the last is dear
        Box(U&& value) {
        if constexpr (std::same_as<U, std::unique_ptr<T>>) {
            held_ = value.release();
        } else if constexpr (std::same_as<std::remove_cvref_t<U>, std::optional<T>>) {
            if (value) held_ = new T(*std::forward<U>(value));
        } else if constexpr (std::is_pointer_v<std::remove_reference_t<U>>) {
            if (value != nullptr) held_ = new T(std::forward<U>(value));
        } else {
            held_ = new T(std::forward<U>(value));
        }
    }
    Box(const Box& other);
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
    ~Box();

    /// Whether a value is held.
    bool has_value() const noexcept { return held_ != nullptr; }
    /// Whether a value is held.
    explicit operator bool() const noexcept { return held_ != nullptr; }

    /// The value; null when empty.
    T* get() noexcept { return held_; }
    /// The value; null when empty.
    const T* get() const noexcept { return held_; }

    /// The value. Throws MissingValue when empty, as do the operators below.
    T& value() { return *checked(); }
    /// The value.
    const T& value() const { return *checked(); }
    T& operator*() { return *checked(); }
    const T& operator*() const { return *checked(); }
    T* operator->() { return checked(); }
    const T* operator->() const { return checked(); }

    /// The value, or `fallback` when empty.
    template <class U>
    T value_or(U&& fallback) const {
        return held_ != nullptr ? *held_ : static_cast<T>(std::forward<U>(fallback));
    }

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
    friend bool operator==(const Box& box, std::nullopt_t) noexcept { return !box.has_value(); }
    friend bool operator==(const Box& box, std::nullptr_t) noexcept { return !box.has_value(); }

private:
    T* checked() const {
        if (held_ == nullptr) detail::throw_missing(std::source_location::current().function_name());
        return held_;
    }

    T* held_{nullptr};  // a bare pointer: a std::unique_ptr for each type costs every user's compiler more
                        // than all of this
};

// Not within the class: only what is not inline can be left to a compiled library, see GENAI_COMPILED_BOX.
template <class T>
Box<T>::Box(const Box& other) : held_(other.held_ == nullptr ? nullptr : new T(*other.held_)) {}
template <class T>
Box<T>::~Box() {
    delete held_;
}

}  // namespace genai::inline GENAI_ABI

// Copying and destroying the value of a Box of this type is compiled once where there is a compiled library:
// with it goes all that the value holds.
#if defined(GENAI_COMPILED) && GENAI_BODIES
#define GENAI_COMPILED_BOX(type)               \
    namespace genai::inline GENAI_ABI {        \
    template Box<type>::Box(const Box<type>&); \
    template Box<type>::~Box();                \
    }
#elif defined(GENAI_COMPILED)
#define GENAI_COMPILED_BOX(type)                      \
    namespace genai::inline GENAI_ABI {               \
    extern template Box<type>::Box(const Box<type>&); \
    extern template Box<type>::~Box();                \
    }
#else
#define GENAI_COMPILED_BOX(type)
#endif
