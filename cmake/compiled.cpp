// The one translation unit of genai::compiled: the default transport, what is no template, and the calls.
#include <genai/genai.hpp>
#include <genai/tools.hpp>
