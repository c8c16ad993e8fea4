#pragma once

/// A client with everything for `client.operations`.

#include <genai/client.hpp>
#include <genai/types/operation.hpp>
