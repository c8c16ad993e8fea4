#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What the name of a model tells of it. Names that are not known count as the newest.
class ModelTraits {
public:
    /// By a name as a request has it: `gemini/…`, `models/…`, `tunedModels/…` or bare. Throws InvalidArgument
    /// for an empty one.
    explicit ModelTraits(std::string_view name);

    /// The name without a prefix.
    const std::string& name() const noexcept { return name_; }
    /// Gemini 3 and later: levels of thinking, ids of calls, resolution by part, media in results.
    bool is_gemini_3() const noexcept { return gemini_3_; }
    /// A Gemma model, which has no system instruction.
    bool is_gemma() const noexcept { return name_.starts_with("gemma"); }
    /// Whether it thinks.
    bool thinks() const noexcept;
    /// Whether it can do without thinking.
    bool can_stop_thinking() const noexcept { return !is_gemini_3() && !has("pro"); }
    /// Whether it takes `temperature` and `top_p`.
    bool takes_sampling() const noexcept;
    /// Whether it takes presence and frequency penalties.
    bool takes_penalties() const noexcept { return !gemini_3_ && name_ != "gemini-2.5-pro-preview-06-05"; }
    /// Whether it speaks.
    bool speaks() const noexcept { return has("tts"); }
    /// Whether it takes JSON Schema as it is, in `responseJsonSchema`.
    bool takes_json_schema() const noexcept;
    /// Whether its name has that part.
    bool has(std::string_view part) const noexcept { return name_.find(part) != std::string::npos; }
    /// The number behind `gemini-`: 25 for `gemini-2.5-flash`; 0 where there is none.
    int version() const noexcept;

private:
    std::string name_;
    bool gemini_3_{true};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstddef>

#include <genai/error.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE ModelTraits::ModelTraits(std::string_view name) {
    for (const std::string_view prefix : {"gemini/", "models/"})
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    if (name.empty()) throw InvalidArgument("model", "is empty");
    name_ = name;
    for (const std::string_view older : {"gemini-1", "gemini-2", "gemini-exp", "gemma"})
        if (name.starts_with(older)) gemini_3_ = false;
    if (is_one_of(name, "gemini-pro gemini-flash gemini-pro-vision")) gemini_3_ = false;
}

GENAI_INLINE int ModelTraits::version() const noexcept {
    constexpr std::string_view family = "gemini-";
    if (!name_.starts_with(family)) return 0;
    const auto digit = [this](std::size_t at) {
        return at < name_.size() && name_[at] >= '0' && name_[at] <= '9' ? name_[at] - '0' : -1;
    };
    std::size_t at = family.size();
    int number = 0;
    for (; digit(at) >= 0 && number < 1000; ++at) number = number * 10 + digit(at);
    const bool minor = at < name_.size() && name_[at] == '.' && digit(at + 1) >= 0;
    return number * 10 + (minor ? digit(at + 1) : 0);
}

GENAI_INLINE bool ModelTraits::thinks() const noexcept {
    if (is_gemini_3() || has("thinking")) return true;
    return version() >= 25 && !speaks() && !has("image");
}

GENAI_INLINE bool ModelTraits::takes_sampling() const noexcept {
    for (const std::string_view fixed : {"3.5-flash-lite", "3.6-flash", "3.7-flash", "3.8-flash"})
        if (has(fixed)) return false;
    return true;
}

GENAI_INLINE bool ModelTraits::takes_json_schema() const noexcept { return gemini_3_ || version() >= 20; }

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
