#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What a chunk adds to a choice, as far as it is text.
struct TextDelta {
    Text content{};
    RawJson role{};
    RawJson refusal{};
    RawJson reasoning{};
    RawJson reasoning_content{};
    RawJson tool_calls{};
    RawJson function_call{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("role", self.role);
        visit("refusal", self.refusal);
        visit("reasoning", self.reasoning);
        visit("reasoning_content", self.reasoning_content);
        visit("tool_calls", self.tool_calls);
        visit("function_call", self.function_call);
    }
};

/// A choice of such a chunk.
struct TextChoice {
    std::int64_t index{};
    TextDelta delta{};
    RawJson finish_reason{};
    RawJson logprobs{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("index", self.index);
        visit("delta", self.delta);
        visit("finish_reason", self.finish_reason);
        visit("logprobs", self.logprobs);
    }
};

/// A chunk that adds text to one choice and nothing else, as nearly all of a stream do.
struct TextChunk {
    std::vector<TextChoice> choices{};
    RawJson id{};
    RawJson object{};
    RawJson created{};
    RawJson model{};
    RawJson usage{};
    RawJson system_fingerprint{};
    RawJson service_tier{};
    RawJson provider{};
    RawJson obfuscation{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("choices", self.choices);
        visit("id", self.id);
        visit("object", self.object);
        visit("created", self.created);
        visit("model", self.model);
        visit("usage", self.usage);
        visit("system_fingerprint", self.system_fingerprint);
        visit("service_tier", self.service_tier);
        visit("provider", self.provider);
        visit("obfuscation", self.obfuscation);
    }

    /// The choice whose text it adds to; null where it says anything else.
    const TextChoice* only() const;
    /// An event as such a chunk; nothing where it is none.
    static std::optional<TextChunk> read(std::string_view event);
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Whether a member is absent or says nothing.
GENAI_INLINE bool says_nothing(const RawJson& member) {
    const std::string_view text = member.text();
    return text.empty() || text == "null" || text == "[]" || text == "\"\"";
}

GENAI_INLINE const TextChoice* TextChunk::only() const {
    if (choices.size() != 1 || !extra.empty() || !says_nothing(usage)) return nullptr;
    const TextChoice& choice = choices.front();
    const TextDelta& delta = choice.delta;
    const bool text = delta.content && !delta.content->empty() && choice.extra.empty() &&
                      delta.extra.empty() && says_nothing(choice.finish_reason) &&
                      says_nothing(choice.logprobs);
    const RawJson* const others[] = {&delta.refusal, &delta.reasoning, &delta.reasoning_content,
                                     &delta.tool_calls, &delta.function_call};
    const bool alone = std::all_of(std::begin(others), std::end(others),
                                   [](const RawJson* one) { return says_nothing(*one); });
    return text && alone ? &choice : nullptr;
}

GENAI_INLINE std::optional<TextChunk> TextChunk::read(std::string_view event) {
    try {
        return decode<TextChunk>(event);
    } catch (const DecodeError&) {
        return std::nullopt;
    }
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
