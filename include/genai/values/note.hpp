#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/values/flag.hpp>

namespace genai::inline GENAI_ABI {

/// What a `fields` visitor may say of a member beside its name, for the schema that is made from the struct,
/// which the model goes by: `visit("minutes", self.minutes, genai::Note{.description = "How long it takes",
/// .minimum = 1})`.
struct Note {
    std::string description{};        ///< what it means
    std::optional<double> minimum{};  ///< smallest number; of a list, any of its elements'
    std::optional<double> maximum{};  ///< largest number; likewise, as are lengths, patterns and formats
    std::optional<std::int64_t> min_length{};  ///< fewest characters of a string
    std::optional<std::int64_t> max_length{};  ///< most characters of a string
    std::string pattern{};                     ///< a regular expression strings fit
    std::string format{};                      ///< such as `date`, `email`
    std::optional<std::int64_t> min_items{};   ///< fewest elements of a list
    std::optional<std::int64_t> max_items{};   ///< most elements of a list
    Flag required{};  ///< whether it must be there; when unset, all must that are not optional
};

}  // namespace genai::inline GENAI_ABI
