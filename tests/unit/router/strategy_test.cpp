// How a router chooses among deployments.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/router.hpp>
#include <genai/testing/manual_clock.hpp>

#include "routed.hpp"

using namespace genai;
using namespace std::chrono_literals;
using namespace routed;
using testing::ManualClock;

namespace {

/// Who answers so many calls.
std::vector<std::string> count(const Router& router, int calls) {
    std::vector<std::string> chosen;
    for (int i = 0; i < calls; ++i) chosen.push_back(ask(router));
    return chosen;
}

}  // namespace

TEST_CASE("weights and latencies choose among the deployments that may be called") {
    const auto clock = std::make_shared<ManualClock>();
    SECTION("by weight, the same with the same seed") {
        const auto share = [&](std::vector<std::optional<double>> weights, std::optional<std::int64_t> rpm) {
            RouterOptions options{.seed = 7, .clock = clock};
            for (std::size_t i = 0; i < weights.size(); ++i) {
                options.deployments.push_back(
                    deployment("g", std::string(1, static_cast<char>('a' + i)),
                               service(std::string(1, static_cast<char>('a' + i)))));
                options.deployments.back().weight = weights[i];
                if (rpm) options.deployments.back().rpm = *rpm * static_cast<std::int64_t>(i + 1) * 10;
            }
            const auto chosen = count(Router(std::move(options)), 3000);
            return static_cast<int>(std::count(chosen.begin(), chosen.end(), "a"));
        };
        CHECK(share({3, 1}, {}) == share({3, 1}, {}));
        CHECK(std::abs(share({3, 1}, {}) - 2250) < 120);
        CHECK(std::abs(share({3, {}}, {}) - 2250) < 120);  // beside a weight, none is 1
        CHECK(std::abs(share({{}, {}}, {}) - 1500) < 120);
        CHECK(std::abs(share({{}, {}}, 1000) - 1000) < 120);  // by rpm, 1 to 2
        CHECK(share({0, 1}, {}) == 0);
        CHECK(share({0}, {}) == 3000);  // the last one left
    }
    SECTION("that which is the fastest, and again the others when that was long ago") {
        const auto slow = [clock](std::chrono::milliseconds span, const std::string& name) {
            return std::make_shared<Service>([=](int) -> Reply {
                return [=](const http::Request& request, http::Sink& sink) {
                    clock->advance(span);
                    ScriptedTransport::text(name)(request, sink);
                };
            });
        };
        const Router router(
            {.deployments = {deployment("g", "a", slow(900ms, "a")), deployment("g", "b", slow(100ms, "b"))},
             .strategy = RouterStrategy::lowest_latency,
             .seed = 1,
             .clock = clock});
        const auto first = count(router, 2);
        CHECK(std::set<std::string>(first.begin(), first.end()).size() == 2);  // each once
        CHECK(count(router, 5) == std::vector<std::string>(5, "b"));
        CHECK((router.status()[0].latency > 800ms && router.status()[1].latency < 200ms));
    }
}

TEST_CASE("load, usage and cost choose among the deployments that may be called") {
    const auto clock = std::make_shared<ManualClock>();
    SECTION("that with the fewest calls under way") {
        const Router* router = nullptr;
        std::vector<std::string> within;
        const auto a = std::make_shared<Service>([&](int call) -> Reply {
            return [&, call](const http::Request& request, http::Sink& sink) {
                if (call == 0)
                    for (int i = 0; i < 3; ++i) within.push_back(ask(*router));
                ScriptedTransport::text("a")(request, sink);
            };
        });
        const Router two({.deployments = {deployment("g", "a", a), deployment("g", "b", service("b"))},
                          .strategy = RouterStrategy::least_busy,
                          .seed = 3,
                          .clock = clock});
        router = &two;
        while (a->calls == 0) static_cast<void>(ask(two));
        CHECK(within == std::vector<std::string>(3, "b"));
    }
    SECTION("that which has used the least of its limits") {
        auto small = deployment("g", "a", service("a"));
        small.rpm = 10;
        auto large = deployment("g", "b", service("b"));
        large.rpm = 30;
        const Router router(
            {.deployments = {small, large}, .strategy = RouterStrategy::lowest_usage, .clock = clock});
        const auto chosen = count(router, 40);
        CHECK(std::count(chosen.begin(), chosen.end(), "a") == 10);
    }
    SECTION("that which costs the least") {
        auto dear = deployment("g", "a", service("a"));
        dear.model = "gemini-2.5-pro";
        auto cheap = deployment("g", "b", service("b"));
        cheap.model = "gemini-2.5-flash-lite";
        auto unknown = deployment("g", "c", service("c"));
        const Router router(
            {.deployments = {unknown, dear, cheap}, .strategy = RouterStrategy::lowest_cost, .clock = clock});
        CHECK(count(router, 3) == std::vector<std::string>(3, "b"));
    }
}
