// has its base.s `fields`, which leave out its own members
#include <genai/genai.hpp>

struct Point {
    int x{};
    static constexpr void fields(auto& self, auto&& visit) { visit("x", self.x); }
};
struct Place : Point {
    int y{};
};

int main() { static_cast<void>(genai::decode<Place>("{}")); }
