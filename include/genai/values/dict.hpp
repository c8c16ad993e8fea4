#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// A string-keyed map that keeps the order of insertion, which the API honours in schemas. Look-up is linear:
/// it is meant for the handful of entries of a header list, a label set or a schema's properties.
template <class T>
class Dict {
public:
    /// The type of the keys.
    using key_type = std::string;
    /// The type of the values.
    using mapped_type = T;
    /// One entry.
    using value_type = std::pair<std::string, T>;
    using size_type = std::size_t;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    Dict() = default;
    /// The entries in this order; a key given twice keeps its last value.
    Dict(std::initializer_list<value_type> entries) {
        for (const auto& [key, value] : entries) set(key, value);
    }
    /// The entries of a map, such as a std::map, in its order.
    template <class Map>
    requires(!std::same_as<Map, Dict> && requires(const Map& map) {
        typename Map::mapped_type;
        requires std::convertible_to<const typename Map::key_type&, std::string_view>;
        requires std::convertible_to<const typename Map::mapped_type&, T>;
    }) Dict(const Map& map) {
        for (const auto& [key, value] : map) set(key, value);
    }

    iterator begin() noexcept { return entries_.begin(); }
    iterator end() noexcept { return entries_.end(); }
    const_iterator begin() const noexcept { return entries_.begin(); }
    const_iterator end() const noexcept { return entries_.end(); }
    /// Number of entries.
    std::size_t size() const noexcept { return entries_.size(); }
    /// Whether there is none.
    bool empty() const noexcept { return entries_.empty(); }
    /// Removes all entries.
    void clear() noexcept { entries_.clear(); }

    /// The value under `key`, or null.
    T* find(std::string_view key) noexcept {
        const auto at = position(entries_, key);
        return at == entries_.end() ? nullptr : &at->second;
    }
    /// The value under `key`, or null.
    const T* find(std::string_view key) const noexcept {
        const auto at = position(entries_, key);
        return at == entries_.end() ? nullptr : &at->second;
    }
    /// Whether `key` is present.
    bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }

    /// The value under `key`, made if absent.
    T& operator[](std::string_view key) {
        if (T* present = find(key)) return *present;
        return entries_.emplace_back(std::string(key), T{}).second;
    }

    /// The value under `key`. Throws std::out_of_range when it is absent.
    T& at(std::string_view key) { return checked(find(key)); }
    /// The value under `key`. Throws std::out_of_range when it is absent.
    const T& at(std::string_view key) const { return checked(find(key)); }

    /// Adds an entry unless `key` is present; says where its entry is, and whether it is new.
    std::pair<iterator, bool> insert(value_type entry) {
        return emplace(std::move(entry.first), std::move(entry.second));
    }
    /// Adds an entry unless `key` is present; says where its entry is, and whether it is new.
    template <class... Args>
    std::pair<iterator, bool> emplace(std::string key, Args&&... value) {
        if (const auto at = position(entries_, key); at != entries_.end()) return {at, false};
        entries_.emplace_back(std::move(key), T(std::forward<Args>(value)...));
        return {std::prev(entries_.end()), true};
    }
    /// Puts `value` under `key`, in place of an earlier one; says where, and whether the key is new.
    std::pair<iterator, bool> insert_or_assign(std::string_view key, T value) {
        const std::size_t before = size();
        set(key, std::move(value));
        return {position(entries_, key), size() != before};
    }

    /// Puts `value` under `key`, in place of an earlier one.
    void set(std::string_view key, T value) { (*this)[key] = std::move(value); }

    /// Removes `key`; says whether it was there.
    bool erase(std::string_view key) {
        const auto at = position(entries_, key);
        if (at == entries_.end()) return false;
        entries_.erase(at);
        return true;
    }

    /// Equal when the entries are, in the same order.
    friend bool operator==(const Dict& a, const Dict& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
            return x.first == y.first && x.second == y.second;
        });
    }

private:
    template <class Value>
    static Value& checked(Value* value) {
        if (value == nullptr) throw std::out_of_range("genai::Dict::at: the key is absent");
        return *value;
    }

    static auto position(auto& entries, std::string_view key) noexcept {
        return std::find_if(entries.begin(), entries.end(),
                            [key](const auto& entry) { return entry.first == key; });
    }

    std::vector<value_type> entries_{};
};

}  // namespace genai::inline GENAI_ABI
