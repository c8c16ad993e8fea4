#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// What an exception says.
inline std::string message_of(const std::exception_ptr& error) {
    if (!error) return {};
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& problem) {
        return problem.what();
    } catch (...) {
        return "an exception of an unknown type";
    }
}

}  // namespace detail

/// A value, or what was thrown in its place: for code around calls that does without exceptions.
template <class T>
class [[nodiscard]] Result {
public:
    /// The type of the value.
    using value_type = T;

    /// The value.
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    /// What was thrown; not null.
    Result(std::exception_ptr error) : held_(std::in_place_index<1>, std::move(error)) {}

    /// Whether there is a value.
    bool has_value() const noexcept { return held_.index() == 0; }
    /// Whether there is a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. Throws what was thrown where there is none, as do the operators.
    T& value() & { return checked(*this); }
    const T& value() const& { return checked(*this); }
    T&& value() && { return std::move(checked(*this)); }
    T& operator*() & { return checked(*this); }
    const T& operator*() const& { return checked(*this); }
    T&& operator*() && { return std::move(checked(*this)); }
    T* operator->() { return &checked(*this); }
    const T* operator->() const { return &checked(*this); }
    /// The value, or `fallback` where there is none.
    template <std::convertible_to<T> U>
    T value_or(U&& fallback) && {
        return has_value() ? std::move(std::get<0>(held_)) : T(std::forward<U>(fallback));
    }

    /// What was thrown; null where there is a value.
    std::exception_ptr error() const noexcept {
        return has_value() ? std::exception_ptr() : std::get<1>(held_);
    }
    /// What the exception says; empty where there is a value.
    std::string message() const { return detail::message_of(error()); }

private:
    template <class Self>
    static auto& checked(Self& self) {
        if (!self.has_value()) std::rethrow_exception(std::get<1>(self.held_));
        return std::get<0>(self.held_);
    }

    std::variant<T, std::exception_ptr> held_;
};

/// Of work that gives nothing.
template <>
class [[nodiscard]] Result<void> {
public:
    /// The type of the value.
    using value_type = void;

    /// It went well.
    Result() = default;
    /// What was thrown; not null.
    Result(std::exception_ptr error) : error_(std::move(error)) {}

    /// Whether it went well.
    bool has_value() const noexcept { return error_ == nullptr; }
    /// Whether it went well.
    explicit operator bool() const noexcept { return has_value(); }
    /// Throws what was thrown, if anything was.
    void value() const {
        if (error_) std::rethrow_exception(error_);
    }
    /// What was thrown; null where it went well.
    std::exception_ptr error() const noexcept { return error_; }
    /// What the exception says; empty where it went well.
    std::string message() const { return detail::message_of(error_); }

private:
    std::exception_ptr error_{};
};

/// Calls `work` and gives its result or what it threw: `if (auto answer = genai::attempt([&] { return
/// client.models.generate_content(model, "Hello"); })) …`. Throws nothing.
template <std::invocable Work>
Result<std::remove_cvref_t<std::invoke_result_t<Work>>> attempt(Work&& work) noexcept {
    using T = std::remove_cvref_t<std::invoke_result_t<Work>>;
    try {
        if constexpr (std::is_void_v<T>) {
            std::invoke(std::forward<Work>(work));
            return {};
        } else {
            return Result<T>(std::invoke(std::forward<Work>(work)));
        }
    } catch (...) {
        return Result<T>(std::current_exception());
    }
}

}  // namespace genai::inline GENAI_ABI
