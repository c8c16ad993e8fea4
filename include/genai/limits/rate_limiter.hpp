#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/call_context.hpp>
#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/cost/price_table.hpp>
#include <genai/http/message.hpp>
#include <genai/limits/limit_exceeded.hpp>
#include <genai/limits/published_limits.hpp>
#include <genai/limits/sliding_count.hpp>
#include <genai/transport.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// A model's rate limits, of a project. https://ai.google.dev/gemini-api/docs/rate-limits
struct RateLimits {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> rpm{};                  ///< requests a minute
    std::optional<std::int64_t> tpm{};                  ///< tokens of prompts a minute
    std::optional<std::int64_t> rpd{};  ///< requests a day, which begins at midnight in California

    friend bool operator==(const RateLimits& a, const RateLimits& b) {
        return a.rpm == b.rpm && a.tpm == b.tpm && a.rpd == b.rpd;
    }
};

/// What a limiter is made with.
struct RateLimiterOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    RateLimits limits{};                               ///< of each model that has none of its own
    std::map<std::string, RateLimits> models{};        ///< by model
    std::optional<Dollars> spend_limit{};  ///< of all models in any ten minutes, by the library's prices
    bool wait{true};                       ///< whether calls wait; they are refused otherwise
    std::chrono::milliseconds max_wait{std::chrono::minutes(2)};  ///< longer waits are refused
    bool learn{true};                ///< whether a 429 that names a limit sets it, and one that names a time
                                     ///< keeps calls back until then
    std::shared_ptr<Clock> clock{};  ///< the system's when unset
    /// Told of a limit that a 429 named, with the model, in the call's thread. What it throws is dropped.
    std::function<void(const std::string&, const RateLimits&)> on_learned{};
};

/// Keeps the calls of a program below the rate limits of its project: those that would go beyond wait, or are
/// refused as LimitExceeded before they are sent. Share one among the clients of a project. Thread-safe.
///
///     const auto limiter = std::make_shared<genai::RateLimiter>(genai::RateLimiterOptions{.limits = {.rpm =
///     10, .rpd = 250}}); genai::Client client({}, genai::RateLimitedTransport(limiter,
///     genai::HttpTransport()));
class RateLimiter {
public:
    /// Throws InvalidArgument for limits that are not positive.
    explicit RateLimiter(RateLimiterOptions options);
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;

    /// A model's limits, as they were given or learned.
    RateLimits limits(const std::string& model) const;
    /// Sends a request that belongs to a call of a model when it may be sent; any other at once. Throws
    /// LimitExceeded, Cancelled, and what the transport throws.
    void send(const http::Request& request, http::Sink& sink, AnyTransport& transport);

private:
    using Time = std::chrono::steady_clock::time_point;

    struct State {
        RateLimits limits{};
        detail::SlidingCount<60> requests{};
        detail::SlidingCount<60> tokens{};
        std::chrono::system_clock::time_point day{};
        std::int64_t today{};
        Time blocked_until{};
        std::string blocked_by{};
    };
    /// Why a call may not be sent yet.
    struct Obstacle {
        std::string limit{};
        std::chrono::milliseconds wait{};
    };
    class Tap;

    State& state(const std::string& model);
    Obstacle admit(const std::string& model, std::int64_t tokens);
    Time acquire(const http::Request& request, std::int64_t tokens);
    void learn(const std::string& model, std::string_view body, const http::ResponseHead& head);
    void settle(const std::string& model, std::int64_t tokens, Time sent, const Tap& tap);

    RateLimiterOptions options_;
    mutable std::mutex mutex_{};
    std::map<std::string, State> states_{};
    detail::SlidingCount<600> spent_{};  // in millionths of a dollar
};

/// A transport whose requests a limiter keeps back.
class RateLimitedTransport {
public:
    RateLimitedTransport(std::shared_ptr<RateLimiter> limiter, AnyTransport inner)
        : limiter_(std::move(limiter)), inner_(std::move(inner)) {
        if (!limiter_) throw InvalidArgument("limiter", "is null");
    }

    /// See http::Transport and RateLimiter::send.
    void send(const http::Request& request, http::Sink& sink) { limiter_->send(request, sink, inner_); }
    /// Hands the client's options on.
    void attach(const TransportOptions& options) { inner_.attach(options); }

private:
    std::shared_ptr<RateLimiter> limiter_;
    AnyTransport inner_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <array>

#include <genai/core/error_response.hpp>
#include <genai/cost/cost_of.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/limits/pacific_day.hpp>
#include <genai/limits/prompt_facts.hpp>
#include <genai/types/usage.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_INLINE void check_limits(const RateLimits& limits, const std::string& parameter) {
    for (const auto& [name, value] :
         {std::pair("rpm", limits.rpm), std::pair("tpm", limits.tpm), std::pair("rpd", limits.rpd)})
        if (value && *value <= 0) throw InvalidArgument(parameter + '/' + name, "must be positive");
}

