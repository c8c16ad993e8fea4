#include "tls_server.hpp"

#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <thread>

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

std::string pem_of(EVP_PKEY* key) {
    BIO* const out = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    std::string pem(data, static_cast<std::size_t>(size));
    BIO_free(out);
    return pem;
}

}  // namespace

struct TlsServer::Impl {
    std::string ca{};
    std::unique_ptr<httplib::SSLServer> server{};
    std::atomic<int> requests{0};
    std::atomic<int> proxy_credentials{0};
    int port{0};
    std::thread thread{};
};

TlsServer::TlsServer(std::string body, const CertificateOptions& options) : impl_(std::make_unique<Impl>()) {
    EVP_PKEY* const ca_key = make_key();
    X509* const ca = make_certificate("test authority", ca_key, nullptr, ca_key, "", 10);
    EVP_PKEY* const key = make_key();
    X509* const certificate = make_certificate("test server", key, ca, ca_key, options.names, options.days);
    impl_->ca = pem_of(ca);
    const std::string certificate_pem = pem_of(certificate);
    const std::string key_pem = pem_of(key);
    impl_->server = std::make_unique<httplib::SSLServer>(
        httplib::SSLServer::PemMemory{certificate_pem.c_str(), certificate_pem.size(), key_pem.c_str(),
                                      key_pem.size(), nullptr, 0, nullptr});
    X509_free(certificate);
    X509_free(ca);
    EVP_PKEY_free(key);
    EVP_PKEY_free(ca_key);

    impl_->server->set_tcp_nodelay(true);
    impl_->server->Post(
        ".*", [this, body = std::move(body)](const httplib::Request& request, httplib::Response& response) {
            ++impl_->requests;
            if (request.has_header("Proxy-Authorization")) ++impl_->proxy_credentials;
            response.set_content(body, "application/json");
        });
    impl_->port = impl_->server->bind_to_any_port("127.0.0.1");
    impl_->thread = std::thread([this] { impl_->server->listen_after_bind(); });
    impl_->server->wait_until_ready();
}

TlsServer::~TlsServer() {
    impl_->server->stop();
    impl_->thread.join();
}

std::uint16_t TlsServer::port() const { return static_cast<std::uint16_t>(impl_->port); }
const std::string& TlsServer::ca_pem() const { return impl_->ca; }
int TlsServer::requests() const { return impl_->requests; }
int TlsServer::proxy_credentials() const { return impl_->proxy_credentials; }

}  // namespace support
