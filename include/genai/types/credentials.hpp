#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::credentials {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Where a value goes.
struct InjectionLocation : OpenEnum<InjectionLocation> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator header{"header"};  ///< a header
    static constexpr Enumerator query{"query"};    ///< the query
    static constexpr Enumerator body{"body"};      ///< the body
};

/// Whether a credential can be used.
struct CredentialStatus : OpenEnum<CredentialStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator active{"active"};    ///< in use
    static constexpr Enumerator revoked{"revoked"};  ///< no more
};

/// A kind of credential.
struct CredentialType : OpenEnum<CredentialType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator bearer_token{"bearer_token"};                  ///< `bearer_token`
    static constexpr Enumerator oauth2{"oauth2"};                              ///< `oauth2`
    static constexpr Enumerator environment_variable{"environment_variable"};  ///< `environment_variable`
};

/// A value that is put into requests on their way out.
struct EnvironmentVariableConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "environment_variable"};
    Text id{};                                                                      ///< its id
    OneOf<InjectionLocation, std::vector<InjectionLocation>> injection_location{};  ///< where the value goes
    std::vector<std::string> trusted_domains{};  ///< hosts that may be given it
    std::string type{tag.value};                 ///< which kind this is
    Text value{};                                ///< the value
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("injection_location", self.injection_location);
        visit("trusted_domains", self.trusted_domains);
        visit("type", self.type);
        visit("value", self.value);
    }
};

/// A bearer token.
struct HttpBearerConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "bearer_token"};
    Text header_name{};           ///< the header; `Authorization` when unset
    Text id{};                    ///< its id
    Text prefix{};                ///< what stands before the token; `Bearer` when unset
    Text token{};                 ///< the token
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("header_name", self.header_name);
        visit("id", self.id);
        visit("prefix", self.prefix);
        visit("token", self.token);
        visit("type", self.type);
    }
};

/// Tokens by OAuth 2.
struct OAuth2Config {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "oauth2"};
    Text client_id{};                   ///< the client's id
    Text client_secret{};               ///< the client's secret
    Text id{};                          ///< its id
    Text refresh_token{};               ///< what new tokens are had with
    std::vector<std::string> scopes{};  ///< what it is for
    Text token_url{};                   ///< where tokens are had
    std::string type{tag.value};        ///< which kind this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("client_id", self.client_id);
        visit("client_secret", self.client_secret);
        visit("id", self.id);
        visit("refresh_token", self.refresh_token);
        visit("scopes", self.scopes);
        visit("token_url", self.token_url);
        visit("type", self.type);
    }
};

/// A secret to be kept.
struct CredentialCreateParams : OneOf<EnvironmentVariableConfig, HttpBearerConfig, OAuth2Config> {
    using OneOf::OneOf;
};

/// What changes of a value.
struct EnvironmentVariableUpdateConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "environment_variable"};
    OneOf<InjectionLocation, std::vector<InjectionLocation>> injection_location{};  ///< where the value goes
    std::vector<std::string> trusted_domains{};  ///< hosts that may be given it
    std::string type{tag.value};                 ///< which kind this is
    Text value{};                                ///< the value
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("injection_location", self.injection_location);
        visit("trusted_domains", self.trusted_domains);
        visit("type", self.type);
        visit("value", self.value);
    }
};

/// What changes of a bearer token.
struct HttpBearerUpdateConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "bearer_token"};
    Text header_name{};           ///< the header; `Authorization` when unset
    Text prefix{};                ///< what stands before the token; `Bearer` when unset
    Text token{};                 ///< the token
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("header_name", self.header_name);
        visit("prefix", self.prefix);
        visit("token", self.token);
        visit("type", self.type);
    }
};

/// What changes of OAuth 2.
struct OAuth2UpdateConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "oauth2"};
    Text client_id{};                   ///< the client's id
    Text client_secret{};               ///< the client's secret
    Text refresh_token{};               ///< what new tokens are had with
    std::vector<std::string> scopes{};  ///< what it is for
    Text token_url{};                   ///< where tokens are had
    std::string type{tag.value};        ///< which kind this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("client_id", self.client_id);
        visit("client_secret", self.client_secret);
        visit("refresh_token", self.refresh_token);
        visit("scopes", self.scopes);
        visit("token_url", self.token_url);
        visit("type", self.type);
    }
};

/// What changes of a secret.
struct CredentialUpdate : OneOf<EnvironmentVariableUpdateConfig, HttpBearerUpdateConfig, OAuth2UpdateConfig> {
    using OneOf::OneOf;
};

/// A secret the service keeps for agents, without the secret.
struct Credential {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::string id{};                                  ///< its id
    CredentialStatus status{};                         ///< how far it has come
    CredentialType type{};                             ///< which kind this is
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("create_time", self.create_time);
        visit("id", self.id);
        visit("status", self.status);
        visit("type", self.type);
        visit("update_time", self.update_time);
    }
};

/// One page of credentials.
struct CredentialListResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Credential> credentials{};             ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("credentials", self.credentials);
    }
};

/// Options of `credentials.list`.
struct ListCredentialsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

/// Options of `credentials.update`.
struct UpdateCredentialConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text update_mask{};  ///< names of the members that change, with commas; those that are set when unset

    static constexpr void fields(auto& self, auto&& visit) { visit("update_mask", self.update_mask); }
};

}  // namespace genai::inline GENAI_ABI::credentials
