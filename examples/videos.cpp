// A video from a prompt: begun, waited for, fetched into a file.
#include <chrono>
#include <filesystem>
#include <iostream>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    const auto path = std::filesystem::temp_directory_path() / "genai-example.mp4";
    try {
        const genai::Client client(connection.options());
        auto operation = client.models.generate_videos(
            "veo-3.1-generate-preview", "A heron takes off from a lake", {.aspect_ratio = "16:9"});
        operation = client.operations.wait(operation, {.timeout = 10min, .poll_interval = 100ms});
        if (operation.error) throw genai::Error("no video: " + operation.error->message.value_or(""));
        client.files.download(operation.response->generated_videos.at(0), path);
        std::cout << std::filesystem::file_size(path) << " bytes\n";
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    std::filesystem::remove(path);
}
