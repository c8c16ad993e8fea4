#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <random>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// A number for names and jitter, not for secrets. Where the system has no source of randomness, as in a
/// chroot without /dev/urandom, the time and an address serve.
inline std::uint64_t random_number() noexcept {
    try {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32U) | device();
    } catch (const std::exception&) {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        const int here = 0;
        std::mt19937_64 mixer(static_cast<std::uint64_t>(now) ^ reinterpret_cast<std::uintptr_t>(&here));
        return mixer();
    }
}

}  // namespace genai::inline GENAI_ABI::detail
