// a path: upload the file
#include <filesystem>

#include <genai/models.hpp>

int main() {
    genai::Client client;
    client.models.generate_content("gemini-2.5-flash", std::filesystem::path("cat.png"));
}
