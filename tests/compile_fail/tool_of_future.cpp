// a future has no wire form
#include <future>

#include <genai/tools.hpp>

int main() {
    const auto tool = genai::tool("f", "", {"x"}, [](int x) { return std::async([x] { return x; }); });
}
