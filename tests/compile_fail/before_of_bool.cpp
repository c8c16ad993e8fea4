// gives the answer in place of the call
#include <genai/models.hpp>

int main() {
    genai::GenerateContentConfig config;
    config.automatic_function_calling.before = [](const genai::FunctionCall&) { return true; };
}
