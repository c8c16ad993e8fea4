#pragma once

// Cases of what LiteLLM does with calls in OpenAI's shapes, carried out with openai::Client over a transport
// in memory.

#include "calls.hpp"

namespace conformance {

/// What was sent, and what came of it, under the names that the cases have: `sent`, `returns`, `chunks`,
/// `usage`, `raises`.
Tree carry_out_litellm_case(const Tree& one);

}  // namespace conformance
