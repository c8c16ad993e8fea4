#pragma once

#include <string>

#include <genai/config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How the peer's certificate is checked. It always is.
struct TlsOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string ca_file{};  ///< PEM file of the authorities to trust instead of the system's
    std::string ca_pem{};   ///< the same, as PEM text
};

}  // namespace genai::inline GENAI_ABI
