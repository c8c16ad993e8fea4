#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <genai/testing/loopback_server.hpp>

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

/// What answers an emulator's requests when nothing was scripted. Thread-safe.
class EmulatedApi {
public:
    EmulatedApi() = default;
    EmulatedApi(const EmulatedApi&) = delete;
    EmulatedApi& operator=(const EmulatedApi&) = delete;
    virtual ~EmulatedApi() = default;

    /// Answers a request.
    virtual RawReply answer(const ReceivedRequest& request) = 0;
    /// Where it is reached, for the addresses it gives.
    virtual void set_url(std::string url) = 0;
    /// Lets time pass: caches grow older.
    virtual void advance(std::chrono::milliseconds span) = 0;
    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    virtual void break_upload(std::size_t kept) = 0;
};

/// Makes the one there is.
std::unique_ptr<EmulatedApi> make_emulated_api(EmulatorOptions options);

}  // namespace genai::inline v0::testing
