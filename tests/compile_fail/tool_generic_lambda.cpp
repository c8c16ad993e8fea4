// genai: the function's parameters cannot be seen
#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"x"}, [](auto) {});
}
