#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/openai/types/moderation.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/openai/types/text_enum.hpp>
#include <genai/openai/types/tool.hpp>
#include <genai/types/safety.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// How many words an answer has; Gemini has none.
struct Verbosity : TextEnum<Verbosity> {
    using TextEnum::TextEnum;
    static constexpr Enumerator low{"low"};        ///< `low`
    static constexpr Enumerator medium{"medium"};  ///< `medium`
    static constexpr Enumerator high{"high"};      ///< `high`
};

/// A JSON Schema and its name.
struct JSONSchema {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< letters, digits, `_`, `-`
    Text description{};                                ///< what it is for
    RawJson schema{};                                  ///< the schema
    Flag strict{};                                     ///< whether answers must follow it; those of Gemini do
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("description", self.description);
        visit("schema", self.schema);
        visit("strict", self.strict);
    }
};

/// How the answer looks. `response_schema` and `enforce_validation` are LiteLLM's.
struct ResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `text`, `json_object` or `json_schema`
    Box<JSONSchema> json_schema{};                     ///< the answer's shape, for `json_schema`
    RawJson response_schema{};                         ///< the answer's shape, for `json_object`
    Flag
        enforce_validation{};  ///< an answer that does not fit is a ValidationError; needs Options::validator
    Extra extra{};             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("json_schema", self.json_schema);
        visit("response_schema", self.response_schema);
        visit("enforce_validation", self.enforce_validation);
    }
};

/// A voice of one's own.
struct VoiceID {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< names it
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("id", self.id); }
};

/// A voice, by its name.
struct Voice : OneOf<std::string, VoiceID> {
    using OneOf::OneOf;
};

/// How answers are spoken.
struct AudioParam {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Voice voice{};                                     ///< such as `Kore`
    Text format{};                                     ///< `pcm16` is what Gemini has
    Text language_code{};                              ///< BCP-47 code of the language; LiteLLM's
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("voice", self.voice);
        visit("format", self.format);
        visit("language_code", self.language_code);
    }
};

/// What the answer is likely to be; Gemini has none.
struct PredictionContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `content`
    MessageContent content{};                          ///< the text
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("content", self.content);
    }
};

/// What a stream sends beside the answer.
struct StreamOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag include_usage{};                              ///< a last chunk with the usage
    Flag include_obfuscation{};                        ///< padding; none is made
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("include_usage", self.include_usage);
        visit("include_obfuscation", self.include_obfuscation);
    }
};

/// Where a person is, roughly.
struct ApproximateLocation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text city{};                                       ///< city
    Text country{};                                    ///< ISO 3166-1 code
    Text region{};                                     ///< region
    Text timezone{};                                   ///< IANA name
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("city", self.city);
        visit("country", self.country);
        visit("region", self.region);
        visit("timezone", self.timezone);
    }
};

/// Where a person is.
struct UserLocation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `approximate`
    Box<ApproximateLocation> approximate{};            ///< roughly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("approximate", self.approximate);
    }
};

/// That the web may be searched. Gemini's search takes no settings.
struct WebSearchOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text search_context_size{};                        ///< `low`, `medium` or `high`
    Box<UserLocation> user_location{};                 ///< where the person is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_context_size", self.search_context_size);
        visit("user_location", self.user_location);
    }
};

/// How OpenAI's own cache is used; Gemini has none.
struct PromptCacheOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text mode{};                                       ///< `implicit` or `explicit`
    Text ttl{};                                        ///< `30m`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("ttl", self.ttl);
    }
};

/// How much the model thinks, in Anthropic's and LiteLLM's form.
struct Thinking {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `enabled`, `disabled` or `adaptive`
    std::optional<std::int64_t>
        budget_tokens{};  ///< most tokens of thought; 0 is none, −1 leaves it to the model
    Extra extra{};        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("budget_tokens", self.budget_tokens);
    }
};

/// How much the model thinks, in the form of OpenAI's Responses.
struct Reasoning {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    ReasoningEffort effort{};                          ///< how much
    Text summary{};                                    ///< how it is told; Gemini has none
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("effort", self.effort);
        visit("summary", self.summary);
    }
};

/// How much the model thinks.
struct ReasoningEffortParam : OneOf<ReasoningEffort, Reasoning> {
    using OneOf::OneOf;
};

/// Texts to stop at.
struct Stop : OneOf<std::string, std::vector<std::string>> {
    using OneOf::OneOf;
    /// Several.
    Stop(std::initializer_list<std::string> texts) : OneOf(std::vector<std::string>(texts)) {}
};

