#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// URLs that the service calls. https://ai.google.dev/gemini-api/docs/webhooks
class Webhooks {
public:
    explicit Webhooks(detail::Caller& caller) : caller_(caller) {}
    Webhooks(const Webhooks&) = default;

    /// Makes a webhook. The answer has the secret that calls are signed with, this once.
    GENAI_LAZY webhooks::Webhook create(const webhooks::WebhookInput& webhook,
                                        const CallConfig& config = {}) const;
    /// A webhook as it is.
    GENAI_LAZY [[nodiscard]] webhooks::Webhook get(std::string_view id, const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<webhooks::Webhook> list(
        const webhooks::ListWebhooksConfig& config = detail::no_config) const;
    /// Changes members of a webhook: those that are set. Throws InvalidArgument when none is.
    GENAI_LAZY webhooks::Webhook update(
        std::string_view id, const webhooks::WebhookUpdate& changes,
        const webhooks::UpdateWebhookConfig& config = detail::no_config) const;
    /// Deletes a webhook.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;
    /// Has the service call it, to try it.
    GENAI_LAZY void ping(std::string_view id, const CallConfig& config = {}) const;
    /// Replaces the signing secret, and gives the new one, this once.
    GENAI_LAZY webhooks::WebhookRotateSigningSecretResponse rotate_signing_secret(
        std::string_view id, const webhooks::RotateSigningSecretRequest& request = detail::no_config,
        const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Webhooks& operator=(const Webhooks&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/collection.hpp>
#include <genai/types/webhooks.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE webhooks::Webhook Webhooks::create(const webhooks::WebhookInput& webhook,
                                                                const CallConfig& config) const {
    return detail::Collection(caller_, "webhooks")
        .create<webhooks::Webhook>("webhooks.create", webhook, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE webhooks::Webhook Webhooks::get(std::string_view id,
                                                             const CallConfig& config) const {
    return detail::Collection(caller_, "webhooks")
        .get<webhooks::Webhook>("webhooks.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<webhooks::Webhook> Webhooks::list(
    const webhooks::ListWebhooksConfig& config) const {
    return detail::Collection(caller_, "webhooks")
        .list<&webhooks::WebhookListResponse::webhooks>("webhooks.list", config);
}

GENAI_LAZY_BODY GENAI_INLINE webhooks::Webhook Webhooks::update(
    std::string_view id, const webhooks::WebhookUpdate& changes,
    const webhooks::UpdateWebhookConfig& config) const {
    return detail::Collection(caller_, "webhooks")
        .update<webhooks::Webhook>("webhooks.update", id, changes, config.update_mask, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE void Webhooks::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "webhooks").remove("webhooks.delete", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE void Webhooks::ping(std::string_view id, const CallConfig& config) const {
    caller_->call_void({.operation = "webhooks.ping",
                        .resource = detail::ResourceName::of("webhooks", id, "id"),
                        .verb = ":ping",
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE webhooks::WebhookRotateSigningSecretResponse Webhooks::rotate_signing_secret(
    std::string_view id, const webhooks::RotateSigningSecretRequest& request,
    const CallConfig& config) const {
    return caller_->call<webhooks::WebhookRotateSigningSecretResponse>(
        {.operation = "webhooks.rotate_signing_secret",
         .resource = detail::ResourceName::of("webhooks", id, "id"),
         .verb = ":rotateSigningSecret",
         .body = detail::json_body(request),
         .options = config.http_options});
}

}  // namespace genai::inline GENAI_ABI

#endif
