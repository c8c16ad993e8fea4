#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/types/generate_content_config.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Members of Gemini's generationConfig that a request names itself, in either spelling. Throws
/// InvalidArgument for members that neither OpenAI nor Gemini knows.
GenerateContentConfig passed_through(const CompletionCreateParams& params, const Unsayable& unsayable);
/// Sampling, limits, modalities, speech and the like.
void set_parameters(GenerateContentConfig& config, const CompletionCreateParams& params,
                    const ModelTraits& model, const Unsayable& unsayable);
/// `extra_body`: what `google` says there, and all else into Gemini's body.
void merge_extra_body(GenerateContentConfig& config, const CompletionCreateParams& params);
/// A name in camelCase: `maxOutputTokens` for `max_output_tokens`.
std::string camel_case(std::string_view name);
/// An integer of a parameter, which must fit 32 bits. Throws InvalidArgument.
std::int32_t small_integer(const char* name, std::int64_t value);
/// Merges into the body that is sent.
void merge_body(GenerateContentConfig& config, const Json& body);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE std::string camel_case(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '_' && i + 1 < name.size() && !out.empty()) out += upper(name.substr(++i, 1));
        else out += name[i];
    }
    return out;
}

GENAI_INLINE void merge_body(GenerateContentConfig& config, const Json& body) {
    Json merged = config.http_options.extra_body ? *config.http_options.extra_body : Json::object();
    merged.merge_patch(body);
    config.http_options.extra_body = std::move(merged);
}

GENAI_INLINE GenerateContentConfig passed_through(const CompletionCreateParams& params,
                                                  const Unsayable& unsayable) {
    if (params.extra.empty()) return {};
    constexpr std::string_view generation =
        "temperature topP topK candidateCount maxOutputTokens stopSequences responseLogprobs logprobs "
        "presencePenalty frequencyPenalty seed responseMimeType responseSchema responseJsonSchema "
        "responseModalities mediaResolution speechConfig thinkingConfig audioTranscriptionConfig imageConfig "
        "enableEnhancedCivicAnswers modelSelectionConfig routingConfig responseFormat enableAffectiveDialog "
        "translationConfig";
    Json known = Json::object();
    const Json members = params.extra.json();
    for (const auto& [name, value] : members.items()) {
        const std::string camel = camel_case(name);
        if (value.is_null() || name == "labels") continue;  // labels are for billing, elsewhere
        if (is_one_of(camel, generation)) known[camel] = value;
        else unsayable(name, "is no parameter of chat completions, nor of Gemini's generationConfig");
    }
    GenerateContentConfig config;
    try {
        config = decode<GenerateContentConfig>(known.dump());
    } catch (const DecodeError& problem) {
        throw InvalidArgument(problem.pointer(), problem.problem());
    }
    if (!config.extra.empty()) {  // what has no member here
        merge_body(config, {{"generationConfig", config.extra.json()}});
        config.extra = {};
    }
    return config;
}

GENAI_INLINE std::int32_t small_integer(const char* name, std::int64_t value) {
    if (value != static_cast<std::int32_t>(value)) throw InvalidArgument(name, "is out of range");
    return static_cast<std::int32_t>(value);
}

GENAI_INLINE void set_limits(GenerateContentConfig& config, const CompletionCreateParams& params) {
    if (params.max_tokens && params.max_completion_tokens &&
        *params.max_tokens != *params.max_completion_tokens)
        throw InvalidArgument("max_completion_tokens", "is set beside max_tokens, to another number");
    if (const auto most = params.max_completion_tokens ? params.max_completion_tokens : params.max_tokens)
        config.max_output_tokens =
            small_integer(params.max_completion_tokens ? "max_completion_tokens" : "max_tokens", *most);
    if (params.n) config.candidate_count = small_integer("n", *params.n);
    if (params.seed) config.seed = small_integer("seed", *params.seed);
    if (const auto* const one = params.stop.get_if<std::string>()) config.stop_sequences = {*one};
    else if (const auto* const some = params.stop.get_if<std::vector<std::string>>())
        config.stop_sequences = *some;
    else if (!params.stop.empty()) throw InvalidArgument("stop", "is neither a text nor a list of texts");
}

GENAI_INLINE void set_sampling(GenerateContentConfig& config, const CompletionCreateParams& params,
                               const ModelTraits& model, const Unsayable& unsayable) {
    const auto set = [&](const char* name, std::optional<double>& to, const std::optional<double>& from,
                         bool taken) {
        if (!from) return;
        if (taken) to = from;
        else unsayable(name, "is not taken by " + model.name());
    };
    set("temperature", config.temperature, params.temperature, model.takes_sampling());
    set("top_p", config.top_p, params.top_p, model.takes_sampling());
    set("top_k", config.top_k, params.top_k, true);
    set("presence_penalty", config.presence_penalty, params.presence_penalty, model.takes_penalties());
    set("frequency_penalty", config.frequency_penalty, params.frequency_penalty, model.takes_penalties());
    if (params.logprobs.has_value()) config.response_logprobs = params.logprobs;
    if (params.top_logprobs) {
        config.response_logprobs = true;
        config.logprobs = small_integer("top_logprobs", *params.top_logprobs);
    }
}

