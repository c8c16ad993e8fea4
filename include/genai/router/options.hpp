#pragma once

/// What a router is made with, and what it tells of its decisions.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/call_hooks.hpp>
#include <genai/client.hpp>
#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/cost/price_table.hpp>
#include <genai/error.hpp>
#include <genai/http_options.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How a router chooses among the deployments of a group that may be called. Ties are broken at random.
enum class RouterStrategy {
    weighted_random,  ///< at random, by `weight`, else by `rpm`, else by `tpm`; all alike where none is set
    least_busy,       ///< that with the fewest calls under way
    lowest_latency,  ///< by the peak of recent latencies, times the calls under way; of streams, to the first
                     ///< chunk
    lowest_usage,    ///< that which has used the least of its `rpm` and `tpm`, else the fewest tokens
    lowest_cost,     ///< by the price of its model; those without a known price last
    in_order,        ///< the first in the list
};

/// What went wrong with an attempt, as far as a router acts on it.
enum class FailureKind {
    bad_request,        ///< the request is at fault: 400, 413, 422 and the like
    authentication,     ///< 401, or the 400 that Google sends for an invalid key
    permission_denied,  ///< 403
    not_found,          ///< 404
    timeout,            ///< 408, 504, or a time limit of the attempt
    rate_limit,         ///< 429
    context_window,     ///< the prompt is longer than the model takes
    content_policy,     ///< a content filter refused the prompt, or stopped the answer
    server_error,       ///< 5xx, 409, a response that cannot be decoded, a stream that broke off
    connection,         ///< no complete response
    unavailable,        ///< no deployment of the group may be called now; a limit that its client keeps
    other,              ///< anything else, such as an exception of a hook
};
/// Its name: `rate_limit`.
std::string_view to_string(FailureKind kind) noexcept;

/// A number for kinds of failures: `{{FailureKind::rate_limit, 3}}`.
using FailureCounts = std::vector<std::pair<FailureKind, int>>;

/// A model of a client that calls may be sent to.
struct Deployment {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string group{};  ///< what calls name as their model; may hold one `*`, which stands for anything
    std::optional<Client<>> client{};  ///< what makes the calls; its retries are the router's
    std::string model{};  ///< the model's name there, the group's when empty; `*` stands for what matched
    std::string id{};     ///< for events, errors, and as a model in calls; made of group and model when empty
    std::optional<std::int64_t> rpm{};  ///< requests in a minute at most
    std::optional<std::int64_t> tpm{};  ///< tokens in a minute at most, by usage, before that by estimate
    std::optional<double> weight{};     ///< for `weighted_random`; 1 beside others that have one. 0: only
                                        ///< where no other is left
    std::int32_t order{1};              ///< those of a higher order are called when lower ones are not left
    std::optional<std::int64_t> max_parallel_requests{};   ///< calls under way at once at most; others wait
    std::optional<std::int64_t> max_input_tokens{};        ///< the context window; `token_limits` when unset
    std::optional<std::vector<std::string>> modalities{};  ///< media it takes beside text, as `image`,
                                                           ///< `audio`, `video`, `application`; all if unset
    std::optional<std::chrono::milliseconds> cooldown{};   ///< instead of the router's
    HttpOptions http_options{};                            ///< for calls to it; `timeout` is an attempt's
};

/// Groups to call when a group has failed, by the group that has; `*` is for any.
using Fallbacks = Dict<std::vector<std::string>>;

/// A decision of a router.
struct RouterEvent {
    /// What was decided.
    enum class Kind {
        chosen,     ///< the deployment is called
        succeeded,  ///< its answer is the call's
        failed,     ///< the attempt failed
        cooldown,   ///< it is not called for `wait`
        recovered,  ///< it is called again as before: the first call behind a cooldown succeeded
        retry,      ///< the group is tried again after `wait`
        fallback,   ///< `group` is called instead
        exhausted,  ///< nothing is left to call, and the call fails
    };
    Kind kind{Kind::chosen};
    std::uint64_t call_id{};               ///< counts the router's calls
    std::string operation{};               ///< the method called, such as `models.generate_content`
    std::string group{};                   ///< the group that is being called
    std::string deployment{};              ///< its id; empty where it is about none
    std::string from{};                    ///< of `fallback`: the group that was called before
    std::optional<FailureKind> failure{};  ///< why, for those that have a reason
    std::string error{};                   ///< the failure in a few words
    std::chrono::milliseconds wait{};      ///< of `cooldown` and `retry`
};
/// The name of a kind: `chosen`.
std::string_view to_string(RouterEvent::Kind kind) noexcept;

