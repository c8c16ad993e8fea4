#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

/// The member by which objects of a union tell their kind, and the text it then has.
struct Tag {
    std::string_view name{};
    std::string_view value{};
};

/// The first of `Alternatives` that is `T`; their number when none is.
template <class T, class... Alternatives>
consteval std::size_t index_of() {
    std::size_t index = 0;
    static_cast<void>(((std::same_as<T, Alternatives> || (++index, false)) || ...));
    return index;
}

/// The alternative that a `T` becomes: its own, else the first it converts to. Json, which everything
/// converts to, only for itself.
template <class T, class... Alternatives>
consteval std::size_t index_for() {
    constexpr std::size_t own = index_of<T, Alternatives...>();
    if constexpr (own != sizeof...(Alternatives)) {
        return own;
    } else {
        std::size_t index = 0;
        static_cast<void>((((std::convertible_to<T, Alternatives> && !std::same_as<Alternatives, Json> &&
                             !std::same_as<Alternatives, RawJson>) ||
                            (++index, false)) ||
                           ...));
        return index;
    }
}

template <std::size_t I, class First, class... Rest>
struct At : At<I - 1, Rest...> {};
template <class First, class... Rest>
struct At<0, First, Rest...> {
    using type = First;
};

}  // namespace wire

/// One of several kinds of value: what JSON says of its kind decides when it is read. A kind that this
/// version does not know is kept as it came. Empty unless given something; a pointer wide, the value is on
/// the heap.
template <class... Alternatives>
class OneOf {
public:
    OneOf() = default;
    /// A value of one of the kinds, or what converts to one.
    template <class T>
    requires(!std::derived_from<std::remove_cvref_t<T>, OneOf> &&
             wire::index_for<std::remove_cvref_t<T>, Alternatives..., RawJson>() <= sizeof...(Alternatives))
        OneOf(T&& value) {
        using Kind = typename wire::At<wire::index_for<std::remove_cvref_t<T>, Alternatives..., RawJson>(),
                                       Alternatives..., RawJson>::type;
        emplace<Kind>() = Kind(std::forward<T>(value));
    }
    OneOf(const OneOf& other)
        : ops_(other.ops_),
          value_(other.value_ == nullptr ? nullptr : other.ops_->copy(other.value_)),
          index_(other.index_) {}
    OneOf(OneOf&& other) noexcept
        : ops_(other.ops_), value_(std::exchange(other.value_, nullptr)), index_(other.index_) {}
    OneOf& operator=(const OneOf& other) { return *this = OneOf(other); }
    OneOf& operator=(OneOf&& other) noexcept {
        OneOf taken(std::move(other));  // which may lie within what is held here
        std::swap(ops_, taken.ops_);
        std::swap(value_, taken.value_);
        std::swap(index_, taken.index_);
        return *this;
    }
    ~OneOf() { reset(); }

    /// Whether there is nothing.
    bool empty() const noexcept { return value_ == nullptr; }
    /// Whether it is of that kind.
    template <class T>
    bool is() const noexcept {
        return get_if<T>() != nullptr;
    }
    /// The value when it is of that kind, else null.
    template <class T>
    const T* get_if() const noexcept {
        constexpr std::size_t index = wire::index_of<T, Alternatives..., RawJson>();
        static_assert(index <= sizeof...(Alternatives), "genai: this is not one of the kinds it can be");
        return value_ != nullptr && index_ == index ? static_cast<const T*>(value_) : nullptr;
    }
    /// The value when it is of that kind, else null.
    template <class T>
    T* get_if() noexcept {
        return const_cast<T*>(std::as_const(*this).template get_if<T>());
    }
    /// The text of a value of a kind this version does not know; null when it knows it, or there is none.
    const RawJson* unknown() const noexcept { return get_if<RawJson>(); }

    /// Makes it a value of that kind, as it is by default.
    template <class T>
    T& emplace() {
        reset();
        auto* const made = new T();
        ops_ = &ops_for<T>;
        value_ = made;
        index_ = static_cast<std::uint8_t>(wire::index_of<T, Alternatives..., RawJson>());
        return *made;
    }
    /// Empties it.
    void reset() noexcept {
        if (value_ != nullptr) ops_->destroy(std::exchange(value_, nullptr));
    }

