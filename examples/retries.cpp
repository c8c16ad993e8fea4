// What is tried again when it fails, how that is tuned, and how every attempt can be logged.

#include <iostream>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

using namespace std::chrono_literals;

int main() {
    // A server that is overloaded twice, and then has quota again after a moment.
    genai::testing::Emulator emulator;
    emulator.enqueue(genai::testing::Reply::error(503, "UNAVAILABLE", "The model is overloaded."));
    emulator.enqueue(genai::testing::Reply::error(
        429, "RESOURCE_EXHAUSTED", "Quota exceeded.",
        {{{"@type", "type.googleapis.com/google.rpc.RetryInfo"}, {"retryDelay", "0.2s"}}}));

    genai::ClientOptions options = emulator.client_options();
    options.http_options.timeout = 30s;  // for all attempts and the waits between them
    options.http_options.retry = {.attempts = 5, .initial_delay = 100ms};  // 4 and 1 s when unset
    options.on_attempt = [](const genai::AttemptEvent& event) {
        std::clog << event.method << ' ' << event.url << ": attempt " << event.attempt << ", "
                  << (event.error.empty() ? "fine" : event.error) << ", " << event.duration.count() << " us";
        if (event.retry_delay) std::clog << ", again in " << event.retry_delay->count() << " ms";
        if (event.usage && event.usage->total_token_count)
            std::clog << ", " << *event.usage->total_token_count << " tokens";
        std::clog << '\n';
    };
    const genai::Client client(options);
    std::cout << client.models.generate_content("gemini-2.5-flash", "Are you there?").text() << '\n';

    // A call of its own: once and no more. The error says what each attempt met.
    for (int i = 0; i < 2; ++i)
        emulator.enqueue(genai::testing::Reply::error(500, "INTERNAL", "Something broke."));
    try {
        client.models.generate_content("gemini-2.5-flash", "Again",
                                       {.http_options = {.retry = {.attempts = 2}}});
    } catch (const genai::ServerError& error) {
        std::cout << error.attempts() << " attempts: " << error.what() << '\n';
    }
}
