#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace support {

/// What a TLS server's certificate says.
struct CertificateOptions {
    std::string names{"IP:127.0.0.1,DNS:localhost"};  ///< its subjectAltName
    long days{1};                                     ///< until it expires; negative for one that has
    bool renew_keys{false};                           ///< sends a KeyUpdate behind each answer
};

/// An HTTPS server on loopback that answers every request with the same body, and bytes behind it
/// that are no part of it. Its certificate comes from an authority of its own.
class TlsServer {
public:
    explicit TlsServer(std::string body, const CertificateOptions& certificate = {},
                       const std::string& behind = {});
    ~TlsServer();
    std::uint16_t port() const;
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port()); }
    /// The authority's certificate.
    const std::string& ca_pem() const;
    /// How many requests it has answered.
    int requests() const;
    /// How many connections have come.
    int connections() const;
    /// How many of them held a header that is a proxy's business.
    int proxy_credentials() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace support
