#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include <genai/config.hpp>
#include <genai/net/tls_options.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How the library's own transports connect.
struct TransportOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    TlsOptions tls{};                                   ///< CA certificates
    std::optional<std::string>
        proxy{};  ///< `http://[user:password@]host:port`; HTTPS_PROXY and the like when unset, empty for none
    std::size_t max_idle_connections{64};  ///< kept open for each server between calls
    std::chrono::milliseconds idle_connection_timeout{
        60'000};                        ///< an idle connection older than this is not used again
    bool public_addresses_only{false};  ///< refuses servers at private, loopback and link-local addresses,
                                        ///< whatever name led there
};

}  // namespace genai::inline GENAI_ABI
