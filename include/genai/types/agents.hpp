#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/interactions.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::agents {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Something an agent may use.
struct AgentTool : OneOf<interactions::CodeExecution, interactions::Function, interactions::GoogleSearch,
                         interactions::McpServer, interactions::UrlContext> {
    using OneOf::OneOf;
};

/// An agent of the project's own.
struct Agent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};                  ///< see NamedOnly
    Box<interactions::AntigravityAgentConfig> agent_config{};          ///< how the agent works
    Text base_agent{};                                                 ///< the agent it builds on
    OneOf<interactions::Environment, std::string> base_environment{};  ///< where its code runs
    Text description{};                                                ///< what it is, in words
    std::string id{};                                                  ///< chosen by the caller
    Text system_instruction{};                                         ///< how the model shall behave
    std::vector<AgentTool> tools{};                                    ///< what the model may use
    Extra extra{};                                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent_config", self.agent_config);
        visit("base_agent", self.base_agent);
        visit("base_environment", self.base_environment);
        visit("description", self.description);
        visit("id", self.id);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
    }
};

/// One page of agents.
struct AgentListResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Agent> agents{};                       ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("agents", self.agents);
    }
};

/// Options of `agents.list`.
struct ListAgentsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text parent{};                                      ///< whose
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("parent", self.parent);
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

}  // namespace genai::inline GENAI_ABI::agents
