#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http_options.hpp>
#include <genai/types/automatic_function_calling.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/safety.hpp>
#include <genai/types/schema.hpp>
#include <genai/types/speech.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/raw.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How urgent a request is, and what it costs.
struct ServiceTier : OpenEnum<ServiceTier> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"unspecified"};  ///< standard
    static constexpr Enumerator flex{"flex"};                ///< cheaper, may wait or be turned away
    static constexpr Enumerator standard{"standard"};        ///< as usual
    static constexpr Enumerator priority{"priority"};        ///< higher price, prioritised
};

/// How finely the prompt's media is cut into tokens.
/// https://ai.google.dev/api/generate-content#MediaResolution
struct MediaResolution : OpenEnum<MediaResolution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MEDIA_RESOLUTION_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator low{"MEDIA_RESOLUTION_LOW"};                  ///< 64 tokens an image
    static constexpr Enumerator medium{"MEDIA_RESOLUTION_MEDIUM"};            ///< 256 tokens an image
    static constexpr Enumerator high{"MEDIA_RESOLUTION_HIGH"};                ///< 256 tokens a tile
};

/// How much a model thinks.
struct ThinkingLevel : OpenEnum<ThinkingLevel> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"THINKING_LEVEL_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator minimal{"MINIMAL"};                         ///< next to nothing
    static constexpr Enumerator low{"LOW"};                                 ///< little
    static constexpr Enumerator medium{"MEDIUM"};                           ///< some
    static constexpr Enumerator high{"HIGH"};                               ///< much
    static constexpr Enumerator xhigh{"XHIGH"};                             ///< most
};

/// How the model thinks before it answers. https://ai.google.dev/api/generate-content#ThinkingConfig
struct ThinkingConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag include_thoughts{};  ///< whether summaries of its thoughts are sent, as parts with `thought`
    std::optional<std::int32_t>
        thinking_budget{};           ///< most tokens of thought; 0 is none, −1 leaves it to the model
    ThinkingLevel thinking_level{};  ///< instead of a budget, for Gemini 3 and later
    Extra extra{};                   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("includeThoughts", self.include_thoughts);
        visit("thinkingBudget", self.thinking_budget);
        visit("thinkingLevel", self.thinking_level);
    }
};

/// What generated images look like.
struct ImageConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text aspect_ratio{};                               ///< such as `16:9`
    Text image_size{};                                 ///< `1K`, `2K` or `4K`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspectRatio", self.aspect_ratio);
        visit("imageSize", self.image_size);
    }
};

/// Validates a JSON text against a JSON Schema, and gives the violations; none when it is valid.
/// `genai::validate` is one.
using Validator = std::function<std::vector<Violation>(std::string_view text, const Json& schema)>;

