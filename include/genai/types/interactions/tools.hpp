#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/wire/raw.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Runs code it writes.
struct CodeExecution {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("type", self.type); }
};

/// Drives a screen.
struct ComputerUse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "computer_use"};
    std::vector<DisabledSafetyPolicy> disabled_safety_policies{};  ///< which confirmations are not asked for
    Flag enable_prompt_injection_detection{};                      ///< whether to look for injected prompts
    ComputerEnvironment environment{};                             ///< what is driven
    std::vector<std::string> excluded_predefined_functions{};      ///< actions it may not take
    std::string type{tag.value};                                   ///< which kind this is
    Extra extra{};                                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("disabled_safety_policies", self.disabled_safety_policies);
        visit("enable_prompt_injection_detection", self.enable_prompt_injection_detection);
        visit("environment", self.environment);
        visit("excluded_predefined_functions", self.excluded_predefined_functions);
        visit("type", self.type);
    }
};

/// Searches file search stores.
struct FileSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search"};
    std::vector<std::string> file_search_store_names{};  ///< stores to search
    Text metadata_filter{};                              ///< a condition on the documents' metadata (AIP-160)
    std::optional<std::int32_t> top_k{};                 ///< how many of the likeliest tokens to draw from
    std::string type{tag.value};                         ///< which kind this is
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("file_search_store_names", self.file_search_store_names);
        visit("metadata_filter", self.metadata_filter);
        visit("top_k", self.top_k);
        visit("type", self.type);
    }
};

/// A function of the caller's.
struct Function {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function"};
    Flag defer_loading{};         ///< whether the model sees it only when a tool search finds it
    Text description{};           ///< what it is, in words
    Text name{};                  ///< what the model calls it by
    RawJson parameters{};         ///< JSON Schema of its arguments
    Text short_description{};     ///< what a tool search is shown of it
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("defer_loading", self.defer_loading);
        visit("description", self.description);
        visit("name", self.name);
        visit("parameters", self.parameters);
        visit("short_description", self.short_description);
        visit("type", self.type);
    }
};

/// Asks Google Maps.
struct GoogleMaps {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps"};
    Flag enable_widget{};               ///< whether to make a map widget
    std::optional<double> latitude{};   ///< in degrees
    std::optional<double> longitude{};  ///< in degrees
    std::string type{tag.value};        ///< which kind this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enable_widget", self.enable_widget);
        visit("latitude", self.latitude);
        visit("longitude", self.longitude);
        visit("type", self.type);
    }
};

/// Searches the web.
struct GoogleSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search"};
    std::vector<SearchType> search_types{};  ///< what to search
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_types", self.search_types);
        visit("type", self.type);
    }
};

/// Tools of an MCP server that the service calls.
struct McpServer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server"};
    std::vector<AllowedTools> allowed_tools{};  ///< which may be used
    Flag defer_loading{};         ///< whether the model sees its tools only when a tool search finds them
    Dict<std::string> headers{};  ///< sent with each call
    Text name{};                  ///< what the model calls it by
    std::string type{tag.value};  ///< which kind this is
    Text url{};                   ///< where it is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("allowed_tools", self.allowed_tools);
        visit("defer_loading", self.defer_loading);
        visit("headers", self.headers);
        visit("name", self.name);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// How to ask Exa.
struct ExaAISearchConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text api_key{};                                    ///< the search provider's key
    std::optional<Json> custom_config{};               ///< what the provider takes beside
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("api_key", self.api_key);
        visit("custom_config", self.custom_config);
    }
};

/// How to ask Parallel.
struct ParallelAISearchConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text api_key{};                                    ///< the search provider's key
    std::optional<Json> custom_config{};               ///< what the provider takes beside
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("api_key", self.api_key);
        visit("custom_config", self.custom_config);
    }
};

/// A corpus, or files of it.
struct RagResource {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text rag_corpus{};                                 ///< the corpus
    std::vector<std::string> rag_file_ids{};           ///< files of it
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("rag_corpus", self.rag_corpus);
        visit("rag_file_ids", self.rag_file_ids);
    }
};

