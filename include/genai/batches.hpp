#pragma once

/// A client with everything for `client.batches`.

#include <genai/client.hpp>
#include <genai/types/batch.hpp>
