#pragma once

#include <genai/config.hpp>
#include <genai/openai/types/text_enum.hpp>
#include <genai/values/box.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Who a message is from.
struct Role : TextEnum<Role> {
    using TextEnum::TextEnum;
    static constexpr Enumerator system{"system"};        ///< rules for the model
    static constexpr Enumerator developer{"developer"};  ///< the same, by its newer name
    static constexpr Enumerator user{"user"};            ///< the person or program that asks
    static constexpr Enumerator assistant{"assistant"};  ///< the model
    static constexpr Enumerator tool{"tool"};            ///< the result of a tool call
    static constexpr Enumerator function{"function"};    ///< the result of a function call, in the older form
};

/// How urgent a request is, and what it costs.
struct ServiceTier : TextEnum<ServiceTier> {
    using TextEnum::TextEnum;
    static constexpr Enumerator auto_{"auto"};         ///< Gemini's `priority`
    static constexpr Enumerator default_{"default"};   ///< as usual
    static constexpr Enumerator flex{"flex"};          ///< cheaper, may wait or be turned away
    static constexpr Enumerator scale{"scale"};        ///< reserved capacity
    static constexpr Enumerator priority{"priority"};  ///< higher price, prioritised
    static constexpr Enumerator fast{"fast"};          ///< fastest
};

/// How much a model thinks before it answers.
struct ReasoningEffort : TextEnum<ReasoningEffort> {
    using TextEnum::TextEnum;
    static constexpr Enumerator none{"none"};        ///< not at all
    static constexpr Enumerator minimal{"minimal"};  ///< next to nothing
    static constexpr Enumerator low{"low"};          ///< little
    static constexpr Enumerator medium{"medium"};    ///< some
    static constexpr Enumerator high{"high"};        ///< much
    static constexpr Enumerator xhigh{"xhigh"};      ///< very much
    static constexpr Enumerator max{"max"};          ///< most
};

/// A mark of a message or a content part that is to be kept in an explicit cache, as LiteLLM and Anthropic
/// have it; see PromptCache.
struct CacheControl {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                                       ///< `ephemeral`
    Text ttl{};     ///< how long it is kept, such as `300s`, `5m` or `1h`; an hour when unset
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("ttl", self.ttl);
    }
};

/// A place up to which a prompt may be kept in a cache, in OpenAI's own form.
struct PromptCacheBreakpoint {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text mode{};                                       ///< `explicit`
    Text ttl{};                                        ///< `30m` or `12h`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("ttl", self.ttl);
    }
};

/// What was said to the model to steer it.
struct MisalignmentSteer {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text message{};                                    ///< the sentence
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("message", self.message); }
};

/// Why a request was refused as misaligned.
struct Misalignment {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text detailed_explanation{};                       ///< in words
    Text error_type{};                                 ///< what kind of act it was
    Text review_target{};                              ///< what was reviewed
    Box<MisalignmentSteer> steer{};                    ///< what was said to the model
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("detailed_explanation", self.detailed_explanation);
        visit("error_type", self.error_type);
        visit("review_target", self.review_target);
        visit("steer", self.steer);
    }
};

/// An error as OpenAI's API tells it.
struct ErrorObject {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text code{};                                       ///< a word for it, such as `context_length_exceeded`
    Text message{};                                    ///< what is wrong
    Text param{};                                      ///< the parameter at fault
    Text type{};                       ///< what kind of error, such as `invalid_request_error`
    Box<Misalignment> misalignment{};  ///< why a request was refused as misaligned
    Extra extra{};                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("message", self.message);
        visit("param", self.param);
        visit("type", self.type);
        visit("misalignment", self.misalignment);
    }
};

/// The body of an error.
struct ErrorResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<ErrorObject> error{};                          ///< the error
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("error", self.error); }
};

}  // namespace genai::inline GENAI_ABI::openai
