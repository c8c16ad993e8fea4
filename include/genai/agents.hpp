#pragma once

/// A client with everything for `client.agents`.

#include <genai/client.hpp>
#include <genai/types/agents.hpp>
