// it must be public and static
#include <genai/models.hpp>

struct Book {
    std::string title{};
    void fields(auto& self, auto&& visit) { visit("title", self.title); }
};

int main() { static_cast<void>(genai::decode<Book>("{}")); }
