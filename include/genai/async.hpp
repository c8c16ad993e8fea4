#pragma once

/// Calls that do not block: tasks, callbacks, coroutines, and streams that are awaited.

#include <genai/config.hpp>
#include <genai/async/async_stream.hpp>
#include <genai/async/result.hpp>
#include <genai/async/task.hpp>
#include <genai/async/thread_pool.hpp>
#include <genai/async/when.hpp>
#include <genai/executor.hpp>
