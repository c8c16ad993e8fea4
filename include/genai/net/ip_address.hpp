#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/net/socket.hpp>

namespace genai::inline GENAI_ABI::net {

/// An IP address; one of IPv4 is its IPv4-mapped one of IPv6 (RFC 4291 §2.5.5.2).
class IpAddress {
public:
    /// Reads every spelling that the system takes for an address: `127.1`, `0x7f.0.0.1`, `[::1]`.
    static std::optional<IpAddress> parse(std::string text) {
        if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
        if (text.empty()) return std::nullopt;
        detail::start_sockets();
        addrinfo hints{};
        hints.ai_flags = AI_NUMERICHOST;
        addrinfo* found = nullptr;
        if (::getaddrinfo(text.c_str(), nullptr, &hints, &found) != 0) return std::nullopt;
        const IpAddress address = of(*found->ai_addr);
        ::freeaddrinfo(found);
        return address;
    }

    /// The one that a socket's address has.
    static IpAddress of(const sockaddr& socket) noexcept {
        IpAddress address;
        if (socket.sa_family == AF_INET) {
            address.bytes_[10] = address.bytes_[11] = 0xFF;
            address.v4_ = true;
            std::memcpy(&address.bytes_[12], &reinterpret_cast<const sockaddr_in*>(&socket)->sin_addr, 4);
        } else {
            std::memcpy(address.bytes_.data(), &reinterpret_cast<const sockaddr_in6*>(&socket)->sin6_addr,
                        16);
        }
        return address;
    }

    /// Whether it is in a range that has `bits` in common.
    bool in(const IpAddress& range, unsigned bits) const noexcept {
        if (range.v4_) bits += 96;
        if (bits > 128) return false;
        for (std::size_t i = 0; i < 16 && bits > 0; ++i) {
            const unsigned here = (std::min)(bits, 8U);
            const auto mask = static_cast<std::uint8_t>(0xFFU << (8U - here));
            if (((bytes_[i] ^ range.bytes_[i]) & mask) != 0) return false;
            bits -= here;
        }
        return true;
    }
    bool is_loopback() const noexcept { return is_v4() ? bytes_[12] == 127 : bytes_[15] == 1 && zeros(15); }
    bool is_unspecified() const noexcept { return is_v4() ? bytes_[12] == 0 : bytes_[15] == 0 && zeros(15); }
    /// Whether it is one of a local network (RFC 1918, RFC 4193, RFC 3927, RFC 4291), this machine included.
    bool is_private() const noexcept {
        if (is_loopback() || is_unspecified()) return true;
        if (!is_v4())
            return (bytes_[0] & 0xFEU) == 0xFC || (bytes_[0] == 0xFE && (bytes_[1] & 0xC0U) == 0x80);
        const unsigned a = bytes_[12];
        const unsigned b = bytes_[13];
        return a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) ||
               (a == 169 && b == 254) || (a == 100 && b >= 64 && b < 128);
    }

    /// Whether it is one of the open Internet: not private, nor of a range that is set aside (RFC 6890), nor
    /// one that holds an address of IPv4 in another way (RFC 6052, RFC 3056).
    bool is_public() const noexcept {
        if (is_private()) return false;
        if (!is_v4()) return (bytes_[0] & 0xE0U) == 0x20 && !(bytes_[0] == 0x20 && bytes_[1] == 0x02);
        const unsigned a = bytes_[12];
        const unsigned b = bytes_[13];
        return a != 0 && a < 224 && !(a == 192 && b == 0 && bytes_[14] == 0) &&
               !(a == 198 && (b == 18 || b == 19));
    }

    friend bool operator==(const IpAddress& a, const IpAddress& b) noexcept { return a.bytes_ == b.bytes_; }

private:
    bool zeros(std::size_t count) const noexcept {
        return std::all_of(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(count),
                           [](std::uint8_t byte) { return byte == 0; });
    }
    bool is_v4() const noexcept { return zeros(10) && bytes_[10] == 0xFF && bytes_[11] == 0xFF; }

    std::array<std::uint8_t, 16> bytes_{};
    bool v4_{false};
};

}  // namespace genai::inline GENAI_ABI::net
