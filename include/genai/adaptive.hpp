#pragma once

/// Adaptive's extensions of the Gemini protocol: routing, caches and fallbacks in its gateway.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/options.hpp>
#include <genai/types/generate_content_response.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::adaptive {

/// How a provider behind the gateway is reached, instead of how it is configured there.
/// https://docs.llmadaptive.uk/
struct ProviderConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text api_key{};                                    ///< the provider's own; it travels in the body
    Text base_url{};                                   ///< where the provider is
    Text auth_type{};                                  ///< `bearer`, `api_key`, `basic` or `custom`
    Text auth_header_name{};                           ///< of a custom one
    Text health_endpoint{};                            ///< asked whether it is up
    std::optional<std::int64_t> rate_limit_rpm{};      ///< requests a minute
    std::optional<std::int64_t> timeout_ms{};          ///< milliseconds
    Dict<std::string> headers{};                       ///< sent to it
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("api_key", self.api_key);
        visit("base_url", self.base_url);
        visit("auth_type", self.auth_type);
        visit("auth_header_name", self.auth_header_name);
        visit("health_endpoint", self.health_endpoint);
        visit("rate_limit_rpm", self.rate_limit_rpm);
        visit("timeout_ms", self.timeout_ms);
        visit("headers", self.headers);
    }
};

/// Which model answers. https://docs.llmadaptive.uk/features/intelligent-routing
struct ModelRouter {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Flag cost_optimization{};                           ///< whether cheaper models are preferred
    std::optional<double> cost_bias{};                  ///< 0 for the cheapest, 1 for the best
    std::vector<Json>
        models{};  ///< to choose among: `provider:model`, or objects of `provider` and `model_name`
    std::vector<std::string> fallback_models{};     ///< where the chosen one fails
    std::optional<double> complexity_threshold{};   ///< from 0 to 1
    std::optional<std::int64_t> token_threshold{};  ///< tokens of a prompt that is long
    Extra extra{};                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("cost_optimization", self.cost_optimization);
        visit("cost_bias", self.cost_bias);
        visit("models", self.models);
        visit("fallback_models", self.fallback_models);
        visit("complexity_threshold", self.complexity_threshold);
        visit("token_threshold", self.token_threshold);
    }
};

/// Answers to prompts that mean the same. https://docs.llmadaptive.uk/features/semantic-cache
struct SemanticCache {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Flag enabled{};                                     ///< whether it is used
    std::optional<double> similarity_threshold{};       ///< how alike they are, to 1; 0.95
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enabled", self.enabled);
        visit("similarity_threshold", self.similarity_threshold);
    }
};

/// Answers to prompts that are the same. https://docs.llmadaptive.uk/features/prompt-cache
struct PromptCache {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Flag enabled{};                                     ///< whether it is used
    std::optional<std::int64_t> ttl{};                  ///< seconds that an answer is kept; 3600
    std::optional<double> semantic_threshold{};  ///< how alike prompts are, where it looks for such too
    Extra extra{};                               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enabled", self.enabled);
        visit("ttl", self.ttl);
        visit("semantic_threshold", self.semantic_threshold);
    }
};

/// How other providers are called.
struct FallbackMode : OpenEnum<FallbackMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator sequential{"sequential"};  ///< one after the other
    static constexpr Enumerator race{"race"};              ///< at once: the first answer counts
};

/// What happens when a provider fails. https://docs.llmadaptive.uk/features/provider-resiliency
struct Fallback {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Flag enabled{};                                     ///< whether others are called
    FallbackMode mode{};                                ///< how
    std::optional<std::int64_t> max_retries{};          ///< of each; 3
    std::optional<std::int64_t> timeout_ms{};           ///< milliseconds
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enabled", self.enabled);
        visit("mode", self.mode);
        visit("max_retries", self.max_retries);
        visit("timeout_ms", self.timeout_ms);
    }
};

/// What the gateway is asked for beside the request. As `extra` of a config, of OpenAI's params too:
///
///     client.models.generate_content(genai::adaptive::automatic, "Hello",
///                                    {.extra = genai::adaptive::Options{.semantic_cache = {{.enabled =
///                                    true}}}});
struct Options {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    Dict<ProviderConfig> provider_configs{};            ///< by provider
    Box<ModelRouter> model_router{};                    ///< which model answers
    Box<SemanticCache> semantic_cache{};                ///< answers to prompts that mean the same
    Box<PromptCache> prompt_cache{};                    ///< answers to prompts that are the same
    Box<Fallback> fallback{};                           ///< what happens when a provider fails
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("provider_configs", self.provider_configs);
        visit("model_router", self.model_router);
        visit("semantic_cache", self.semantic_cache);
        visit("prompt_cache", self.prompt_cache);
        visit("fallback", self.fallback);
    }

    /// As members of a request's body. Throws InvalidArgument for thresholds and counts that cannot be meant.
    operator Extra() const;
};

