#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Agents of the project's own, to be asked by `interactions`. Experimental in the service.
class Agents {
public:
    explicit Agents(detail::Caller& caller) : caller_(caller) {}
    Agents(const Agents&) = default;

    /// Makes an agent.
    GENAI_LAZY agents::Agent create(const agents::Agent& agent, const CallConfig& config = {}) const;
    /// An agent as it is.
    GENAI_LAZY [[nodiscard]] agents::Agent get(std::string_view id, const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<agents::Agent> list(const agents::ListAgentsConfig& config = detail::no_config) const;
    /// Deletes an agent.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Agents& operator=(const Agents&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/collection.hpp>
#include <genai/types/agents.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE agents::Agent Agents::create(const agents::Agent& agent,
                                                          const CallConfig& config) const {
    return detail::Collection(caller_, "agents")
        .create<agents::Agent>("agents.create", agent, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE agents::Agent Agents::get(std::string_view id, const CallConfig& config) const {
    return detail::Collection(caller_, "agents").get<agents::Agent>("agents.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<agents::Agent> Agents::list(const agents::ListAgentsConfig& config) const {
    http::Query query;
    detail::add_query(query, "parent", config.parent);
    return detail::Collection(caller_, "agents")
        .list<&agents::AgentListResponse::agents>("agents.list", config, std::move(query));
}

GENAI_LAZY_BODY GENAI_INLINE void Agents::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "agents").remove("agents.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
