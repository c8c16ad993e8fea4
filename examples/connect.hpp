#pragma once

#include <cstdlib>
#include <iostream>
#include <memory>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace examples {

/// A client of the Gemini API where the environment has a key or another address, else of an emulator in this
/// process.
class Connection {
public:
    Connection() {
        const auto set = [](const char* name) {
            const char* const value = std::getenv(name);
            return value != nullptr && *value != '\0';
        };
        if (set("GEMINI_API_KEY") || set("GOOGLE_API_KEY") || set("GOOGLE_GEMINI_BASE_URL")) return;
        emulator_ = std::make_unique<genai::testing::Emulator>(
            genai::testing::EmulatorOptions{.chunk_delay = std::chrono::milliseconds(20)});
        std::cerr
            << "No GEMINI_API_KEY is set: an emulator in this process answers, with no model behind it.\n";
    }

    /// Options for a client.
    genai::ClientOptions options() const {
        return emulator_ ? emulator_->client_options() : genai::ClientOptions{};
    }

private:
    std::unique_ptr<genai::testing::Emulator> emulator_{};
};

/// The model the examples use.
inline constexpr const char* model = "gemini-2.5-flash";

}  // namespace examples
