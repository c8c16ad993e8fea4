#pragma once

/// A client with everything for `client.environments`.

#include <genai/client.hpp>
#include <genai/types/environments.hpp>
