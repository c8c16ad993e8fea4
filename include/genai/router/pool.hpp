#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/limits/sliding_count.hpp>
#include <genai/router/latency.hpp>
#include <genai/router/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The deployments of a router as they are: who is called next, and what came of it. Thread-safe.
class Pool {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// What is looked for.
    struct Wanted {
        const std::vector<std::size_t>& members;  ///< among these, by order
        std::optional<std::int32_t> order{};      ///< only those of that order
        std::optional<std::int32_t> above{};      ///< only those of a higher order
        const std::vector<std::size_t>& tried;    ///< but not these
        const std::vector<std::size_t>& unfit;    ///< nor these
        std::int64_t tokens{};                    ///< what the prompt comes to
        bool stream{};                            ///< whether time to the first chunk counts
    };
    /// A deployment that is taken.
    struct Lease {
        std::size_t deployment{};
        std::int64_t tokens{};  ///< counted for it
        bool stream{};
        Time taken{};
        bool probe{};  ///< whether it decides if the deployment has recovered
    };
    /// What was found: a deployment, or when there may be one.
    struct Choice {
        std::optional<Lease> lease{};
        std::chrono::milliseconds wait{};  ///< until one may be called
        bool busy{};                       ///< whether only calls that are under way stand in the way
        bool limited{};                    ///< whether only limits do
        std::string reason{};              ///< why there is none
    };
    /// What came of a call to a deployment.
    struct Result {
        std::optional<FailureKind> failure{};  ///< nothing when it went well
        std::optional<std::chrono::milliseconds> retry_after{};
        std::optional<std::int64_t> tokens{};  ///< that it cost, where it said so
        std::chrono::microseconds latency{};
        bool may_cool_alone{};  ///< of a failure: whether a deployment alone in its group has fallbacks
    };
    /// What became of the deployment then.
    struct Change {
        std::chrono::milliseconds cooling{};  ///< how long it is not called now
        bool recovered{};
    };

    /// The deployments' ids must be set. The options must outlive it.
    Pool(const RouterOptions& options, Clock& clock);

    /// Takes a deployment by the router's strategy: it counts as called until `release`.
    Choice take(const Wanted& wanted);
    /// Whether one could be taken, now or as soon as a call that is under way has ended.
    bool has(const Wanted& wanted);
    /// Ends a call. `result` is null for one that was given up.
    Change release(const Lease& lease, const Result* result);
    /// How all of them are.
    std::vector<DeploymentStatus> status();
    /// A random number from 0 to 1.
    double random();

private:
    struct State {
        SlidingCount<60> requests{};
        SlidingCount<60> tokens{};
        SlidingCount<60> failures{};
        SlidingCount<60> successes{};
        PeakLatency whole{};
        PeakLatency first_chunk{};
        std::int64_t in_flight{};
        Time cooling_until{};
        bool half_open{};  // it was cooling down: the next call decides
        bool probing{};    // and is under way
        bool alone{};
        std::optional<double> price{};
    };
    struct Obstacle {
        enum class Kind { none, cooling, probing, limit, busy } kind{Kind::none};
        std::chrono::milliseconds wait{};
    };

    Obstacle obstacle(std::size_t index, Time now, std::int64_t tokens);
    std::size_t pick(const std::vector<std::size_t>& ready, Time now, bool stream);
    std::size_t pick_weighted(const std::vector<std::size_t>& ready);
    double cost(std::size_t index, Time now, bool stream);
    double usage(std::size_t index, Time now);
    void collect(const Wanted& wanted, Time now, std::vector<std::size_t>& ready, Choice& choice);
    bool cools(std::size_t index, Time now, const Result& result);
    std::string describe(std::size_t index, const Obstacle& obstacle) const;
    Lease seize(std::size_t index, Time now, const Wanted& wanted);

