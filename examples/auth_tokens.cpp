// A token for a device that must not hold the key: short-lived, and bound to one way of using the Live API.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const auto token = client.auth_tokens.create(
            {.http_options = {.api_version = "v1alpha"},
             .uses = 1,
             .live_connect_constraints = genai::LiveConnectConstraints{
                 .model = "gemini-live-2.5-flash-preview",
                 .config = genai::LiveConnectConfig{.response_modalities = {genai::Modality::audio},
                                                    .temperature = 0.7}}});
        std::cout << token.name << '\n';
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
