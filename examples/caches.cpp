// A long text that many prompts are about is kept ready by the service.
#include <chrono>
#include <iostream>

#include "connect.hpp"

int main() {
    using namespace std::chrono_literals;
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        auto cache = client.caches.create(examples::model, {.contents = "Imagine a whole book here.",
                                                            .system_instruction = "Answer from the book.",
                                                            .ttl = 10min,
                                                            .display_name = "Book"});
        std::cout << cache.name << " holds " << *cache.usage_metadata->total_token_count << " tokens\n";

        const auto response = client.models.generate_content(examples::model, "Who is the hero?",
                                                             {.cached_content = cache.name});
        std::cout << response.text() << '\n'
                  << *response.usage_metadata->cached_content_token_count << " tokens came from the cache\n";

        cache = client.caches.update(cache.name, {.ttl = 1h});
        std::cout << "it now ends at " << cache.expire_time->text() << '\n';
        client.caches.delete_(cache.name);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
