#pragma once

#include <genai/config.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/types/generate_content_config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// How the model thinks, by `reasoning_effort` or `thinking`. Throws InvalidArgument where both are given.
void set_thinking(GenerateContentConfig& config, const CompletionCreateParams& params,
                  const ModelTraits& model, EffortTable table, const Unsayable& unsayable);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <genai/error.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The word of `reasoning_effort`; nothing where it is unset.
GENAI_INLINE std::optional<std::string> effort_of(const CompletionCreateParams& params) {
    const ReasoningEffortParam& effort = params.reasoning_effort;
    if (effort.empty()) return std::nullopt;
    if (const auto* const word = effort.get_if<ReasoningEffort>()) return word->text();
    if (const auto* const reasoning = effort.get_if<Reasoning>()) return reasoning->effort.text();
    throw InvalidArgument("reasoning_effort", "is neither a word nor an object with `effort`");
}

/// The level of thinking that stands for as good as none.
GENAI_INLINE std::string_view least_level(const ModelTraits& model) {
    return model.has("flash") ? "minimal" : "low";
}
/// The smallest budget of thinking.
GENAI_INLINE std::int32_t least_budget(const ModelTraits& model) {
    if (model.has("flash-lite")) return 512;
    return model.has("flash") ? 1 : 128;
}

GENAI_INLINE void set_level(ThinkingConfig& thinking, std::string_view level) {
    thinking.thinking_level = ThinkingLevel(level);
}

/// Thinking reduced as far as the model allows.
GENAI_INLINE ThinkingConfig least_thinking(const ModelTraits& model) {
    ThinkingConfig thinking{.include_thoughts = false};
    if (model.is_gemini_3()) set_level(thinking, least_level(model));
    else thinking.thinking_budget = model.can_stop_thinking() ? 0 : least_budget(model);
    return thinking;
}

/// By LiteLLM's table.
GENAI_INLINE std::optional<ThinkingConfig> litellm_effort(const ModelTraits& model, std::string_view effort) {
    if (effort == "none" || effort == "disable") return least_thinking(model);
    ThinkingConfig thinking{.include_thoughts = true};
    if (model.is_gemini_3()) {
        if (effort == "minimal") set_level(thinking, least_level(model));
        else if (is_one_of(effort, "low medium high")) set_level(thinking, effort);
        else if (effort == "xhigh" && model.version() >= 40) set_level(thinking, effort);
        else return std::nullopt;
        return thinking;
    }
    if (effort == "minimal") thinking.thinking_budget = least_budget(model);
    else if (effort == "low") thinking.thinking_budget = 1024;
    else if (effort == "medium") thinking.thinking_budget = 2048;
    else if (effort == "high") thinking.thinking_budget = 4096;
    else return std::nullopt;
    return thinking;
}

/// By Google's table. https://ai.google.dev/gemini-api/docs/openai#thinking
GENAI_INLINE std::optional<ThinkingConfig> google_effort(const ModelTraits& model, std::string_view effort) {
    ThinkingConfig thinking;
    if (effort == "none") {
        if (!model.can_stop_thinking()) return std::nullopt;
        thinking.thinking_budget = 0;
        return thinking;
    }
    if (model.is_gemini_3()) {
        const bool pro_3 = model.has("pro") && model.version() == 30;
        if (effort == "minimal") set_level(thinking, least_level(model));
        else if (effort == "medium" && pro_3) set_level(thinking, "high");
        else if (is_one_of(effort, "low medium high")) set_level(thinking, effort);
        else if (effort == "xhigh" && model.version() >= 40) set_level(thinking, effort);
        else return std::nullopt;
        return thinking;
    }
    if (effort == "minimal" || effort == "low") thinking.thinking_budget = 1024;
    else if (effort == "medium") thinking.thinking_budget = 8192;
    else if (effort == "high") thinking.thinking_budget = 24576;
    else return std::nullopt;
    return thinking;
}

/// By LiteLLM's `thinking`, which is Anthropic's; nothing where it is left to the model.
GENAI_INLINE std::optional<ThinkingConfig> thinking_of(const ModelTraits& model, const Thinking& asked) {
    const std::string type = asked.type.value_or("");
    if (type == "adaptive") return std::nullopt;
    if (type == "disabled") return least_thinking(model);
    if (type != "enabled") throw InvalidArgument("/thinking/type", "is enabled, disabled or adaptive");
    if (asked.budget_tokens == 0) return least_thinking(model);
    ThinkingConfig thinking{.include_thoughts = true};
    if (asked.budget_tokens)
        thinking.thinking_budget = small_integer("/thinking/budget_tokens", *asked.budget_tokens);
    return thinking;
}

GENAI_INLINE void set_thinking(GenerateContentConfig& config, const CompletionCreateParams& params,
                               const ModelTraits& model, EffortTable table, const Unsayable& unsayable) {
    const std::optional<std::string> effort = effort_of(params);
    if (!effort && !params.thinking) return;
    if (effort && params.thinking)
        throw InvalidArgument("reasoning_effort", "is set beside thinking: choose one");
    const char* const name = effort ? "reasoning_effort" : "thinking";
    if (!model.thinks()) return unsayable(name, model.name() + " does not think");
    std::optional<ThinkingConfig> thinking;
    if (effort) {
        thinking =
            table == EffortTable::google ? google_effort(model, *effort) : litellm_effort(model, *effort);
        if (!thinking) return unsayable(name, model.name() + " has no effort \"" + *effort + '"');
    } else {
        thinking = thinking_of(model, *params.thinking);
    }
    if (thinking) config.thinking_config = std::move(*thinking);
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
