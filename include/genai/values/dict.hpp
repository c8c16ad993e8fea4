#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
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
    /// One entry.
    using value_type = std::pair<std::string, T>;

    Dict() = default;
    /// The entries in this order; a key given twice keeps its last value.
    Dict(std::initializer_list<value_type> entries) {
        for (const auto& [key, value] : entries) set(key, value);
    }

    auto begin() noexcept { return entries_.begin(); }
    auto end() noexcept { return entries_.end(); }
    auto begin() const noexcept { return entries_.begin(); }
    auto end() const noexcept { return entries_.end(); }
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
    static auto position(auto& entries, std::string_view key) noexcept {
        return std::find_if(entries.begin(), entries.end(),
                            [key](const auto& entry) { return entry.first == key; });
    }

    std::vector<value_type> entries_{};
};

}  // namespace genai::inline GENAI_ABI
