#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The longest name of a function. https://ai.google.dev/api/caching#FunctionDeclaration
inline constexpr std::size_t max_function_name = 64;

/// What a function's name may hold: letters, digits, `_`, `.`, `:` and `-`.
inline bool is_name_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == ':' || c == '-';
}

/// Whether the service takes a function of that name: it begins with a letter or `_`.
inline bool is_function_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > max_function_name) return false;
    const char first = name.front();
    const bool begins = first == '_' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return begins && std::all_of(name.begin(), name.end(), is_name_character);
}

/// A name that the service takes for one of another's making: itself where it can be; else with `_` for what
/// it cannot hold, shortened, and a number of the whole behind it, so that two do not become one.
inline std::string to_function_name(std::string_view name) {
    if (is_function_name(name)) return std::string(name);
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    constexpr std::string_view hex = "0123456789abcdef";
    std::string end = "_";
    for (int shift = 28; shift >= 0; shift -= 4) end += hex[(hash >> static_cast<unsigned>(shift)) & 15U];
    std::string made(name.substr(0, max_function_name - end.size() - 1));
    for (char& c : made)
        if (!is_name_character(c)) c = '_';
    if (made.empty() || !is_function_name(made.substr(0, 1))) made.insert(made.begin(), '_');
    return made + end;
}

/// The name of the function that a model means, without the namespace that some put before it.
inline std::string_view plain_function_name(std::string_view name) noexcept {
    for (const std::string_view space : {"default_api.", "default_api:", "functions."})
        if (name.starts_with(space)) return name.substr(space.size());
    return name;
}

}  // namespace genai::inline GENAI_ABI::detail
