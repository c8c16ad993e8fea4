#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI {

/// How a request was paid for.
struct TrafficType : OpenEnum<TrafficType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"TRAFFIC_TYPE_UNSPECIFIED"};   ///< never sent
    static constexpr Enumerator on_demand{"ON_DEMAND"};                    ///< pay as you go
    static constexpr Enumerator on_demand_priority{"ON_DEMAND_PRIORITY"};  ///< pay as you go, priority
    static constexpr Enumerator on_demand_flex{"ON_DEMAND_FLEX"};          ///< pay as you go, flex
    static constexpr Enumerator on_demand_offpeak{"ON_DEMAND_OFFPEAK"};    ///< pay as you go, off peak
    static constexpr Enumerator provisioned_throughput{"PROVISIONED_THROUGHPUT"};  ///< provisioned
};

/// A kind of content. https://ai.google.dev/api/generate-content#Modality
struct MediaModality : OpenEnum<MediaModality> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODALITY_UNSPECIFIED"};  ///< not said
    static constexpr Enumerator text{"TEXT"};                         ///< text
    static constexpr Enumerator image{"IMAGE"};                       ///< images
    static constexpr Enumerator video{"VIDEO"};                       ///< video
    static constexpr Enumerator audio{"AUDIO"};                       ///< audio
    static constexpr Enumerator document{"DOCUMENT"};                 ///< documents, PDF for one
};

/// Tokens of one kind of content. https://ai.google.dev/api/generate-content#ModalityTokenCount
struct ModalityTokenCount {
    std::optional<MediaModality> modality{};    ///< the kind
    std::optional<std::int32_t> token_count{};  ///< how many
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("modality", self.modality);
        visit("tokenCount", self.token_count);
    }
};

/// What a call used. https://ai.google.dev/api/generate-content#UsageMetadata
struct GenerateContentResponseUsageMetadata {
    std::vector<ModalityTokenCount> cache_tokens_details{};       ///< of the cached part
    std::optional<std::int32_t> cached_content_token_count{};     ///< of the prompt, taken from a cache
    std::optional<std::int32_t> candidates_token_count{};         ///< of the answers
    std::vector<ModalityTokenCount> candidates_tokens_details{};  ///< of the answers, by kind
    std::optional<std::int32_t> prompt_token_count{};             ///< of the prompt, cached part included
    std::vector<ModalityTokenCount> prompt_tokens_details{};      ///< of the prompt, by kind
    std::optional<std::int32_t> thoughts_token_count{};           ///< of the thinking
    std::optional<std::int32_t> tool_use_prompt_token_count{};    ///< of what tools gave
    std::vector<ModalityTokenCount> tool_use_prompt_tokens_details{};  ///< of what tools gave, by kind
    std::optional<std::int32_t> total_token_count{};                   ///< of all
    std::optional<TrafficType> traffic_type{};                         ///< how it was paid for
    std::optional<std::int32_t> initial_prompt_token_count{};  ///< of the first request of a continued answer
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("cacheTokensDetails", self.cache_tokens_details);
        visit("cachedContentTokenCount", self.cached_content_token_count);
        visit("candidatesTokenCount", self.candidates_token_count);
        visit("candidatesTokensDetails", self.candidates_tokens_details);
        visit("promptTokenCount", self.prompt_token_count);
        visit("promptTokensDetails", self.prompt_tokens_details);
        visit("thoughtsTokenCount", self.thoughts_token_count);
        visit("toolUsePromptTokenCount", self.tool_use_prompt_token_count);
        visit("toolUsePromptTokensDetails", self.tool_use_prompt_tokens_details);
        visit("totalTokenCount", self.total_token_count);
        visit("trafficType", self.traffic_type);
        visit("initialPromptTokenCount", self.initial_prompt_token_count);
    }
};

}  // namespace genai::inline GENAI_ABI
