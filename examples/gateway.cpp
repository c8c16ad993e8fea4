// A gateway that speaks the Gemini protocol: another address with a path, another header for the key, fields
// of its own both ways. The emulator stands in for it here.
#include <iostream>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

int main() {
    genai::testing::Emulator gateway({.api_key = "sk-1234", .strict = false});
    gateway.enqueue(genai::testing::Reply::json(
        R"({"candidates":[{"content":{"parts":[{"text":"From the cache."}],"role":"model"},"finishReason":"STOP"}],"provider":"adaptive","cache_tier":"semantic"})"));

    const genai::Client client(
        {.api_key = "sk-1234",
         .api_key_in = genai::ApiKeyPlacement::bearer,
         .http_options = {.base_url = gateway.url() + "/gemini", .headers = {{"X-Team", "docs"}}}});
    const auto response = client.models.generate_content(
        "gemini-2.5-flash", "hello",
        {.http_options = {.extra_body = genai::Json{
                              {"semantic_cache", {{"enabled", true}, {"similarity_threshold", 0.95}}}}}});
    std::cout << response.text() << " by " << response.extra.get("provider") << ", tier "
              << response.extra.get("cache_tier") << '\n'
              << "sent: " << gateway.requests().front().body << '\n';
}