GENAI_INLINE void set_modalities(GenerateContentConfig& config, const CompletionCreateParams& params,
                                 const ModelTraits& model, const Unsayable& unsayable) {
    for (const std::string& given : params.modalities) {
        const std::string modality = upper(given);
        if (is_one_of(modality, "TEXT IMAGE AUDIO VIDEO")) config.response_modalities.push_back(modality);
        else throw InvalidArgument("modalities", "has no " + given + ": text, image, audio, video");
    }
    if (!params.audio) return;
    const AudioParam& audio = *params.audio;
    if (!model.speaks()) return unsayable("audio", "is not taken by " + model.name());
    if (audio.format && *audio.format != "pcm16")
        unsayable("/audio/format", "is pcm16, and nothing else, from " + model.name());
    const auto* const voice = audio.voice.get_if<std::string>();
    if (voice == nullptr && !audio.voice.empty())
        unsayable("/audio/voice", "is the name of one of Gemini's voices");
    SpeechConfig speech = voice == nullptr ? SpeechConfig() : SpeechConfig::from_voice(*voice);
    speech.language_code = audio.language_code;
    config.speech_config = std::move(speech);
    for (const std::string& modality : config.response_modalities)
        if (modality == "AUDIO") return;
    config.response_modalities.emplace_back("AUDIO");
}

/// What OpenAI has and Gemini has no place for. `user` and `metadata` change nothing and are not sent.
GENAI_INLINE void refuse_others(const CompletionCreateParams& params, const Unsayable& unsayable) {
    const std::pair<const char*, bool> others[] = {
        {"logit_bias", !params.logit_bias.empty()},
        {"verbosity", params.verbosity.has_value()},
        {"prediction", params.prediction.has_value()},
        {"safety_identifier", params.safety_identifier.has_value()},
        {"store", params.store.is_true()},
        {"prompt_cache_key", params.prompt_cache_key.has_value()},
        {"prompt_cache_retention", params.prompt_cache_retention.has_value()},
        {"prompt_cache_options", params.prompt_cache_options.has_value()},
        {"moderation", params.moderation.has_value()}};
    for (const auto& [name, is_set] : others)
        if (is_set) unsayable(name, "has no place in Gemini's requests");
}

GENAI_INLINE void set_parameters(GenerateContentConfig& config, const CompletionCreateParams& params,
                                 const ModelTraits& model, const Unsayable& unsayable) {
    set_limits(config, params);
    set_sampling(config, params, model, unsayable);
    set_modalities(config, params, model, unsayable);
    refuse_others(params, unsayable);
    config.safety_settings = params.safety_settings;
    config.cached_content = params.cached_content;
    const std::string tier = lower(params.service_tier.text());
    if (!tier.empty())
        config.service_tier = genai::ServiceTier(std::string_view(tier == "auto"      ? "priority"
                                                                  : tier == "default" ? "standard"
                                                                                      : tier));
}

/// What stands under `google` in `extra_body`.
GENAI_INLINE void set_google_extra(GenerateContentConfig& config, const Json& google) {
    if (!google.is_object()) throw InvalidArgument("/extra_body/google", "must be an object");
    for (const auto& [name, value] : google.items()) {
        const std::string camel = camel_case(name);
        if (camel == "cachedContent" && value.is_string()) {
            config.cached_content = value.get<std::string>();
        } else if (camel == "thinkingConfig" && value.is_object()) {
            Json thinking = Json::object();
            for (const auto& [key, one] : value.items()) thinking[camel_case(key)] = one;
            merge_body(config, {{"generationConfig", {{"thinkingConfig", std::move(thinking)}}}});
        } else {
            merge_body(config, {{camel, value}});
        }
    }
}

GENAI_INLINE void merge_extra_body(GenerateContentConfig& config, const CompletionCreateParams& params) {
    if (params.extra_body.text().empty()) return;
    const Json body = params.extra_body.json();
    if (!body.is_object()) throw InvalidArgument("extra_body", "must be an object");
    for (const auto& [name, value] : body.items())
        if (name == "google") set_google_extra(config, value);
        else if (!is_one_of(name, "cache tags")) merge_body(config, {{name, value}});  // LiteLLM's own
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
