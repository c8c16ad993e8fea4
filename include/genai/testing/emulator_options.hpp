#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::testing {

/// How an emulator behaves.
struct EmulatorOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string api_key{"test-key"};                   ///< the key it accepts; empty accepts any, and none
    std::vector<std::string> models{};     ///< more models that answer as Gemini does, by their names; all
                                           ///< of the families `gemini-`, `gemma-`, `imagen-` and `veo-`
                                           ///< are known
    bool strict{true};                     ///< whether it refuses all that the service refuses, unknown
                                           ///< fields first
    bool check_thought_signatures{false};  ///< whether a function call that comes back to Gemini 3 or
                                           ///< later must have its `thoughtSignature`
    std::string host{"127.0.0.1"};         ///< IPv4 address it listens on: nobody else's, unless told
    std::uint16_t port{0};                 ///< where it listens; a free port for 0
    std::chrono::milliseconds chunk_delay{0};  ///< between two chunks of a stream
    bool cors{false};  ///< whether pages of any origin may call it: preflight requests are answered
    std::chrono::milliseconds latency{0};  ///< before the first byte of every answer
    std::vector<std::pair<int, double>>
        failures{};         ///< HTTP statuses that answers fail with by chance, each with its share, 0 to 1
    std::uint64_t seed{0};  ///< of that chance: the same seed gives the same failures
    bool control{false};    ///< whether programs in any language can script it under `/emulator/`
    bool openai_as_google{false};  ///< whether `/v1beta/openai/` behaves as Google's own does: errors in a
                                   ///< list, calls without index, usage in every chunk, unknown parameters
                                   ///< refused; else as OpenAI's
    int polls_until_done{1};       ///< polls that find files, operations and batches unfinished
};

}  // namespace genai::inline GENAI_ABI::testing
