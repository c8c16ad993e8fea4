// has no non-static data member named .*temprature
#include <genai/models.hpp>

int main() { const genai::GenerateContentConfig config{.temprature = 1}; }
