#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace genai::inline v0::testing {

/// How an emulator behaves.
struct EmulatorOptions {
    std::string api_key{"test-key"};            ///< the key it takes; empty takes any, and none
    std::vector<std::string> models{};          ///< names it knows beside everything that begins with `gemini-`, `gemma-`, `imagen-`, `veo-`
    bool strict{true};                          ///< whether unknown fields are refused, as the service does
    std::uint16_t port{0};                      ///< where it listens; a free port for 0
    std::chrono::milliseconds chunk_delay{0};   ///< between two chunks of a stream
    int looks{1};                               ///< how often files, operations and batches are found unfinished before they are done
};

}  // namespace genai::inline v0::testing
