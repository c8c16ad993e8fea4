#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/openai/types/moderation.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/openai/types/text_enum.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Why a choice ended.
struct FinishReason : TextEnum<FinishReason> {
    using TextEnum::TextEnum;
    static constexpr Enumerator stop{"stop"};              ///< it was done, or met a stop text
    static constexpr Enumerator length{"length"};          ///< the token limit was reached
    static constexpr Enumerator tool_calls{"tool_calls"};  ///< tools are to be called
    static constexpr Enumerator content_filter{
        "content_filter"};  ///< flagged; `native_finish_reason` says why
    static constexpr Enumerator function_call{
        "function_call"};  ///< a function is to be called, in the older form
};

/// A token that might have been, and its log probability.
struct TopLogprob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text token{};                                      ///< the token
    std::vector<std::int64_t> bytes{};                 ///< its bytes
    std::optional<double> logprob{};                   ///< its log probability
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("token", self.token);
        visit("bytes", self.bytes);
        visit("logprob", self.logprob);
    }
};

/// A token and its log probability.
struct ChatCompletionTokenLogprob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text token{};                                      ///< the token
    std::vector<std::int64_t> bytes{};                 ///< its bytes
    std::optional<double> logprob{};                   ///< its log probability
    std::vector<TopLogprob> top_logprobs{};            ///< the likeliest tokens in its place
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("token", self.token);
        visit("bytes", self.bytes);
        visit("logprob", self.logprob);
        visit("top_logprobs", self.top_logprobs, wire::even_empty);
    }
};

/// Log probabilities of an answer's tokens.
struct ChoiceLogprobs {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    std::vector<ChatCompletionTokenLogprob> content{};  ///< of the text
    std::vector<ChatCompletionTokenLogprob> refusal{};  ///< of the refusal
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("refusal", self.refusal);
    }
};

/// Tokens by kind.
struct TokensByModality {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> text_tokens{};         ///< text, documents included
    std::optional<std::int64_t> audio_tokens{};        ///< audio
    std::optional<std::int64_t> image_tokens{};        ///< images
    std::optional<std::int64_t> video_tokens{};        ///< video
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text_tokens", self.text_tokens);
        visit("audio_tokens", self.audio_tokens);
        visit("image_tokens", self.image_tokens);
        visit("video_tokens", self.video_tokens);
    }
};

/// The tokens of a prompt.
struct PromptTokensDetails {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};     ///< see NamedOnly
    std::optional<std::int64_t> cached_tokens{};          ///< taken from a cache
    std::optional<std::int64_t> cache_write_tokens{};     ///< written to a cache that was made for this call
    std::optional<std::int64_t> cache_creation_tokens{};  ///< the same by LiteLLM's name
    std::optional<std::int64_t> text_tokens{};            ///< text, documents included
    std::optional<std::int64_t> audio_tokens{};           ///< audio
    std::optional<std::int64_t> image_tokens{};           ///< images
    std::optional<std::int64_t> video_tokens{};           ///< video
    std::optional<std::int64_t> tool_use_tokens{};        ///< what Google's tools gave
    std::optional<std::int64_t> web_search_requests{};    ///< searches that were made
    std::optional<std::int64_t> google_maps_grounding_requests{};  ///< 1 when Google Maps gave something
    Box<TokensByModality> cached_tokens_details{};                 ///< the cached ones by kind
    Extra extra{};                                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("cached_tokens", self.cached_tokens);
        visit("cache_write_tokens", self.cache_write_tokens);
        visit("cache_creation_tokens", self.cache_creation_tokens);
        visit("text_tokens", self.text_tokens);
        visit("audio_tokens", self.audio_tokens);
        visit("image_tokens", self.image_tokens);
        visit("video_tokens", self.video_tokens);
        visit("tool_use_tokens", self.tool_use_tokens);
        visit("web_search_requests", self.web_search_requests);
        visit("google_maps_grounding_requests", self.google_maps_grounding_requests);
        visit("cached_tokens_details", self.cached_tokens_details);
    }
};

