// genai: a list of bools has no elements to point to
#include <genai/schema_of.hpp>

int main() { return genai::schema_of<std::vector<bool>>().recursive() ? 1 : 0; }
