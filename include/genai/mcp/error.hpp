#pragma once

#include <cstdint>
#include <string>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI {

/// An error response of a Model Context Protocol server.
class GENAI_EXPORT McpError : public Error {
public:
    McpError(std::int64_t code, const std::string& message)
        : Error("the MCP server refused (" + std::to_string(code) + "): " + message), code_(code) {}

    /// Its JSON-RPC error code, such as −32602 for wrong parameters, or the HTTP status where it gave none.
    std::int64_t code() const noexcept { return code_; }

private:
    std::int64_t code_;
};

}  // namespace genai::inline GENAI_ABI
