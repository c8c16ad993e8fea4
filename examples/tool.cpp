// A C++ function that the model can call.
#include <genai/genai.hpp>
#include <genai/tools.hpp>
#include <iostream>

std::string get_weather(const std::string& city) { return "sunny in " + city; }

int main() {
    genai::Client client;
    auto response = client.models.generate_content(
        "gemini-2.5-flash", "How is the weather in Paris?",
        {.tools = {genai::tool("get_weather", "Current weather in a city", {"city"}, get_weather)}});
    std::cout << response.text() << '\n';
}
