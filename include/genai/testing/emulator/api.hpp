#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing {

/// What answers an emulator's requests when nothing was scripted. Thread-safe.
class EmulatedApi {
public:
    EmulatedApi() = default;
    EmulatedApi(const EmulatedApi&) = delete;
    EmulatedApi& operator=(const EmulatedApi&) = delete;
    virtual ~EmulatedApi() = default;

    /// Answers a request.
    virtual RawReply answer(const ReceivedRequest& request) = 0;
    /// Sets the base of the URLs that responses contain.
    virtual void set_url(std::string url) = 0;
    /// Moves the clock forward, so that caches expire.
    virtual void advance(std::chrono::milliseconds span) = 0;
    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    virtual void break_upload(std::size_t kept) = 0;
};

/// Makes the implementation in service.hpp.
std::unique_ptr<EmulatedApi> make_emulated_api(EmulatorOptions options);

}  // namespace genai::inline GENAI_ABI::testing
