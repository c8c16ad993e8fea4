#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <genai/wire/codec.hpp>
#include <genai/wire/json.hpp>
#include <genai/wire/raw.hpp>

namespace genai::inline v0 {

/// The members of an object that this version of the library does not know: kept as text, number for number and in
/// order, and sent as they are. Also the way to send a field that has no member yet. Costs a pointer when empty.
class Extra : public wire::RawMembers {
public:
    Extra() = default;
    /// The members of a JSON object. Throws InvalidArgument when it is not one.
    Extra(const Json& members) {
        if (members.is_null()) return;
        if (!members.is_object()) throw InvalidArgument("extra", "must be a JSON object");
        const std::string text = encode(members);
        if (text.size() > 2) text_.emplace(text, std::size_t{1}, text.size() - 2);
    }

    /// Whether there are none.
    bool empty() const noexcept { return !text_ || text_->empty(); }
    /// The members as a JSON object.
    Json json() const { return empty() ? Json::object() : decode<Json>('{' + *text_ + '}'); }
    /// The value under `key`; null when absent. Parses: take `json()` for more than one look.
    Json get(std::string_view key) const {
        Json members = json();
        const auto at = members.find(key);
        return at == members.end() ? Json() : std::move(*at);
    }
    /// Puts `value` under `key`.
    void set(std::string_view key, Json value) {
        Json members = json();
        members[std::string(key)] = std::move(value);
        *this = Extra(members);
    }

    /// Equal when the members are, in whatever order and spelling.
    friend bool operator==(const Extra& a, const Extra& b) { return a.json() == b.json(); }
};

/// A JSON value kept as its text, so that the order of keys and the spelling of numbers survive: JSON Schemas above all.
class RawJson : public wire::RawValue {
public:
    /// Absent.
    RawJson() = default;
    /// The text of a value. Json orders keys by name; nlohmann::ordered_json keeps yours. Throws InvalidArgument.
    template <class Tree>
        requires std::same_as<Tree, Json> || std::same_as<Tree, nlohmann::ordered_json>
    RawJson(const Tree& value) {
        if constexpr (std::same_as<Tree, Json>) {
            text_ = encode(value);
        } else {
            try {
                *this = parse(value.dump());
            } catch (const nlohmann::json::exception& problem) {
                throw InvalidArgument("", problem.what());
            }
        }
    }

    /// JSON text as it stands, checked. Throws DecodeError.
    static RawJson parse(std::string text) {
        wire::Reader(text).validate();
        RawJson result;
        result.text_ = std::move(text);
        if (result.text_.starts_with("\xEF\xBB\xBF")) result.text_.erase(0, 3);
        return result;
    }

    /// The text; empty when absent.
    const std::string& text() const noexcept { return text_; }
    /// The value as a tree, keys ordered by name; null when absent.
    Json json() const { return text_.empty() ? Json() : decode<Json>(text_); }

    /// Equal when the values are, whatever their spelling.
    friend bool operator==(const RawJson& a, const RawJson& b) { return a.text_ == b.text_ || a.json() == b.json(); }
};

}  // namespace genai::inline v0
