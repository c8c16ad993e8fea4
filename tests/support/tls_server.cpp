#include "tls_server.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <signal.h>

#include <atomic>

#include "raw_servers.hpp"

namespace support {
namespace {

EVP_PKEY* make_key() { return EVP_EC_gen("P-256"); }

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

X509* make_certificate(const std::string& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key,
                       const std::string& alt_names, long days) {
    X509* const certificate = X509_new();
    X509_set_version(certificate, 2);
    static std::atomic<long> serial{1000};
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -10L * 86400);
    X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, issuer == nullptr ? subject : X509_get_subject_name(issuer));
    if (issuer == nullptr) add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    else add_extension(certificate, issuer, NID_subject_alt_name, alt_names);
    X509_sign(certificate, issuer_key, EVP_sha256());
    return certificate;
}

std::string pem_of(X509* certificate) {
    BIO* const out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    std::string pem(data, static_cast<std::size_t>(size));
    BIO_free(out);
    return pem;
}

}  // namespace

struct TlsServer::Impl final : ConnectionServer {
    ~Impl() override {
        stop();
        SSL_CTX_free(context);
    }

    void serve(int connection) override {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // OpenSSL's writes raise it
        SSL* const session = SSL_new(context);
        SSL_set_fd(session, connection);
        if (SSL_accept(session) == 1) {
            for (;;) {
                const std::string request = read_request([session](char* to, std::size_t size) {
                    return SSL_read(session, to, static_cast<int>(size));
                });
                if (request.empty()) break;
                ++requests;
                if (request.find("Proxy-Authorization") != std::string::npos) ++proxy_credentials;
                const std::string answer =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body + behind;
                SSL_write(session, answer.data(), static_cast<int>(answer.size()));
                if (renew_keys) SSL_key_update(session, SSL_KEY_UPDATE_REQUESTED);
            }
        }
        SSL_free(session);
    }

    std::string body{};
    std::string behind{};
    bool renew_keys{false};
    std::string ca{};
    SSL_CTX* context{SSL_CTX_new(TLS_server_method())};
    std::atomic<int> requests{0};
    std::atomic<int> proxy_credentials{0};
};

TlsServer::TlsServer(std::string body, const CertificateOptions& options, const std::string& behind)
    : impl_(std::make_unique<Impl>()) {
    EVP_PKEY* const ca_key = make_key();
    X509* const ca = make_certificate("test authority", ca_key, nullptr, ca_key, "", 10);
    EVP_PKEY* const key = make_key();
    X509* const certificate = make_certificate("test server", key, ca, ca_key, options.names, options.days);
    impl_->ca = pem_of(ca);
    impl_->body = std::move(body);
    impl_->behind = behind;
    impl_->renew_keys = options.renew_keys;
    SSL_CTX_use_certificate(impl_->context, certificate);
    SSL_CTX_use_PrivateKey(impl_->context, key);
    X509_free(certificate);
    X509_free(ca);
    EVP_PKEY_free(key);
    EVP_PKEY_free(ca_key);
    impl_->start();
}

TlsServer::~TlsServer() = default;

std::uint16_t TlsServer::port() const { return impl_->Listener::port(); }
const std::string& TlsServer::ca_pem() const { return impl_->ca; }
int TlsServer::requests() const { return impl_->requests; }
int TlsServer::connections() const { return impl_->ConnectionServer::connections(); }
int TlsServer::proxy_credentials() const { return impl_->proxy_credentials; }

}  // namespace support
