// `visit` takes a member that can be read into
#include <genai/genai.hpp>

struct Point {
    const int x{};
    static constexpr void fields(auto& self, auto&& visit) { visit("x", self.x); }
};

int main() { static_cast<void>(genai::encode(Point{})); }
