#pragma once

/// The shapes of OpenAI's API: requests, answers and chunks of chat completions, embeddings, images, models.
/// Names are OpenAI's. Members that an answer may lack are unset then; what this version does not know is
/// kept in `extra`.

#include <genai/config.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/openai/types/completion_chunk.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/openai/types/content.hpp>
#include <genai/openai/types/embedding.hpp>
#include <genai/openai/types/image.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/openai/types/model.hpp>
#include <genai/openai/types/moderation.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/openai/types/tool.hpp>
