// What has no method yet, or is a gateway's own: called by its path, with JSON in and out.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        for (const auto& model : client.request("GET", "models?pageSize=3")["models"])
            std::cout << model["name"].get<std::string>() << '\n';

        const genai::Json body{{"contents", {{{"parts", {{{"text", "Count to three"}}}}}}}};
        for (const genai::Json& event :
             client.request_stream("POST", "models/gemini-2.5-flash:streamGenerateContent", body))
            std::cout << event["candidates"][0]["content"]["parts"][0]["text"].get<std::string>()
                      << std::flush;
        std::cout << '\n';
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
