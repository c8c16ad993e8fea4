#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <genai/call_hooks.hpp>
#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/exchange.hpp>
#include <genai/core/retry.hpp>
#include <genai/router/options.hpp>
#include <genai/router/pool.hpp>
#include <genai/router/route_table.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What the calls of a router share.
struct RouterState {
    /// Throws InvalidArgument.
    explicit RouterState(RouterOptions&& given);
    RouterState(const RouterState&) = delete;
    RouterState& operator=(const RouterState&) = delete;

    RouterOptions options;
    RouteTable table;
    Pool pool;
    std::vector<std::shared_ptr<Caller>> callers{};  // by deployment
    std::atomic<std::uint64_t> calls{0};
};

/// A call of a router: a call of one deployment after the other, until one answers or none is left. The one
/// loop that retries: the deployments' clients make one attempt each.
class RoutedCall final : public Exchange, private CallHooks {
public:
    /// `call`'s options are those over the router's. Throws InvalidArgument.
    RoutedCall(Call&& call, std::shared_ptr<RouterState> router, std::shared_ptr<const RouteOptions> given,
               Route route);
    RoutedCall(const RoutedCall&) = delete;
    RoutedCall& operator=(const RoutedCall&) = delete;
    GENAI_INLINE ~RoutedCall() override;

    GENAI_INLINE Step next() override;
    GENAI_INLINE void came(const Outcome& outcome) override;
    const CallContext& context() const noexcept override { return inner_ ? inner_->context() : context_; }
    const HttpOptions& options() const noexcept override {
        return inner_ ? inner_->options() : call_.options;
    }
    Observation observation() const noexcept override {
        return inner_ ? (std::max)(inner_->observation(), Observation::facts) : Observation::facts;
    }
    Clock& clock() const noexcept override { return *router_->options.clock; }

private:
    enum class State { choosing, sending, waiting, finished };

    /// What an attempt's response said.
    struct Response {
        bool delivered{};
        bool filtered{};
        std::optional<std::int64_t> tokens{};
        std::optional<std::chrono::steady_clock::time_point> first_byte{};
    };

    bool wants_content() const noexcept override { return router_->options.hooks->wants_content(); }
    GENAI_INLINE void before_attempt(const CallContext& context, AttemptInfo& info) override;
    GENAI_INLINE void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override;

    void enter(Route route);
    std::string key_of(const Route& route) const;
    void check_fit();
    Pool::Wanted wanted() const;
    void choose();
    void begin(const Pool::Lease& lease);
    void unavailable(const Pool::Choice& choice);
    void settle(const std::exception_ptr& error);
    void fail(Error& problem);
    bool retry(const Error& problem, FailureKind kind, std::int32_t order);
    bool is_passing(const Error& problem, FailureKind kind) const;
    std::optional<int> own_retries(FailureKind kind) const;
    int allowed_retries(FailureKind kind) const;
    bool others_left(std::size_t than) const;
    bool next_order(std::int32_t order);
    bool has_target(FallbackReason reason) const;
    bool fall_back(FallbackReason reason, FailureKind kind);
    void give_up();
    void finish(std::exception_ptr error, const std::string& short_error, const std::string& error_type = {});
    void wait(std::chrono::milliseconds span);
    void tell(RouterEvent event) const;
    Pool::Result result(std::optional<FailureKind> failure) const;

    Call call_;
    std::shared_ptr<RouterState> router_;
    std::shared_ptr<const RouteOptions> given_;
    CallContext context_{};
    Deadline deadline_;
    bool stream_;
    State state_{State::choosing};

    Route route_{};                        // the group that is called
    std::optional<std::int32_t> above_{};  // of its deployments, only those of a higher order
    std::optional<std::int32_t> order_{};  // only those of that order, while there are retries
    std::vector<std::size_t> tried_{};     // of these
    std::vector<std::size_t> unfit_{};     // which do not take the prompt
    std::int64_t tokens_{};                // of the prompt, where that counts
    std::string misfit_{};                 // why those are not called
    bool too_long_{false};
    std::optional<int> retries_left_{};  // since the group's first failure
    std::size_t waits_{0};
    int repeats_{0};  // at deployments that had failed already, while the group had others
    std::vector<std::string> visited_{};  // groups
    std::vector<std::string> queue_{};    // groups to call instead, the next one last

