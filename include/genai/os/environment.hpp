#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// An environment variable, blanks at its ends cut off; nothing when unset or empty.
inline std::optional<std::string> environment(const char* name) {
#if defined(_MSC_VER)
    char* owned = nullptr;
    std::size_t size = 0;
    if (_dupenv_s(&owned, &size, name) != 0 || owned == nullptr) return std::nullopt;
    const std::string copy(owned);
    std::free(owned);
    std::string_view value = copy;
#else
    const char* const found = std::getenv(name);
    if (found == nullptr) return std::nullopt;
    std::string_view value = found;
#endif
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = value.find_first_not_of(blanks);
    if (first == std::string_view::npos) return std::nullopt;
    return std::string(value.substr(first, value.find_last_not_of(blanks) - first + 1));
}

}  // namespace genai::inline GENAI_ABI::detail
