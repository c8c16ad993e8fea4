#pragma once

/// Everything a program needs for the Gemini API over REST.

#include <genai/client.hpp>
#include <genai/error.hpp>
#include <genai/fwd.hpp>
#include <genai/options.hpp>
#include <genai/stream.hpp>
#include <genai/types/content.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/file.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/grounding.hpp>
#include <genai/types/safety.hpp>
#include <genai/types/schema.hpp>
#include <genai/types/speech.hpp>
#include <genai/types/tool.hpp>
#include <genai/version.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
