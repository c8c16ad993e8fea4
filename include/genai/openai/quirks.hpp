#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::openai {

/// Servers that speak OpenAI's chat completions, by how they differ. docs/openai.md has the table.
enum class Kind {
    generic,     ///< what every one of them can
    openai,      ///< api.openai.com
    azure,       ///< Azure OpenAI; the key goes into `api-key`
    google,      ///< Gemini's own endpoint, `/v1beta/openai`
    groq,        ///< api.groq.com
    llama_cpp,   ///< llama.cpp's llama-server
    ollama,      ///< Ollama
    vllm,        ///< vLLM
    lm_studio,   ///< LM Studio
    mistral,     ///< api.mistral.ai
    deepseek,    ///< api.deepseek.com
    openrouter,  ///< openrouter.ai
    litellm,     ///< LiteLLM's proxy
};

/// The kind of that name, such as `llama_cpp`; nothing for another word.
std::optional<Kind> kind_named(std::string_view name);

/// How a server's chat completions differ. `kind` decides what is unset; where it is unset itself, the
/// address does: known hosts, and the ports of Ollama (11434) and LM Studio (1234); else Kind::generic.
struct Quirks {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Kind> kind{};                        ///< which server it is
    bool drop_params{false};  ///< leaves out what cannot be said, where InvalidArgument would be thrown
    std::optional<std::string> max_tokens{};   ///< the member that bounds the answer, such as
                                               ///< `max_completion_tokens`
    std::optional<std::string> system_role{};  ///< `system` or `developer`
    std::optional<bool> json_schema{};         ///< takes `response_format` of type json_schema
    std::optional<bool> json_object{};         ///< takes `response_format` of type json_object
    std::optional<bool> top_k{};               ///< takes `top_k`
    std::optional<bool> stream_usage{};        ///< takes `stream_options.include_usage`
    std::optional<bool> merge_roles{};         ///< wants neighbouring messages of one role as one
    std::optional<bool> remote_images{};       ///< fetches images by http and https
    std::optional<bool> any_audio{};           ///< takes audio of any kind, not wav and mp3 alone
    std::optional<bool> video{};               ///< takes `video_url`
    std::optional<std::string> thoughts{};     ///< the member in which thoughts are sent back; empty: not
    std::optional<bool> signatures{};          ///< takes thought signatures in `extra_content.google`
    std::optional<bool> details{};             ///< wants `reasoning_details` back
    std::optional<bool> google_extra{};        ///< takes `extra_body.google`
    std::optional<bool> nine_letter_ids{};     ///< wants ids of calls of nine letters and digits
    std::optional<std::string> think_tags{};   ///< the tag around thoughts that lead the text, such as
                                               ///< `think`; empty: text stays text
};

namespace detail {

/// Quirks with everything decided.
struct Dialect {
    Kind kind{Kind::generic};
    bool drop_params{false};
    std::string max_tokens{"max_tokens"};
    std::string system_role{"system"};
    bool json_schema{true};
    bool json_object{true};
    bool top_k{false};
    bool stream_usage{true};
    bool merge_roles{true};
    bool remote_images{true};
    bool any_audio{false};
    bool video{false};
    std::string thoughts{};
    bool signatures{false};
    bool details{false};
    bool google_extra{false};
    bool nine_letter_ids{false};
    std::string think_tags{};
};

/// The kind of server that an address names.
Kind kind_of(std::string_view base_url);
/// What the quirks come to at an address.
Dialect dialect_of(const Quirks& quirks, std::string_view base_url);

}  // namespace detail

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <utility>

