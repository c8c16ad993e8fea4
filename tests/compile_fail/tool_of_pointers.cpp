// genai: this type has no wire form
#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"x"}, [](const int*) {});
}