    std::unique_ptr<Exchange> inner_{};  // the attempt's
    std::optional<Pool::Lease> lease_{};
    Response response_{};
    bool refused_{false};  // by the router's own hooks
    std::chrono::steady_clock::time_point begun_{};
    std::chrono::steady_clock::time_point attempt_begun_{};
    int attempts_{0};
    std::vector<std::string> errors_{};  // of each attempt, with its deployment
    std::exception_ptr last_error_{};
    std::optional<std::chrono::milliseconds> free_in_{};
    std::chrono::milliseconds wait_{};
    std::exception_ptr error_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <utility>

#include <genai/core/merge_options.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/limits/prompt_facts.hpp>
#include <genai/router/failure.hpp>
#include <genai/types/usage.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE RouterState::RouterState(RouterOptions&& given)
    : options(std::move(given)),
      table(options),
      pool(options, options.clock ? *options.clock : *(options.clock = std::make_shared<Clock>())) {
    for (Deployment& one : options.deployments) callers.push_back(ClientAccess::caller(*one.client));
}

GENAI_INLINE RoutedCall::RoutedCall(Call&& call, std::shared_ptr<RouterState> router,
                                    std::shared_ptr<const RouteOptions> given, Route route)
    : call_(std::move(call)),
      router_(std::move(router)),
      given_(std::move(given)),
      deadline_(*router_->options.clock, call_.options.timeout),
      stream_(call_.verb == ":streamGenerateContent") {
    context_.id = router_->calls.fetch_add(1, std::memory_order_relaxed) + 1;
    context_.operation = call_.operation;
    context_.group = route.name;
    context_.tags = call_.options.tags;
    context_.end_user = call_.options.end_user.value_or("");
    context_.deadline = deadline_.end();
    context_.stop_token = call_.options.stop_token;
    begun_ = clock().now();
    enter(std::move(route));
    choose();
}

GENAI_INLINE RoutedCall::~RoutedCall() {
    if (lease_) router_->pool.release(*lease_, nullptr);
}

/// Begins to call a group.
GENAI_INLINE void RoutedCall::enter(Route route) {
    visited_.push_back(key_of(route));
    route_ = std::move(route);
    above_.reset();
    order_.reset();
    tried_.clear();
    retries_left_.reset();
    check_fit();
    state_ = State::choosing;
}

/// A group by what it stands for, whatever it was called.
GENAI_INLINE std::string RoutedCall::key_of(const Route& route) const {
    if (route.members.size() == 1)
        return "deployment " + std::to_string(route.members.front()) + '\n' + route.matched;
    return "group " + router_->options.deployments[route.members.front()].group + '\n' + route.matched;
}

/// Notes which deployments do not take the prompt, and how long it is where somebody counts.
GENAI_INLINE void RoutedCall::check_fit() {
    const RouterOptions& options = router_->options;
    unfit_.clear();
    misfit_.clear();
    too_long_ = false;
    tokens_ = 0;
    const bool counted = std::any_of(route_.members.begin(), route_.members.end(),
                                     [&](std::size_t i) { return options.deployments[i].tpm.has_value(); });
    if ((!counted && !options.pre_call_checks) || !call_.body) return;
    const std::string model = router_->table.model_of(route_.members.front(), route_);
    const auto facts = prompt_facts(model, call_.body.text("models/" + model)->whole());
    if (!facts) return;
    tokens_ = facts->tokens.tokens;
    if (!options.pre_call_checks) return;
    for (const std::size_t index : route_.members) {
        const Deployment& one = options.deployments[index];
        std::optional<std::int64_t> window = one.max_input_tokens;
        if (const auto known = window ? std::nullopt : token_limits(router_->table.model_of(index, route_)))
            window = known->input;
        const bool media_fit =
            !one.modalities ||
            std::all_of(facts->modalities.begin(), facts->modalities.end(), [&](const std::string& kind) {
                return std::find(one.modalities->begin(), one.modalities->end(), kind) !=
                       one.modalities->end();
            });
        const bool long_ = window && tokens_ > *window;
        if (media_fit && !long_) continue;
        unfit_.push_back(index);
        misfit_ += (misfit_.empty() ? "" : ", ") + one.id +
                   (long_ ? " takes " + std::to_string(*window) + " tokens, the prompt has about " +
                                std::to_string(tokens_)
                          : " does not take media of this kind");
        too_long_ = too_long_ || long_;
    }
}

GENAI_INLINE Pool::Wanted RoutedCall::wanted() const {
    return {.members = route_.members,
            .order = order_,
            .above = above_,
            .tried = tried_,
            .unfit = unfit_,
            .tokens = tokens_,
            .stream = stream_};
}

GENAI_INLINE Exchange::Step RoutedCall::next() {
    for (;;) {
        switch (state_) {
            case State::finished: return {.kind = Step::Kind::finished, .error = error_};
            case State::waiting: state_ = State::choosing; return {.kind = Step::Kind::wait, .span = wait_};
            case State::choosing: choose(); break;
            case State::sending: {
                Step step = inner_->next();
                if (step.kind != Step::Kind::finished) {
                    step.hold_filtered = stream_ && has_target(FallbackReason::content_policy);
                    return step;
                }
                settle(step.error);
            }
        }
    }
}

GENAI_INLINE void RoutedCall::came(const Outcome& outcome) {
    if (outcome.response != nullptr) {
        const ResponseSink& response = *outcome.response;
        response_ = {.delivered = response.delivered(),
                     .filtered = response.filtered(),
                     .first_byte = response.first_byte()};
        if (const auto usage = response.usage()) response_.tokens = usage->total_token_count;
    }
    inner_->came(outcome);
}

GENAI_INLINE void RoutedCall::choose() {
    if (context_.stop_token.stop_requested())
        return finish(std::make_exception_ptr(Cancelled()), "cancelled", "Cancelled");
    if (const auto left = deadline_.left(); left && left->count() <= 0) {
        if (last_error_) return give_up();
        const TimeoutError late(TransportError::Phase::send,
                                "the call's time was up before a deployment could be called");
        return finish(std::make_exception_ptr(late), in_short(late), error_type(late));
    }
    const Pool::Choice choice = router_->pool.take(wanted());
    if (choice.lease) begin(*choice.lease);
    else unavailable(choice);
}

/// Begins an attempt at a deployment.
GENAI_INLINE void RoutedCall::begin(const Pool::Lease& lease) {
    lease_ = lease;
    response_ = {};
    attempt_begun_ = clock().now();
    const Deployment& one = router_->options.deployments[lease.deployment];
    context_.deployment = one.id;
    try {
        Call attempt = call_;
        attempt.resource = ResourceName::model(router_->table.model_of(lease.deployment, route_));
        attempt.options = merge(one.http_options, call_.options);
        attempt.options.timeout = one.http_options.timeout;
        if (const auto left = deadline_.left())
            attempt.options.timeout = (std::min)(*left, one.http_options.timeout.value_or(*left));
        attempt.options.retry.attempts = 1;
        if (router_->options.hooks) attempt.hooks = this;
        inner_ = router_->callers[lease.deployment]->begin(std::move(attempt));
    } catch (...) {
        router_->pool.release(*std::exchange(lease_, std::nullopt), nullptr);
        if (attempts_ == 0) throw;
        return finish(std::current_exception(), "no request could be made");
    }
    ++attempts_;
    context_.model = inner_->context().model;
    state_ = State::sending;
    tell({.kind = RouterEvent::Kind::chosen, .deployment = one.id});
}

/// None may be called now: waits for one, or calls another group.
GENAI_INLINE void RoutedCall::unavailable(const Pool::Choice& choice) {
    if (choice.busy && deadline_.leaves(choice.wait)) return wait(choice.wait);
    if (order_ && next_order(*order_)) return;
    if (choice.limited && !has_target(FallbackReason::general)) {
        if (!retries_left_) retries_left_ = allowed_retries(FailureKind::rate_limit);
        const auto longest = call_.options.retry.max_delay.value_or(std::chrono::minutes(2));
        if (*retries_left_ > 0 && choice.wait <= longest && deadline_.leaves(choice.wait)) {
            --*retries_left_;
            tell({.kind = RouterEvent::Kind::retry,
                  .failure = FailureKind::unavailable,
                  .error = choice.reason,
                  .wait = choice.wait});
            return wait(choice.wait);
        }
    }
    if (choice.reason.empty() && !misfit_.empty()) {  // none of the group takes the prompt
        errors_.push_back(route_.name + ": " + misfit_);
        const FailureKind kind = too_long_ ? FailureKind::context_window : FailureKind::bad_request;
        if (!fall_back(too_long_ ? FallbackReason::context_window : FallbackReason::general, kind)) give_up();
        return;
    }
    errors_.push_back(route_.name + ": " + choice.reason);
    free_in_ = (std::min)(free_in_.value_or(choice.wait), choice.wait);
    if (!fall_back(FallbackReason::general, FailureKind::unavailable)) give_up();
}

GENAI_INLINE Pool::Result RoutedCall::result(std::optional<FailureKind> failure) const {
    const auto end = stream_ && response_.first_byte ? *response_.first_byte : clock().now();
    return {.failure = failure,
            .tokens = response_.tokens,
            .latency = std::chrono::duration_cast<std::chrono::microseconds>(end - attempt_begun_),
            .may_cool_alone = failure && router_->table.has_fallbacks(route_)};
}

/// An attempt is over.
GENAI_INLINE void RoutedCall::settle(const std::exception_ptr& error) {
    if (!error) {
        const Pool::Result outcome = result({});
        const Pool::Change change = router_->pool.release(*std::exchange(lease_, std::nullopt), &outcome);
        if (change.recovered) tell({.kind = RouterEvent::Kind::recovered, .deployment = context_.deployment});
        if (response_.filtered && !response_.delivered && has_target(FallbackReason::content_policy)) {
            errors_.push_back(context_.deployment + ": a content filter stopped the answer");
            tell({.kind = RouterEvent::Kind::failed,
                  .deployment = context_.deployment,
                  .failure = FailureKind::content_policy,
                  .error = "a content filter stopped the answer"});
            fall_back(FallbackReason::content_policy, FailureKind::content_policy);
            return;
        }
        tell({.kind = RouterEvent::Kind::succeeded, .deployment = context_.deployment});
        return finish(nullptr, {});
    }
    try {
        std::rethrow_exception(error);
    } catch (Error& problem) {
        fail(problem);
    } catch (...) {
        finish(error, "an exception");
    }
}

/// What went wrong in a line, as the server said it.
GENAI_INLINE std::string failure_line(const std::string& deployment, const Error& problem) {
    std::string line = deployment + ": " + in_short(problem);
    if (problem.kind() == ErrorKind::limit_exceeded) line = deployment + ": " + problem.what();
    constexpr std::size_t longest = 200;
    if (const auto* refused = as_api_error(problem); refused != nullptr && !refused->message().empty())
        line += ": " + refused->message().substr(0, longest);
    return line;
}

GENAI_INLINE void RoutedCall::fail(Error& problem) {
    const FailureKind kind = failure_kind(problem);
    const auto left = deadline_.left();
    const bool late = left && left->count() <= 0;
    const Pool::Lease lease = *std::exchange(lease_, std::nullopt);
    Pool::Result outcome = result(kind);
    if (const auto* refused = as_api_error(problem)) outcome.retry_after = refused->retry_after();
    const bool judged = kind != FailureKind::other && !(late && kind == FailureKind::timeout);
    const Pool::Change change = router_->pool.release(lease, judged ? &outcome : nullptr);
    errors_.push_back(failure_line(context_.deployment, problem));
    last_error_ = std::current_exception();
    tell({.kind = RouterEvent::Kind::failed,
          .deployment = context_.deployment,
          .failure = kind,
          .error = in_short(problem)});
    if (change.cooling.count() > 0)
        tell({.kind = RouterEvent::Kind::cooldown,
              .deployment = context_.deployment,
              .failure = kind,
              .error = in_short(problem),
              .wait = change.cooling});
    const auto* broken = as_transport_error(problem);
    const bool may_be_done = !call_.idempotent && call_.method != "GET" && broken != nullptr &&
                             broken->phase() > TransportError::Phase::tls;
    if (kind == FailureKind::other || response_.delivered || call_.no_transparent_resend || may_be_done ||
        refused_ || late)
        return give_up();
    tried_.push_back(lease.deployment);
    const std::int32_t order = router_->options.deployments[lease.deployment].order;
    if (retry(problem, kind, order)) return;
    if (is_deployments(kind) && next_order(order)) return;
    if (!fall_back(kind == FailureKind::context_window   ? FallbackReason::context_window
                   : kind == FailureKind::content_policy ? FallbackReason::content_policy
                                                         : FallbackReason::general,
                   kind))
        give_up();
}

GENAI_INLINE std::optional<int> RoutedCall::own_retries(FailureKind kind) const {
    for (const auto& [named, count] : router_->options.retries_for)
        if (named == kind) return count;
    return std::nullopt;
}

GENAI_INLINE int RoutedCall::allowed_retries(FailureKind kind) const {
    return own_retries(kind).value_or(call_.options.retry.attempts.value_or(3) - 1);
}

/// Whether the same deployment may do better a moment later.
GENAI_INLINE bool RoutedCall::is_passing(const Error& problem, FailureKind kind) const {
    if (own_retries(kind)) return true;
    const auto& codes = call_.options.retry.http_status_codes;
    if (is_retryable(problem, call_.options.retry, call_.idempotent)) return true;
    if (const auto* refused = as_api_error(problem))
        return !codes && (kind == FailureKind::server_error || kind == FailureKind::timeout) &&
               should_retry(*refused).value_or(true);
    return kind == FailureKind::timeout;
}

/// Calls the group again: another deployment of the same order at once, else the same: once at once where the
/// group has others that may be called, after a wait otherwise.
GENAI_INLINE bool RoutedCall::retry(const Error& problem, FailureKind kind, std::int32_t order) {
    if (!is_deployments(kind) && !own_retries(kind)) return false;
    if (!retries_left_) retries_left_ = allowed_retries(kind);
    if (*retries_left_ <= 0) return false;
    order_ = order;
    std::chrono::milliseconds span{};
    if (!router_->pool.has(wanted())) {
        if (!is_passing(problem, kind)) return false;
        const std::vector<std::size_t> tried = std::exchange(tried_, {});
        if (!router_->pool.has(wanted())) return false;  // all of them cool down
        const auto* refused = as_api_error(problem);
        const bool told = refused != nullptr && refused->retry_after();
        const bool others = others_left(tried.back());
        if (told && others) return false;  // it wants time, which others do not need
        if (!others || repeats_++ > 0)
            span = backoff_wait(call_.options.retry, ++waits_, problem, router_->pool.random());
        if (told && *refused->retry_after() > span) return false;  // longer than a call may wait
        if (!deadline_.leaves(span)) return false;
    }
    --*retries_left_;
    tell({.kind = RouterEvent::Kind::retry, .failure = kind, .error = in_short(problem), .wait = span});
    if (span.count() > 0) wait(span);
    else state_ = State::choosing;
    return true;
}

/// Whether the group has another deployment than this that may be called.
GENAI_INLINE bool RoutedCall::others_left(std::size_t than) const {
    const std::vector<std::size_t> out{than};
    Pool::Wanted other{.members = route_.members, .tried = out, .unfit = unfit_, .tokens = tokens_};
    return router_->pool.has(other);
}

/// Goes on to the deployments that are called when those of lower orders are not left.
GENAI_INLINE bool RoutedCall::next_order(std::int32_t order) {
    above_ = order;
    order_.reset();
    tried_.clear();
    retries_left_.reset();
    if (!router_->pool.has(wanted())) return false;
    state_ = State::choosing;
    return true;
}

GENAI_INLINE bool RoutedCall::has_target(FallbackReason reason) const {
    const auto& table = router_->table;
    const auto open = [&](const std::string& name) {
        const auto route = table.find(name);
        return route && std::find(visited_.begin(), visited_.end(), key_of(*route)) == visited_.end();
    };
    const auto targets = table.fallbacks(route_, reason, *given_);
    return std::any_of(targets.begin(), targets.end(), open) ||
           std::any_of(queue_.begin(), queue_.end(), open);
}

/// Calls the next group instead: the failed one's fallbacks come before those that were left.
GENAI_INLINE bool RoutedCall::fall_back(FallbackReason reason, FailureKind kind) {
    const auto targets = router_->table.fallbacks(route_, reason, *given_);
    queue_.insert(queue_.end(), targets.rbegin(), targets.rend());
    while (!queue_.empty()) {
        auto route = router_->table.find(queue_.back());
        queue_.pop_back();
        if (!route || std::find(visited_.begin(), visited_.end(), key_of(*route)) != visited_.end()) continue;
        const std::string from = route_.name;
        enter(std::move(*route));
        context_.group = route_.name;
        tell({.kind = RouterEvent::Kind::fallback, .from = from, .failure = kind, .error = errors_.back()});
        return true;
    }
    return false;
}

/// Nothing is left: the last error of a deployment, with all of them beside it.
GENAI_INLINE void RoutedCall::give_up() {
    std::exception_ptr error = last_error_;
    if (!error && !free_in_ && !misfit_.empty())
        error = std::make_exception_ptr(InvalidArgument("contents", misfit_));
    if (!error)
        error =
            std::make_exception_ptr(NoDeploymentError("no deployment may be called now: " + errors_.back(),
                                                      free_in_.value_or(std::chrono::milliseconds(0))));
    try {
        std::rethrow_exception(error);
    } catch (Error& problem) {
        AttemptErrors::set(problem, errors_);
        tell({.kind = RouterEvent::Kind::exhausted,
              .failure = failure_kind(problem),
              .error = in_short(problem)});
        finish(std::current_exception(), in_short(problem), error_type(problem));
    }
}

GENAI_INLINE void RoutedCall::wait(std::chrono::milliseconds span) {
    wait_ = span;
    state_ = State::waiting;
}

GENAI_INLINE void RoutedCall::finish(std::exception_ptr error, const std::string& short_error,
                                     const std::string& error_type) {
    error_ = std::move(error);
    state_ = State::finished;
    if (!router_->options.hooks) return;
    const auto span = std::chrono::duration_cast<std::chrono::microseconds>(clock().now() - begun_);
    router_->options.hooks->after_call(context_,
                                       {.attempts = attempts_,
                                        .duration = span,
                                        .error = short_error,
                                        .error_type = error_type.empty() && error_ ? "_OTHER" : error_type});
}

GENAI_INLINE void RoutedCall::tell(RouterEvent event) const {
    if (!router_->options.on_event) return;
    event.call_id = context_.id;
    event.operation = context_.operation;
    event.group = route_.name;
    try {
        router_->options.on_event(event);
    } catch (...) {  // a log must not break what it logs
    }
}

GENAI_INLINE void RoutedCall::before_attempt(const CallContext& context, AttemptInfo& info) {
    context_.model = context.model;
    context_.secrets = context.secrets;
    info.attempt = attempts_;
    refused_ = true;
    router_->options.hooks->before_attempt(context_, info);
    refused_ = false;
}

GENAI_INLINE void RoutedCall::after_attempt(const CallContext& context, const AttemptEvent& event) noexcept {
    context_.secrets = context.secrets;
    AttemptEvent own = event;
    own.call_id = context_.id;
    own.attempt = attempts_;
    router_->options.hooks->after_attempt(context_, own);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
