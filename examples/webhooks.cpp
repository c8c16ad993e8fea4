// An address that the service calls when long work is done.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        using Event = genai::webhooks::WebhookSubscribedEvent;
        const auto webhook =
            client.webhooks.create({.subscribed_events = {Event::batch_succeeded, Event::batch_failed},
                                    .uri = "https://example.com/done"});
        std::cout << webhook.id << " signs with " << webhook.new_signing_secret.value_or("?").substr(0, 6)
                  << "…\n";  // said this once: keep it
        client.webhooks.ping(webhook.id);
        client.webhooks.update(webhook.id, {.state = genai::webhooks::WebhookState::disabled});
        client.webhooks.delete_(webhook.id);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
