// could not convert|no matching function
#include <genai/models.hpp>

int main() {
    genai::Client client;
    client.models.generate_content("gemini-2.5-flash", "Describe this picture",
                                   {"https://example.com/cat.png"});
}
