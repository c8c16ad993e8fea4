#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// JSON as it is translated: members in their order.
using Tree = genai::detail::OrderedJson;

/// Reads JSON text. Half surrogates become U+FFFD, as in every answer. Throws DecodeError.
Tree parse_tree(std::string_view text);
/// The same; a discarded value where it is no JSON.
Tree try_parse_tree(std::string_view text);
/// Compact JSON text; bytes that are no UTF-8 become U+FFFD.
std::string write_tree(const Tree& tree);

/// A member that is there and says something: null where it is absent or null.
inline const Tree* find(const Tree& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto at = object.find(key);
    return at == object.end() || at->is_null() ? nullptr : &*at;
}
/// A member of a member, and so on; null where one of them is absent or null.
template <class... Keys>
const Tree* find(const Tree& object, const char* key, const char* inner, Keys... deeper) {
    const Tree* const value = find(object, key);
    return value == nullptr ? nullptr : find(*value, inner, deeper...);
}
/// Whether a word is one of a list that is separated by blanks.
inline bool is_one_of(std::string_view word, std::string_view list) {
    while (!list.empty()) {
        const std::string_view one = list.substr(0, list.find(' '));
        if (one == word) return true;
        list.remove_prefix((std::min)(list.size(), one.size() + 1));
    }
    return false;
}
/// A member's text; empty where it is absent or no text.
inline std::string_view text_at(const Tree& object, const char* key) {
    const Tree* const value = find(object, key);
    return value != nullptr && value->is_string() ? std::string_view(value->get_ref<const std::string&>())
                                                  : std::string_view();
}
/// A member's integer; `fallback` where it is absent or no number that can be one.
inline std::int64_t integer_at(const Tree& object, const char* key, std::int64_t fallback = 0) {
    const Tree* const value = find(object, key);
    if (value == nullptr || !value->is_number()) return fallback;
    if (value->is_number_float() && !(std::abs(value->get<double>()) < 9e15)) return fallback;
    return value->get<std::int64_t>();
}
/// A member as it is; null where it is absent.
inline Tree value_at(const Tree& object, const char* key) {
    const Tree* const value = find(object, key);
    return value == nullptr ? Tree() : *value;
}
/// Whether a member is true.
inline bool is_set(const Tree& object, const char* key) {
    const Tree* const value = find(object, key);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}
/// The elements of a member; an empty list where it is absent or no list.
inline const Tree& list_at(const Tree& object, const char* key) {
    static const Tree& none = *new Tree(Tree::array());
    const Tree* const value = find(object, key);
    return value != nullptr && value->is_array() ? *value : none;
}
/// Merges `extra` into an object: objects member by member, anything else replaces.
void merge_tree(Tree& object, const Tree& extra);

/// A text with its ASCII letters in lower case.
std::string lower(std::string_view text);
/// The same in upper case.
std::string upper(std::string_view text);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Tree parse_tree(std::string_view text) {
    wire::Reader(text).validate();  // bounds the depth, and says where it is wrong
    Tree tree = Tree::parse(text, nullptr, false);
    if (tree.is_discarded()) tree = Tree::parse(decode<Json>(text).dump());  // a half surrogate
    return tree;
}

GENAI_INLINE Tree try_parse_tree(std::string_view text) {
    try {
        return parse_tree(text);
    } catch (const DecodeError&) {
        return Tree(Tree::value_t::discarded);
    }
}

GENAI_INLINE std::string write_tree(const Tree& tree) {
    return tree.dump(-1, ' ', false, Tree::error_handler_t::replace);
}

GENAI_INLINE void merge_tree(Tree& object, const Tree& extra) {
    for (const auto& [key, value] : extra.items()) {
        Tree& place = object[key];
        if (place.is_object() && value.is_object()) merge_tree(place, value);
        else place = value;
    }
}

GENAI_INLINE std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return out;
}
GENAI_INLINE std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    return out;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
