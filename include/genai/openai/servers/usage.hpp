#pragma once

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The usage of a completion, or of a chunk, as usageMetadata; null where there is none.
Tree usage_of(const Tree& completion);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstdint>
#include <utility>

namespace genai::inline GENAI_ABI::openai::detail {

/// Counts by modality; an empty list where there are none but zeros.
GENAI_INLINE Tree modalities_of(const Tree& details) {
    Tree list = Tree::array();
    for (const auto& [key, modality] :
         {std::pair("text_tokens", "TEXT"), std::pair("image_tokens", "IMAGE"),
          std::pair("audio_tokens", "AUDIO"), std::pair("video_tokens", "VIDEO")})
        if (const std::int64_t count = integer_at(details, key); count != 0)
            list.push_back({{"modality", modality}, {"tokenCount", count}});
    return list;
}

GENAI_INLINE Tree usage_of(const Tree& completion) {
    const Tree* usage = find(completion, "usage");
    if (usage == nullptr) usage = find(completion, "x_groq", "usage");
    if (usage == nullptr || !usage->is_object()) return nullptr;
    const Tree none = Tree::object();
    const Tree* const input = find(*usage, "prompt_tokens_details");
    const Tree* const output = find(*usage, "completion_tokens_details");
    const Tree& prompt_details = input == nullptr ? none : *input;
    const Tree& completion_details = output == nullptr ? none : *output;

    const std::int64_t prompt = integer_at(*usage, "prompt_tokens");
    const std::int64_t generated = integer_at(*usage, "completion_tokens");
    const std::int64_t thoughts = integer_at(completion_details, "reasoning_tokens");
    const std::int64_t total = integer_at(*usage, "total_tokens", prompt + generated);
    // OpenAI counts thoughts within the completion, some servers beside it
    const bool beside = thoughts > generated || (thoughts != 0 && prompt + generated + thoughts == total);
    Tree made{{"promptTokenCount", prompt}};
    if (usage->contains("completion_tokens"))
        made["candidatesTokenCount"] = beside ? generated : generated - thoughts;
    if (thoughts != 0) made["thoughtsTokenCount"] = thoughts;
    made["totalTokenCount"] = total;
    const std::int64_t cached =
        integer_at(prompt_details, "cached_tokens", integer_at(*usage, "prompt_cache_hit_tokens"));
    if (cached != 0) made["cachedContentTokenCount"] = cached;
    if (Tree list = modalities_of(prompt_details); !list.empty())
        made["promptTokensDetails"] = std::move(list);
    if (Tree list = modalities_of(completion_details); !list.empty())
        made["candidatesTokensDetails"] = std::move(list);
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
