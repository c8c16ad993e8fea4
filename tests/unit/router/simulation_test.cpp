// A router over 100,000 calls and five deployments with faults: no call is lost, none goes where it must not.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <iomanip>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
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

/// How a deployment behaves.
struct Behaviour {
    std::string id{};
    double weight{1};
    std::optional<std::int64_t> rpm{};
    double failing{};                  ///< share of its calls that fail with 500
    double limited{};                  ///< with 429
    std::chrono::seconds down_from{};  ///< an outage: connections are refused
    std::chrono::seconds down_until{};
    std::chrono::milliseconds takes{20};
};

/// What it saw.
struct Seen {
    std::int64_t answered{};
    std::int64_t failed{};
    std::int64_t cooled{};         ///< cooldowns
    std::int64_t while_cooling{};  ///< calls in one: a mistake
    std::int64_t most{};           ///< in any minute
    std::chrono::steady_clock::time_point cooling_until{};
    std::deque<std::chrono::steady_clock::time_point> minute{};
};

/// A deployment as simulated: it answers with the prompt it was sent.
class Simulated {
public:
    Simulated(Behaviour behaviour, std::shared_ptr<ManualClock> clock, std::mt19937_64& generator)
        : behaviour_(std::move(behaviour)), clock_(std::move(clock)), generator_(generator) {}

    void send(const http::Request& request, http::Sink& sink) {
        note();
        clock_->advance(behaviour_.takes);
        const auto time = clock_->now().time_since_epoch();
        const double drawn = std::uniform_real_distribution<double>()(generator_);
        ++seen.failed;
        if (time >= behaviour_.down_from && time < behaviour_.down_until) return refused(request, sink);
        if (drawn < behaviour_.limited) return busy(request, sink);
        if (drawn < behaviour_.limited + behaviour_.failing) return down(request, sink);
        --seen.failed;
        ++seen.answered;
        std::string body(static_cast<std::size_t>(request.body.size().value_or(0)), '\0');
        request.body.read(0, body);
        const auto asked = Json::parse(body)["contents"][0]["parts"][0]["text"].get<std::string>();
        ScriptedTransport::text(asked)(request, sink);
    }

    Seen seen{};
    const Behaviour& behaviour() const { return behaviour_; }

private:
    void note() {
        const auto now = clock_->now();
        if (now < seen.cooling_until) ++seen.while_cooling;
        while (!seen.minute.empty() && now - seen.minute.front() >= 60s) seen.minute.pop_front();
        seen.minute.push_back(now);
        seen.most = (std::max)(seen.most, static_cast<std::int64_t>(seen.minute.size()));
    }

    Behaviour behaviour_;
    std::shared_ptr<ManualClock> clock_;
    std::mt19937_64& generator_;
};

struct Simulation {
    explicit Simulation(const std::vector<Behaviour>& behaviours, std::uint64_t seed)
        : generator(seed + 1) {  // not the router's own numbers, or faults and choices would go together
        RouterOptions options{.http_options = {.retry = {.attempts = 4}}, .seed = seed, .clock = clock};
        for (const Behaviour& one : behaviours) {
            simulated.push_back(std::make_shared<Simulated>(one, clock, generator));
            options.deployments.push_back(
                {.group = "g",
                 .client = Client({.api_key = "k", .clock = clock}, simulated.back()),
                 .model = "m",
                 .id = one.id,
                 .rpm = one.rpm,
                 .weight = one.weight});
        }
        options.on_event = [this](const RouterEvent& event) {
            exhausted += event.kind == RouterEvent::Kind::exhausted ? 1 : 0;
            if (event.kind != RouterEvent::Kind::cooldown) return;
            const auto which = std::find_if(simulated.begin(), simulated.end(), [&](const auto& one) {
                return one->behaviour().id == event.deployment;
            });
            ++(*which)->seen.cooled;
            (*which)->seen.cooling_until = clock->now() + event.wait;
        };
        router.emplace(std::move(options));
    }