/// The JSON object that begins at a place of a text; empty where it does not end.
GENAI_INLINE std::string_view object_at(std::string_view text, std::size_t begin) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = begin; i < text.size(); ++i) {
        if (quoted) {
            if (text[i] == '\\') ++i;
            else quoted = text[i] != '"';
        } else if (text[i] == '"') {
            quoted = true;
        } else if (text[i] == '{') {
            ++depth;
        } else if (text[i] == '}' && --depth == 0) {
            return text.substr(begin, i + 1 - begin);
        }
    }
    return {};
}

/// The usage that the end of a response tells, whole or in events.
GENAI_INLINE std::optional<GenerateContentResponseUsageMetadata> usage_in(std::string_view end) try {
    const std::size_t name = end.rfind("\"usageMetadata\"");
    if (name == std::string_view::npos) return std::nullopt;
    const std::size_t begin = end.find('{', name);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view object = object_at(end, begin);
    if (object.empty()) return std::nullopt;
    return decode<GenerateContentResponseUsageMetadata>(object);
} catch (const DecodeError&) {
    return std::nullopt;
}

/// The limits that a refusal names, in its QuotaFailure.
/// https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
GENAI_INLINE RateLimits named_limits(const Json& details, bool& daily) {
    RateLimits named;
    if (!details.is_array()) return named;
    for (const Json& detail : details) {
        if (!detail.is_object() || !detail.contains("violations") || !detail["violations"].is_array())
            continue;
        for (const Json& violation : detail["violations"]) {
            const auto text = [&](const char* member) {
                const auto found = violation.find(member);
                return found != violation.end() && found->is_string() ? found->get<std::string>()
                                                                      : std::string();
            };
            if (!violation.is_object()) continue;
            const std::string id = text("quotaId");
            std::optional<std::int64_t> value;
            if (const std::string number = text("quotaValue");
                !number.empty() && number.size() < 18 &&
                number.find_first_not_of("0123456789") == std::string::npos)
                value = std::stoll(number);
            if (!value || *value <= 0) continue;
            const bool tokens = id.find("Token") != std::string::npos;
            if (id.find("PerDay") != std::string::npos && !tokens) {
                named.rpd = value;
                daily = true;
            } else if (id.find("PerMinute") != std::string::npos) {
                (tokens ? named.tpm : named.rpm) = value;
            }
        }
    }
    return named;
}

}  // namespace detail

/// Looks at a response on its way: its status, its end, and all of a refusal.
class RateLimiter::Tap final : public http::Sink {
public:
    explicit Tap(http::Sink& sink) : sink_(sink) {}

    http::Flow head(const http::ResponseHead& head) override {
        head_ = head;
        return sink_.head(head);
    }
    http::Flow data(std::string_view piece) override {
        constexpr std::size_t enough = std::size_t{16} << 10U;
        if (piece.size() > enough) end_ = piece.substr(piece.size() - enough);
        else end_ += piece;
        if (end_.size() > 2 * enough) end_.erase(0, end_.size() - enough);
        return sink_.data(piece);
    }

    const http::ResponseHead& head() const noexcept { return head_; }
    std::string_view end() const noexcept { return end_; }

private:
    http::Sink& sink_;
    http::ResponseHead head_{};
    std::string end_{};
};

GENAI_INLINE RateLimiter::RateLimiter(RateLimiterOptions options) : options_(std::move(options)) {
    if (!options_.clock) options_.clock = std::make_shared<Clock>();
    detail::check_limits(options_.limits, "limits");
    for (const auto& [model, limits] : options_.models) detail::check_limits(limits, "models/" + model);
    if (options_.spend_limit && *options_.spend_limit <= Dollars())
        throw InvalidArgument("spend_limit", "must be positive");
    if (options_.max_wait.count() < 0) throw InvalidArgument("max_wait", "must not be negative");
}

GENAI_INLINE RateLimiter::State& RateLimiter::state(const std::string& model) {
    auto [at, is_new] = states_.try_emplace(model);
    if (is_new) {
        const auto own = options_.models.find(model);
        at->second.limits = own == options_.models.end() ? options_.limits : own->second;
    }
    const auto day = detail::pacific_midnight(options_.clock->date());
    if (day != at->second.day) {
        at->second.day = day;
        at->second.today = 0;
    }
    return at->second;
}

GENAI_INLINE RateLimits RateLimiter::limits(const std::string& model) const {
    const std::lock_guard lock(mutex_);
    if (const auto known = states_.find(model); known != states_.end()) return known->second.limits;
    const auto own = options_.models.find(model);
    return own == options_.models.end() ? options_.limits : own->second;
}

