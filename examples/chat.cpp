// A chat in the terminal: streams the answers, keeps the history, shows what each turn used.
//
//   chat ["a prompt"]      with a prompt: one turn, and a second about it; without: reads turns until end of
//   input
#include <iostream>
#include <optional>
#include <string>

#include "connect.hpp"

namespace {

void turn(genai::Chat& chat, const std::string& question) {
    std::optional<genai::GenerateContentResponseUsageMetadata> usage;
    for (const auto& chunk : chat.send_message_stream(question)) {
        std::cout << chunk.text() << std::flush;
        if (chunk.usage_metadata) usage = *chunk.usage_metadata;
    }
    std::cout << '\n';
    if (usage)
        std::cout << "[" << usage->prompt_token_count.value_or(0) << " tokens in, "
                  << usage->candidates_token_count.value_or(0) << " out, "
                  << usage->total_token_count.value_or(0) << " in all]\n";
}

}  // namespace

int main(int argc, char** argv) {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        auto chat = client.chats.create(examples::model, {.system_instruction = "You are a friendly guide."});
        if (argc > 1) {
            for (const std::string& question : {std::string(argv[1]), std::string("Say it more briefly.")}) {
                std::cout << "you> " << question << "\nmodel> ";
                turn(chat, question);
            }
            return 0;
        }
        std::string question;
        while (std::cout << "you> " << std::flush && std::getline(std::cin, question)) {
            if (question.empty()) continue;
            std::cout << "model> ";
            try {
                turn(chat, question);  // one that fails leaves the history as it was
            } catch (const genai::Error& error) {
                std::cout << "\n" << error.what() << '\n';
            }
        }
        std::cout << '\n';
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
