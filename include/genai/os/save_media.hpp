#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Writes media to a file, whole or not at all; gives the path it has. A path without an extension gets the
/// media type's. Raw PCM, such as `audio/L16;rate=24000`, becomes a WAV file, unless the path ends with
/// `.pcm` or `.raw`. Throws InvalidArgument for a path that cannot be written to, Error when the disk is
/// full.
std::string save_media(std::string_view bytes, std::string_view mime_type, const std::string& path);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>

#include <genai/error.hpp>
#include <genai/os/replace_file.hpp>
#include <genai/values/mime_types.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A text in lower case, without blanks.
GENAI_INLINE std::string folded(std::string_view text) {
    std::string lower;
    for (const char c : text)
        if (c != ' ') lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return lower;
}

/// A parameter of a media type in lower case, as a number; `otherwise` when it is not there.
GENAI_INLINE std::uint32_t type_parameter(std::string_view type, std::string_view name,
                                          std::uint32_t otherwise) {
    const auto at = type.find(";" + std::string(name) + "=");
    if (at == std::string_view::npos) return otherwise;
    const char* const digits = type.data() + at + name.size() + 2;
    std::uint32_t number = 0;
    return std::from_chars(digits, type.data() + type.size(), number).ec == std::errc() && number != 0
               ? number
               : otherwise;
}

/// The bits of a sample where a media type, in lower case, is raw linear PCM: `audio/l16`, `audio/pcm`.
GENAI_INLINE std::optional<std::uint32_t> pcm_bits(std::string_view type) {
    const std::string_view kind = type.substr(0, type.find(';'));
    if (kind == "audio/l8") return 8;
    if (kind == "audio/l24") return 24;
    if (kind == "audio/l16" || kind == "audio/pcm" || kind == "audio/raw") return 16;
    return std::nullopt;
}

/// The 44 bytes in front of a WAV file's samples (RIFF, `fmt ` of linear PCM).
GENAI_INLINE std::string wav_header(std::uint32_t size, std::uint32_t bits, std::uint32_t rate,
                                    std::uint32_t channels) {
    std::string header;
    const auto put = [&header](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) header += static_cast<char>(value >> (8 * i) & 255U);
    };
    const std::uint32_t frame = channels * bits / 8;
    header += "RIFF";
    put(size + 36, 4);
    header += "WAVEfmt ";
    put(16, 4);
    put(1, 2);
    put(channels, 2);
    put(rate, 4);
    put(rate * frame, 4);
    put(frame, 2);
    put(bits, 2);
    header += "data";
    put(size, 4);
    return header;
}

GENAI_INLINE std::string save_media(std::string_view bytes, std::string_view mime_type,
                                    const std::string& path) {
    const std::string type = folded(mime_type);
    const auto bits = pcm_bits(type);
    std::filesystem::path to(std::u8string(path.begin(), path.end()));
    const std::string extension = folded(to.extension().string());
    if (extension.empty() && to.has_filename()) {
        const std::string_view usual = bits ? std::string_view("wav") : extension_of(type);
        to += '.' + std::string(usual.empty() ? "bin" : usual);
    }
    FileReplacement file(to, "path");
    if (bits && extension != ".pcm" && extension != ".raw") {
        if (bytes.size() > 0xFFFF'0000U) throw InvalidArgument("path", "a WAV file holds less than 4 GiB");
        file.write(wav_header(static_cast<std::uint32_t>(bytes.size()), *bits,
                              type_parameter(type, "rate", 24000), type_parameter(type, "channels", 1)));
    }
    file.write(bytes);
    file.commit();
    const auto written = to.u8string();
    return {written.begin(), written.end()};
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
