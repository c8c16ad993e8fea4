#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>

namespace genai::inline GENAI_ABI {

/// Short-lived tokens for devices that must not hold the key.
/// https://ai.google.dev/api/live#ephemeral-auth-tokens
class AuthTokens {
public:
    explicit AuthTokens(detail::Caller& caller) : caller_(caller) {}
    AuthTokens(const AuthTokens&) = default;

    /// Makes a token for the Live API. With constraints and no `lock_additional_fields`, its sessions can be
    /// set up in no other way; with an empty list, in what the constraints name; with names, in these too.
    /// Google serves it under `v1alpha`: set `http_options.api_version`.
    /// https://ai.google.dev/api/live#method:-authtokenservice.createtoken
    GENAI_LAZY AuthToken create(const CreateAuthTokenConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    AuthTokens& operator=(const AuthTokens&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <string>
#include <utility>

#include <genai/core/caller.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/mapping/live_setup.hpp>
#include <genai/types/auth_token.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE AuthToken AuthTokens::create(const CreateAuthTokenConfig& config) const {
    const std::string setup =
        config.live_connect_constraints ? detail::live_setup(*config.live_connect_constraints) : "{}";
    auto body = detail::json_object([&](wire::Writer& writer) {
        writer.members(wire::struct_table<CreateAuthTokenConfig>(), &config, [](std::string_view name) {
            return name != "liveConnectConstraints" && name != "lockAdditionalFields";
        });
        if (setup != "{}") writer.raw("\"bidiGenerateContentSetup\":", setup);
        if (config.lock_additional_fields) {
            const std::string mask = detail::live_field_mask(setup, *config.lock_additional_fields);
            if (!mask.empty()) writer.member("\"fieldMask\":", mask);
        }
        writer.unknown(config.extra);
    });
    return caller_->call<AuthToken>({.operation = "auth_tokens.create",
                                     .resource = detail::ResourceName::path("auth_tokens"),
                                     .body = std::move(body),
                                     .options = config.http_options});
}

}  // namespace genai::inline GENAI_ABI

#endif
