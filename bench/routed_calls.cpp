// What a router and a cost meter add to a call, without a network. Prints one JSON object: microseconds of a
// call.
#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/router.hpp>

#include "cpu_time.hpp"

namespace {

/// Gives the same answer to each request.
struct Server {
    void send(const genai::http::Request&, genai::http::Sink& sink) const {
        genai::http::deliver(
            sink, {.status = 200, .headers = {{"Content-Type", "application/json"}}},
            R"({"candidates":[{"content":{"role":"model","parts":[{"text":"Paris."}]},"finishReason":"STOP"}],)"
            R"("usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":2,"totalTokenCount":10}})");
    }
};

/// CPU microseconds of one call of each, the least of interleaved runs.
std::vector<double> costs(const std::vector<std::function<void()>>& calls) {
    constexpr int repeats = 20'000;
    std::vector<double> best(calls.size(), 1e9);
    for (int run = 0; run < 7; ++run)
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const double begin = cpu_seconds();
            for (int n = 0; n < repeats; ++n) calls[i]();
            best[i] = (std::min)(best[i], (cpu_seconds() - begin) / repeats * 1e6);
        }
    return best;
}

std::function<void()> call(const genai::Client<>& client, const char* model) {
    return [client, model] {
        if (client.models.generate_content(model, "What is the capital of France?").text() != "Paris.")
            std::abort();
    };
}

}  // namespace

int main() {
    const genai::Client client({.api_key = "k"}, Server{});
    struct Silent final : genai::CallHooks {};
    const genai::Client hooked({.api_key = "k", .hooks = std::make_shared<Silent>()}, Server{});
    const genai::Client metered({.api_key = "k", .hooks = std::make_shared<genai::CostMeter>()}, Server{});
    genai::RouterOptions options;
    for (int i = 0; i < 5; ++i)
        options.deployments.push_back({.group = "g", .client = client, .model = "gemini-2.5-flash"});
    const genai::Router random(options);
    options.strategy = genai::RouterStrategy::lowest_latency;
    for (auto& one : options.deployments) one.rpm = 1'000'000'000;
    const genai::Router fastest(options);
    const auto spent = costs({call(client, "gemini-2.5-flash"), call(random, "g"), call(fastest, "g"),
                              call(hooked, "gemini-2.5-flash"), call(metered, "gemini-2.5-flash")});
    std::cout << "{\"call_us\": " << spent[0] << ", \"router_us\": " << spent[1] - spent[0]
              << ", \"router_by_latency_and_limits_us\": " << spent[2] - spent[0]
              << ", \"hooks_us\": " << spent[3] - spent[0] << ", \"meter_us\": " << spent[4] - spent[3]
              << "}\n";
}
