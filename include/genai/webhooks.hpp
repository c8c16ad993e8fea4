#pragma once

/// A client with everything for `client.webhooks`.

#include <genai/client.hpp>
#include <genai/types/webhooks.hpp>
