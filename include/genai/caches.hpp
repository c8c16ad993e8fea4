#pragma once

/// A client with everything for `client.caches`.

#include <genai/client.hpp>
#include <genai/types/cache.hpp>
