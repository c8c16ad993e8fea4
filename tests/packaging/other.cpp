// A second translation unit that includes everything, twice.
#include <genai/genai.hpp>
#include <genai/genai.hpp>

int other() { return genai::encode(genai::Part::from_text("x")) == R"({"text":"x"})" ? 0 : 1; }
