// The model uses the tools of an MCP server: a program, as in `mcp npx -y
// @modelcontextprotocol/server-everything`, or one that is reached by HTTP, as in `mcp
// https://example.com/mcp`.
#include <iostream>
#include <string>
#include <vector>

#include <genai/mcp.hpp>

#include "connect.hpp"

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) {
        std::cerr << "usage: mcp URL | mcp PROGRAM [ARGUMENT ...]\n";
        return 2;
    }
    try {
        const bool http = words.front().starts_with("http://") || words.front().starts_with("https://");
        const auto mcp = http ? genai::McpClient(genai::McpHttpOptions{
                                    .url = words.front()})  // and its headers, such as an Authorization
                              : genai::McpClient(genai::McpProcessOptions{.command = words});
        const genai::Tool tools = mcp.tools();
        for (const auto& function : tools.function_declarations)
            std::cout << function.name.value_or("") << ": " << function.description.value_or("") << '\n';

        const examples::Connection connection;
        const genai::Client client(connection.options());
        std::cout << client.models
                         .generate_content(examples::model, "Try the first of your tools", {.tools = {tools}})
                         .text()
                  << '\n';
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
