#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <genai/call_hooks.hpp>
#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/cost/cost_of.hpp>
#include <genai/limits/limit_exceeded.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
struct PromptFacts;
}

/// What calls came to.
struct Spending {
    Cost cost{};                   ///< of attempts whose price is known
    std::int64_t attempts{};       ///< requests that were sent
    std::int64_t failed{};         ///< of these, those that failed; what they cost is in `cost`
    std::int64_t unpriced{};       ///< attempts that used tokens for which there is no price
    std::int64_t prompt_tokens{};  ///< cached ones included
    std::int64_t cached_tokens{};  ///< of the prompts, from a cache
    std::int64_t output_tokens{};  ///< thinking included

    friend bool operator==(const Spending&, const Spending&) = default;
};

/// The most that may be spent.
struct Budget {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Dollars max_budget{};
    std::optional<std::chrono::seconds>
        period{};  ///< from the first call on, after which it begins anew; never when unset
};

/// What a meter is made with.
struct CostMeterOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Budget> budget{};                    ///< for all calls together
    std::map<std::string, Budget> model_budgets{};     ///< by model
    std::map<std::string, Budget>
        end_user_budgets{};  ///< by end user; calls without one are not held to these
    std::optional<Budget> budget_of_each_end_user{};  ///< for those that have none of their own
    std::map<std::string, Budget> tag_budgets{};      ///< by `name:value` of a tag
    std::int64_t assumed_output_tokens{1024};    ///< of a call in advance, until answers of its model have
                                                 ///< come; no more than its `max_output_tokens`
    std::shared_ptr<const PriceTable> prices{};  ///< the library's own when unset
    std::shared_ptr<Clock> clock{};              ///< for dated prices and periods; the system's when unset
};

/// Sums up what calls cost, by model, end user and tag, and refuses those that would go beyond a budget:
///
///     const auto meter = std::make_shared<genai::CostMeter>(
///         genai::CostMeterOptions{.budget = genai::Budget{.max_budget = genai::Dollars::nearest(10), .period
///         = 24h}});
///     genai::Client client({.hooks = meter});
///
/// One may be the hooks of many clients, or of a router, not of a router and its clients. Before an attempt
/// is sent, what it is expected to cost is reserved, by an estimate of its tokens; afterwards what it did
/// cost is counted, failed attempts and streams included, by the usage that the response tells. A call that
/// does not fit is a LimitExceeded, before anything is sent. Where no price is known nothing is reserved or
/// counted but the tokens, and `unpriced` says so. Thread-safe.
class CostMeter final : public CallHooks {
public:
    explicit CostMeter(CostMeterOptions options = {});

    /// All of it.
    Spending total() const;
    /// By model.
    std::map<std::string, Spending> by_model() const;
    /// By end user: `http_options.end_user` of the calls.
    std::map<std::string, Spending> by_end_user() const;
    /// By tag, as `name:value`, or its name where it has no value.
    std::map<std::string, Spending> by_tag() const;
    /// What a budget still allows, with what is reserved taken off. Nothing where there is none.
    std::optional<Dollars> left() const;
    /// Forgets what was spent, and the models, end users and tags that were seen; calls under way count on.
    void reset();

    GENAI_INLINE void before_attempt(const CallContext& context, AttemptInfo& info) override;
    GENAI_INLINE void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override;
    GENAI_INLINE void after_call(const CallContext& context, const CallEvent& event) noexcept override;

private:
    /// A budget as it stands.
    struct Account {
        std::string name{};
        Budget budget{};
        Dollars spent{};
        Dollars reserved{};
        std::chrono::steady_clock::time_point begun{};
    };
    struct Reservation {
        Dollars amount{};
        std::vector<Account*> accounts{};
    };
    using Sums = std::map<std::string, Spending, std::less<>>;

    Account* account(const std::string& name, const Budget& budget);
    std::vector<Account*> accounts_of(const CallContext& context);
    Dollars expected(const std::string& model, const detail::PromptFacts& facts) const;
    void release(const CallContext& context);
    Spending spending(const CallContext& context, const AttemptEvent& event) const;
    void add(Sums& sums, std::string_view key, const Spending& spending);

    CostMeterOptions options_;
    bool budgets_;
    mutable std::mutex mutex_{};
    Spending total_{};
    Sums models_{};
    Sums end_users_{};
    Sums tags_{};
    std::map<std::string, std::int64_t> answers_{};  // with tokens, by model
    std::map<std::string, Account> accounts_{};
    std::unordered_map<const CallContext*, Reservation> reservations_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <utility>

#include <genai/generation/charged_use.hpp>
#include <genai/limits/prompt_facts.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_INLINE void check_budget(const Budget& budget, const std::string& parameter) {
    if (budget.max_budget < Dollars())
        throw InvalidArgument(parameter + "/max_budget", "must not be negative");
    if (budget.period && budget.period->count() <= 0)
        throw InvalidArgument(parameter + "/period", "must be positive");
}

