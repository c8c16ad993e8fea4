// An answer in a given shape: JSON by a schema, read into a struct.
#include <iostream>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

struct Recipe {
    std::string name{};
    int minutes{};
    std::vector<std::string> ingredients{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("minutes", self.minutes);
        visit("ingredients", self.ingredients);
    }
};

}  // namespace

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());
    const auto response = client.models.generate_content(
        examples::model, "A quick recipe for Soup",
        {.response_mime_type = "application/json",
         .response_schema = genai::Schema{.properties = {{"name", {.type = genai::Type::string}},
                                                         {"minutes", {.minimum = 1, .type = genai::Type::integer}},
                                                         {"ingredients", {.items = genai::Schema{.type = genai::Type::string}, .type = genai::Type::array}}},
                                          .required = {"name", "minutes"},
                                          .type = genai::Type::object}});
    const auto recipe = genai::decode<Recipe>(response.text());
    std::cout << recipe.name << ", " << recipe.minutes << " min, " << recipe.ingredients.size() << " ingredients\n";
}
