// A chat in the terminal: streams the answers, keeps the history, shows what each turn used.
//
//   chat ["a prompt"]      with a prompt: one turn, and a second about it; without: reads turns until end of input
#include <iostream>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

/// One turn: adds the question and, when it came whole, the answer to the history.
void turn(const genai::Client<>& client, std::vector<genai::Content>& history, const std::string& question) {
    history.push_back({.parts = {genai::Part::from_text(question)}, .role = "user"});
    genai::Content answer{.role = "model"};
    std::optional<genai::GenerateContentResponseUsageMetadata> usage;
    try {
        for (const auto& chunk : client.models.generate_content_stream(examples::model, history, {.system_instruction = "You are a friendly guide."})) {
            std::cout << chunk.text() << std::flush;
            for (const genai::Part& part : chunk.parts()) answer.parts.push_back(part);
            if (chunk.usage_metadata) usage = *chunk.usage_metadata;
        }
    } catch (...) {
        history.pop_back();  // the turn did not happen
        throw;
    }
    history.push_back(std::move(answer));
    std::cout << '\n';
    if (usage)
        std::cout << "[" << usage->prompt_token_count.value_or(0) << " tokens in, " << usage->candidates_token_count.value_or(0) << " out, "
                  << usage->total_token_count.value_or(0) << " in all]\n";
}

}  // namespace

int main(int argc, char** argv) {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        std::vector<genai::Content> history;
        if (argc > 1) {
            for (const std::string& question : {std::string(argv[1]), std::string("Say it more briefly.")}) {
                std::cout << "you> " << question << "\nmodel> ";
                turn(client, history, question);
            }
            return 0;
        }
        std::string question;
        while (std::cout << "you> " << std::flush && std::getline(std::cin, question)) {
            if (question.empty()) continue;
            std::cout << "model> ";
            try {
                turn(client, history, question);
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
