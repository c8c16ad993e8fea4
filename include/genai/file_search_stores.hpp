#pragma once

/// A client with everything for `client.file_search_stores` and its documents.

#include <genai/client.hpp>
#include <genai/types/file_search.hpp>
#include <genai/types/operation.hpp>
