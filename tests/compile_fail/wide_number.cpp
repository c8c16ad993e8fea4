// genai: this number is wider than JSON's
#include <genai/schema_of.hpp>

int main() { return genai::schema_of<long double>().recursive() ? 1 : 0; }
