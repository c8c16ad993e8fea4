#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Secrets that the service keeps for agents. Experimental in the service.
class Credentials {
public:
    explicit Credentials(detail::Caller& caller) : caller_(caller) {}
    Credentials(const Credentials&) = default;

    /// Makes a credential.
    GENAI_LAZY credentials::Credential create(const credentials::CredentialCreateParams& credential,
                                              const CallConfig& config = {}) const;
    /// A credential as it is.
    GENAI_LAZY [[nodiscard]] credentials::Credential get(std::string_view id,
                                                         const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<credentials::Credential> list(
        const credentials::ListCredentialsConfig& config = detail::no_config) const;
    /// Changes members of a credential: those that are set. Throws InvalidArgument when none is.
    GENAI_LAZY credentials::Credential update(
        std::string_view id, const credentials::CredentialUpdate& changes,
        const credentials::UpdateCredentialConfig& config = detail::no_config) const;
    /// Deletes a credential.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Credentials& operator=(const Credentials&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/collection.hpp>
#include <genai/types/credentials.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::create(
    const credentials::CredentialCreateParams& credential, const CallConfig& config) const {
    return detail::Collection(caller_, "credentials")
        .create<credentials::Credential>("credentials.create", credential, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::get(std::string_view id,
                                                                      const CallConfig& config) const {
    return detail::Collection(caller_, "credentials")
        .get<credentials::Credential>("credentials.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<credentials::Credential> Credentials::list(
    const credentials::ListCredentialsConfig& config) const {
    return detail::Collection(caller_, "credentials")
        .list<&credentials::CredentialListResponse::credentials>("credentials.list", config);
}

GENAI_LAZY_BODY GENAI_INLINE credentials::Credential Credentials::update(
    std::string_view id, const credentials::CredentialUpdate& changes,
    const credentials::UpdateCredentialConfig& config) const {
    return detail::Collection(caller_, "credentials")
        .update<credentials::Credential>("credentials.update", id, changes, config.update_mask,
                                         config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE void Credentials::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "credentials").remove("credentials.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
