#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <genai/config.hpp>
#include <genai/net/openssl.hpp>
#include <genai/error.hpp>
#include <genai/net/tls_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The authorities to trust, loaded once: a new connection would spend 27 ms on the system's otherwise.
class TrustStore {
public:
    explicit TrustStore(TlsOptions options) : options_(std::move(options)) {
        if (!options_.ca_file.empty() || !options_.ca_pem.empty()) load();  // bad input shows at once
    }
    /// The store with a reference of the caller's own.
    X509_STORE* share() {
        std::call_once(once_, [this] {
            if (store_ == nullptr) load();
        });
        X509_STORE_up_ref(store_.get());
        return store_.get();
    }

private:
    struct Free {
        void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
    };

    void load() {
        store_.reset(X509_STORE_new());
        if (options_.ca_file.empty() && options_.ca_pem.empty()) {
            X509_STORE_set_default_paths(store_.get());
#if defined(_WIN32) && OPENSSL_VERSION_NUMBER >= 0x30200000L
            X509_STORE_load_store(store_.get(), "org.openssl.winstore://");
#endif
            ERR_clear_error();  // what cannot be read is not trusted, and shows in the handshake
            return;
        }
        if (!options_.ca_file.empty() &&
            X509_STORE_load_locations(store_.get(), options_.ca_file.c_str(), nullptr) != 1) {
            ERR_clear_error();
            throw InvalidArgument("tls.ca_file",
                                  "holds no certificate that can be read: " + options_.ca_file);
        }
        if (!options_.ca_pem.empty() && !add_pem(options_.ca_pem))
            throw InvalidArgument("tls.ca_pem", "holds no certificate that can be read");
    }

    bool add_pem(const std::string& pem) {
        BIO* const source = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
        bool any = false;
        while (X509* const certificate = PEM_read_bio_X509(source, nullptr, nullptr, nullptr)) {
            any = X509_STORE_add_cert(store_.get(), certificate) == 1 || any;
            X509_free(certificate);
        }
        BIO_free(source);
        ERR_clear_error();
        return any;
    }

    TlsOptions options_;
    std::once_flag once_{};
    std::unique_ptr<X509_STORE, Free> store_{};
};

}  // namespace genai::inline GENAI_ABI::detail
