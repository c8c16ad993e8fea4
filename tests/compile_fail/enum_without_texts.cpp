// genai: this enum has no texts
#include <genai/schema_of.hpp>

enum class Colour { red, green };

int main() { return genai::schema_of<Colour>().recursive() ? 1 : 0; }
