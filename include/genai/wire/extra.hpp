#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/raw.hpp>

namespace genai::inline GENAI_ABI {

/// The members of an object that this version of the library does not know: kept as text, number for number
/// and in order, and sent as they are. Also the way to send a field that has no member yet. Costs a pointer
/// when empty.
class Extra : public wire::RawMembers {
public:
    Extra() = default;
    /// The members of a JSON object. Throws InvalidArgument when it is not one.
    Extra(const Json& members);

    /// Whether there are none.
    bool empty() const noexcept { return !text_ || text_->empty(); }
    /// The members as a JSON object.
    Json json() const;
    /// The value under `key`; null when absent. Parses: take `json()` for more than one look.
    Json get(std::string_view key) const;
    /// Puts `value` under `key`.
    void set(std::string_view key, Json value);
    /// Adds the members of another, which has none of the same name.
    void append(const Extra& more);

    /// Equal when the members are, in whatever order and spelling.
    friend bool operator==(const Extra& a, const Extra& b) { return (a.empty() && b.empty()) || same(a, b); }

private:
    static bool same(const Extra& a, const Extra& b);
};

/// A JSON value kept as its text, so that the order of keys and the spelling of numbers survive: JSON Schemas
/// above all.
class RawJson : public wire::RawValue {
public:
    /// Absent.
    RawJson() = default;
    /// The text of a value. Json orders keys by name; nlohmann::ordered_json keeps yours. Throws
    /// InvalidArgument.
    template <class Tree>
    requires std::same_as<Tree, Json> || nlohmann::detail::is_basic_json<Tree>::value RawJson(
        const Tree& value) {
        if constexpr (std::same_as<Tree, Json>) assign(value);
        else {
            try {
                text_ = value.dump();
            } catch (const nlohmann::json::exception& problem) {
                throw InvalidArgument("", problem.what());
            }
        }
    }

    /// JSON text as it stands, checked. Throws DecodeError.
    static RawJson parse(std::string text);
    /// The text of any value that `encode` takes: a struct with `fields`, a number, a list. Throws
    /// InvalidArgument.
    template <class T>
    static RawJson from(const T& value) {
        RawJson result;
        result.text_ = encode(value);
        return result;
    }

    /// The text; empty when absent.
    const std::string& text() const noexcept { return text_; }
    /// The value as a tree, keys ordered by name; null when absent.
    Json json() const;

    /// Equal when the values are, whatever their spelling.
    friend bool operator==(const RawJson& a, const RawJson& b) { return a.text_ == b.text_ || same(a, b); }

private:
    void assign(const Json& value);
    static bool same(const RawJson& a, const RawJson& b);
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <genai/wire/reader.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE Extra::Extra(const Json& members) {
    if (members.is_null()) return;
    if (!members.is_object()) throw InvalidArgument("extra", "must be a JSON object");
    const std::string text = encode(members);
    if (text.size() > 2) text_.emplace(text, std::size_t{1}, text.size() - 2);
}

GENAI_INLINE Json Extra::json() const { return empty() ? Json::object() : decode<Json>('{' + *text_ + '}'); }

GENAI_INLINE Json Extra::get(std::string_view key) const {
    Json members = json();
    const auto at = members.find(key);
    return at == members.end() ? Json() : std::move(*at);
}

GENAI_INLINE void Extra::set(std::string_view key, Json value) {
    Json members = json();
    members[std::string(key)] = std::move(value);
    *this = Extra(members);
}

GENAI_INLINE void Extra::append(const Extra& more) {
    if (more.empty()) return;
    std::string& kept = edit_raw();
    kept += (kept.empty() ? "" : ",") + *more.text_;
}

GENAI_INLINE bool Extra::same(const Extra& a, const Extra& b) { return a.json() == b.json(); }

GENAI_INLINE RawJson RawJson::parse(std::string text) {
    wire::Reader(text).validate(true);
    RawJson result;
    result.text_ = std::move(text);
    if (result.text_.starts_with("\xEF\xBB\xBF")) result.text_.erase(0, 3);
    return result;
}

GENAI_INLINE Json RawJson::json() const { return text_.empty() ? Json() : decode<Json>(text_); }

GENAI_INLINE void RawJson::assign(const Json& value) { text_ = encode(value); }

GENAI_INLINE bool RawJson::same(const RawJson& a, const RawJson& b) { return a.json() == b.json(); }

}  // namespace genai::inline GENAI_ABI

#endif
