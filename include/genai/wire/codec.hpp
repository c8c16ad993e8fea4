#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/wire/document.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/variant.hpp>

namespace genai::inline GENAI_ABI {

/// Reads JSON text as a `T`: a struct with `fields`, a Json, a list of either. Throws DecodeError with the
/// place. Unknown members are kept where the struct has `extra`; null means absent; of a repeated key the
/// last one counts.
template <class T>
[[nodiscard]] T decode(std::string_view text, unsigned max_depth = wire::default_max_depth) {
    T value{};
    wire::read_document(text, wire::type_of<T>, &value, max_depth);
    return value;
}

/// Writes a value as compact JSON text. Throws InvalidArgument where JSON cannot say it.
template <class T>
[[nodiscard]] std::string encode(const T& value, unsigned max_depth = wire::default_max_depth) {
    return wire::write_document(wire::type_of<T>, &value, max_depth);
}

}  // namespace genai::inline GENAI_ABI
