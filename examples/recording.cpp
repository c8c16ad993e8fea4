// A conversation recorded once, and served back in tests without a network.

#include <filesystem>
#include <iostream>

#include <genai/genai.hpp>
#include <genai/testing/recording_transport.hpp>
#include <genai/testing/replaying_transport.hpp>

#include "connect.hpp"

std::string talk(const genai::Client<>& client) {
    auto chat = client.chats.create("gemini-2.5-flash");
    chat.send_message("What is a monad?");
    return chat.send_message("Say it shorter.").text();
}

int main() {
    const auto file = std::filesystem::temp_directory_path() / "genai-recording-example.json";
    const examples::Connection connection;

    // With GEMINI_API_KEY set, from Gemini; else from the emulator. Keys are left out of the file.
    const genai::ClientOptions options = connection.options();
    const std::string said =
        talk(genai::Client(options, genai::testing::RecordingTransport(genai::HttpTransport(options), file)));

    // From the file: no key, no network, the same words. Any other request is an error that says what was
    // recorded.
    const genai::testing::ReplayingTransport replay(file);
    const std::string again = talk(genai::Client({.api_key = "none"}, replay));

    std::cout << again << '\n'
              << (said == again && replay.unused() == 0 ? "the same" : "not the same") << '\n';
    std::filesystem::remove(file);
    return said == again ? 0 : 1;
}
