#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/content.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/values/box.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A function and its arguments.
struct FunctionCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< the declared name
    Text arguments{};                                  ///< JSON text of an object
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("arguments", self.arguments);
    }
};

/// A custom tool and its input.
struct CustomToolCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text name{};                                       ///< the declared name
    Text input{};                                      ///< free text
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("input", self.input);
    }
};

/// What a provider says beyond OpenAI's shapes, in LiteLLM's form.
struct ProviderSpecificFields {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text thought_signature{};  ///< of a tool call: Gemini's signature, to be sent back with it
    std::vector<std::string> thought_signatures{};  ///< of a message: all signatures of its parts
    Text native_finish_reason{};                    ///< of a choice: Gemini's own finish reason
    RawJson server_side_tool_invocations{};  ///< of a message: calls of Google's tools and what they gave
    RawJson code_execution{};                ///< of a message: code the model ran, and results, in order
    RawJson files{};                         ///< of a message: files in the answer, by address
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("thought_signature", self.thought_signature);
        visit("thought_signatures", self.thought_signatures);
        visit("native_finish_reason", self.native_finish_reason);
        visit("server_side_tool_invocations", self.server_side_tool_invocations);
        visit("code_execution", self.code_execution);
        visit("files", self.files);
    }
};

/// What Google says beyond OpenAI's shapes.
struct GoogleExtraContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text thought_signature{};                          ///< Gemini's signature, to be sent back in its place
    Flag thought{};                                    ///< whether the text is the model's thinking
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("thought_signature", self.thought_signature);
        visit("thought", self.thought);
    }
};

/// What lies beyond OpenAI's shapes, by vendor, as Google's own endpoint has it.
struct ExtraContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<GoogleExtraContent> google{};                  ///< Google's
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("google", self.google); }
};

/// A call that the model wants made: of a function, or of a custom tool.
struct ChatCompletionMessageToolCall {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    std::optional<std::int64_t> index{};                     ///< its position, where an answer tells it
    Text id{};                                               ///< to be named by the result's `tool_call_id`
    Text type{};                                             ///< `function` or `custom`
    Box<FunctionCall> function{};                            ///< a function
    Box<CustomToolCall> custom{};                            ///< a custom tool
    Box<ExtraContent> extra_content{};                       ///< Google's place for the thought signature
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< LiteLLM's place for the thought signature
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("index", self.index);
        visit("id", self.id);
        visit("type", self.type);
        visit("function", self.function);
        visit("custom", self.custom);
        visit("extra_content", self.extra_content);
        visit("provider_specific_fields", self.provider_specific_fields);
    }
};

/// A web page that a text goes back to.
struct AnnotationURLCitation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> start_index{};         ///< first character of the text
    std::optional<std::int64_t> end_index{};           ///< behind its last character
    Text title{};                                      ///< the page's title
    Text url{};                                        ///< its address
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("start_index", self.start_index);
        visit("end_index", self.end_index);
        visit("title", self.title);
        visit("url", self.url);
    }
};

/// A note on a text.
struct Annotation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `url_citation`
    Box<AnnotationURLCitation> url_citation{};         ///< a source
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("url_citation", self.url_citation);
    }
};

/// Speech in an answer; in a request, the `id` of speech in an earlier one.
struct ChatCompletionAudio {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< names it
    Text data{};                                       ///< its bytes in base64
    std::optional<std::int64_t> expires_at{};  ///< when it can be named no longer, in seconds since 1970
    Text transcript{};                         ///< what is said
    Extra extra{};                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("data", self.data);
        visit("expires_at", self.expires_at);
        visit("transcript", self.transcript);
    }
};

/// A piece of the model's thinking, in LiteLLM's form.
struct ThinkingBlock {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `thinking` or `redacted_thinking`
    Text thinking{};                                   ///< the text
    Text signature{};                                  ///< Gemini's signature
    Text data{};                                       ///< what stands for text that is not told
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("thinking", self.thinking);
        visit("signature", self.signature);
        visit("data", self.data);
    }
};

/// A piece of the model's thinking, in OpenRouter's form.
struct ReasoningDetail {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                          ///< `reasoning.text`, `reasoning.summary` or `reasoning.encrypted`
    Text text{};                          ///< the text
    Text summary{};                       ///< a summary
    Text data{};                          ///< what stands for text that is not told
    Text signature{};                     ///< a signature
    Text id{};                            ///< names it
    Text format{};                        ///< whose form it is
    std::optional<std::int64_t> index{};  ///< its position
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("text", self.text);
        visit("summary", self.summary);
        visit("data", self.data);
        visit("signature", self.signature);
        visit("id", self.id);
        visit("format", self.format);
        visit("index", self.index);
    }
};

/// An image in an answer, in LiteLLM's form.
struct MessageImage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `image_url`
    ImageRef image_url{};                              ///< a data URI
    std::optional<std::int64_t> index{};               ///< its position
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("image_url", self.image_url);
        visit("index", self.index);
    }
};

/// One message of a conversation: of a request, and of an answer, which may be sent back as it is.
/// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
struct ChatCompletionMessage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Role role{};                                       ///< who it is from
    MessageContent content{};  ///< what it says; unset where the model only calls tools
    Text name{};               ///< who speaks, among several; Gemini has no place for it
    std::vector<ChatCompletionMessageToolCall> tool_calls{};  ///< calls that the model wants made
    Text tool_call_id{};                                      ///< of a tool's result: the call
    Box<FunctionCall> function_call{};                        ///< the older form of tool_calls
    Text refusal{};                                           ///< why the model refused
    std::vector<Annotation> annotations{};                    ///< sources
    Box<ChatCompletionAudio> audio{};                         ///< speech
    Text reasoning_content{};                                 ///< the model's thinking, or a summary of it
    Text reasoning{};                                         ///< the same by another name
    std::vector<ReasoningDetail> reasoning_details{};         ///< the same in pieces, as OpenRouter has it
    std::vector<ThinkingBlock> thinking_blocks{};  ///< the same in pieces with signatures, as LiteLLM has it
    std::vector<MessageImage> images{};            ///< images in the answer
    Box<ExtraContent> extra_content{};             ///< what Google says beyond OpenAI's shapes
    Box<ProviderSpecificFields> provider_specific_fields{};  ///< what Gemini says beyond OpenAI's shapes
    Box<CacheControl> cache_control{};  ///< keeps it in an explicit cache; see PromptCache
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("role", self.role);
        visit("content", self.content);
        visit("name", self.name);
        visit("tool_calls", self.tool_calls);
        visit("tool_call_id", self.tool_call_id);
        visit("function_call", self.function_call);
        visit("refusal", self.refusal);
        visit("annotations", self.annotations);
        visit("audio", self.audio);
        visit("reasoning_content", self.reasoning_content);
        visit("reasoning", self.reasoning);
        visit("reasoning_details", self.reasoning_details);
        visit("thinking_blocks", self.thinking_blocks);
        visit("images", self.images);
        visit("extra_content", self.extra_content);
        visit("provider_specific_fields", self.provider_specific_fields);
        visit("cache_control", self.cache_control);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
