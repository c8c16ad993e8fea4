#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/caller.hpp>
#include <genai/router/options.hpp>
#include <genai/router/routed_call.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The caller of a router: many clients.
class RouterCaller final : public Caller {
public:
    RouterCaller(std::shared_ptr<RouterState> state, RouteOptions given)
        : state_(std::move(state)), given_(std::make_shared<const RouteOptions>(std::move(given))) {}

    GENAI_INLINE std::unique_ptr<Exchange> begin(Call call) override;
    GENAI_INLINE HttpOptions options(const HttpOptions& call) const override;
    Clock& clock() const noexcept override { return *state_->options.clock; }

    const std::shared_ptr<RouterState>& state() const noexcept { return state_; }

private:
    std::shared_ptr<RouterState> state_;
    std::shared_ptr<const RouteOptions> given_;
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <genai/core/merge_options.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The model's name in a resource that is one; empty for anything else.
GENAI_INLINE std::string_view routed_model(const Call& call) {
    const std::string_view full = call.resource.full();
    const bool operation = full.find("/operations/") != std::string_view::npos;
    if (operation && (call.method != "POST" || call.verb == ":cancel")) return {};
    if (full.starts_with("models/")) return full.substr(7);
    return full.starts_with("tunedModels/") ? full : std::string_view();
}

/// Whether a call begins what is asked for later by a name of the project's own: it stays with one client.
GENAI_INLINE bool begins_work(std::string_view verb) {
    return verb == ":predictLongRunning" || verb.starts_with(":batchGenerate") || verb.starts_with(":async");
}

GENAI_INLINE std::unique_ptr<Exchange> RouterCaller::begin(Call call) {
    call.options = options(call.options);
    const std::string name(routed_model(call));
    auto route = name.empty() ? std::nullopt : state_->table.find(name);
    if (route && !begins_work(call.verb))
        return std::make_unique<RoutedCall>(std::move(call), state_, given_, std::move(*route));
    if (!name.empty() && !route && call.method != "GET") throw state_->table.unknown("model", name);
    const std::size_t one =
        route ? route->members.front() : state_->table.first_with_model(call.resource.model_id());
    const Deployment& deployment = state_->options.deployments[one];
    if (route) call.resource = ResourceName::model(state_->table.model_of(one, *route));
    call.options = merge(deployment.http_options, call.options);
    return state_->callers[one]->begin(std::move(call));
}

GENAI_INLINE HttpOptions RouterCaller::options(const HttpOptions& call) const {
    return merge(state_->options.http_options, call);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
