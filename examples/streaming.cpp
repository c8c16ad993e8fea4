// An answer as it is made: as a range, which a loop may leave at any time, and as calls of a function.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());

    for (const auto& chunk :
         client.models.generate_content_stream(examples::model, "Tell a story about a lighthouse"))
        std::cout << chunk.text() << std::flush;
    std::cout << "\n\n";

    client.models.generate_content_stream(examples::model, "The same, pushed", {.temperature = 0.2},
                                          [](const auto& chunk) { std::cout << chunk.text() << std::flush; });
    std::cout << '\n';
}
