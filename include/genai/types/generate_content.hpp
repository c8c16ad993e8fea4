#pragma once

/// What generateContent takes and gives.

#include <genai/types/generate_content_config.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/types/usage.hpp>