    const RouterOptions& options_;
    Clock& clock_;
    std::mutex mutex_{};
    std::vector<State> states_{};
    std::mt19937_64 generator_;
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <map>
#include <utility>

#include <genai/cost/cost_of.hpp>
#include <genai/os/random.hpp>
#include <genai/router/failure.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool holds(const std::vector<std::size_t>& all, std::size_t one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// What a thousand tokens in and out cost; nothing where that is not known.
GENAI_INLINE std::optional<double> price_of(const std::string& model, const Timestamp& when,
                                            const PriceTable* prices) {
    GenerateContentResponseUsageMetadata usage;
    usage.prompt_token_count = 1000;
    usage.candidates_token_count = 1000;
    const auto cost = cost_of(model, usage, when, {.prices = prices});
    return cost ? std::optional(cost->total().value()) : std::nullopt;
}

GENAI_INLINE Pool::Pool(const RouterOptions& options, Clock& clock)
    : options_(options),
      clock_(clock),
      states_(options.deployments.size()),
      generator_(options.seed.value_or(random_number())) {
    std::map<std::string, int> sizes;
    for (const Deployment& one : options.deployments) ++sizes[one.group];
    for (std::size_t i = 0; i < states_.size(); ++i) {
        states_[i].alone = sizes[options.deployments[i].group] == 1;
        if (options.strategy == RouterStrategy::lowest_cost)
            states_[i].price = price_of(options.deployments[i].model, clock.date(), options.prices.get());
    }
}

GENAI_INLINE double Pool::random() {
    const std::lock_guard lock(mutex_);
    return std::uniform_real_distribution<double>()(generator_);
}

GENAI_INLINE Pool::Obstacle Pool::obstacle(std::size_t index, Time now, std::int64_t tokens) {
    using Kind = Obstacle::Kind;
    State& state = states_[index];
    const Deployment& deployment = options_.deployments[index];
    if (state.cooling_until > now)
        return {Kind::cooling, std::chrono::ceil<std::chrono::milliseconds>(state.cooling_until - now)};
    std::chrono::milliseconds wait{};
    if (deployment.rpm) wait = state.requests.wait(now, 1, *deployment.rpm);
    if (deployment.tpm) {  // a prompt that is larger than the limit itself goes when nothing else does
        const std::int64_t wanted = (std::min)(tokens, *deployment.tpm);
        wait = (std::max)(wait, state.tokens.wait(now, (std::max)(wanted, std::int64_t{1}), *deployment.tpm));
    }
    if (wait.count() > 0) return {Kind::limit, wait};
    if (deployment.max_parallel_requests && state.in_flight >= *deployment.max_parallel_requests)
        return {Kind::busy, std::chrono::milliseconds(5)};
    if (state.probing) return {Kind::probing, std::chrono::milliseconds(10)};
    return {};
}

GENAI_INLINE std::string Pool::describe(std::size_t index, const Obstacle& obstacle) const {
    const std::string span = std::to_string(obstacle.wait.count()) + " ms";
    const std::string& id = options_.deployments[index].id;
    switch (obstacle.kind) {
        case Obstacle::Kind::cooling: return id + " cools down for " + span;
        case Obstacle::Kind::limit: return id + " is at its limits for " + span;
        case Obstacle::Kind::busy: return id + " has as many calls under way as it may";
        case Obstacle::Kind::probing: return id + " is tried out by another call";
        case Obstacle::Kind::none: break;
    }
    return id;
}

/// Those of the lowest order that may be called; where only such are left that another call tries out, those.
GENAI_INLINE void Pool::collect(const Wanted& wanted, Time now, std::vector<std::size_t>& ready,
                                Choice& choice) {
    std::vector<std::size_t> probed;
    std::vector<std::pair<std::size_t, Obstacle>> kept;
    for (const std::size_t index : wanted.members) {
        const std::int32_t order = options_.deployments[index].order;
        if ((wanted.above && order <= *wanted.above) || (wanted.order && order != *wanted.order)) continue;
        if (holds(wanted.tried, index) || holds(wanted.unfit, index)) continue;
        if (!ready.empty() && options_.deployments[ready.front()].order != order) break;
        const Obstacle found = obstacle(index, now, wanted.tokens);
        if (found.kind == Obstacle::Kind::none) ready.push_back(index);
        else kept.emplace_back(index, found);
        if (found.kind == Obstacle::Kind::probing &&
            (probed.empty() || options_.deployments[probed.front()].order == order))
            probed.push_back(index);
    }
    if (!ready.empty()) return;
    if (!probed.empty()) {
        ready = std::move(probed);
        return;
    }
    choice.busy = std::any_of(kept.begin(), kept.end(),
                              [](const auto& one) { return one.second.kind == Obstacle::Kind::busy; });
    choice.limited = !kept.empty() && std::all_of(kept.begin(), kept.end(), [](const auto& one) {
        return one.second.kind == Obstacle::Kind::limit;
    });
    for (const auto& [index, found] : kept) {
        choice.wait = choice.reason.empty() ? found.wait : (std::min)(choice.wait, found.wait);
        choice.reason += (choice.reason.empty() ? "" : ", ") + describe(index, found);
    }
}

GENAI_INLINE Pool::Choice Pool::take(const Wanted& wanted) {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    Choice choice;
    std::vector<std::size_t> ready;
    collect(wanted, now, ready, choice);
    if (ready.empty()) return choice;
    choice.lease = seize(ready.size() == 1 ? ready.front() : pick(ready, now, wanted.stream), now, wanted);
    return choice;
}

GENAI_INLINE bool Pool::has(const Wanted& wanted) {
    const std::lock_guard lock(mutex_);
    Choice choice;
    std::vector<std::size_t> ready;
    collect(wanted, clock_.now(), ready, choice);
    return !ready.empty() || choice.busy;
}

GENAI_INLINE Pool::Lease Pool::seize(std::size_t index, Time now, const Wanted& wanted) {
    State& state = states_[index];
    ++state.in_flight;
    state.requests.add(now, 1);
    if (wanted.tokens != 0) state.tokens.add(now, wanted.tokens);
    const bool probe = state.half_open && !state.probing;
    state.probing = state.probing || probe;
    return {
        .deployment = index, .tokens = wanted.tokens, .stream = wanted.stream, .taken = now, .probe = probe};
}

GENAI_INLINE double Pool::usage(std::size_t index, Time now) {
    State& state = states_[index];
    const Deployment& deployment = options_.deployments[index];
    const auto share = [now](SlidingCount<60>& window, const std::optional<std::int64_t>& limit) {
        return limit ? static_cast<double>(window.sum(now)) / static_cast<double>(*limit) : 0.0;
    };
    if (deployment.rpm || deployment.tpm)
        return (std::max)(share(state.requests, deployment.rpm), share(state.tokens, deployment.tpm));
    constexpr double many = 1e6;  // what is used of a deployment without limits, as a share of as much
    return static_cast<double>(state.tokens.sum(now) + state.requests.sum(now)) / many;
}

/// What speaks against a deployment: the lowest is called.
GENAI_INLINE double Pool::cost(std::size_t index, Time now, bool stream) {
    const State& state = states_[index];
    switch (options_.strategy) {
        case RouterStrategy::least_busy: return static_cast<double>(state.in_flight);
        case RouterStrategy::lowest_latency:
            return (stream ? state.first_chunk : state.whole).value(now) *
                   static_cast<double>(state.in_flight + 1);
        case RouterStrategy::lowest_usage: return usage(index, now);
        case RouterStrategy::lowest_cost: return state.price.value_or((std::numeric_limits<double>::max)());
        case RouterStrategy::weighted_random:
        case RouterStrategy::in_order: break;
    }
    return 0;
}

GENAI_INLINE std::size_t Pool::pick(const std::vector<std::size_t>& ready, Time now, bool stream) {
    if (options_.strategy == RouterStrategy::weighted_random) return pick_weighted(ready);
    if (options_.strategy == RouterStrategy::in_order) return *std::min_element(ready.begin(), ready.end());
    std::vector<std::size_t> best;
    double least = 0;
    for (const std::size_t index : ready) {
        const double own = cost(index, now, stream);
        if (best.empty() || own < least) {
            best.assign(1, index);
            least = own;
        } else if (own == least) {
            best.push_back(index);
        }
    }
    if (best.size() == 1) return best.front();
    return best[std::uniform_int_distribution<std::size_t>(0, best.size() - 1)(generator_)];
}

GENAI_INLINE std::size_t Pool::pick_weighted(const std::vector<std::size_t>& ready) {
    const auto& all = options_.deployments;
    const auto any = [&](auto has) { return std::any_of(ready.begin(), ready.end(), has); };
    const auto each = [&](auto has) { return std::all_of(ready.begin(), ready.end(), has); };
    std::vector<double> weights(ready.size(), 1);
    const auto weigh = [&](auto weight) {
        for (std::size_t i = 0; i < ready.size(); ++i) weights[i] = weight(all[ready[i]]);
    };
    if (any([&](std::size_t i) { return all[i].weight.has_value(); }))
        weigh([](const Deployment& one) { return one.weight.value_or(1); });
    else if (each([&](std::size_t i) { return all[i].rpm.has_value(); }))
        weigh([](const Deployment& one) { return static_cast<double>(*one.rpm); });
    else if (each([&](std::size_t i) { return all[i].tpm.has_value(); }))
        weigh([](const Deployment& one) { return static_cast<double>(*one.tpm); });
    if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; }))
        weights.assign(ready.size(), 1);
    return ready[std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(generator_)];
}

