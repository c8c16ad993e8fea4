// A program that has an httplib of its own: without OpenSSL and exceptions, which changes its types.
#define CPPHTTPLIB_NO_EXCEPTIONS 1
#include <httplib.h>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

int main() {
    const genai::testing::Emulator emulator;
    httplib::Client http(emulator.url());
    const auto answer = http.Get("/v1beta/models", {{"x-goog-api-key", "k"}});
    const genai::Client client(emulator.client_options());
    return answer && answer->status == 200 && !client.models.generate_content("gemini-x", "hi").text().empty()
               ? 0
               : 1;
}
