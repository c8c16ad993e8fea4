#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// What went wrong; `Error` in the reference of the API, as every exception is here.
struct InteractionError {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text code{};                                       ///< which error
    Text message{};                                    ///< in English
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("message", self.message);
    }
};

/// Tokens of one kind.
struct ModalityTokens {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    ResponseModality modality{};                       ///< the kind
    std::optional<std::int64_t> tokens{};              ///< how many
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("modality", self.modality);
        visit("tokens", self.tokens);
    }
};

/// How often a search was used.
struct GroundingToolCount {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> count{};               ///< how many
    GroundingToolCountType type{};                     ///< which search
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("count", self.count);
        visit("type", self.type);
    }
};

/// Tokens used.
struct Usage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    std::vector<ModalityTokens> cached_tokens_by_modality{};  ///< cached tokens, by kind
    std::vector<GroundingToolCount> grounding_tool_count{};   ///< how often each search was used
    std::optional<std::int64_t> initial_input_tokens{};  ///< input tokens of the first of several requests
    std::vector<ModalityTokens> input_tokens_by_modality{};     ///< input tokens, by kind
    std::vector<ModalityTokens> output_tokens_by_modality{};    ///< output tokens, by kind
    std::vector<ModalityTokens> tool_use_tokens_by_modality{};  ///< tokens of tools, by kind
    std::optional<std::int64_t> total_cached_tokens{};          ///< tokens that came from a cache
    std::optional<std::int64_t> total_input_tokens{};           ///< tokens of the input
    std::optional<std::int64_t> total_output_tokens{};          ///< tokens of the answer
    std::optional<std::int64_t> total_thought_tokens{};         ///< tokens of thoughts
    std::optional<std::int64_t> total_tokens{};                 ///< all of them
    std::optional<std::int64_t> total_tool_use_tokens{};        ///< tokens of tools
    Extra extra{};                                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("cached_tokens_by_modality", self.cached_tokens_by_modality);
        visit("grounding_tool_count", self.grounding_tool_count);
        visit("initial_input_tokens", self.initial_input_tokens);
        visit("input_tokens_by_modality", self.input_tokens_by_modality);
        visit("output_tokens_by_modality", self.output_tokens_by_modality);
        visit("tool_use_tokens_by_modality", self.tool_use_tokens_by_modality);
        visit("total_cached_tokens", self.total_cached_tokens);
        visit("total_input_tokens", self.total_input_tokens);
        visit("total_output_tokens", self.total_output_tokens);
        visit("total_thought_tokens", self.total_thought_tokens);
        visit("total_tokens", self.total_tokens);
        visit("total_tool_use_tokens", self.total_tool_use_tokens);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
