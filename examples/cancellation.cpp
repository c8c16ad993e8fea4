// Time limits of every phase, and a stop from another thread.
#include <chrono>
#include <iostream>
#include <thread>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    const genai::Client client(connection.options());

    genai::stop_source stop;
    std::thread impatient([&stop] {
        std::this_thread::sleep_for(60ms);
        stop.request_stop();
    });
    try {
        client.models.generate_content_stream(
            examples::model,
            "A very long story about a very long river that flows through very many countries",
            {.http_options = {.timeout = 30s,
                              .limits = {.first_byte = 10s, .idle = 5s},
                              .stop_token = stop.get_token()}},
            [](const auto& chunk) { std::cout << chunk.text() << std::flush; });
        std::cout << "\nThe answer was quicker than the stop.\n";
    } catch (const genai::Cancelled&) {
        std::cout << "\nStopped.\n";
    }
    impatient.join();
}
