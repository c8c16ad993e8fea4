#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator_options.hpp>
#include <genai/testing/emulator_reply.hpp>

namespace genai::inline GENAI_ABI::testing {

/// What answers an emulator's requests when nothing was scripted. Thread-safe.
class EmulatedApi {
public:
    EmulatedApi() = default;
    EmulatedApi(const EmulatedApi&) = delete;
    EmulatedApi& operator=(const EmulatedApi&) = delete;
    virtual ~EmulatedApi() = default;

    /// Answers a request, whose body it may take.
    virtual RawReply answer(ReceivedRequest request) = 0;
    /// Sets the base of the URLs that responses contain.
    virtual void set_url(std::string url) = 0;
    /// Moves the clock forward, so that caches expire.
    virtual void advance(std::chrono::milliseconds span) = 0;
    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    virtual void break_upload(std::size_t kept) = 0;
};

/// What programs in other languages can do to an emulator; Emulator says what each does.
class ControlledEmulator {
public:
    virtual std::string url() const = 0;
    virtual void enqueue(Reply reply) = 0;
    virtual std::vector<ReceivedRequest> requests() const = 0;
    virtual void clear() = 0;
    virtual void reset() = 0;
    virtual void advance(std::chrono::milliseconds span) = 0;

protected:
    ~ControlledEmulator() = default;
};

/// Answers a request under `/emulator/`, by which programs in other languages script an emulator.
RawReply answer_control(ControlledEmulator& emulator, const ReceivedRequest& request);
/// The replies that JSON text describes, one object or a list of them, as in docs/emulator.md. Throws
/// InvalidArgument.
std::vector<Reply> read_replies(const std::string& text);

/// Makes the implementation in service.hpp.
std::unique_ptr<EmulatedApi> make_emulated_api(EmulatorOptions options);

}  // namespace genai::inline GENAI_ABI::testing
