#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::testing {

/// How an emulator behaves.
struct EmulatorOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string api_key{"test-key"};                   ///< the key it accepts; empty accepts any, and none
    std::vector<std::string> models{};         ///< more model names than those of the families `gemini-`,
                                               ///< `gemma-`, `imagen-` and `veo-`, which it always knows
    bool strict{true};                         ///< whether unknown fields are refused, as the service does
    std::uint16_t port{0};                     ///< where it listens; a free port for 0
    std::chrono::milliseconds chunk_delay{0};  ///< between two chunks of a stream
    int polls_until_done{1};                   ///< polls that find files, operations and batches unfinished
};

}  // namespace genai::inline GENAI_ABI::testing
