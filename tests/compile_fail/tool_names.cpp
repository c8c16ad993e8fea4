// genai: the function has more or fewer parameters than names were given
#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"only"}, [](int, int) {});
}
