// has members that are not sent, such as functions
#include <genai/models.hpp>

bool same(const genai::GenerateContentConfig& a, const genai::GenerateContentConfig& b) { return a == b; }
int main() {}
