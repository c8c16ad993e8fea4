#pragma once

#include <chrono>
#include <optional>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::net {

/// How long each phase of an exchange may take. A phase that has no limit is unset.
struct Timeouts {
    std::optional<std::chrono::milliseconds> total{};    ///< from send to the last byte
    std::optional<std::chrono::milliseconds> connect{};  ///< to an open connection, TLS included
    std::optional<std::chrono::milliseconds>
        first_byte{};                                 ///< from the request's end to the answer's first byte
    std::optional<std::chrono::milliseconds> idle{};  ///< between two pieces of the answer
};

}  // namespace genai::inline GENAI_ABI::net
