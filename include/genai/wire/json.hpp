#pragma once

#include <nlohmann/json.hpp>

namespace genai::inline v0 {

/// The value of whatever the API gives no fixed shape: function arguments, metadata, error details.
using Json = nlohmann::json;

}  // namespace genai::inline v0