/// What a router is made with.
struct RouterOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Deployment> deployments{};             ///< at least one
    RouterStrategy strategy{RouterStrategy::weighted_random};
    Fallbacks fallbacks{};                         ///< after any failure that the group could not make up for
    Fallbacks context_window_fallbacks{};          ///< for prompts that are too long; `fallbacks` come behind
    Fallbacks content_policy_fallbacks{};          ///< for prompts and answers that a filter stopped
    std::vector<std::string> default_fallbacks{};  ///< for groups that have none under `fallbacks`
    Dict<std::string> aliases{};                   ///< other names of groups
    FailureCounts retries_for{};  ///< retries in a group, by the kind of its first failure; else
                                  ///< `http_options.retry.attempts` less one
    /// Failures of a deployment in a minute that do not yet lead to a cooldown. When unset, it cools down at
    /// once after a 429 (unless it is alone in its group), 401 or 404; else where more than half of at least
    /// five calls in a minute failed.
    std::optional<int> allowed_failures{};
    FailureCounts allowed_failures_for{};      ///< the same by kinds of failures
    std::chrono::milliseconds cooldown{5000};  ///< how long a deployment is not called; the server's own hint
                                               ///< goes before it. 0 for never
    bool pre_call_checks{false};  ///< whether deployments whose context window or modalities do not take the
                                  ///< prompt, by an estimate, are passed over
    HttpOptions http_options{};  ///< for every call. `timeout` is the whole call's; `retry.attempts`, of each
                                 ///< group, is 3 when unset
    std::shared_ptr<const PriceTable> prices{};  ///< for `lowest_cost`; the library's own when unset
    std::optional<std::uint64_t> seed{};         ///< for choices that are made again alike; random when unset
    std::shared_ptr<Clock> clock{};              ///< for cooldowns, limits and waits; the system's when unset
    std::shared_ptr<CallHooks> hooks{};  ///< told of calls as a client's hooks are, one call over all its
                                         ///< deployments; the clients' own hooks are told of theirs
    std::function<void(const RouterEvent&)>
        on_event{};  ///< told of each decision, in the thread that makes it. What it throws is dropped
};

/// What one call, or some, have other than the router's options; see Router::with.
struct RouteOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};                   ///< see NamedOnly
    std::optional<std::vector<std::string>> fallbacks{};                 ///< instead of the group's own
    std::optional<std::vector<std::string>> context_window_fallbacks{};  ///< instead of the group's own
    std::optional<std::vector<std::string>> content_policy_fallbacks{};  ///< instead of the group's own
};

/// How a deployment is.
struct DeploymentStatus {
    std::string id{};
    std::string group{};
    std::chrono::milliseconds cooling{};  ///< how much longer it is not called
    std::int64_t in_flight{};             ///< calls under way
    std::int64_t requests{};              ///< in the last minute
    std::int64_t tokens{};                ///< in the last minute
    std::int64_t failures{};              ///< in the last minute
    std::chrono::microseconds latency{};  ///< recent, of whole answers; 0 where there was none
};

/// No deployment of a group may be called now: all are cooling down, or at their limits. The message says
/// which and why.
class GENAI_EXPORT NoDeploymentError : public Error {
public:
    NoDeploymentError(const std::string& what, std::chrono::milliseconds retry_after)
        : Error(what, ErrorKind::no_deployment), retry_after_(retry_after) {}

    /// When one may be called again.
    std::chrono::milliseconds retry_after() const noexcept { return retry_after_; }

private:
    std::chrono::milliseconds retry_after_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE std::string_view to_string(FailureKind kind) noexcept {
    using enum FailureKind;
    switch (kind) {
        case bad_request: return "bad_request";
        case authentication: return "authentication";
        case permission_denied: return "permission_denied";
        case not_found: return "not_found";
        case timeout: return "timeout";
        case rate_limit: return "rate_limit";
        case context_window: return "context_window";
        case content_policy: return "content_policy";
        case server_error: return "server_error";
        case connection: return "connection";
        case unavailable: return "unavailable";
        case other: break;
    }
    return "other";
}

GENAI_INLINE std::string_view to_string(RouterEvent::Kind kind) noexcept {
    using enum RouterEvent::Kind;
    switch (kind) {
        case chosen: return "chosen";
        case succeeded: return "succeeded";
        case failed: return "failed";
        case cooldown: return "cooldown";
        case recovered: return "recovered";
        case retry: return "retry";
        case fallback: return "fallback";
        case exhausted: break;
    }
    return "exhausted";
}

}  // namespace genai::inline GENAI_ABI

#endif
