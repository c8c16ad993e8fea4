// has no wire form
#include <mutex>

#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"x"}, [](int) { return std::make_unique<std::mutex>(); });
}
