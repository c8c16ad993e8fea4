// genai: a tool's function cannot take a reference that it may change
#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"x"}, [](int& x) { ++x; });
}
