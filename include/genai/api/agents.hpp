#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/collection.hpp>
#include <genai/options.hpp>
#include <genai/types/agents.hpp>

namespace genai::inline v0 {

/// Agents of the project's own, to be asked by `interactions`. Experimental in the service.
template <http::Transport T>
class Agents {
public:
    explicit Agents(std::shared_ptr<detail::Core<T>> core) : all_(std::move(core), "agents") {}

    /// Makes an agent.
    agents::Agent create(const agents::Agent& agent, const RequestConfig& config = {}) const {
        return all_.template create<agents::Agent>(agent, config.http_options);
    }
    /// An agent as it is.
    agents::Agent get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<agents::Agent>(id, config.http_options); }
    /// All of them.
    Pager<agents::Agent> list(const agents::ListAgentsConfig& config = {}) const {
        http::Query query;
        detail::add_query(query, "parent", config.parent);
        return all_.list(config, &agents::AgentListResponse::agents, std::move(query));
    }
    /// Deletes an agent.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }

private:
    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
