#pragma once

#include <genai/config.hpp>

#include <nlohmann/json.hpp>

#include <genai/values/link_guard.hpp>

namespace genai::inline GENAI_ABI {

/// The value of whatever the API gives no fixed shape: function arguments, metadata, error details.
using Json = nlohmann::json;

namespace detail {

/// JSON whose members keep their order.
using OrderedJson = nlohmann::ordered_json;

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
