// What a consumer's first program does, and nothing more: enough to need every dependency at link time.
#include <genai/genai.hpp>

#include <cstdio>

int other();

int main() {
    const genai::Client client({.api_key = "k", .http_options = {.base_url = "http://127.0.0.1:9"}});
    try {
        client.models.generate_content("gemini-2.5-flash", "hello");
    } catch (const genai::TransportError& error) {
        std::printf("genai %s: %s\n", genai::version(), error.what());
        return other();
    }
    return 1;
}
