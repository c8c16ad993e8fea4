#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/live_setup.hpp>
#include <genai/types/auth_token.hpp>

namespace genai::inline v0 {

/// Short-lived tokens for devices that must not hold the key. https://ai.google.dev/api/live#ephemeral-auth-tokens
template <http::Transport T>
class AuthTokens {
public:
    explicit AuthTokens(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Makes a token for the Live API. With constraints and no `lock_additional_fields`, its sessions can be set up in no
    /// other way; with an empty list, in what the constraints name; with names, in these too. Google serves it under
    /// `v1alpha`: set `http_options.api_version`. https://ai.google.dev/api/live#method:-authtokenservice.createtoken
    AuthToken create(const CreateAuthTokenConfig& config = {}) const {
        const bool constrained = config.live_connect_constraints.has_value();
        const std::string setup = constrained ? detail::live_setup(*config.live_connect_constraints) : "{}";
        auto body = std::make_shared<wire::JsonText>();
        wire::Writer writer(*body);
        writer.begin_object();
        writer.members(wire::struct_table<CreateAuthTokenConfig>(), &config,
                       [](std::string_view name) { return name != "liveConnectConstraints" && name != "lockAdditionalFields"; });
        if (setup != "{}") writer.raw("\"bidiGenerateContentSetup\":", setup);
        if (config.lock_additional_fields) {
            const std::string mask = detail::live_field_mask(setup, *config.lock_additional_fields);
            if (!mask.empty()) writer.member("\"fieldMask\":", mask);
        }
        writer.unknown(config.extra);
        writer.end_object();
        return core_->template ask<AuthToken>({.path = "auth_tokens", .body = std::move(body), .options = core_->protocol().merged(config.http_options)});
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
