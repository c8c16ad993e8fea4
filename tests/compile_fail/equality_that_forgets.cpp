// members that are not sent, such as functions, cannot be compared
#include <genai/models.hpp>

bool same(const genai::GenerateContentConfig& a, const genai::GenerateContentConfig& b) { return a == b; }
int main() {}
