// A program with a transport of its own.
#include <genai/models.hpp>
#include <genai/testing/scripted_transport.hpp>

int main() {
    genai::testing::ScriptedTransport script{genai::testing::ScriptedTransport::text("Hello")};
    genai::Client client({.api_key = "key"}, script);
    return client.models.generate_content("gemini-2.5-flash", "Hi").text() == "Hello" ? 0 : 1;
}
