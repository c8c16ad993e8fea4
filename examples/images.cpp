// Pictures in and out: media beside text, and a model that draws.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "connect.hpp"

int main(int argc, char** argv) {
    const examples::Connection connection;
    const genai::Client client(connection.options());

    std::string png;
    if (argc > 1) {
        std::ifstream file(argv[1], std::ios::binary);
        png.assign(std::istreambuf_iterator<char>(file), {});
    } else {
        const auto drawn = client.models.generate_content("gemini-2.5-flash-image", "Draw a single dot",
                                                          {.response_modalities = {"TEXT", "IMAGE"}});
        png = drawn.data().view();
        std::cout << "The model drew " << png.size() << " bytes.\n";
    }
    const auto seen = client.models.generate_content(
        examples::model, {"What is in this picture?", genai::Part::from_bytes(png, "image/png")});
    std::cout << seen.text() << '\n';
}
