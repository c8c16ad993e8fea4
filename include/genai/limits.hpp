#pragma once

/// What models take, and what requests come to in tokens; rate limits kept in the program.

#include <genai/limits/rate_limiter.hpp>
#include <genai/limits/token_estimates.hpp>
