#pragma once

/// A client with everything for `client.triggers`.

#include <genai/client.hpp>
#include <genai/types/triggers.hpp>
