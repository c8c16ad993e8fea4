// genai: the parameters have no names
#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", [](int, int) {});
}
