#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/router/options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Which fallbacks a failure leads to.
enum class FallbackReason { general, context_window, content_policy };

/// A group of deployments as a call names it.
struct Route {
    std::string name{};                  ///< as it was asked for
    std::string matched{};               ///< what `*` stands for
    std::vector<std::size_t> members{};  ///< deployments, by order
};

/// Groups, their other names and their fallbacks. Does not change; thread-safe.
class RouteTable {
public:
    /// Names the deployments that have no id. Throws InvalidArgument for what contradicts itself.
    explicit RouteTable(RouterOptions& options);

    /// The group a model's name stands for: an alias, a group, a deployment's id, a group with `*`. Null
    /// where there is none.
    std::optional<Route> find(std::string_view name) const;
    /// What to call instead of a group, by name; those of `given` where a call has its own.
    std::vector<std::string> fallbacks(const Route& from, FallbackReason reason,
                                       const RouteOptions& given) const;
    /// Whether a group has any.
    bool has_fallbacks(const Route& from) const;
    /// A deployment's name for its model, `*` filled in.
    std::string model_of(std::size_t deployment, const Route& route) const;
    /// The first deployment of a model; of any, where none has it.
    std::size_t first_with_model(std::string_view model) const;
    /// The error for a name that stands for nothing.
    InvalidArgument unknown(const std::string& parameter, std::string_view name) const;

private:
    void add_group(std::size_t index);
    void name_deployments();
    void check_fallbacks(const Fallbacks& all, const std::string& parameter) const;
    void check_targets(const std::vector<std::string>& targets, const std::string& parameter) const;

    RouterOptions& options_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> groups_{};  // by name, `*` in it
    std::map<std::string, std::size_t, std::less<>> ids_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <cmath>
#include <set>

#include <genai/core/merge_options.hpp>
#include <genai/core/resource_name.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE void check_deployment(const Deployment& one, const std::string& place) {
    const auto positive = [&](const char* name, const auto& value) {
        if (value && *value <= 0) throw InvalidArgument(place + name, "must be positive");
    };
    if (!one.client) throw InvalidArgument(place + "client", "is unset");
    if (one.group.empty()) throw InvalidArgument(place + "group", "is empty");
    if (std::count(one.group.begin(), one.group.end(), '*') > 1)
        throw InvalidArgument(place + "group", "holds more than one '*'");
    if (one.model.find('*') != std::string::npos && one.group.find('*') == std::string::npos)
        throw InvalidArgument(place + "model", "holds a '*', but the group has none");
    static_cast<void>(ResourceName::model(one.model.empty() ? one.group : one.model, place + "model"));
    if (one.weight && !(std::isfinite(*one.weight) && *one.weight >= 0))
        throw InvalidArgument(place + "weight", "must be a number that is not negative");
    positive("rpm", one.rpm);
    positive("tpm", one.tpm);
    positive("max_parallel_requests", one.max_parallel_requests);
    positive("max_input_tokens", one.max_input_tokens);
    if (one.cooldown && one.cooldown->count() < 0)
        throw InvalidArgument(place + "cooldown", "must not be negative");
}

GENAI_INLINE void check_counts(const FailureCounts& counts, const char* parameter) {
    for (const auto& [kind, count] : counts)
        if (count < 0)
            throw InvalidArgument(std::string(parameter) + '/' + std::string(to_string(kind)),
                                  "must not be negative");
}

GENAI_INLINE RouteTable::RouteTable(RouterOptions& options) : options_(options) {
    if (options.deployments.empty()) throw InvalidArgument("deployments", "is empty");
    for (std::size_t i = 0; i < options.deployments.size(); ++i) {
        check_deployment(options.deployments[i], "deployments/" + std::to_string(i) + '/');
        add_group(i);
    }
    name_deployments();
    for (const auto& [alias, group] : options.aliases) {
        if (groups_.contains(alias)) throw InvalidArgument("aliases/" + alias, "is the name of a group");
        if (options.aliases.contains(group) || !find(group)) throw unknown("aliases/" + alias, group);
    }
    check_fallbacks(options.fallbacks, "fallbacks");
    check_fallbacks(options.context_window_fallbacks, "context_window_fallbacks");
    check_fallbacks(options.content_policy_fallbacks, "content_policy_fallbacks");
    check_targets(options.default_fallbacks, "default_fallbacks");
    check_counts(options.retries_for, "retries_for");
    check_counts(options.allowed_failures_for, "allowed_failures_for");
    if (options.allowed_failures && *options.allowed_failures < 0)
        throw InvalidArgument("allowed_failures", "must not be negative");
    if (options.cooldown.count() < 0) throw InvalidArgument("cooldown", "must not be negative");
    HttpOptions complete = options.http_options;
    if (!complete.base_url) complete.base_url = "https://localhost";
    if (!complete.api_version) complete.api_version = "";
    check_options(complete);
}

GENAI_INLINE void RouteTable::add_group(std::size_t index) {
    auto& members = groups_[options_.deployments[index].group];
    const auto behind =
        std::upper_bound(members.begin(), members.end(), index, [&](std::size_t a, std::size_t b) {
            return options_.deployments[a].order < options_.deployments[b].order;
        });
    members.insert(behind, index);
}

