// Many deployments as one client: one fails, another answers; what it cost, and who said what.
#include <iostream>
#include <memory>

#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/router.hpp>
#include <genai/testing/emulator.hpp>

int main() {
    genai::testing::Emulator first;  // stand-ins for two projects, or a service and a gateway
    genai::testing::Emulator second;
    first.enqueue(genai::testing::Reply::failure(503));
    second.enqueue(genai::testing::Reply::failure(429));

    const auto meter = std::make_shared<genai::CostMeter>();
    const genai::Router router({.deployments = {{.group = "flash",
                                                 .client = genai::Client(first.client_options()),
                                                 .model = "gemini-2.5-flash",
                                                 .id = "first"},
                                                {.group = "flash",
                                                 .client = genai::Client(second.client_options()),
                                                 .model = "gemini-2.5-flash",
                                                 .id = "second"},
                                                {.group = "lite",
                                                 .client = genai::Client(second.client_options()),
                                                 .model = "gemini-2.5-flash-lite",
                                                 .id = "spare"}},
                                .strategy = genai::RouterStrategy::in_order,
                                .fallbacks = {{"flash", {"lite"}}},
                                .http_options = {.retry = {.attempts = 2}},
                                .hooks = meter,
                                .on_event = [](const genai::RouterEvent& event) {
                                    std::cout << "call " << event.call_id << ": " << to_string(event.kind)
                                              << ' ' << event.group << ' ' << event.deployment << ' '
                                              << event.error << '\n';
                                }});
    std::cout << router.models.generate_content("flash", "Hello").text() << '\n';
    for (const auto& [model, spent] : meter->by_model())
        std::cout << model << ": " << spent.attempts << " attempts, " << spent.failed << " failed, "
                  << spent.cost.total() << '\n';
    for (const auto& one : router.status())
        std::cout << one.id << ": cools down for " << one.cooling.count() << " ms\n";
}
