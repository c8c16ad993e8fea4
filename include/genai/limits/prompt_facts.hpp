#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/limits/token_estimates.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What a request's body says of what it will use.
struct PromptFacts {
    TokenEstimate tokens{};                           ///< of the prompt
    std::optional<std::int64_t> max_output_tokens{};  ///< where it limits the answer
    std::vector<std::string> modalities{};            ///< media in it, as `image`, each once
};

/// Whether a request to an address generates, embeds or predicts: counting and looking things up cost
/// nothing, and have limits of their own.
bool is_charged(std::string_view url);

/// Reads the JSON body of a generation, a count or an embedding. Nothing for any other.
std::optional<PromptFacts> prompt_facts(std::string_view model, std::string_view body);
/// The same of a request's body.
std::optional<PromptFacts> prompt_facts(std::string_view model, const http::Body& body);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <array>

#include <genai/error.hpp>
#include <genai/types/generate_content_config.hpp>
#include <genai/types/generation_config.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool is_charged(std::string_view url) {
    constexpr std::array<std::string_view, 6> verbs{":generateContent", ":streamGenerateContent",
                                                    ":embedContent",    ":batchEmbedContents",
                                                    ":predict",         ":predictLongRunning"};
    const std::string_view path = url.substr(0, url.find('?'));
    return std::any_of(verbs.begin(), verbs.end(),
                       [&](std::string_view verb) { return path.ends_with(verb); });
}

/// One of the requests of an embedding.
struct EmbeddedContent {
    Content content{};

    static constexpr void fields(auto& self, auto&& visit) { visit("content", self.content); }
};

/// What counts of a body.
struct PromptBody {
    std::vector<Content> contents{};
    Box<Content> system_instruction{};
    std::vector<Tool> tools{};
    Box<GenerationConfig> generation_config{};
    std::vector<EmbeddedContent> requests{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("contents", self.contents);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("generationConfig", self.generation_config);
        visit("requests", self.requests);
    }
};

/// A count's body may hold the generation whose tokens it counts.
struct CountedBody {
    Box<PromptBody> generate_content_request{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("generateContentRequest", self.generate_content_request);
    }
};

GENAI_INLINE void add_modality(std::vector<std::string>& modalities, const std::optional<std::string>& type) {
    if (!type) return;
    std::string kind = type->substr(0, type->find('/'));
    if (kind != "text" && std::find(modalities.begin(), modalities.end(), kind) == modalities.end())
        modalities.push_back(std::move(kind));
}

GENAI_INLINE std::optional<PromptFacts> prompt_facts(std::string_view model, std::string_view body) try {
    auto prompt = decode<PromptBody>(body);
    if (prompt.contents.empty() && prompt.requests.empty()) {
        auto counted = decode<CountedBody>(body);
        if (!counted.generate_content_request) return std::nullopt;
        prompt = std::move(*counted.generate_content_request);
    }
    for (EmbeddedContent& one : prompt.requests) prompt.contents.push_back(std::move(one.content));
    PromptFacts facts;
    GenerateContentConfig config;
    if (prompt.system_instruction) config.system_instruction = *prompt.system_instruction;
    for (Tool& tool : prompt.tools) config.tools.push_back(std::move(tool));
    if (prompt.generation_config) {
        config.media_resolution = prompt.generation_config->media_resolution;
        if (prompt.generation_config->max_output_tokens)
            facts.max_output_tokens = *prompt.generation_config->max_output_tokens;
    }
    for (const Content& content : prompt.contents)
        for (const Part& part : content.parts) {
            if (part.inline_data) add_modality(facts.modalities, part.inline_data->mime_type);
            if (part.file_data) add_modality(facts.modalities, part.file_data->mime_type);
        }
    facts.tokens = estimate_tokens(model, prompt.contents, config);
    return facts;
} catch (const Error&) {
    return std::nullopt;  // another kind of body, which the service will judge
}

GENAI_INLINE std::optional<PromptFacts> prompt_facts(std::string_view model, const http::Body& body) {
    if (const auto text = body.in_memory()) return prompt_facts(model, *text);
    std::string all(number_cast<std::size_t>(body.size().value_or(0)), '\0');
    all.resize(body.read(0, all));
    return prompt_facts(model, all);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
