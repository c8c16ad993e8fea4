// The program of the README.
#include <genai/genai.hpp>
#include <iostream>

int main() {
    try {
        genai::Client client;  // GOOGLE_API_KEY, else GEMINI_API_KEY

        auto response =
            client.models.generate_content("gemini-2.5-flash", "Explain quantum computing in one sentence");
        std::cout << response.text() << '\n';

        for (const auto& chunk : client.models.generate_content_stream("gemini-2.5-flash", "Now as a poem"))
            std::cout << chunk.text() << std::flush;
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
