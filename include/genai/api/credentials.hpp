#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/collection.hpp>
#include <genai/options.hpp>
#include <genai/types/credentials.hpp>

namespace genai::inline v0 {

/// Secrets that the service keeps for agents. Experimental in the service.
template <http::Transport T>
class Credentials {
public:
    explicit Credentials(std::shared_ptr<detail::Core<T>> core) : all_(std::move(core), "credentials") {}

    /// Makes a credential.
    credentials::Credential create(const credentials::CredentialCreateParams& credential, const RequestConfig& config = {}) const {
        return all_.template create<credentials::Credential>(credential, config.http_options);
    }
    /// A credential as it is.
    credentials::Credential get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<credentials::Credential>(id, config.http_options); }
    /// All of them.
    Pager<credentials::Credential> list(const credentials::ListCredentialsConfig& config = {}) const { return all_.list(config, &credentials::CredentialListResponse::credentials); }
    /// Changes members of a credential: those that are set. Throws InvalidArgument when none is.
    credentials::Credential update(std::string_view id, const credentials::CredentialUpdate& changes, const credentials::UpdateCredentialConfig& config = {}) const {
        return all_.template update<credentials::Credential>(id, changes, config.update_mask, config.http_options);
    }
    /// Deletes a credential.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }

private:
    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
