#pragma once

/// A client with everything for `client.tunings`.

#include <genai/client.hpp>
#include <genai/types/model.hpp>
#include <genai/types/tuning.hpp>
