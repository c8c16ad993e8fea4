// could not convert|cannot convert|no viable|conversion from
#include <genai/models.hpp>

int main() { const genai::GenerateContentConfig config{.store = "false"}; }
