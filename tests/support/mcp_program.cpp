// An MCP server on standard input and output, as tests need it: mcp_program KIND.
//   sessions    greets, asks for a ping before each call's answer, and says what came back
//   stateless    has no handshake
//   slow      does not answer calls of `env`; then, with the next call's answer, an answer to it comes late
//   dies      ends at a call
//   stubborn  does not end with its input
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <thread>

#include "mcp_double.hpp"

int main(int argc, char** argv) {
    using Json = support::McpDouble::Json;
    const std::string kind = argc > 1 ? argv[1] : "sessions";
    const support::McpDouble server(kind == "stateless");
    if (kind == "sessions") std::cout << "Welcome to the double!" << std::endl;
    std::optional<Json> late;
    std::string line;
    while (std::getline(std::cin, line)) {
        const Json message = Json::parse(line);
        auto answer = server.answer(message);
        if (!answer) continue;
        const bool call = message["method"] == "tools/call";
        if (call && kind == "dies") return 1;
        if (call && kind == "slow" && message["params"]["name"] == "env") {
            late = answer;
            continue;
        }
        if (late) std::cout << *late << std::endl;
        late.reset();
        if (call && kind == "sessions") {
            std::cout << R"({"jsonrpc":"2.0","method":"notifications/message","params":{}})" << '\n'
                      << R"({"jsonrpc":"2.0","id":"p","method":"ping"})" << std::endl;
            std::getline(std::cin, line);
            (*answer)["result"]["pong"] = Json::parse(line);
        }
        std::cout << *answer << std::endl;
    }
    while (kind == "stubborn") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return 0;
}