/// The model's name that leaves the choice to the gateway: any without `provider:` does.
inline constexpr std::string_view automatic = "adaptive";

/// Where an answer came from.
struct CacheTier : OpenEnum<CacheTier> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator semantic_exact{"semantic_exact"};  ///< the semantic cache, the same prompt
    static constexpr Enumerator semantic_similar{
        "semantic_similar"};  ///< the semantic cache, one that is alike
    static constexpr Enumerator prompt_response{"prompt_response"};  ///< the prompt cache
};

namespace detail {

/// The first of two members that is a text, of an object's unknown members.
std::string text_of(const Extra& extra, std::string_view name, std::string_view other);

}  // namespace detail

/// Which provider answered; empty where the response does not say. Of a GenerateContentResponse, a
/// ChatCompletion or a chunk of either.
template <class Response>
std::string provider(const Response& response) {
    return detail::text_of(response.extra, "provider", "provider");
}

/// Where the answer came from; unset where it came from a model.
template <class Response>
CacheTier cache_tier(const Response& response) {
    std::string text;
    if constexpr (requires { response.usage_metadata->extra; }) {
        if (response.usage_metadata)
            text = detail::text_of(response.usage_metadata->extra, "cacheTier", "cache_tier");
    } else if constexpr (requires { response.usage->extra; }) {
        if (response.usage) text = detail::text_of(response.usage->extra, "cache_tier", "cacheTier");
    }
    if (text.empty()) text = detail::text_of(response.extra, "cache_tier", "cacheTier");
    return text.empty() ? CacheTier() : CacheTier(text);
}

/// A client's options for Adaptive's own gateway. It takes the key in four places: `bearer`,
/// `x_goog_api_key`, `x_api_key` and `api_key` of ApiKeyPlacement. The key is ADAPTIVE_API_KEY when empty.
/// Throws InvalidArgument for another place, and without a key. Its errors are the API's: BadRequestError
/// (400), AuthenticationError (401), RateLimitError (429), InternalServerError (500).
ClientOptions client_options(std::string_view api_key = {},
                             ApiKeyPlacement api_key_in = ApiKeyPlacement::bearer);

}  // namespace genai::inline GENAI_ABI::adaptive

#if GENAI_COST_BODIES

#include <genai/error.hpp>
#include <genai/os/environment.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::adaptive {

namespace detail {

GENAI_INLINE std::string text_of(const Extra& extra, std::string_view name, std::string_view other) {
    if (extra.empty()) return {};
    for (const std::string_view member : {name, other})
        if (const Json value = extra.get(member); value.is_string()) return value.get<std::string>();
    return {};
}

GENAI_INLINE void check_share(const char* parameter, const std::optional<double>& share) {
    if (share && !(*share >= 0 && *share <= 1)) throw InvalidArgument(parameter, "must be from 0 to 1");
}

GENAI_INLINE void check_count(const char* parameter, const std::optional<std::int64_t>& count) {
    if (count && *count < 0) throw InvalidArgument(parameter, "must not be negative");
}

}  // namespace detail

GENAI_INLINE Options::operator Extra() const {
    if (model_router) {
        detail::check_share("model_router/cost_bias", model_router->cost_bias);
        detail::check_share("model_router/complexity_threshold", model_router->complexity_threshold);
        detail::check_count("model_router/token_threshold", model_router->token_threshold);
    }
    if (semantic_cache)
        detail::check_share("semantic_cache/similarity_threshold", semantic_cache->similarity_threshold);
    if (prompt_cache) {
        detail::check_count("prompt_cache/ttl", prompt_cache->ttl);
        detail::check_share("prompt_cache/semantic_threshold", prompt_cache->semantic_threshold);
    }
    if (fallback) {
        detail::check_count("fallback/max_retries", fallback->max_retries);
        detail::check_count("fallback/timeout_ms", fallback->timeout_ms);
    }
    return Extra(decode<Json>(encode(*this)));
}

GENAI_INLINE ClientOptions client_options(std::string_view api_key, ApiKeyPlacement api_key_in) {
    if (api_key_in == ApiKeyPlacement::query || api_key_in == ApiKeyPlacement::none)
        throw InvalidArgument("api_key_in", "is no place that Adaptive looks for the key in");
    ClientOptions options{.api_key_in = api_key_in,
                          .http_options = {.base_url = "https://www.llmadaptive.uk/api"}};
    if (!api_key.empty()) options.api_key = std::string(api_key);
    else if (auto key = genai::detail::environment("ADAPTIVE_API_KEY")) options.api_key = std::move(*key);
    else throw InvalidArgument("api_key", "no API key is given, and ADAPTIVE_API_KEY is not set");
    return options;
}

}  // namespace genai::inline GENAI_ABI::adaptive

#endif
