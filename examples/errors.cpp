// What can go wrong, and what is then known.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());
    try {
        client.models.generate_content("no-such-model", "hello");
    } catch (const genai::NotFoundError& error) {  // a ClientError, an ApiError, a genai::Error
        std::cout << "refused: " << error.code() << ' ' << error.status() << ", after " << error.attempts()
                  << " attempt\n";
    }
    try {
        client.models.generate_content("", "hello");
    } catch (const genai::InvalidArgument& error) {
        std::cout << "not sent: " << error.what() << '\n';
    }
    try {
        client.models.generate_content(examples::model, "hello",
                                       {.http_options = {.base_url = "http://127.0.0.1:9"}});
    } catch (const genai::TransportError& error) {
        std::cout << "not answered: " << to_string(error.phase()) << ", " << to_string(error.reason())
                  << '\n';
    }
    try {
        static_cast<void>(genai::decode<genai::Content>(R"({"parts":[{"text":42}]})"));
    } catch (const genai::DecodeError& error) {
        std::cout << "not understood: at " << error.pointer() << '\n';
    }
}
