#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/collection.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>
#include <genai/types/credentials.hpp>

namespace genai::inline GENAI_ABI {

/// Secrets that the service keeps for agents. Experimental in the service.
class Credentials {
public:
    explicit Credentials(detail::Caller& caller) : all_(caller, "credentials") {}
    Credentials(const Credentials&) = default;

    /// Makes a credential.
    GENAI_LAZY credentials::Credential create(const credentials::CredentialCreateParams& credential,
                                              const RequestConfig& config = {}) const;
    /// A credential as it is.
    GENAI_LAZY [[nodiscard]] credentials::Credential get(std::string_view id,
                                                         const RequestConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<credentials::Credential> list(
        const credentials::ListCredentialsConfig& config = {}) const;
    /// Changes members of a credential: those that are set. Throws InvalidArgument when none is.
    GENAI_LAZY credentials::Credential update(std::string_view id,
                                              const credentials::CredentialUpdate& changes,
                                              const credentials::UpdateCredentialConfig& config = {}) const;
    /// Deletes a credential.
    GENAI_LAZY void delete_(std::string_view id, const RequestConfig& config = {}) const;

private:
    friend class SubApis;
    Credentials& operator=(const Credentials&) = default;

    detail::Collection all_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::create(
    const credentials::CredentialCreateParams& credential, const RequestConfig& config) const {
    return all_.create<credentials::Credential>("credentials.create", credential, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::get(std::string_view id,
                                                                      const RequestConfig& config) const {
    return all_.get<credentials::Credential>("credentials.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<credentials::Credential> Credentials::list(
    const credentials::ListCredentialsConfig& config) const {
    return all_.list("credentials.list", config, &credentials::CredentialListResponse::credentials);
}

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::update(
    std::string_view id, const credentials::CredentialUpdate& changes,
    const credentials::UpdateCredentialConfig& config) const {
    return all_.update<credentials::Credential>("credentials.update", id, changes, config.update_mask,
                                                config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE void Credentials::delete_(std::string_view id,
                                                       const RequestConfig& config) const {
    all_.remove("credentials.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