    void run(int calls) {
        made = calls;
        for (int i = 0; i < calls; ++i) {
            const std::string text = "call " + std::to_string(i);
            try {
                const std::string answer = router->models.generate_content("g", text).text();
                (answer == text ? answered : mixed_up) += 1;
            } catch (const Error&) {
                ++failed;
            }
            clock->advance(10ms);
        }
    }

    std::string table() const {
        std::ostringstream out;
        out << "\ndeployment  weight    rpm  answered  failed  cooldowns  in cooldown  per minute\n";
        for (const auto& one : simulated)
            out << std::left << std::setw(10) << one->behaviour().id << std::right << std::setw(8)
                << one->behaviour().weight << std::setw(7) << one->behaviour().rpm.value_or(0)
                << std::setw(10) << one->seen.answered << std::setw(8) << one->seen.failed << std::setw(11)
                << one->seen.cooled << std::setw(13) << one->seen.while_cooling << std::setw(15)
                << one->seen.most << '\n';
        out << "calls " << made << ": answered " << answered << ", failed " << failed << ", simulated time "
            << std::chrono::duration_cast<std::chrono::seconds>(clock->now().time_since_epoch()).count()
            << " s\n";
        return out.str();
    }

    std::shared_ptr<ManualClock> clock{std::make_shared<ManualClock>()};
    std::mt19937_64 generator;
    std::vector<std::shared_ptr<Simulated>> simulated{};
    std::optional<Router> router{};
    int made{0};
    int answered{0};
    int mixed_up{0};
    int failed{0};
    int exhausted{0};
};

}  // namespace

TEST_CASE("100,000 calls over five deployments with faults") {
    Simulation simulation({{.id = "steady", .weight = 4},
                           {.id = "narrow", .weight = 3, .rpm = 120},
                           {.id = "flaky", .weight = 2, .failing = 0.2},
                           {.id = "limited", .weight = 2, .limited = 0.05},
                           {.id = "outage", .weight = 1, .down_from = 600s, .down_until = 1200s}},
                          20261128);
    constexpr int calls = 100'000;
    simulation.run(calls);
    INFO(simulation.table());
    CHECK(simulation.answered + simulation.failed == calls);  // none is lost
    CHECK(simulation.mixed_up == 0);
    CHECK(simulation.failed == simulation.exhausted);
    CHECK(simulation.failed < calls / 1000);
    std::int64_t all = 0;
    for (const auto& one : simulation.simulated) {
        INFO(one->behaviour().id);
        CHECK(one->seen.while_cooling == 0);
        if (one->behaviour().rpm) CHECK(one->seen.most <= *one->behaviour().rpm);
        all += one->seen.answered;
    }
    CHECK(all == simulation.answered);
    const auto& seen = [&](std::size_t i) -> const Seen& { return simulation.simulated[i]->seen; };
    CHECK(seen(0).failed == 0);
    CHECK(std::abs(static_cast<double>(seen(2).failed) /
                       static_cast<double>(seen(2).failed + seen(2).answered) -
                   0.2) < 0.01);
    CHECK(seen(3).failed > 300);
    CHECK(seen(1).most == 120);               // its limit is used
    CHECK(seen(3).cooled == seen(3).failed);  // each 429 leads to a cooldown
    CHECK(seen(4).failed > 0);
    CHECK(seen(4).failed < 300);  // of the 1,000 and more that an outage of ten minutes would have met
    for (const auto& status : simulation.router->status()) CHECK(status.in_flight == 0);
}

TEST_CASE("without faults calls are shared out by weight, the same way with the same seed") {
    const std::vector<Behaviour> behaviours{
        {.id = "a", .weight = 5}, {.id = "b", .weight = 3}, {.id = "c", .weight = 2}};
    constexpr int calls = 20'000;
    Simulation simulation(behaviours, 1);
    simulation.run(calls);
    INFO(simulation.table());
    CHECK(simulation.answered == calls);
    for (const auto& one : simulation.simulated)
        CHECK(std::abs(static_cast<double>(one->seen.answered) / calls - one->behaviour().weight / 10) <
              0.01);
    Simulation again(behaviours, 1);
    again.run(calls);
    CHECK(again.simulated[0]->seen.answered == simulation.simulated[0]->seen.answered);
}
