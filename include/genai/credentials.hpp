#pragma once

/// A client with everything for `client.credentials`.

#include <genai/client.hpp>
#include <genai/types/credentials.hpp>