/// A request for a chat completion. https://platform.openai.com/docs/api-reference/chat/create and
/// docs/openai.md say which parameter becomes what. Members of Gemini's generationConfig that are not named
/// here may be given in `extra`.
struct CompletionCreateParams {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};  ///< such as `gemini-2.5-flash`; a prefix `gemini/` or `models/` is cut off
    std::vector<ChatCompletionMessage> messages{};  ///< the conversation so far
    std::optional<double> temperature{};            ///< sampling temperature, 0 to 2
    std::optional<double> top_p{};             ///< sample from the likeliest tokens of this total probability
    std::optional<double> top_k{};             ///< sample from this many likeliest tokens; Gemini's
    std::optional<std::int64_t> n{};           ///< answers to give; 1 when unset
    std::optional<std::int64_t> max_tokens{};  ///< most tokens of an answer, thoughts included
    std::optional<std::int64_t> max_completion_tokens{};  ///< the same by its newer name
    Stop stop{};                                          ///< texts to stop at
    std::optional<double> presence_penalty{};             ///< against tokens already used
    std::optional<double> frequency_penalty{};            ///< against tokens by how often they were used
    std::optional<std::int64_t> seed{};                   ///< the same seed, much the same answer
    Flag logprobs{};                                      ///< whether log probabilities are sent
    std::optional<std::int64_t> top_logprobs{};           ///< how many alternatives a token has there
    Dict<std::int64_t> logit_bias{};                      ///< bias by token; Gemini has none
    std::vector<ChatCompletionTool> tools{};              ///< what the model may use
    ToolChoice tool_choice{};                             ///< whether it may or must
    Flag parallel_tool_calls{};                    ///< false: one call at a time, which Gemini cannot promise
    std::vector<FunctionDefinition> functions{};   ///< the older form of tools
    FunctionCallOption function_call{};            ///< the older form of tool_choice
    Box<ResponseFormat> response_format{};         ///< how the answer looks
    ReasoningEffortParam reasoning_effort{};       ///< how much the model thinks
    Box<Thinking> thinking{};                      ///< the same in LiteLLM's form
    std::vector<std::string> modalities{};         ///< `text`, `image`, `audio`
    Box<AudioParam> audio{};                       ///< how answers are spoken
    Box<WebSearchOptions> web_search_options{};    ///< that the web may be searched
    ServiceTier service_tier{};                    ///< urgency and price
    Verbosity verbosity{};                         ///< how many words; Gemini has none
    Box<PredictionContent> prediction{};           ///< what the answer is likely to be; Gemini has none
    std::vector<SafetySetting> safety_settings{};  ///< thresholds, one a category; Gemini's
    Text cached_content{};                         ///< `cachedContents/…` to go on from; Gemini's
    Box<StreamOptions> stream_options{};           ///< what a stream sends beside the answer
    Flag stream{};                  ///< for requests that are read or written as JSON; the method decides
    Text user{};                    ///< whom the call is made for; not sent
    Text safety_identifier{};       ///< the same by its newer name; Gemini has none
    Dict<std::string> metadata{};   ///< the caller's own notes; not sent
    Flag store{};                   ///< whether OpenAI keeps the answer; Gemini has none
    Text prompt_cache_key{};        ///< for OpenAI's own cache; Gemini has none
    Text prompt_cache_retention{};  ///< for OpenAI's own cache; Gemini has none
    Box<PromptCacheOptions> prompt_cache_options{};  ///< for OpenAI's own cache; Gemini has none
    Box<Moderation> moderation{};                    ///< how the call is moderated; Gemini has none
    RawJson extra_body{};  ///< an object; `google` as Google's own endpoint takes it, everything else is
                           ///< merged into Gemini's body
    Extra extra{};         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("messages", self.messages);
        visit("temperature", self.temperature);
        visit("top_p", self.top_p);
        visit("top_k", self.top_k);
        visit("n", self.n);
        visit("max_tokens", self.max_tokens);
        visit("max_completion_tokens", self.max_completion_tokens);
        visit("stop", self.stop);
        visit("presence_penalty", self.presence_penalty);
        visit("frequency_penalty", self.frequency_penalty);
        visit("seed", self.seed);
        visit("logprobs", self.logprobs);
        visit("top_logprobs", self.top_logprobs);
        visit("logit_bias", self.logit_bias);
        visit("tools", self.tools);
        visit("tool_choice", self.tool_choice);
        visit("parallel_tool_calls", self.parallel_tool_calls);
        visit("functions", self.functions);
        visit("function_call", self.function_call);
        visit("response_format", self.response_format);
        visit("reasoning_effort", self.reasoning_effort);
        visit("thinking", self.thinking);
        visit("modalities", self.modalities);
        visit("audio", self.audio);
        visit("web_search_options", self.web_search_options);
        visit("service_tier", self.service_tier);
        visit("verbosity", self.verbosity);
        visit("prediction", self.prediction);
        visit("safety_settings", self.safety_settings);
        visit("cached_content", self.cached_content);
        visit("stream_options", self.stream_options);
        visit("stream", self.stream);
        visit("user", self.user);
        visit("safety_identifier", self.safety_identifier);
        visit("metadata", self.metadata);
        visit("store", self.store);
        visit("prompt_cache_key", self.prompt_cache_key);
        visit("prompt_cache_retention", self.prompt_cache_retention);
        visit("prompt_cache_options", self.prompt_cache_options);
        visit("moderation", self.moderation);
        visit("extra_body", self.extra_body);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
