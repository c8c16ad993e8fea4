#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::webhooks {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Whether a webhook is called.
struct WebhookState : OpenEnum<WebhookState> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator enabled{"enabled"};    ///< is called
    static constexpr Enumerator disabled{"disabled"};  ///< not allowed
    static constexpr Enumerator disabled_due_to_failed_deliveries{
        "disabled_due_to_failed_deliveries"};  ///< is not called any more: calls failed
};

/// What a webhook is called for.
struct WebhookSubscribedEvent : OpenEnum<WebhookSubscribedEvent> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator batch_succeeded{"batch.succeeded"};  ///< `batch.succeeded`
    static constexpr Enumerator batch_expired{"batch.expired"};      ///< `batch.expired`
    static constexpr Enumerator batch_failed{"batch.failed"};        ///< `batch.failed`
    static constexpr Enumerator interaction_requires_action{
        "interaction.requires_action"};  ///< `interaction.requires_action`
    static constexpr Enumerator interaction_completed{"interaction.completed"};  ///< `interaction.completed`
    static constexpr Enumerator interaction_failed{"interaction.failed"};        ///< `interaction.failed`
    static constexpr Enumerator video_generated{"video.generated"};              ///< `video.generated`
};

/// When the old secrets end.
struct RevocationBehavior : OpenEnum<RevocationBehavior> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator revoke_previous_secrets_after_h24{
        "revoke_previous_secrets_after_h24"};  ///< `revoke_previous_secrets_after_h24`
    static constexpr Enumerator revoke_previous_secrets_immediately{
        "revoke_previous_secrets_immediately"};  ///< `revoke_previous_secrets_immediately`
};

/// A secret that calls are signed with.
struct SigningSecret {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> expire_time{};            ///< when it ends
    Text truncated_secret{};                           ///< its first characters
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("expire_time", self.expire_time);
        visit("truncated_secret", self.truncated_secret);
    }
};

/// An address the service calls when something is done. https://ai.google.dev/gemini-api/docs/webhooks
struct Webhook {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::string id{};                                  ///< its id
    Text name{};                                       ///< the resource's name
    Text new_signing_secret{};                     ///< said once, when it is made: what calls are signed with
    std::vector<SigningSecret> signing_secrets{};  ///< the secrets in use, cut short
    WebhookState state{};                          ///< whether it can be used yet
    std::vector<WebhookSubscribedEvent> subscribed_events{};  ///< what it is called for
    std::optional<Timestamp> update_time{};                   ///< when it last changed
    Text uri{};                                               ///< where it is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("create_time", self.create_time);
        visit("id", self.id);
        visit("name", self.name);
        visit("new_signing_secret", self.new_signing_secret);
        visit("signing_secrets", self.signing_secrets);
        visit("state", self.state);
        visit("subscribed_events", self.subscribed_events);
        visit("update_time", self.update_time);
        visit("uri", self.uri);
    }
};

/// What a webhook is made from.
struct WebhookInput {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    Text name{};                                              ///< the resource's name
    std::vector<WebhookSubscribedEvent> subscribed_events{};  ///< what it is called for
    Text uri{};                                               ///< where it is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("subscribed_events", self.subscribed_events);
        visit("uri", self.uri);
    }
};

/// What changes of a webhook.
struct WebhookUpdate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    Text name{};                                              ///< the resource's name
    WebhookState state{};                                     ///< whether it can be used yet
    std::vector<WebhookSubscribedEvent> subscribed_events{};  ///< what it is called for
    Text uri{};                                               ///< where it is
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("state", self.state);
        visit("subscribed_events", self.subscribed_events);
        visit("uri", self.uri);
    }
};

/// How the signing secret is replaced.
struct RotateSigningSecretRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    RevocationBehavior revocation_behavior{};          ///< when the old ones end
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("revocation_behavior", self.revocation_behavior);
    }
};

/// The new signing secret.
struct WebhookRotateSigningSecretResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text secret{};                                     ///< the new one; said once
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("secret", self.secret); }
};

/// One page of webhooks.
struct WebhookListResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Webhook> webhooks{};                   ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("webhooks", self.webhooks);
    }
};

/// Options of `webhooks.list`.
struct ListWebhooksConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

/// Options of `webhooks.update`.
struct UpdateWebhookConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text update_mask{};  ///< names of the members that change, with commas; those that are set when unset

    static constexpr void fields(auto& self, auto&& visit) { visit("update_mask", self.update_mask); }
};

}  // namespace genai::inline GENAI_ABI::webhooks
