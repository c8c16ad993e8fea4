// The translation unit of genai::compiled with prices, costs and limits, which a program that does not use
// them does without.
#define GENAI_IMPLEMENTATION_PART 4
#include <genai/cost.hpp>
#include <genai/limits.hpp>
#include <genai/router.hpp>
#include <genai/call_log.hpp>
#include <genai/tracing.hpp>
#include <genai/adaptive.hpp>
#include <genai/bulk.hpp>
