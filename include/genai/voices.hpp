#pragma once

/// A client with everything for `client.voices`.

#include <genai/client.hpp>
#include <genai/types/voices.hpp>
