// Answers in the shape of a C++ type, whole and while they come.
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

enum class Level { easy, hard };
constexpr void enumerators(Level, auto&& visit) {
    visit("easy", Level::easy);
    visit("hard", Level::hard);
}

struct Recipe {
    std::string name{};
    int minutes{};
    Level level{};
    std::vector<std::string> ingredients{};
    std::optional<std::string> source{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("minutes", self.minutes, genai::Note{.description = "Until it is on the table", .minimum = 1});
        visit("level", self.level);
        visit("ingredients", self.ingredients, genai::Note{.min_items = 2});
        visit("source", self.source);
    }
};

}  // namespace

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());

    const auto recipe = client.models.generate_content<Recipe>(examples::model, "A quick recipe for Soup");
    std::cout << recipe->name << ", " << recipe->minutes << " min, " << recipe->ingredients.size()
              << " ingredients\n";

    const auto level = client.models.generate_content<Level>(examples::model, "How hard is it to make Soup?");
    std::cout << (*level == Level::easy ? "easy" : "hard") << '\n';

    std::string text;
    for (const auto& chunk : client.models.generate_content_stream(
             examples::model, "Recipes for Soup",
             {.response_json_schema = genai::schema_of<std::vector<Recipe>>()})) {
        text += chunk.text();
        for (const Recipe& so_far : genai::decode_partial<std::vector<Recipe>>(text))
            std::cout << so_far.name << ": " << so_far.ingredients.size() << " ingredients so far\n";
    }
    std::cout << genai::decode_partial<std::vector<Recipe>>(text).size() << " recipes in all\n";
}
