// An agent of one's own, with a place to work, a secret it may use, and a schedule. Experimental in the
// service.
#include <iostream>
#include <string>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        const auto place = client.environments.create({.network = genai::interactions::Disabled::disabled});
        client.environments.files.upload(place.id, "data/numbers.csv", genai::Bytes(std::string("1,2,3")));
        for (const auto& file : client.environments.files.list(place.id, "", {.recursive = true}))
            std::cout << file.path.value_or("?") << '\n';

        client.credentials.create(
            genai::credentials::HttpBearerConfig{.id = "tracker", .token = "a token of the tracker's"});
        const auto agent = client.agents.create({.base_agent = "antigravity-preview-09-2026",
                                                 .base_environment = place.id,
                                                 .id = "counter",
                                                 .system_instruction = "Add up what you find."});
        const auto answer = client.interactions.create({.agent = agent.id, .input = "How much is it?"});
        std::cout << answer.output_text() << '\n';

        const auto trigger = client.triggers.create(
            {.interaction =
                 genai::interactions::CreateAgentInteraction{.agent = agent.id, .input = "Once more."},
             .schedule = "0 9 * * 1",
             .time_zone = "Europe/Berlin"});
        std::cout << client.triggers.run(trigger.id).status << '\n';

        client.triggers.delete_(trigger.id);
        client.agents.delete_(agent.id);
        client.credentials.delete_("tracker");
        client.environments.delete_(place.id);
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
