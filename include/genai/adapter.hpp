#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

/// A type that has the wire form of another, by its Adapter.
template <class T>
concept Adapted = requires(const T& value, typename Adapter<T>::Wire wire) {
    { Adapter<T>::to_wire(value) } -> std::convertible_to<typename Adapter<T>::Wire>;
    { Adapter<T>::from_wire(std::move(wire)) } -> std::convertible_to<T>;
};

template <Adapted T>
struct TypeOf<T> {
    using Wire = typename Adapter<T>::Wire;
    static constexpr Type make() {
        return {.kind = Kind::adapted, .inner = &type_of<Wire>, .adopt = &adopt, .render = &render};
    }
    static void adopt(void* at, std::string_view text) {
        *static_cast<T*>(at) = Adapter<T>::from_wire(decode<Wire>(text));
    }
    static std::string render(const void* at) {
        return encode(Wire(Adapter<T>::to_wire(*static_cast<const T*>(at))));
    }
};

/// A pointer that owns what it points to: null when it is empty.
template <class Pointer, auto make_one>
struct TypeOfPointer {
    static constexpr Type make() {
        return {
            .kind = Kind::nullable,
            .inner = &type_of<typename Pointer::element_type>,
            .emplace = [](void* at) -> void* {
                auto made = make_one();
                void* const value = made.get();
                *static_cast<Pointer*>(at) = std::move(made);
                return value;
            },
            .clear = [](void* at) { static_cast<Pointer*>(at)->reset(); },
            .first = [](const void* at) -> const void* { return static_cast<const Pointer*>(at)->get(); }};
    }
};
template <class T>
struct TypeOf<std::unique_ptr<T>> : TypeOfPointer<std::unique_ptr<T>, [] { return std::make_unique<T>(); }> {
};
template <class T>
struct TypeOf<std::shared_ptr<T>> : TypeOfPointer<std::shared_ptr<T>, [] { return std::make_shared<T>(); }> {
};

}  // namespace wire

/// A character: a text of one byte.
template <>
struct Adapter<char> {
    using Wire = std::string;
    static Wire to_wire(char value) { return Wire(1, value); }
    static char from_wire(Wire&& text) {
        if (text.size() != 1) throw DecodeError({}, "expected a text of one ASCII character");
        return text.front();
    }
};

/// std::array: a list of just as many elements.
template <class T, std::size_t size>
struct Adapter<std::array<T, size>> {
    using Wire = std::vector<T>;
    static Wire to_wire(const std::array<T, size>& value) { return Wire(value.begin(), value.end()); }
    static std::array<T, size> from_wire(Wire&& list) {
        if (list.size() != size)
            throw DecodeError({}, "expected a list of " + std::to_string(size) + ", found one of " +
                                      std::to_string(list.size()));
        std::array<T, size> value{};
        std::move(list.begin(), list.end(), value.begin());
        return value;
    }
};

namespace detail {

/// A container of elements as a list.
template <class Container>
struct ListAdapter {
    using Wire = std::vector<typename Container::value_type>;
    static Wire to_wire(const Container& value) { return Wire(value.begin(), value.end()); }
    static Container from_wire(Wire&& list) {
        return Container(std::make_move_iterator(list.begin()), std::make_move_iterator(list.end()));
    }
};

/// A key of a map as the text that an object has.
template <class Key>
std::string key_text(const Key& key) {
    if constexpr (std::is_enum_v<Key> || std::same_as<Key, char>) return decode<std::string>(encode(key));
    else return std::to_string(key);
}
template <class Key>
Key text_key(const std::string& text) {
    if constexpr (std::is_enum_v<Key> || std::same_as<Key, char>) {
        return decode<Key>(encode(text));
    } else {
        Key key{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key);
        if (error != std::errc() || end != text.data() + text.size())
            throw DecodeError({}, "expected a whole number as key");
        return key;
    }
}

/// A map whose keys are numbers or an enum's.
template <class Map>
struct MapAdapter {
    using Wire = std::map<std::string, typename Map::mapped_type>;
    static Wire to_wire(const Map& value) {
        Wire object;
        for (const auto& [key, one] : value) object.emplace(key_text(key), one);
        return object;
    }
    static Map from_wire(Wire&& object) {
        Map value;
        for (auto& [key, one] : object)
            value.insert_or_assign(text_key<typename Map::key_type>(key), std::move(one));
        return value;
    }
};

/// Elements of several types as a list.
template <class Tuple>
struct TupleAdapter {
    using Wire = std::vector<RawJson>;
    static Wire to_wire(const Tuple& value) {
        Wire list;
        std::apply([&list](const auto&... each) { (list.push_back(RawJson::parse(encode(each))), ...); },
                   value);
        return list;
    }
    static Tuple from_wire(Wire&& list) {
        if (list.size() != std::tuple_size_v<Tuple>)
            throw DecodeError({}, "expected a list of " + std::to_string(std::tuple_size_v<Tuple>));
        Tuple value{};
        std::size_t at = 0;
        const auto read = [&]<class T>(T& each) { each = decode<T>(list[at++].text()); };
        std::apply([&read](auto&... each) { (read(each), ...); }, value);
        return value;
    }
};

template <class Key>
concept NumericKey = std::is_enum_v<Key> ||(std::integral<Key> && !std::same_as<Key, bool>);

}  // namespace detail

