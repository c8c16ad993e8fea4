#pragma once

/// OpenAI's shapes, both ways: programs that are written in them, answered by Gemini, and the library's
/// clients before servers that speak them.

#include <genai/config.hpp>
#include <genai/openai/client.hpp>
#include <genai/openai/from_gemini.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/prompt_cache.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/to_gemini.hpp>
#include <genai/openai/transport.hpp>
#include <genai/openai/types.hpp>
