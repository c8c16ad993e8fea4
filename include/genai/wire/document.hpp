#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/wire/type.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Reads a JSON document as a value of `type` into the fresh object at `value`. Throws DecodeError.
void read_document(std::string_view text, const Type& type, void* value,
                   unsigned max_depth = default_max_depth);

/// The value at `value` as compact JSON text. Throws InvalidArgument where JSON cannot say it.
std::string write_document(const Type& type, const void* value, unsigned max_depth = default_max_depth);

/// The text of an object's member, the last of that name; empty when there is none. Throws DecodeError.
std::string_view member_text(std::string_view object, std::string_view name);

/// The text of the value that `text` begins with, whatever follows it. Throws DecodeError.
std::string_view first_value(std::string_view text);

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

#include <genai/wire/buffer.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/writer.hpp>

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE void read_document(std::string_view text, const Type& type, void* value, unsigned max_depth) {
    Reader(text, max_depth).document(type, value);
}

GENAI_INLINE std::string write_document(const Type& type, const void* value, unsigned max_depth) {
    Buffer out;
    Writer(out, max_depth).value(type, value);
    return std::string(out.view());
}

GENAI_INLINE std::string_view member_text(std::string_view object, std::string_view name) {
    return Reader(object).member(name);
}

GENAI_INLINE std::string_view first_value(std::string_view text) { return Reader(text).first(); }

}  // namespace genai::inline GENAI_ABI::wire

#endif