template <class T, class... Rest>
struct Adapter<std::set<T, Rest...>> : detail::ListAdapter<std::set<T, Rest...>> {};
template <class T, class... Rest>
struct Adapter<std::unordered_set<T, Rest...>> : detail::ListAdapter<std::unordered_set<T, Rest...>> {};
template <class T, class... Rest>
struct Adapter<std::deque<T, Rest...>> : detail::ListAdapter<std::deque<T, Rest...>> {};
template <class T, class... Rest>
struct Adapter<std::list<T, Rest...>> : detail::ListAdapter<std::list<T, Rest...>> {};
template <class A, class B>
struct Adapter<std::pair<A, B>> : detail::TupleAdapter<std::pair<A, B>> {};
template <class... T>
struct Adapter<std::tuple<T...>> : detail::TupleAdapter<std::tuple<T...>> {};
template <detail::NumericKey Key, class T, class... Rest>
struct Adapter<std::map<Key, T, Rest...>> : detail::MapAdapter<std::map<Key, T, Rest...>> {};
template <detail::NumericKey Key, class T, class... Rest>
struct Adapter<std::unordered_map<Key, T, Rest...>>
    : detail::MapAdapter<std::unordered_map<Key, T, Rest...>> {};

/// std::vector<bool>, whose elements are no objects.
template <>
struct Adapter<std::vector<bool>> {
    using Wire = std::vector<Flag>;
    static Wire to_wire(const std::vector<bool>& value) {
        Wire list;
        for (const bool one : value) list.push_back(Flag(one));
        return list;
    }
    static std::vector<bool> from_wire(Wire&& list) {
        std::vector<bool> value;
        for (const Flag one : list) value.push_back(one.is_true());
        return value;
    }
};

/// A path: its text in UTF-8.
template <>
struct Adapter<std::filesystem::path> {
    using Wire = std::string;
    static Wire to_wire(const std::filesystem::path& path) {
        const auto text = path.u8string();
        return {text.begin(), text.end()};
    }
    static std::filesystem::path from_wire(Wire&& text) {
        return std::filesystem::path(std::u8string(text.begin(), text.end()));
    }
};

/// A span of time: `"3.5s"`. Milliseconds are a number of their own.
template <class Rep, class Period>
requires(!std::same_as<std::chrono::duration<Rep, Period>, std::chrono::milliseconds>)  //
    struct Adapter<std::chrono::duration<Rep, Period>> {
    using Wire = Duration;
    static Wire to_wire(const std::chrono::duration<Rep, Period>& span) { return Duration(span); }
    static std::chrono::duration<Rep, Period> from_wire(Wire&& span) {
        return span.template as<std::chrono::duration<Rep, Period>>();
    }
};

/// A point in time: RFC 3339.
template <class Span>
struct Adapter<std::chrono::time_point<std::chrono::system_clock, Span>> {
    using Wire = Timestamp;
    using Point = std::chrono::time_point<std::chrono::system_clock, Span>;
    static Wire to_wire(const Point& time) { return Timestamp(time); }
    static Point from_wire(Wire&& time) { return std::chrono::time_point_cast<Span>(time.time_point()); }
};

/// Nothing: null.
template <>
struct Adapter<std::monostate> {
    using Wire = std::optional<bool>;
    static Wire to_wire(std::monostate) { return std::nullopt; }
    static std::monostate from_wire(Wire&& value) {
        if (value) throw DecodeError({}, "expected null");
        return {};
    }
};

}  // namespace genai::inline GENAI_ABI