    /// Equal when both are empty, or of one kind and equal.
    friend bool operator==(const OneOf& a, const OneOf& b) {
        if (a.empty() || b.empty()) return a.empty() == b.empty();
        return a.index_ == b.index_ && a.ops_->equal(a.value_, b.value_);
    }

private:
    friend struct wire::TypeOf<OneOf>;

    struct Ops {
        void* (*copy)(const void*);
        void (*destroy)(void*);
        bool (*equal)(const void*, const void*);
        const wire::Type* (*type)();
    };
    template <class T>
    static constexpr Ops ops_for{
        [](const void* value) -> void* { return new T(*static_cast<const T*>(value)); },
        [](void* value) { delete static_cast<T*>(value); },
        [](const void* a, const void* b) { return wire::equal(wire::type_of<T>, a, b); },
        [] { return &wire::type_of<T>; },
    };

    const Ops* ops_{nullptr};
    void* value_{nullptr};
    std::uint8_t index_{0};
};

namespace wire {

/// Whether a JSON text can be a `T`, by its first character and, where `T` has one, its tag.
template <class T>
struct Fits {
    static bool test(std::string_view text) {
        if constexpr (requires { T::tag; }) {
            if (!text.starts_with('{')) return false;
            const std::string_view kind = member_text(text, T::tag.name);
            return kind.size() == T::tag.value.size() + 2 && kind.front() == '"' &&
                   kind.substr(1, T::tag.value.size()) == T::tag.value;
        } else if constexpr (std::same_as<T, std::string> || std::derived_from<T, OpenEnumBase>) {
            return text.starts_with('"');
        } else {
            return text.starts_with('{');
        }
    }
};
template <class T>
struct Fits<std::vector<T>> {
    static bool test(std::string_view text) {
        if (!text.starts_with('[')) return false;
        const auto at = text.find_first_not_of(" \t\r\n", 1);
        return text[at] == ']' || Fits<T>::test(first_value(text.substr(at)));
    }
};
template <class... Alternatives>
struct Fits<OneOf<Alternatives...>> {
    static bool test(std::string_view text) { return (Fits<Alternatives>::test(text) || ...); }
};

/// The OneOf that a type is or derives from.
template <class... Alternatives>
OneOf<Alternatives...> one_of_base(const OneOf<Alternatives...>&);
template <class T>
concept IsOneOf = requires(const T& value) {
    one_of_base(value);
};

template <IsOneOf T>
requires(!std::same_as<T, decltype(one_of_base(std::declval<const T&>()))>) struct Fits<T>
    : Fits<decltype(one_of_base(std::declval<const T&>()))> {
};

template <IsOneOf T>
requires(!std::same_as<T, decltype(one_of_base(std::declval<const T&>()))>) struct TypeOf<T> {
    static_assert(sizeof(T) == sizeof(decltype(one_of_base(std::declval<const T&>()))),
                  "a union holds its value and nothing else");
    static constexpr Type make() { return TypeOf<decltype(one_of_base(std::declval<const T&>()))>::make(); }
};

template <class... Alternatives>
struct TypeOf<OneOf<Alternatives...>> {
    using Union = OneOf<Alternatives...>;

    static constexpr Type make() {
        return {
            .kind = Kind::one_of,
            .clear = [](void* at) { static_cast<Union*>(at)->reset(); },
            .choose = [](void* at, std::string_view text, unsigned) -> Typed {
                Union& value = *static_cast<Union*>(at);
                if (!((Fits<Alternatives>::test(text) && (value.template emplace<Alternatives>(), true)) ||
                      ...))
                    value.template emplace<RawJson>();
                return {value.ops_->type(), value.value_};
            },
            .held = [](const void* at) -> Typed {
                const Union& value = *static_cast<const Union*>(at);
                if (value.value_ == nullptr) return {};
                return {value.ops_->type(), value.value_};
            }};
    }
};

}  // namespace wire
}  // namespace genai::inline GENAI_ABI
