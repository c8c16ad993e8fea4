// A voice from a description, to speak with.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const auto voice = client.voices.create(
            {.voice = genai::voices::VoiceInput{
                 .display_name = "Storyteller",
                 .prompted = genai::voices::PromptedVoice{.input = "An old man by the fire"},
                 .type = genai::voices::VoiceType::prompted}});
        for (const auto& one : client.voices.list({.page_size = 10}))
            std::cout << one.id << ' ' << one.display_name.value_or("") << '\n';
        client.voices.delete_(voice.id);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
