#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <genai/genai.hpp>

namespace kitchen {

enum class Level : std::uint8_t { easy = 1, hard = 200 };
constexpr void enumerators(Level, auto&& visit) {
    visit("easy", Level::easy);
    visit("hard", Level::hard);
}

struct Step {
    static constexpr std::string_view description = "One thing to do";

    std::string text{};
    std::optional<double> minutes{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text,
              genai::Note{
                  .description = "What to do", .min_length = 1, .max_length = 200, .pattern = "^[A-Z]"});
        visit("minutes", self.minutes, genai::Note{.minimum = 0.5, .maximum = 90});
    }
};

struct Recipe {
    std::string name{};
    unsigned serves{};
    Level level{};
    std::vector<Step> steps{};
    std::map<std::string, int> grams{};
    bool vegan{};
    std::optional<std::string> source{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("serves", self.serves);
        visit("level", self.level, genai::Note{.description = "How hard it is"});
        visit("steps", self.steps, genai::Note{.min_items = 1, .max_items = 20});
        visit("grams", self.grams);
        visit("vegan", self.vegan, genai::Note{.required = false});
        visit("source", self.source, genai::Note{.format = "uri", .required = true});
    }
};

struct Node {
    std::string name{};
    std::vector<Node> children{};
    genai::Box<Node> other{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("children", self.children, genai::Note{.required = false});
        visit("other", self.other);
    }
};

struct Circle {
    double radius{};
    static constexpr void fields(auto& self, auto&& visit) { visit("radius", self.radius); }
};
struct Box {
    double width{};
    std::optional<double> height{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("width", self.width);
        visit("height", self.height);
    }
};
using Shape = std::variant<Circle, Box, std::vector<int>, Level, std::string, std::int64_t, double, bool>;

}  // namespace kitchen
