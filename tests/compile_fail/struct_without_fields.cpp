// genai: this type has no wire form; give a struct
#include <genai/schema_of.hpp>

struct Point {
    int x{};
};

int main() { return genai::schema_of<std::vector<Point>>().recursive() ? 1 : 0; }
