#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Tokens used, as the methods beside generateContent count them.
struct UsageMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    std::optional<std::int64_t> response_token_count{};         ///< tokens of the answer
    std::vector<ModalityTokenCount> response_tokens_details{};  ///< the answer's tokens by modality
    std::vector<ModalityTokenCount> cache_tokens_details{};     ///< the cached tokens by modality
    std::optional<std::int64_t> cached_content_token_count{};   ///< tokens that came from a cache
    std::optional<std::int64_t> prompt_token_count{};           ///< tokens of the prompt
    std::vector<ModalityTokenCount> prompt_tokens_details{};    ///< the prompt's tokens by modality
    std::optional<std::int64_t> thoughts_token_count{};         ///< tokens of thoughts
    std::optional<std::int64_t> tool_use_prompt_token_count{};  ///< tokens that tools put into the prompt
    std::vector<ModalityTokenCount> tool_use_prompt_tokens_details{};  ///< those by modality
    std::optional<std::int64_t> total_token_count{};                   ///< all of them
    ServiceTier service_tier{};                                        ///< how urgent it is
    Extra extra{};                                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("responseTokenCount", self.response_token_count);
        visit("responseTokensDetails", self.response_tokens_details);
        visit("cacheTokensDetails", self.cache_tokens_details);
        visit("cachedContentTokenCount", self.cached_content_token_count);
        visit("promptTokenCount", self.prompt_token_count);
        visit("promptTokensDetails", self.prompt_tokens_details);
        visit("thoughtsTokenCount", self.thoughts_token_count);
        visit("toolUsePromptTokenCount", self.tool_use_prompt_token_count);
        visit("toolUsePromptTokensDetails", self.tool_use_prompt_tokens_details);
        visit("totalTokenCount", self.total_token_count);
        visit("serviceTier", self.service_tier);
    }
};

/// A content as a vector. https://ai.google.dev/api/embeddings#ContentEmbedding
struct ContentEmbedding {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<double> values{};                      ///< the vector
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("values", self.values); }
};

/// One embedding of a batch.
struct SingleEmbedContentResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<ContentEmbedding> embedding{};                 ///< the vector
    std::optional<std::int64_t> token_count{};         ///< tokens it was made from
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("embedding", self.embedding);
        visit("tokenCount", self.token_count, wire::as_string);
    }
};

/// Options of `models.embed_content`. https://ai.google.dev/api/embeddings#EmbedContentRequest
struct EmbedContentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};    ///< see NamedOnly
    HttpOptions http_options{};                           ///< for this call, over the client's
    Text task_type{};                                     ///< what it is for, such as `RETRIEVAL_DOCUMENT`
    Text title{};                                         ///< of a document that is to be found
    std::optional<std::int32_t> output_dimensionality{};  ///< cuts the vectors to this length
    Extra extra{};                                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("taskType", self.task_type);
        visit("title", self.title);
        visit("outputDimensionality", self.output_dimensionality);
    }
};

/// What `models.embed_content` gives.
struct EmbedContentResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::vector<ContentEmbedding> embeddings{};        ///< one for each content, in order
    Box<UsageMetadata> usage_metadata{};               ///< tokens used
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("embeddings", self.embeddings);
        visit("usageMetadata", self.usage_metadata);
    }
};

}  // namespace genai::inline GENAI_ABI
