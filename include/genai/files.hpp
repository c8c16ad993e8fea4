#pragma once

/// A client with everything for `client.files`.

#include <genai/client.hpp>
#include <genai/types/file.hpp>
#include <genai/types/media.hpp>
