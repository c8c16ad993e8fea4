#pragma once

/// A client with everything for `client.auth_tokens`.

#include <genai/client.hpp>
#include <genai/types/auth_token.hpp>
