// could not convert|cannot convert|no matching function
#include <genai/models.hpp>

int main() { genai::ClientOptions options{"key"}; }