GENAI_INLINE bool Pool::cools(std::size_t index, Time now, const Result& result) {
    if (!is_unhealthy(*result.failure)) return false;
    State& state = states_[index];
    const std::int64_t failures = state.failures.sum(now);
    for (const auto& [kind, allowed] : options_.allowed_failures_for)
        if (kind == *result.failure) return failures > allowed;
    const bool alone = state.alone && !result.may_cool_alone;
    if (options_.allowed_failures) return !alone && failures > *options_.allowed_failures;
    if (state.half_open && !alone) return true;
    const std::int64_t calls = failures + state.successes.sum(now);
    constexpr std::int64_t meaningful = 5;   // calls, for a share of failures to say something
    constexpr std::int64_t hopeless = 1000;  // all failed, of a deployment that is alone
    switch (*result.failure) {
        case FailureKind::authentication:
        case FailureKind::not_found: return true;
        case FailureKind::rate_limit:
            if (!state.alone) return true;
            break;
        default: break;
    }
    return (!alone && calls >= meaningful && failures * 2 > calls) ||
           (failures == calls && calls >= hopeless);
}

GENAI_INLINE Pool::Change Pool::release(const Lease& lease, const Result* result) {
    const std::lock_guard lock(mutex_);
    State& state = states_[lease.deployment];
    const Time now = clock_.now();
    --state.in_flight;
    if (lease.probe) state.probing = false;
    Change change;
    if (result == nullptr) return change;
    constexpr std::int64_t most = 1'000'000'000'000;  // that a server may say
    const std::int64_t tokens =
        std::clamp(result->tokens.value_or(result->failure ? 0 : lease.tokens), std::int64_t{0}, most);
    state.tokens.correct(now, lease.taken, tokens - lease.tokens);
    if (!result->failure) {
        state.successes.add(now, 1);
        (lease.stream ? state.first_chunk : state.whole).add(now, result->latency);
        if (!lease.probe) return change;
        change.recovered = std::exchange(state.half_open, false);
        state.failures = {};
        return change;
    }
    if (is_unhealthy(*result->failure)) state.failures.add(now, 1);
    const auto usual = options_.deployments[lease.deployment].cooldown.value_or(options_.cooldown);
    if (usual.count() == 0 || !cools(lease.deployment, now, *result)) return change;
    constexpr std::chrono::milliseconds longest = std::chrono::hours(1);
    change.cooling = *result->failure == FailureKind::rate_limit && result->retry_after
                         ? (std::min)(*result->retry_after, longest)
                         : usual;
    state.cooling_until = (std::max)(state.cooling_until, now + change.cooling);
    state.half_open = true;
    return change;
}

GENAI_INLINE std::vector<DeploymentStatus> Pool::status() {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    std::vector<DeploymentStatus> all;
    for (std::size_t i = 0; i < states_.size(); ++i) {
        State& state = states_[i];
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(state.cooling_until - now);
        all.push_back(
            {.id = options_.deployments[i].id,
             .group = options_.deployments[i].group,
             .cooling = (std::max)(left, std::chrono::milliseconds(0)),
             .in_flight = state.in_flight,
             .requests = state.requests.sum(now),
             .tokens = state.tokens.sum(now),
             .failures = state.failures.sum(now),
             .latency = std::chrono::microseconds(static_cast<std::int64_t>(state.whole.value(now)))});
    }
    return all;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
