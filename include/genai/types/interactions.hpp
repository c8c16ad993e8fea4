#pragma once

/// Every type of the interactions API.

#include <genai/types/interactions/agent_config.hpp>
#include <genai/types/interactions/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/deltas.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/types/interactions/environment.hpp>
#include <genai/types/interactions/events.hpp>
#include <genai/types/interactions/interaction.hpp>
#include <genai/types/interactions/steps.hpp>
#include <genai/types/interactions/tools.hpp>
#include <genai/types/interactions/usage.hpp>
