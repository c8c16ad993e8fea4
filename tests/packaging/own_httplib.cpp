// A program that has an httplib of its own: without OpenSSL and exceptions, which changes its types.
#define CPPHTTPLIB_NO_EXCEPTIONS 1
#include <httplib.h>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

int main() {
    const genai::testing::Emulator emulator;
    httplib::Client http(emulator.url());
    const genai::ClientOptions options = emulator.client_options();
    const auto answer = http.Get("/v1beta/models", {{"x-goog-api-key", *options.api_key}});
    const genai::Client client(options);
    return answer && answer->status == 200 && !client.models.generate_content("gemini-x", "hi").text().empty()
               ? 0
               : 1;
}
