// this character has no wire form
#include <genai/genai.hpp>

int main() { static_cast<void>(genai::encode(U'x')); }
