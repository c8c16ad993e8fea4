// The translation unit of genai::compiled with the calls and everything that is no template.
#define GENAI_IMPLEMENTATION_PART 1
#include <genai/genai.hpp>
#include <genai/async.hpp>
#include <genai/openai.hpp>
#include <genai/tools.hpp>
