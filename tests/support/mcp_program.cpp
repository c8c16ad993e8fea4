// An MCP server on standard input and output, as tests need it: mcp_program KIND.
//   sessions    greets, asks for a ping before each call's answer, and says what came back
//   stateless    has no handshake
//   slow      does not answer calls of `env`; then, with the next call's answer, an answer to it comes late
//   dies      ends at a call
//   once      ends after each answer to a call
//   both      answers the first of two calls after the second, and a call alone with what is no JSON
//   progress  reports progress of a call six times, 250 ms apart, before its answer
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
        if (call && kind == "once") {
            std::cout << *answer << std::endl;
            return 0;
        }
        if (call && kind == "both") {
            if (late) {
                std::cout << *answer << '\n' << *late << std::endl;
                late.reset();
            } else if (message["params"]["name"] == "fail") {
                std::cout << R"({"jsonrpc":"2.0","result":{"a":nonsense},"id":)" << message["id"] << "}"
                          << std::endl;
            } else {
                late = answer;
            }
            continue;
        }
        if (call && kind == "progress") {
            for (int i = 0; i < 6; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(250));
                std::cout << Json{{"jsonrpc", "2.0"},
                                  {"method", "notifications/progress"},
                                  {"params",
                                   {{"progress", i},
                                    {"progressToken", message["params"]["_meta"]["progressToken"]}}}}
                          << std::endl;
            }
        }
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
