#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/wire/buffer.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/variant.hpp>
#include <genai/wire/writer.hpp>

namespace genai::inline GENAI_ABI {

/// Reads JSON text as a `T`: a struct with `fields`, a Json, a list of either. Throws DecodeError with the
/// place. Unknown members are kept where the struct has `extra`; null means absent; of a repeated key the
/// last one counts.
template <class T>
[[nodiscard]] T decode(std::string_view text, unsigned max_depth = wire::default_max_depth) {
    T value{};
    wire::Reader(text, max_depth).document(wire::type_of<T>, &value);
    return value;
}

/// Writes a value as compact JSON text. Throws InvalidArgument where JSON cannot say it.
template <class T>
[[nodiscard]] std::string encode(const T& value, unsigned max_depth = wire::default_max_depth) {
    wire::Buffer out;
    wire::Writer(out, max_depth).value(value);
    return std::string(out.view());
}

}  // namespace genai::inline GENAI_ABI
