// The translation unit of genai::compiled with OpenAI's API over a client, which a program that does not use
// it does without.
#define GENAI_IMPLEMENTATION_PART 3
#include <genai/genai.hpp>
#include <genai/openai.hpp>
