#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/collection.hpp>
#include <genai/options.hpp>
#include <genai/types/webhooks.hpp>

namespace genai::inline v0 {

/// Addresses that the service calls. https://ai.google.dev/gemini-api/docs/webhooks
template <http::Transport T>
class Webhooks {
public:
    explicit Webhooks(std::shared_ptr<detail::Core<T>> core) : all_(std::move(core), "webhooks") {}

    /// Makes a webhook. The answer has the secret that calls are signed with, this once.
    webhooks::Webhook create(const webhooks::WebhookInput& webhook, const RequestConfig& config = {}) const {
        return all_.template create<webhooks::Webhook>(webhook, config.http_options);
    }
    /// A webhook as it is.
    webhooks::Webhook get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<webhooks::Webhook>(id, config.http_options); }
    /// All of them.
    Pager<webhooks::Webhook> list(const webhooks::ListWebhooksConfig& config = {}) const { return all_.list(config, &webhooks::WebhookListResponse::webhooks); }
    /// Changes members of a webhook: those that are set. Throws InvalidArgument when none is.
    webhooks::Webhook update(std::string_view id, const webhooks::WebhookUpdate& changes, const webhooks::UpdateWebhookConfig& config = {}) const {
        return all_.template update<webhooks::Webhook>(id, changes, config.update_mask, config.http_options);
    }
    /// Deletes a webhook.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }
    /// Has the service call it, to try it.
    void ping(std::string_view id, const RequestConfig& config = {}) const {
        all_.core()->tell({.path = all_.path(id) + ":ping", .options = all_.core()->protocol().merged(config.http_options)});
    }
    /// Replaces the signing secret, and gives the new one, this once.
    webhooks::WebhookRotateSigningSecretResponse rotate_signing_secret(std::string_view id, const webhooks::RotateSigningSecretRequest& request = {},
                                                                       const RequestConfig& config = {}) const {
        return all_.core()->template ask<webhooks::WebhookRotateSigningSecretResponse>(
            {.path = all_.path(id) + ":rotateSigningSecret", .body = detail::json_body(request), .options = all_.core()->protocol().merged(config.http_options)});
    }

private:
    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
