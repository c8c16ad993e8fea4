#pragma once

#include <memory>
#include <utility>

#include <genai/genai.hpp>
#include <genai/testing/manual_clock.hpp>

namespace support {

/// Options of a client that tries nothing twice: what goes wrong is seen at once.
inline genai::ClientOptions once(genai::ClientOptions options) {
    options.http_options.retry.attempts = 1;
    return options;
}

/// Options of a client that tries as usual, and waits for nothing.
inline genai::ClientOptions hurried(genai::ClientOptions options) {
    options.clock = std::make_shared<genai::testing::ManualClock>();
    return options;
}

}  // namespace support
