#pragma once

/// A client with everything for `client.decisions`.

#include <genai/client.hpp>
#include <genai/types/decisions.hpp>