/// By group and model, with a number where that is not enough.
GENAI_INLINE void RouteTable::name_deployments() {
    for (std::size_t i = 0; i < options_.deployments.size(); ++i)
        if (const std::string& id = options_.deployments[i].id; !id.empty() && !ids_.emplace(id, i).second)
            throw InvalidArgument("deployments/" + std::to_string(i) + "/id",
                                  "'" + id + "' is another's already");
    for (std::size_t i = 0; i < options_.deployments.size(); ++i) {
        Deployment& one = options_.deployments[i];
        if (one.model.empty()) one.model = one.group;
        if (!one.id.empty()) continue;
        const std::string name = one.group == one.model ? one.group : one.group + '/' + one.model;
        one.id = name;
        for (int number = 2; !ids_.emplace(one.id, i).second; ++number)
            one.id = name + '#' + std::to_string(number);
    }
}

GENAI_INLINE std::optional<Route> RouteTable::find(std::string_view name) const {
    const std::string* alias = options_.aliases.find(name);
    const std::string_view group = alias == nullptr ? name : *alias;
    if (const auto found = groups_.find(group); found != groups_.end())
        return Route{.name = std::string(name), .members = found->second};
    if (const auto id = ids_.find(group); id != ids_.end())
        return Route{.name = std::string(name), .members = {id->second}};
    std::optional<Route> best;
    std::size_t longest = 0;
    for (const auto& [pattern, members] : groups_) {
        const std::size_t star = pattern.find('*');
        if (star == std::string::npos || pattern.size() - 1 > group.size()) continue;
        const std::string_view before = std::string_view(pattern).substr(0, star);
        const std::string_view behind = std::string_view(pattern).substr(star + 1);
        if (!group.starts_with(before) || !group.ends_with(behind) || (best && pattern.size() <= longest))
            continue;
        longest = pattern.size();
        const std::size_t length = group.size() - before.size() - behind.size();
        best = Route{.name = std::string(name),
                     .matched = std::string(group.substr(before.size(), length)),
                     .members = members};
    }
    return best;
}

GENAI_INLINE std::vector<std::string> RouteTable::fallbacks(const Route& from, FallbackReason reason,
                                                            const RouteOptions& given) const {
    const Deployment& first = options_.deployments[from.members.front()];
    const auto of = [&](const Fallbacks& all, const std::optional<std::vector<std::string>>& own) {
        if (own) return *own;
        for (const std::string_view name :
             {std::string_view(from.name), std::string_view(first.group), std::string_view("*")})
            if (const auto* targets = all.find(name)) return *targets;
        return std::vector<std::string>();
    };
    const auto general = [&] {
        auto targets = of(options_.fallbacks, given.fallbacks);
        return targets.empty() && !given.fallbacks ? options_.default_fallbacks : targets;
    };
    switch (reason) {
        case FallbackReason::general: return general();
        case FallbackReason::content_policy: {
            auto targets = of(options_.content_policy_fallbacks, given.content_policy_fallbacks);
            return targets.empty() && !given.content_policy_fallbacks ? options_.default_fallbacks : targets;
        }
        case FallbackReason::context_window: break;
    }
    auto targets = of(options_.context_window_fallbacks, given.context_window_fallbacks);
    for (std::string& behind : general()) targets.push_back(std::move(behind));
    return targets;
}

GENAI_INLINE bool RouteTable::has_fallbacks(const Route& from) const {
    return !fallbacks(from, FallbackReason::general, {}).empty();
}

GENAI_INLINE std::string RouteTable::model_of(std::size_t deployment, const Route& route) const {
    std::string model = options_.deployments[deployment].model;
    if (const auto star = model.find('*'); star != std::string::npos) model.replace(star, 1, route.matched);
    return model;
}

GENAI_INLINE std::size_t RouteTable::first_with_model(std::string_view model) const {
    for (std::size_t i = 0; i < options_.deployments.size(); ++i)
        if (options_.deployments[i].model == model) return i;
    return 0;
}

GENAI_INLINE InvalidArgument RouteTable::unknown(const std::string& parameter, std::string_view name) const {
    std::string known;
    for (const auto& [group, members] : groups_) known += (known.empty() ? "" : ", ") + group;
    return {parameter, "'" + std::string(name) + "' is no group of the router: there are " + known};
}

GENAI_INLINE void RouteTable::check_targets(const std::vector<std::string>& targets,
                                            const std::string& parameter) const {
    for (const std::string& target : targets)
        if (!find(target)) throw unknown(parameter, target);
}

/// Every name must stand for a group, and following the fallbacks must not lead back.
GENAI_INLINE void RouteTable::check_fallbacks(const Fallbacks& all, const std::string& parameter) const {
    for (const auto& [from, targets] : all) {
        if (from != "*" && !find(from)) throw unknown(parameter, from);
        check_targets(targets, parameter + '/' + from);
        std::set<std::string> seen;
        std::vector<std::string> open = targets;
        while (!open.empty()) {
            const std::string next = open.back();
            open.pop_back();
            if (next == from)
                throw InvalidArgument(parameter + '/' + from, "leads back to '" + from + "': a cycle");
            if (!seen.insert(next).second) continue;
            if (const auto* further = all.find(next))
                open.insert(open.end(), further->begin(), further->end());
        }
    }
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
