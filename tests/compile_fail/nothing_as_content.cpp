// would use explicit constructor|explicit
#include <genai/models.hpp>

int main() {
    genai::Client client;
    client.models.generate_content("gemini-2.5-flash", {});
}