/// What to leave out.
struct Filter {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    Text metadata_filter{};                             ///< a condition on the documents' metadata (AIP-160)
    std::optional<double> vector_distance_threshold{};  ///< farthest that still counts
    std::optional<double> vector_similarity_threshold{};  ///< least similar that still counts
    Extra extra{};                                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("metadata_filter", self.metadata_filter);
        visit("vector_distance_threshold", self.vector_distance_threshold);
        visit("vector_similarity_threshold", self.vector_similarity_threshold);
    }
};

/// How keywords and meaning are weighed.
struct HybridSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<double> alpha{};                     ///< weight between keywords and meaning, 0 to 1
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("alpha", self.alpha); }
};

/// A service that ranks.
struct RankService {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model_name{};                                 ///< the model
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("model_name", self.model_name); }
};

/// How results are ranked.
struct Ranking {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"ranking_config", "rank_service"};
    Text model_name{};                      ///< the model
    Box<RankService> rank_service{};        ///< the service that ranks
    std::string ranking_config{tag.value};  ///< which kind this is
    Extra extra{};                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model_name", self.model_name);
        visit("rank_service", self.rank_service);
        visit("ranking_config", self.ranking_config);
    }
};

/// How to search a corpus.
struct RagRetrievalConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Filter> filter{};                              ///< what to leave out
    Box<HybridSearch> hybrid_search{};                 ///< how keywords and meaning are weighed
    Box<Ranking> ranking{};                            ///< how results are ranked
    std::optional<std::int32_t> top_k{};               ///< how many of the likeliest tokens to draw from
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("filter", self.filter);
        visit("hybrid_search", self.hybrid_search);
        visit("ranking", self.ranking);
        visit("top_k", self.top_k);
    }
};

/// How to search RAG stores.
struct RagStoreConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    std::vector<RagResource> rag_resources{};           ///< what to search
    Box<RagRetrievalConfig> rag_retrieval_config{};     ///< how to search
    std::optional<std::int32_t> similarity_top_k{};     ///< superseded by `rag_retrieval_config`
    std::optional<double> vector_distance_threshold{};  ///< farthest that still counts
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("rag_resources", self.rag_resources);
        visit("rag_retrieval_config", self.rag_retrieval_config);
        visit("similarity_top_k", self.similarity_top_k);
        visit("vector_distance_threshold", self.vector_distance_threshold);
    }
};

/// How to ask Vertex AI Search.
struct VertexAISearchConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> datastores{};             ///< data stores to search
    Text engine{};                                     ///< a search engine to ask
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("datastores", self.datastores);
        visit("engine", self.engine);
    }
};

/// Searches what the project has.
struct Retrieval {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval"};
    Box<ExaAISearchConfig> exa_ai_search_config{};            ///< how to ask Exa
    Box<ParallelAISearchConfig> parallel_ai_search_config{};  ///< how to ask Parallel
    Box<RagStoreConfig> rag_store_config{};                   ///< how to search RAG stores
    std::vector<RetrievalType> retrieval_types{};             ///< what to search
    std::string type{tag.value};                              ///< which kind this is
    Box<VertexAISearchConfig> vertex_ai_search_config{};      ///< how to ask Vertex AI Search
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("exa_ai_search_config", self.exa_ai_search_config);
        visit("parallel_ai_search_config", self.parallel_ai_search_config);
        visit("rag_store_config", self.rag_store_config);
        visit("retrieval_types", self.retrieval_types);
        visit("type", self.type);
        visit("vertex_ai_search_config", self.vertex_ai_search_config);
    }
};

/// Finds tools among those with `defer_loading`, so that the model need not be shown them all.
struct ToolSearch {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "tool_search"};
    Text description{};               ///< what it is, in words
    ToolSearchExecution execution{};  ///< who carries it out
    Text name{};                      ///< what the model calls it by
    RawJson parameters{};             ///< JSON Schema of its arguments
    std::string type{tag.value};      ///< which kind this is
    Extra extra{};                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("execution", self.execution);
        visit("name", self.name);
        visit("parameters", self.parameters);
        visit("type", self.type);
    }
};

/// Reads pages.
struct UrlContext {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("type", self.type); }
};

/// Something a model may use.
struct Tool : OneOf<CodeExecution, ComputerUse, FileSearch, Function, GoogleMaps, GoogleSearch, McpServer,
                    Retrieval, ToolSearch, UrlContext> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
