#pragma once

/// A client with everything for `client.chats`.

#include <genai/client.hpp>
#include <genai/models.hpp>
