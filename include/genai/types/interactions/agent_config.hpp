#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// For the Antigravity agent.
struct AntigravityAgentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "antigravity"};
    std::optional<std::int64_t> max_total_tokens{};  ///< most tokens in all
    Text model{};                                    ///< the model
    std::string type{tag.value};                     ///< which kind this is
    Extra extra{};                                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("max_total_tokens", self.max_total_tokens, wire::as_string);
        visit("model", self.model);
        visit("type", self.type);
    }
};

/// A file and its text.
struct FileContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text content{};                                    ///< the text
    Text path{};                                       ///< where it lies
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("path", self.path);
    }
};

/// Look for flaws.
struct FindRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text description{};                                ///< what it is, in words
    Text finding_id{};                                 ///< the finding it is about
    FindMode mode{};                                   ///< how to look
    std::vector<FileContent> source_files{};           ///< the files to examine
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("finding_id", self.finding_id);
        visit("mode", self.mode);
        visit("source_files", self.source_files);
    }
};

/// Mend a flaw.
struct FixRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text description{};                                ///< what it is, in words
    Text finding_id{};                                 ///< the finding it is about
    std::vector<FileContent> source_files{};           ///< the files to examine
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("finding_id", self.finding_id);
        visit("source_files", self.source_files);
    }
};

/// Limits of a session.
struct SessionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> max_rounds{};          ///< most rounds
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("max_rounds", self.max_rounds); }
};

/// For the CodeMender agent.
struct CodeMenderAgentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code-mender"};
    Box<FindRequest> find_request{};      ///< to look for flaws
    Box<FixRequest> fix_request{};        ///< to mend a flaw
    Text model{};                         ///< the model
    Box<SessionConfig> session_config{};  ///< limits of the session
    Text session_id{};                    ///< the session to go on with
    std::string type{tag.value};          ///< which kind this is
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("find_request", self.find_request);
        visit("fix_request", self.fix_request);
        visit("model", self.model);
        visit("session_config", self.session_config);
        visit("session_id", self.session_id);
        visit("type", self.type);
    }
};

/// For the Deep Research agent.
struct DeepResearchAgentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "deep-research"};
    Flag collaborative_planning{};           ///< whether to ask before carrying its plan out
    Flag enable_bigquery_tool{};             ///< whether it may query BigQuery
    ThinkingSummaries thinking_summaries{};  ///< whether thoughts are summed up
    std::string type{tag.value};             ///< which kind this is
    Visualization visualization{};           ///< whether to draw charts
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("collaborative_planning", self.collaborative_planning);
        visit("enable_bigquery_tool", self.enable_bigquery_tool);
        visit("thinking_summaries", self.thinking_summaries);
        visit("type", self.type);
        visit("visualization", self.visualization);
    }
};

/// For an agent of one's own.
struct DynamicAgentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "dynamic"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("type", self.type); }
};

/// How an agent works.
struct AgentConfig
    : OneOf<AntigravityAgentConfig, CodeMenderAgentConfig, DeepResearchAgentConfig, DynamicAgentConfig> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
