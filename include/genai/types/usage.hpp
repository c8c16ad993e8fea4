#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/named_only.hpp>

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
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    MediaModality modality{};                          ///< the kind
    std::optional<std::int64_t> token_count{};         ///< how many
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("modality", self.modality);
        visit("tokenCount", self.token_count);
    }
};

/// What a call used. https://ai.google.dev/api/generate-content#UsageMetadata
struct GenerateContentResponseUsageMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};             ///< see NamedOnly
    std::vector<ModalityTokenCount> cache_tokens_details{};       ///< of the cached part
    std::optional<std::int64_t> cached_content_token_count{};     ///< of the prompt, taken from a cache
    std::optional<std::int64_t> candidates_token_count{};         ///< of the answers
    std::vector<ModalityTokenCount> candidates_tokens_details{};  ///< of the answers, by kind
    std::optional<std::int64_t> prompt_token_count{};             ///< of the prompt, cached part included
    std::vector<ModalityTokenCount> prompt_tokens_details{};      ///< of the prompt, by kind
    std::optional<std::int64_t> thoughts_token_count{};           ///< of the thinking
    std::optional<std::int64_t> tool_use_prompt_token_count{};    ///< of what tools gave
    std::vector<ModalityTokenCount> tool_use_prompt_tokens_details{};  ///< of what tools gave, by kind
    std::optional<std::int64_t> total_token_count{};                   ///< of all
    TrafficType traffic_type{};                                        ///< how it was paid for
    std::optional<std::int64_t> initial_prompt_token_count{};  ///< of the first request of a continued answer
    Extra extra{};                                             ///< members this version does not know

    /// Adds another call's tokens: counts, and the details by kind. `traffic_type` stays where both say the
    /// same.
    GenerateContentResponseUsageMetadata& operator+=(const GenerateContentResponseUsageMetadata& other);

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

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

namespace detail {

/// Adds a count that may be unset.
GENAI_INLINE void add_count(std::optional<std::int64_t>& to, const std::optional<std::int64_t>& more) {
    if (more) to = to.value_or(0) + *more;
}

/// Adds counts by kind.
GENAI_INLINE void add_counts(std::vector<ModalityTokenCount>& to,
                             const std::vector<ModalityTokenCount>& more) {
    for (const ModalityTokenCount& one : more) {
        const auto at = std::find_if(to.begin(), to.end(), [&one](const ModalityTokenCount& known) {
            return known.modality == one.modality;
        });
        if (at == to.end()) to.push_back(one);
        else add_count(at->token_count, one.token_count);
    }
}

}  // namespace detail

GENAI_INLINE GenerateContentResponseUsageMetadata& GenerateContentResponseUsageMetadata::operator+=(
    const GenerateContentResponseUsageMetadata& other) {
    const bool fresh = *this == GenerateContentResponseUsageMetadata{};
    using Self = GenerateContentResponseUsageMetadata;
    for (const auto count :
         {&Self::cached_content_token_count, &Self::candidates_token_count, &Self::prompt_token_count,
          &Self::thoughts_token_count, &Self::tool_use_prompt_token_count, &Self::total_token_count,
          &Self::initial_prompt_token_count})
        detail::add_count(this->*count, other.*count);
    for (const auto details : {&Self::cache_tokens_details, &Self::candidates_tokens_details,
                               &Self::prompt_tokens_details, &Self::tool_use_prompt_tokens_details})
        detail::add_counts(this->*details, std::vector<ModalityTokenCount>(other.*details));
    if (fresh) traffic_type = other.traffic_type;
    else if (traffic_type != other.traffic_type) traffic_type.reset();
    return *this;
}

}  // namespace genai::inline GENAI_ABI

#endif