GENAI_INLINE std::string tag_text(const std::string& name, const std::string& value) {
    return value.empty() ? name : name + ':' + value;
}

GENAI_INLINE Spending& operator+=(Spending& sum, const Spending& other) {
    sum.cost += other.cost;
    sum.attempts += other.attempts;
    sum.failed += other.failed;
    sum.unpriced += other.unpriced;
    sum.prompt_tokens += other.prompt_tokens;
    sum.cached_tokens += other.cached_tokens;
    sum.output_tokens += other.output_tokens;
    return sum;
}

}  // namespace detail

GENAI_INLINE CostMeter::CostMeter(CostMeterOptions options) : options_(std::move(options)) {
    if (!options_.clock) options_.clock = std::make_shared<Clock>();
    if (options_.budget) detail::check_budget(*options_.budget, "budget");
    for (const auto& [name, budget] : options_.model_budgets)
        detail::check_budget(budget, "model_budgets/" + name);
    for (const auto& [name, budget] : options_.end_user_budgets)
        detail::check_budget(budget, "end_user_budgets/" + name);
    if (options_.budget_of_each_end_user)
        detail::check_budget(*options_.budget_of_each_end_user, "budget_of_each_end_user");
    for (const auto& [name, budget] : options_.tag_budgets)
        detail::check_budget(budget, "tag_budgets/" + name);
    if (options_.assumed_output_tokens < 0)
        throw InvalidArgument("assumed_output_tokens", "must not be negative");
    budgets_ = options_.budget || options_.budget_of_each_end_user || !options_.model_budgets.empty() ||
               !options_.end_user_budgets.empty() || !options_.tag_budgets.empty();
}

GENAI_INLINE Spending CostMeter::total() const {
    const std::lock_guard lock(mutex_);
    return total_;
}
GENAI_INLINE std::map<std::string, Spending> CostMeter::by_model() const {
    const std::lock_guard lock(mutex_);
    return {models_.begin(), models_.end()};
}
GENAI_INLINE std::map<std::string, Spending> CostMeter::by_end_user() const {
    const std::lock_guard lock(mutex_);
    return {end_users_.begin(), end_users_.end()};
}
GENAI_INLINE std::map<std::string, Spending> CostMeter::by_tag() const {
    const std::lock_guard lock(mutex_);
    return {tags_.begin(), tags_.end()};
}

GENAI_INLINE std::optional<Dollars> CostMeter::left() const {
    if (!options_.budget) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const auto found = accounts_.find("max_budget");
    if (found == accounts_.end()) return options_.budget->max_budget;
    const Account& all = found->second;
    const bool over = all.budget.period && options_.clock->now() - all.begun >= *all.budget.period;
    return all.budget.max_budget - (over ? Dollars() : all.spent) - all.reserved;
}

GENAI_INLINE void CostMeter::reset() {
    const std::lock_guard lock(mutex_);
    total_ = {};
    models_.clear();
    end_users_.clear();
    tags_.clear();
    answers_.clear();
    for (auto& [name, account] : accounts_) account.spent = {};
}

/// The account of a name, which begins anew when its period is over.
GENAI_INLINE CostMeter::Account* CostMeter::account(const std::string& name, const Budget& budget) {
    const auto now = options_.clock->now();
    auto [at, is_new] = accounts_.try_emplace(name);
    Account& account = at->second;
    if (is_new) account = {.name = name, .budget = budget, .begun = now};
    if (budget.period && now - account.begun >= *budget.period) {
        account.begun = now;
        account.spent = {};
    }
    return &account;
}

GENAI_INLINE std::vector<CostMeter::Account*> CostMeter::accounts_of(const CallContext& context) {
    std::vector<Account*> all;
    if (options_.budget) all.push_back(account("max_budget", *options_.budget));
    if (const auto own = options_.model_budgets.find(context.model); own != options_.model_budgets.end())
        all.push_back(account("max_budget of model '" + own->first + "'", own->second));
    if (!context.end_user.empty()) {
        const auto own = options_.end_user_budgets.find(context.end_user);
        const std::string name = "max_budget of end user '" + context.end_user + "'";
        if (own != options_.end_user_budgets.end()) all.push_back(account(name, own->second));
        else if (options_.budget_of_each_end_user)
            all.push_back(account(name, *options_.budget_of_each_end_user));
    }
    for (const auto& [name, value] : context.tags)
        if (const auto own = options_.tag_budgets.find(detail::tag_text(name, value));
            own != options_.tag_budgets.end())
            all.push_back(account("max_budget of tag '" + own->first + "'", own->second));
    return all;
}