/// Counts a request, or says what it has to wait for. Under the lock.
GENAI_INLINE RateLimiter::Obstacle RateLimiter::admit(const std::string& model, std::int64_t tokens) {
    using std::chrono::milliseconds;
    const Time now = options_.clock->now();
    State& own = state(model);
    Obstacle longest;
    const auto consider = [&longest](std::string limit, milliseconds wait) {
        if (wait > longest.wait) longest = {std::move(limit), wait};
    };
    if (own.blocked_until > now)
        consider(own.blocked_by, std::chrono::ceil<milliseconds>(own.blocked_until - now));
    const RateLimits& limits = own.limits;
    if (limits.rpm) consider("rpm " + std::to_string(*limits.rpm), own.requests.wait(now, 1, *limits.rpm));
    if (limits.tpm)  // a prompt that is larger than the limit itself goes when nothing else does
        consider("tpm " + std::to_string(*limits.tpm),
                 own.tokens.wait(now, (std::clamp)(tokens, std::int64_t{1}, *limits.tpm), *limits.tpm));
    if (limits.rpd && own.today >= *limits.rpd)
        consider(
            "rpd " + std::to_string(*limits.rpd),
            std::chrono::ceil<milliseconds>(detail::next_pacific_midnight(own.day) - options_.clock->date()));
    if (options_.spend_limit)
        consider("spend_limit $" + options_.spend_limit->text(),
                 spent_.wait(now, 1, options_.spend_limit->pico() / 1'000'000));
    if (longest.wait.count() > 0) return longest;
    own.requests.add(now, 1);
    own.tokens.add(now, tokens);
    ++own.today;
    return {};
}

/// Waits until a request may be sent, and counts it; gives when.
GENAI_INLINE RateLimiter::Time RateLimiter::acquire(const http::Request& request, std::int64_t tokens) {
    const std::string& model = request.context->model;
    std::chrono::milliseconds left = options_.max_wait;
    for (;;) {
        Obstacle found;
        {
            const std::lock_guard lock(mutex_);
            found = admit(model, tokens);
        }
        if (found.wait.count() <= 0) return options_.clock->now();
        const auto& deadline = request.context->deadline;
        const bool late = deadline && options_.clock->now() + found.wait >= *deadline;
        if (!options_.wait || found.wait > left || late)
            throw LimitExceeded("rate limit of '" + model + "'",
                                found.limit + " is reached for " + std::to_string(found.wait.count()) + " ms",
                                found.wait);
        left -= found.wait;
        options_.clock->sleep(found.wait, request.stop);
        if (request.stop.stop_requested()) throw Cancelled();
    }
}

GENAI_INLINE void RateLimiter::send(const http::Request& request, http::Sink& sink, AnyTransport& transport) {
    if (request.context == nullptr || request.context->model.empty() || !detail::is_charged(request.url))
        return transport.send(request, sink);
    const std::string model = request.context->model;
    std::int64_t tokens = 0;
    if (limits(model).tpm)
        if (const auto facts = detail::prompt_facts(model, request.body)) tokens = facts->tokens.tokens;
    const Time begun = options_.clock->now();
    const Time admitted = acquire(request, tokens);
    http::Request sent = request;
    if (sent.timeouts.total)
        sent.timeouts.total =
            *sent.timeouts.total -
            (std::min)(*sent.timeouts.total - std::chrono::milliseconds(1),
                       std::chrono::duration_cast<std::chrono::milliseconds>(options_.clock->now() - begun));
    Tap tap(sink);
    transport.send(sent, tap);
    settle(model, tokens, admitted, tap);
}

/// Counts what a response says it used, and learns from a refusal.
GENAI_INLINE void RateLimiter::settle(const std::string& model, std::int64_t tokens, Time sent,
                                      const Tap& tap) {
    if (tap.head().status == 429) {
        if (options_.learn) learn(model, tap.end(), tap.head());
        return;
    }
    const auto usage = detail::usage_in(tap.end());
    if (!usage) return;
    const std::lock_guard lock(mutex_);
    const Time now = options_.clock->now();
    const std::int64_t used =
        usage->prompt_token_count ? detail::token_count(usage->prompt_token_count) : tokens;
    state(model).tokens.correct(now, sent, used - tokens);
    if (!options_.spend_limit) return;
    if (const auto cost = cost_of(model, *usage, options_.clock->date()))
        spent_.add(now, cost->total().pico() / 1'000'000);
}

GENAI_INLINE void RateLimiter::learn(const std::string& model, std::string_view body,
                                     const http::ResponseHead& head) {
    Json details;
    std::optional<std::chrono::milliseconds> wait;
    try {
        detail::throw_api_error(head, std::string(body), {}, {}, *options_.clock);
    } catch (const ApiError& refused) {
        details = refused.details();
        wait = refused.retry_after();
    }
    bool daily = false;
    const RateLimits named = detail::named_limits(details, daily);
    RateLimits now_known;
    {
        const std::lock_guard lock(mutex_);
        State& own = state(model);
        const auto take = [](std::optional<std::int64_t>& known, const std::optional<std::int64_t>& said) {
            if (said && (!known || *said < *known)) known = said;
        };
        take(own.limits.rpm, named.rpm);
        take(own.limits.tpm, named.tpm);
        take(own.limits.rpd, named.rpd);
        if (daily && own.limits.rpd) own.today = (std::max)(own.today, *own.limits.rpd);
        if (wait) {
            own.blocked_until = (std::max)(own.blocked_until, options_.clock->now() + *wait);
            own.blocked_by = "what the server asked for";
        }
        now_known = own.limits;
    }
    if (named == RateLimits{} || !options_.on_learned) return;
    try {
        options_.on_learned(model, now_known);
    } catch (...) {  // a log must not break what it logs
    }
}

}  // namespace genai::inline GENAI_ABI

#endif
