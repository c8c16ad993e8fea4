// Files that prompts refer to: uploaded by path or from memory, waited for, listed, deleted.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    const auto path = std::filesystem::temp_directory_path() / "genai-example-report.txt";
    try {
        const genai::Client client(connection.options());

        std::ofstream(path) << "Sales went up by a tenth.";
        const genai::File report =
            client.files.upload(path, {.display_name = "Report"});  // its type is told by its name
        std::cout << report.name << ", " << *report.size_bytes << " bytes\n";
        std::cout << client.models.generate_content(examples::model, {report, "What does it say?"}).text()
                  << '\n';

        // from memory; videos take a while before they can be used
        genai::File clip =
            client.files.upload(genai::Bytes(std::string("not really a video")),
                                {.mime_type = "video/mp4", .progress = [](auto sent, auto total) {
                                     std::cout << sent << " of " << total.value_or(0) << " bytes\n";
                                 }});
        clip = client.files.wait_active(clip, {.timeout = 5min, .poll_interval = 100ms});

        for (const genai::File& file :
             client.files.list({.page_size = 10}))  // pages are fetched as the loop goes
            std::cout << file.name << ' ' << file.state << '\n';
        client.files.delete_(report);
        client.files.delete_(clip);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    std::filesystem::remove(path);
}
