#pragma once

/// A client with everything for `client.interactions`.

#include <genai/client.hpp>
#include <genai/types/interactions.hpp>
