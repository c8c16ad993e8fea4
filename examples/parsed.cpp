// An answer in the shape of a C++ type.
#include <genai/genai.hpp>
#include <iostream>

enum class Course { starter, main };
constexpr void enumerators(Course, auto&& visit) {  // an enum's texts, in a function beside it
    visit("starter", Course::starter);
    visit("main", Course::main);
}

struct Recipe {
    std::string name{};
    Course course{};
    int minutes{};
    std::vector<std::string> ingredients{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("course", self.course);
        visit("minutes", self.minutes, genai::Note{.description = "Until it is on the table", .minimum = 1});
        visit("ingredients", self.ingredients);
    }
};

int main() {
    genai::Client client;
    auto recipe = client.models.generate_content<Recipe>("gemini-2.5-flash", "A quick recipe for Soup");
    std::cout << recipe->name << ": " << recipe->minutes << " min, " << recipe->ingredients.size()
              << " ingredients\n";
}
