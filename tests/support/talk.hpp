#pragma once

#include <string>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"

namespace support {

/// A chat with the emulator.
struct Talk {
    genai::testing::Emulator emulator{};
    genai::Client<> client{once(emulator.client_options())};
    genai::Chat chat = client.chats.create("gemini-2.5-flash");

    genai::Json last_contents() const {
        return genai::Json::parse(emulator.requests().back().body)["contents"];
    }
};

/// A chunk of a model's answer.
inline std::string chunk(const std::string& parts, const std::string& rest = "") {
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + rest + "}]}";
}

/// Reads a stream to its end.
inline void drain(genai::Stream<genai::GenerateContentResponse> stream) {
    for (const auto& part : stream) static_cast<void>(part);
}

}  // namespace support
