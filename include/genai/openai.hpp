#pragma once

/// Servers that speak OpenAI's chat completions, for the library's clients.

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/transport.hpp>
