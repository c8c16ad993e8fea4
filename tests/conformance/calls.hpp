#pragma once

// Makes the calls that conformance cases describe: `method` and `params` in, the typed result as JSON out.

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include <genai/genai.hpp>

namespace conformance {

using Tree = nlohmann::ordered_json;

/// A case that cannot be run: an unknown method or type, params of no known shape.
struct Unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A stream that failed: what it threw is nested, what came before is here.
struct BrokenStream {
    std::exception_ptr cause{};
    Tree partial{};
};

using Client = genai::Client<>;

/// Makes the call. Throws what it throws, BrokenStream, Unsupported.
Tree call(const Client& client, const std::string& method, const Tree& params);

/// The name of the exception's class, without its namespace.
std::string error_type(const std::exception& problem);

}  // namespace conformance
