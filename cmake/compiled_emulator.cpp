// The one translation unit of genai::compiled_emulator.
#include <genai/testing/emulator.hpp>