namespace genai::inline GENAI_ABI::openai {

GENAI_INLINE std::optional<Kind> kind_named(std::string_view name) {
    static constexpr std::pair<std::string_view, Kind> kinds[] = {
        {"generic", Kind::generic}, {"openai", Kind::openai},     {"azure", Kind::azure},
        {"google", Kind::google},   {"groq", Kind::groq},         {"llama_cpp", Kind::llama_cpp},
        {"ollama", Kind::ollama},   {"vllm", Kind::vllm},         {"lm_studio", Kind::lm_studio},
        {"mistral", Kind::mistral}, {"deepseek", Kind::deepseek}, {"openrouter", Kind::openrouter},
        {"litellm", Kind::litellm}};
    for (const auto& [word, kind] : kinds)
        if (word == name) return kind;
    return std::nullopt;
}

}  // namespace genai::inline GENAI_ABI::openai

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Kind kind_of(std::string_view base_url) {
    const auto has = [base_url](std::string_view part) {
        return base_url.find(part) != std::string_view::npos;
    };
    if (has("://generativelanguage.googleapis.com")) return Kind::google;
    if (has("://api.openai.com")) return Kind::openai;
    if (has(".openai.azure.com")) return Kind::azure;
    if (has("://api.mistral.ai")) return Kind::mistral;
    if (has("://api.deepseek.com")) return Kind::deepseek;
    if (has("://api.groq.com")) return Kind::groq;
    if (has("://openrouter.ai")) return Kind::openrouter;
    if (has(":11434")) return Kind::ollama;
    if (has(":1234/") || base_url.ends_with(":1234")) return Kind::lm_studio;
    return Kind::generic;
}

/// What differs from Kind::generic.
GENAI_INLINE Dialect dialect_of_kind(Kind kind) {
    Dialect dialect{.kind = kind};
    switch (kind) {
        case Kind::generic: break;
        case Kind::openai:
        case Kind::azure:
        case Kind::groq: dialect.max_tokens = "max_completion_tokens"; break;
        case Kind::google:
            dialect.google_extra = dialect.signatures = dialect.any_audio = true;
            dialect.think_tags = "thought";
            break;
        case Kind::llama_cpp:
            dialect.top_k = dialect.any_audio = true;
            dialect.thoughts = "reasoning_content";
            break;
        case Kind::ollama:
            dialect.thoughts = "reasoning";
            dialect.remote_images = false;
            break;
        case Kind::vllm:
            dialect.top_k = dialect.any_audio = dialect.video = true;
            dialect.thoughts = "reasoning";
            break;
        case Kind::lm_studio:
            dialect.top_k = true;
            dialect.json_object = false;
            break;
        case Kind::mistral:
            dialect.stream_usage = false;
            dialect.nine_letter_ids = true;
            break;
        case Kind::deepseek:
            dialect.json_schema = dialect.remote_images = false;
            dialect.thoughts = "reasoning_content";
            break;
        case Kind::openrouter:
            dialect.top_k = dialect.any_audio = dialect.video = dialect.details = true;
            dialect.thoughts = "reasoning";
            break;
        case Kind::litellm:
            dialect.top_k = dialect.any_audio = dialect.signatures = true;
            dialect.thoughts = "reasoning_content";
            break;
    }
    return dialect;
}

GENAI_INLINE Dialect dialect_of(const Quirks& quirks, std::string_view base_url) {
    Dialect dialect = dialect_of_kind(quirks.kind ? *quirks.kind : kind_of(base_url));
    dialect.drop_params = quirks.drop_params;
    const auto over = [](auto& value, const auto& given) {
        if (given) value = *given;
    };
    over(dialect.max_tokens, quirks.max_tokens);
    over(dialect.system_role, quirks.system_role);
    over(dialect.json_schema, quirks.json_schema);
    over(dialect.json_object, quirks.json_object);
    over(dialect.top_k, quirks.top_k);
    over(dialect.stream_usage, quirks.stream_usage);
    over(dialect.merge_roles, quirks.merge_roles);
    over(dialect.remote_images, quirks.remote_images);
    over(dialect.any_audio, quirks.any_audio);
    over(dialect.video, quirks.video);
    over(dialect.thoughts, quirks.thoughts);
    over(dialect.signatures, quirks.signatures);
    over(dialect.details, quirks.details);
    over(dialect.google_extra, quirks.google_extra);
    over(dialect.nine_letter_ids, quirks.nine_letter_ids);
    over(dialect.think_tags, quirks.think_tags);
    return dialect;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