/// The tokens of an answer.
struct CompletionTokensDetails {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> reasoning_tokens{};    ///< thinking
    std::optional<std::int64_t> text_tokens{};         ///< text
    std::optional<std::int64_t> audio_tokens{};        ///< audio
    std::optional<std::int64_t> image_tokens{};        ///< images
    std::optional<std::int64_t> video_tokens{};        ///< video
    std::optional<std::int64_t>
        accepted_prediction_tokens{};  ///< of a prediction that came true; Gemini has none
    std::optional<std::int64_t> rejected_prediction_tokens{};  ///< of one that did not; Gemini has none
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("reasoning_tokens", self.reasoning_tokens);
        visit("text_tokens", self.text_tokens);
        visit("audio_tokens", self.audio_tokens);
        visit("image_tokens", self.image_tokens);
        visit("video_tokens", self.video_tokens);
        visit("accepted_prediction_tokens", self.accepted_prediction_tokens);
        visit("rejected_prediction_tokens", self.rejected_prediction_tokens);
    }
};

/// What a call used.
struct CompletionUsage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    std::int64_t prompt_tokens{};                               ///< of the prompt, cached part included
    std::int64_t completion_tokens{};                           ///< of the answer, thinking included
    std::int64_t total_tokens{};                                ///< of both
    Box<PromptTokensDetails> prompt_tokens_details{};           ///< of the prompt
    Box<CompletionTokensDetails> completion_tokens_details{};   ///< of the answer
    std::optional<std::int64_t> cache_read_input_tokens{};      ///< taken from a cache, by Anthropic's name
    std::optional<std::int64_t> cache_creation_input_tokens{};  ///< written to a cache, by Anthropic's name
    Extra extra{};                                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("prompt_tokens", self.prompt_tokens);
        visit("completion_tokens", self.completion_tokens);
        visit("total_tokens", self.total_tokens);
        visit("prompt_tokens_details", self.prompt_tokens_details);
        visit("completion_tokens_details", self.completion_tokens_details);
        visit("cache_read_input_tokens", self.cache_read_input_tokens);
        visit("cache_creation_input_tokens", self.cache_creation_input_tokens);
    }
};

/// One answer.
struct Choice {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    std::int64_t index{};                                    ///< its position
    ChatCompletionMessage message{};                         ///< the answer
    FinishReason finish_reason{};                            ///< why it ended
    Box<ChoiceLogprobs> logprobs{};                          ///< log probabilities, where asked for
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< what Gemini says beyond OpenAI's shapes
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("index", self.index);
        visit("message", self.message);
        visit("finish_reason", self.finish_reason);
        visit("logprobs", self.logprobs);
        visit("provider_specific_fields", self.provider_specific_fields);
    }
};

/// A whole answer. https://platform.openai.com/docs/api-reference/chat/object
struct ChatCompletion {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< names the answer
    Text object{};                                     ///< `chat.completion`
    std::int64_t created{};                            ///< when, in seconds since 1970
    Text model{};                                      ///< the model that answered
    std::vector<Choice> choices{};                     ///< the answers; one, unless `n` says more
    Box<CompletionUsage> usage{};                      ///< what it used
    ServiceTier service_tier{};                        ///< how it was served
    Text system_fingerprint{};                         ///< the model's configuration; Gemini has none
    Dict<std::string> metadata{};                      ///< the caller's own notes
    Box<CompletionModeration> moderation{};            ///< how it was moderated
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("object", self.object);
        visit("created", self.created);
        visit("model", self.model);
        visit("choices", self.choices, wire::even_empty);
        visit("usage", self.usage);
        visit("service_tier", self.service_tier);
        visit("system_fingerprint", self.system_fingerprint);
        visit("metadata", self.metadata);
        visit("moderation", self.moderation);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