/// What an attempt is expected to cost; nothing where there is no price. Under the lock.
GENAI_INLINE Dollars CostMeter::expected(const std::string& model, const detail::PromptFacts& facts) const {
    std::int64_t output = options_.assumed_output_tokens;
    if (const auto seen = answers_.find(model); seen != answers_.end())
        output = models_.at(model).output_tokens / seen->second;
    GenerateContentResponseUsageMetadata usage;
    usage.prompt_token_count = facts.tokens.tokens;
    usage.candidates_token_count = (std::min)(output, facts.max_output_tokens.value_or(output));
    const auto cost = cost_of(model, usage, options_.clock->date(), {.prices = options_.prices.get()});
    return cost ? cost->total() : Dollars();
}

GENAI_INLINE void CostMeter::before_attempt(const CallContext& context, AttemptInfo& info) {
    if (!budgets_ || info.body == nullptr || context.model.empty() || !detail::is_charged(info.url)) return;
    const auto facts = detail::prompt_facts(context.model, *info.body);
    const std::lock_guard lock(mutex_);
    release(context);  // what an earlier attempt left, which a hook refused behind this one
    const std::vector<Account*> accounts = accounts_of(context);
    const Dollars amount = facts ? expected(context.model, *facts) : Dollars();
    for (const Account* const one : accounts) {
        const Dollars taken = one->spent + one->reserved;
        if (taken < one->budget.max_budget && taken + amount <= one->budget.max_budget) continue;
        std::optional<std::chrono::milliseconds> again;
        if (one->budget.period && amount <= one->budget.max_budget)
            again = std::chrono::ceil<std::chrono::milliseconds>(one->begun + *one->budget.period -
                                                                 options_.clock->now());
        throw LimitExceeded(one->name,
                            "$" + one->spent.text() + " of $" + one->budget.max_budget.text() +
                                " are spent, $" + one->reserved.text() +
                                " reserved for calls under way, and this one may cost $" + amount.text(),
                            again);
    }
    for (Account* const one : accounts) one->reserved += amount;
    reservations_[&context] = {.amount = amount, .accounts = accounts};
}

/// Gives back what was reserved for a call. Under the lock.
GENAI_INLINE void CostMeter::release(const CallContext& context) {
    const auto found = reservations_.find(&context);
    if (found == reservations_.end()) return;
    for (Account* const one : found->second.accounts) one->reserved -= found->second.amount;
    reservations_.erase(found);
}

GENAI_INLINE Spending CostMeter::spending(const CallContext& context, const AttemptEvent& event) const {
    Spending made{.attempts = 1, .failed = event.error.empty() ? 0 : 1};
    if (!event.usage) return made;
    const GenerateContentResponseUsageMetadata& usage = *event.usage;
    made.prompt_tokens = detail::token_count(usage.prompt_token_count) +
                         detail::token_count(usage.tool_use_prompt_token_count);
    made.cached_tokens = detail::token_count(usage.cached_content_token_count);
    made.output_tokens = detail::token_count(detail::generated_tokens(usage));
    if (!detail::counts_thoughts_within(usage))
        made.output_tokens += detail::token_count(usage.thoughts_token_count);
    const auto cost = cost_of(context.model, usage, options_.clock->date(),
                              {.tier = detail::price_tier(event.service_tier),
                               .searches = event.searches,
                               .maps = event.maps,
                               .prices = options_.prices.get()});
    if (cost) made.cost = *cost;
    else made.unpriced = 1;
    return made;
}

GENAI_INLINE void CostMeter::add(Sums& sums, std::string_view key, const Spending& spending) {
    auto at = sums.find(key);
    if (at == sums.end()) at = sums.emplace(key, Spending{}).first;
    detail::operator+=(at->second, spending);
}

GENAI_INLINE void CostMeter::after_attempt(const CallContext& context, const AttemptEvent& event) noexcept
    try {
    const Spending spent = spending(context, event);
    const std::lock_guard lock(mutex_);
    if (budgets_) {
        release(context);
        for (Account* const one : accounts_of(context)) one->spent += spent.cost.total();
    }
    detail::operator+=(total_, spent);
    if (!context.model.empty()) add(models_, context.model, spent);
    if (spent.output_tokens > 0) ++answers_[context.model];
    if (!context.end_user.empty()) add(end_users_, context.end_user, spent);
    for (const auto& [name, value] : context.tags) add(tags_, detail::tag_text(name, value), spent);
} catch (...) {  // no memory: a meter must not end what it measures
}

GENAI_INLINE void CostMeter::after_call(const CallContext& context, const CallEvent& /*event*/) noexcept {
    if (!budgets_) return;
    const std::lock_guard lock(mutex_);
    release(context);
}

}  // namespace genai::inline GENAI_ABI

#endif
