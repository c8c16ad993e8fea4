// describe a member with genai::Note
#include <genai/models.hpp>
#include <genai/schema_of.hpp>

struct Book {
    std::string title{};
    static constexpr void fields(auto& self, auto&& visit) { visit("title", self.title, "Short title"); }
};

int main() { static_cast<void>(genai::schema_of<Book>()); }
