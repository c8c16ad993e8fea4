// The translation unit of genai::compiled with the default transport, which a program with one of its own
// does without, and without OpenSSL.
#define GENAI_IMPLEMENTATION_PART 2
#include <genai/genai.hpp>
#include <genai/openai.hpp>
