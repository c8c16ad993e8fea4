// `visit` takes a member itself
#include <genai/genai.hpp>

struct Point {
    int x() const { return 1; }
    static constexpr void fields(auto& self, auto&& visit) { visit("x", self.x()); }
};

int main() { static_cast<void>(genai::decode<Point>("{}")); }
