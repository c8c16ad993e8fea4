// Every beginning of a JSON text can be read, and the whole of it is what it is.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <genai/genai.hpp>

namespace {

std::optional<genai::Json> read(std::string_view text) {
    try {
        return genai::decode<genai::Json>(text);
    } catch (const genai::DecodeError&) {
        return std::nullopt;
    }
}

std::optional<genai::Json> read_partial(std::string_view text) {
    try {
        return genai::decode_partial<genai::Json>(text);
    } catch (const genai::DecodeError&) {
        return std::nullopt;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto whole = read(text);
    const auto partial = read_partial(text);
    const bool marked = text.starts_with("\xEF\xBB\xBF");  // a byte order mark is for whole documents
    if (!whole || marked) return 0;
    if (partial != whole) std::abort();
    if (size > 512) text = text.substr(0, 512);
    for (std::size_t length = 0; length < text.size(); ++length)
        if (!read_partial(text.substr(0, length))) std::abort();
    return 0;
}
