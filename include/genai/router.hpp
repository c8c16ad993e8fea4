#pragma once

/// Many models, many keys, one client: load balancing, fallbacks and cooldowns in the program itself.

#include <memory>
#include <string_view>
#include <vector>

#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/router/options.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

class RouterCaller;
std::shared_ptr<RouterCaller> router_caller(RouterOptions options);

}  // namespace detail

/// A client whose calls go to one of many deployments. A call names a group as its model; the router chooses
/// a deployment of it, retries on others where one fails, and calls other groups where none is left:
///
///     genai::Router router({.deployments = {{.group = "fast", .client = google, .model =
///     "gemini-2.5-flash"},
///                                           {.group = "fast", .client = other, .model =
///                                           "gemini-2.5-flash"}}});
///     auto answer = router.models.generate_content("fast", "Hello");
///
/// Streams are sent elsewhere only before their first chunk. Where all fail, the error is the last
/// deployment's, of the class that its client throws, and `attempt_errors()` names each deployment and what
/// it said; NoDeploymentError where none may be called. A name that stands for no group is an
/// InvalidArgument.
///
/// Calls about no model (files, caches, batches, interactions), and those that begin work that is asked for
/// later (videos, batches), go to one deployment: the first of the group or, without one, of the list. May be
/// used from many threads at once; copies share its state. docs/router.md
class Router : public Client<> {
public:
    /// Throws InvalidArgument where there are no deployments, names stand for nothing, weights or limits are
    /// negative, or fallbacks lead back to where they began.
    explicit Router(RouterOptions options);

    /// The same router with other fallbacks, for one call or some:
    /// `router.with({.fallbacks = {{"pro"}}}).models.generate_content(…)`. Throws InvalidArgument for names
    /// that stand for no group.
    [[nodiscard]] Router with(RouteOptions options) const;
    /// The deployment that a group's longer work goes to: its first, `*` in its model filled in. For files,
    /// batches and other resources that a program makes at one project and asks for later. Throws
    /// InvalidArgument for a name that stands for none.
    Deployment deployment(std::string_view group) const;
    /// How the deployments are now, in their order.
    std::vector<DeploymentStatus> status() const;

private:
    explicit Router(std::shared_ptr<detail::RouterCaller> caller);

    std::shared_ptr<detail::RouterCaller> router_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <utility>

#include <genai/router/router_caller.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_INLINE std::shared_ptr<RouterCaller> router_caller(RouterOptions options) {
    return std::make_shared<RouterCaller>(std::make_shared<RouterState>(std::move(options)), RouteOptions{});
}

}  // namespace detail

GENAI_INLINE Router::Router(RouterOptions options) : Router(detail::router_caller(std::move(options))) {}

GENAI_INLINE Router::Router(std::shared_ptr<detail::RouterCaller> caller)
    : Client<>(caller), router_(std::move(caller)) {}

GENAI_INLINE Router Router::with(RouteOptions options) const {
    for (const auto* targets :
         {&options.fallbacks, &options.context_window_fallbacks, &options.content_policy_fallbacks})
        if (*targets)
            for (const std::string& name : **targets)
                if (!router_->state()->table.find(name))
                    throw router_->state()->table.unknown("fallbacks", name);
    return Router(std::make_shared<detail::RouterCaller>(router_->state(), std::move(options)));
}

GENAI_INLINE Deployment Router::deployment(std::string_view group) const {
    const auto route = router_->state()->table.find(group);
    if (!route) throw router_->state()->table.unknown("group", group);
    Deployment made = router_->state()->options.deployments[route->members.front()];
    made.model = router_->state()->table.model_of(route->members.front(), *route);
    return made;
}

GENAI_INLINE std::vector<DeploymentStatus> Router::status() const { return router_->state()->pool.status(); }

}  // namespace genai::inline GENAI_ABI

#endif