/// Everything about a generation beside model and contents. What is not set is left to the model.
/// https://ai.google.dev/api/generate-content#request-body
struct GenerateContentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    ServiceTier service_tier{};                         ///< urgency and price
    Message system_instruction{};                       ///< what the model is to be, before any turn
    std::vector<Content> history{};       ///< turns before the contents; of a chat, those it begins with
    std::optional<double> temperature{};  ///< sampling temperature, 0 to 2
    std::optional<double> top_p{};        ///< sample from the likeliest tokens of this total probability
    std::optional<double> top_k{};        ///< sample from this many likeliest tokens
    std::optional<std::int32_t> candidate_count{};    ///< answers to give; 1 when unset
    std::optional<std::int32_t> max_output_tokens{};  ///< most tokens of an answer, thoughts included
    std::vector<std::string> stop_sequences{};        ///< texts to stop at, at most 5
    Flag response_logprobs{};                         ///< whether log probabilities are sent
    std::optional<std::int32_t> logprobs{};           ///< how many alternatives a token has there
    std::optional<double> presence_penalty{};         ///< against tokens already used
    std::optional<double> frequency_penalty{};        ///< against tokens by how often they were used
    std::optional<std::int32_t> seed{};               ///< the same seed, much the same answer
    Text response_mime_type{};                        ///< `text/plain`, `application/json`, `text/x.enum`;
                                                      ///< JSON when unset beside a schema
    Box<Schema> response_schema{};                    ///< the answer's shape
    RawJson response_json_schema{};                   ///< the same as JSON Schema; instead of response_schema
    Validator enforce_validation{};                ///< set: a whole answer that does not fit its schema is a
                                                   ///< ValidationError; not sent to the server
    std::vector<SafetySetting> safety_settings{};  ///< thresholds, one a category
    std::vector<Tool> tools{};                     ///< what the model may use
    Box<ToolConfig> tool_config{};                 ///< how it may use it
    AutomaticFunctionCallingConfig
        automatic_function_calling{};                ///< how tools made by `genai::tool` are called for it
    Dict<std::string> labels{};                      ///< for billing reports
    Text cached_content{};                           ///< `cachedContents/…` to go on from
    std::vector<std::string> response_modalities{};  ///< `TEXT`, `IMAGE`, `AUDIO`
    MediaResolution media_resolution{};              ///< how finely media is read
    Box<SpeechConfig> speech_config{};               ///< how answers are spoken
    Box<ThinkingConfig> thinking_config{};           ///< how the model thinks
    Box<AudioTranscriptionConfig> audio_transcription_config{};  ///< how audio is transcribed
    Box<ImageConfig> image_config{};                             ///< what images look like
    Flag enable_enhanced_civic_answers{};  ///< better answers about elections, where offered
    Text continuation_token{};             ///< of an answer that ended with `continuation`
    Flag store{};                          ///< whether the exchange may be logged, over the project's setting
    Extra extra{};                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("serviceTier", self.service_tier);
        visit("systemInstruction", self.system_instruction);
        visit("temperature", self.temperature);
        visit("topP", self.top_p);
        visit("topK", self.top_k);
        visit("candidateCount", self.candidate_count);
        visit("maxOutputTokens", self.max_output_tokens);
        visit("stopSequences", self.stop_sequences);
        visit("responseLogprobs", self.response_logprobs);
        visit("logprobs", self.logprobs);
        visit("presencePenalty", self.presence_penalty);
        visit("frequencyPenalty", self.frequency_penalty);
        visit("seed", self.seed);
        visit("responseMimeType", self.response_mime_type);
        visit("responseSchema", self.response_schema);
        visit("responseJsonSchema", self.response_json_schema);
        visit("safetySettings", self.safety_settings);
        visit("tools", self.tools);
        visit("toolConfig", self.tool_config);
        visit("labels", self.labels);
        visit("cachedContent", self.cached_content);
        visit("responseModalities", self.response_modalities);
        visit("mediaResolution", self.media_resolution);
        visit("speechConfig", self.speech_config);
        visit("thinkingConfig", self.thinking_config);
        visit("audioTranscriptionConfig", self.audio_transcription_config);
        visit("imageConfig", self.image_config);
        visit("enableEnhancedCivicAnswers", self.enable_enhanced_civic_answers);
        visit("continuationToken", self.continuation_token);
        visit("store", self.store);
    }
};

}  // namespace genai::inline GENAI_ABI

#if defined(GENAI_COMPILED) && GENAI_BODIES
template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentConfig>();
#elif defined(GENAI_COMPILED)
extern template const genai::wire::StructTable& genai::wire::struct_table<genai::GenerateContentConfig>();
#endif

GENAI_COMPILED_BOX(AudioTranscriptionConfig)
GENAI_COMPILED_BOX(ComputerUse)
GENAI_COMPILED_BOX(FileSearch)
GENAI_COMPILED_BOX(GoogleMaps)
GENAI_COMPILED_BOX(GoogleSearch)
GENAI_COMPILED_BOX(GoogleSearchRetrieval)
GENAI_COMPILED_BOX(ImageConfig)
GENAI_COMPILED_BOX(Schema)
GENAI_COMPILED_BOX(SpeechConfig)
GENAI_COMPILED_BOX(StreamableHttpTransport)
GENAI_COMPILED_BOX(ThinkingConfig)
GENAI_COMPILED_BOX(ToolCodeExecution)
GENAI_COMPILED_BOX(ToolConfig)
GENAI_COMPILED_BOX(UrlContext)
