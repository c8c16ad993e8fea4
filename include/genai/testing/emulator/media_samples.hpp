#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// A PNG of one pixel, in base64.
inline constexpr std::string_view tiny_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/// The type of what speech models say.
inline constexpr std::string_view speech_type = "audio/L16;codec=pcm;rate=24000";

/// A tone of 440 Hz as 16-bit PCM at 24 kHz, least significant byte first: 80 ms for each of `tokens`, at
/// most 10 s.
inline std::string spoken(std::size_t tokens) {
    constexpr std::size_t rate = 24000;
    constexpr double pi = 3.14159265358979323846;
    constexpr std::size_t period = 600;  // samples in which 440 Hz comes to a whole number of waves
    static const std::array<std::int16_t, period> wave = [] {
        std::array<std::int16_t, period> samples{};
        for (std::size_t i = 0; i < period; ++i)
            samples[i] = static_cast<std::int16_t>(
                std::lround(8000 * std::sin(2 * pi * 440 * static_cast<double>(i) / rate)));
        return samples;
    }();
    const std::size_t samples = (std::min)(tokens * (rate * 80 / 1000), rate * 10);
    std::string pcm;
    pcm.reserve(samples * 2);
    for (std::size_t i = 0; i < samples; ++i) {
        const auto bits = static_cast<std::uint16_t>(wave[i % period]);
        pcm += static_cast<char>(bits & 0xFFU);
        pcm += static_cast<char>(bits >> 8U);
    }
    return pcm;
}

/// The head of an MP4 file, and words that are none of it.
inline std::string tiny_video() {
    return std::string(
               "\0\0\0\x18"
               "ftypmp42",
               12) +
           "an emulated video";
}

}  // namespace genai::inline GENAI_ABI::testing::emulated
