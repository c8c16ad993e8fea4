// Headers of other libraries before and after ours, where they are installed.
#if defined(NEIGHBOURS_FIRST)
#include "neighbours.hpp"
#endif

#include <genai/genai.hpp>
#include <genai/mcp.hpp>
#include <genai/tools.hpp>

#if !defined(NEIGHBOURS_FIRST)
#include "neighbours.hpp"
#endif

int main() { return genai::encode(genai::Part::from_text("x")).empty() ? 1 : 0; }
