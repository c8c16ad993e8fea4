#pragma once

#include <cstdint>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/completion.hpp>
#include <genai/values/box.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A piece of a call. Those that are made of Gemini's are whole.
struct ChoiceDeltaToolCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::int64_t index{};                              ///< which call of the answer
    Text id{};                                         ///< names the call; in its first piece
    Text type{};                                       ///< `function`; in its first piece
    Box<FunctionCall> function{};                      ///< the name, and the next piece of the arguments
    Box<ExtraContent> extra_content{};                 ///< Google's place for the thought signature
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< LiteLLM's place for the thought signature
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("index", self.index);
        visit("id", self.id);
        visit("type", self.type);
        visit("function", self.function);
        visit("extra_content", self.extra_content);
        visit("provider_specific_fields", self.provider_specific_fields);
    }
};

/// What an answer goes on with.
struct ChoiceDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    Role role{};                                             ///< who speaks; in the first one
    Text content{};                                          ///< the next piece of the text
    Text refusal{};                                          ///< the next piece of a refusal
    std::vector<ChoiceDeltaToolCall> tool_calls{};           ///< pieces of calls
    Box<FunctionCall> function_call{};                       ///< the older form of tool_calls
    Box<ChatCompletionAudio> audio{};                        ///< the next piece of speech
    Text reasoning_content{};                                ///< the next piece of the model's thinking
    Text reasoning{};                                        ///< the same by another name
    std::vector<ReasoningDetail> reasoning_details{};        ///< the same in pieces, as OpenRouter has it
    std::vector<ThinkingBlock> thinking_blocks{};            ///< the same with signatures, as LiteLLM has it
    std::vector<MessageImage> images{};                      ///< images
    std::vector<Annotation> annotations{};                   ///< sources
    Box<ExtraContent> extra_content{};                       ///< what Google says beyond OpenAI's shapes
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< what Gemini says beyond OpenAI's shapes
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("role", self.role);
        visit("content", self.content);
        visit("refusal", self.refusal);
        visit("tool_calls", self.tool_calls);
        visit("function_call", self.function_call);
        visit("audio", self.audio);
        visit("reasoning_content", self.reasoning_content);
        visit("reasoning", self.reasoning);
        visit("reasoning_details", self.reasoning_details);
        visit("thinking_blocks", self.thinking_blocks);
        visit("images", self.images);
        visit("annotations", self.annotations);
        visit("extra_content", self.extra_content);
        visit("provider_specific_fields", self.provider_specific_fields);
    }
};

/// A piece of one answer.
struct ChunkChoice {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    std::int64_t index{};                                    ///< which answer
    ChoiceDelta delta{};                                     ///< what it goes on with
    FinishReason finish_reason{};                            ///< why it ended; in its last piece
    Box<ChoiceLogprobs> logprobs{};                          ///< log probabilities, where asked for
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< what Gemini says beyond OpenAI's shapes
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("index", self.index);
        visit("delta", self.delta);
        visit("finish_reason", self.finish_reason);
        visit("logprobs", self.logprobs);
        visit("provider_specific_fields", self.provider_specific_fields);
    }
};

/// A piece of an answer that is streamed. https://platform.openai.com/docs/api-reference/chat/streaming
struct ChatCompletionChunk {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< names the answer
    Text object{};                                     ///< `chat.completion.chunk`
    std::int64_t created{};                            ///< when, in seconds since 1970
    Text model{};                                      ///< the model that answers
    std::vector<ChunkChoice> choices{};      ///< pieces of answers; none in the chunk with the usage
    Box<CompletionUsage> usage{};            ///< what it used; in the last chunk, where asked for
    ServiceTier service_tier{};              ///< how it is served
    Text system_fingerprint{};               ///< the model's configuration; Gemini has none
    Box<CompletionModeration> moderation{};  ///< how it was moderated
    Text obfuscation{};                      ///< padding
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("object", self.object);
        visit("created", self.created);
        visit("model", self.model);
        visit("choices", self.choices, wire::even_empty);
        visit("usage", self.usage);
        visit("service_tier", self.service_tier);
        visit("system_fingerprint", self.system_fingerprint);
        visit("moderation", self.moderation);
        visit("obfuscation", self.obfuscation);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
