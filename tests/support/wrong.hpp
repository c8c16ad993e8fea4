#pragma once

#include <string>

#include <genai/genai.hpp>

namespace support {

/// The parameter that a call is refused for before anything is sent; "nothing" where it is not.
std::string wrong(auto&& call) {
    try {
        call();
    } catch (const genai::InvalidArgument& problem) {
        return problem.parameter();
    }
    return "nothing";
}

}  // namespace support
