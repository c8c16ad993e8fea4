// use of deleted function
#include <genai/models.hpp>

bool hidden(const genai::Part& part) { return part.thought == false; }
int main() {}
