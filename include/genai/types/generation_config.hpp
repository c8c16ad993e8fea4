#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/schema.hpp>
#include <genai/types/speech.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// What a live session answers with.
struct Modality : OpenEnum<Modality> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODALITY_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator text{"TEXT"};                         ///< text
    static constexpr Enumerator image{"IMAGE"};                       ///< images
    static constexpr Enumerator audio{"AUDIO"};                       ///< sound
    static constexpr Enumerator video{"VIDEO"};                       ///< video
};

/// Width to height.
struct AspectRatio : OpenEnum<AspectRatio> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"ASPECT_RATIO_UNSPECIFIED"};                ///< never sent
    static constexpr Enumerator one_by_one{"ASPECT_RATIO_ONE_BY_ONE"};                  ///< 1:1
    static constexpr Enumerator two_by_three{"ASPECT_RATIO_TWO_BY_THREE"};              ///< 2:3
    static constexpr Enumerator three_by_two{"ASPECT_RATIO_THREE_BY_TWO"};              ///< 3:2
    static constexpr Enumerator three_by_four{"ASPECT_RATIO_THREE_BY_FOUR"};            ///< 3:4
    static constexpr Enumerator four_by_three{"ASPECT_RATIO_FOUR_BY_THREE"};            ///< 4:3
    static constexpr Enumerator four_by_five{"ASPECT_RATIO_FOUR_BY_FIVE"};              ///< 4:5
    static constexpr Enumerator five_by_four{"ASPECT_RATIO_FIVE_BY_FOUR"};              ///< 5:4
    static constexpr Enumerator nine_by_sixteen{"ASPECT_RATIO_NINE_BY_SIXTEEN"};        ///< 9:16
    static constexpr Enumerator sixteen_by_nine{"ASPECT_RATIO_SIXTEEN_BY_NINE"};        ///< 16:9
    static constexpr Enumerator twenty_one_by_nine{"ASPECT_RATIO_TWENTY_ONE_BY_NINE"};  ///< 21:9
    static constexpr Enumerator one_by_eight{"ASPECT_RATIO_ONE_BY_EIGHT"};              ///< 1:8
    static constexpr Enumerator eight_by_one{"ASPECT_RATIO_EIGHT_BY_ONE"};              ///< 8:1
    static constexpr Enumerator one_by_four{"ASPECT_RATIO_ONE_BY_FOUR"};                ///< 1:4
    static constexpr Enumerator four_by_one{"ASPECT_RATIO_FOUR_BY_ONE"};                ///< 4:1
};

/// How media come.
struct Delivery : OpenEnum<Delivery> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"DELIVERY_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator inline_{"INLINE"};                    ///< within the answer
    static constexpr Enumerator uri{"URI"};                           ///< as an address
};

/// How large an image is.
struct ImageSize : OpenEnum<ImageSize> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"IMAGE_SIZE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator five_twelve{"IMAGE_SIZE_FIVE_TWELVE"};  ///< 512 pixels
    static constexpr Enumerator one_k{"IMAGE_SIZE_ONE_K"};              ///< about 1024 pixels
    static constexpr Enumerator two_k{"IMAGE_SIZE_TWO_K"};              ///< about 2048 pixels
    static constexpr Enumerator four_k{"IMAGE_SIZE_FOUR_K"};            ///< about 4096 pixels
};

/// What matters most when a model is chosen.
struct FeatureSelectionPreference : OpenEnum<FeatureSelectionPreference> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"FEATURE_SELECTION_PREFERENCE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator prioritize_quality{"PRIORITIZE_QUALITY"};                 ///< the best answer
    static constexpr Enumerator balanced{"BALANCED"};                                     ///< both
    static constexpr Enumerator prioritize_cost{"PRIORITIZE_COST"};                       ///< the cheapest
};

/// An answer in sound.
struct AudioResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> bit_rate{};            ///< bits a second
    Delivery delivery{};                               ///< within the answer or as an address
    Text mime_type{};                                  ///< IANA media type
    std::optional<std::int32_t> sample_rate{};         ///< samples a second
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("bitRate", self.bit_rate);
        visit("delivery", self.delivery);
        visit("mimeType", self.mime_type);
        visit("sampleRate", self.sample_rate);
    }
};

/// An answer in images.
struct ImageResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    AspectRatio aspect_ratio{};                        ///< such as `16:9`
    Delivery delivery{};                               ///< within the answer or as an address
    ImageSize image_size{};                            ///< such as `1K`
    Text mime_type{};                                  ///< IANA media type
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspectRatio", self.aspect_ratio);
        visit("delivery", self.delivery);
        visit("imageSize", self.image_size);
        visit("mimeType", self.mime_type);
    }
};

/// An answer in text.
struct TextResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text mime_type{};                                  ///< IANA media type
    RawJson schema{};                                  ///< JSON Schema of the answer
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mimeType", self.mime_type);
        visit("schema", self.schema);
    }
};

/// An answer in video.
struct VideoResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    AspectRatio aspect_ratio{};                        ///< such as `16:9`
    Delivery delivery{};                               ///< within the answer or as an address
    Text duration{};                                   ///< how long, such as `5s`
    Text gcs_uri{};                                    ///< Cloud Storage address, `gs://…`
    Text resolution{};                                 ///< such as `720p`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspectRatio", self.aspect_ratio);
        visit("delivery", self.delivery);
        visit("duration", self.duration);
        visit("gcsUri", self.gcs_uri);
        visit("resolution", self.resolution);
    }
};

/// The form of an answer: one of these.
struct ResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<AudioResponseFormat> audio{};                  ///< for sound
    Box<ImageResponseFormat> image{};                  ///< for images
    Box<TextResponseFormat> text{};                    ///< for text
    Box<VideoResponseFormat> video{};                  ///< for video
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("audio", self.audio);
        visit("image", self.image);
        visit("text", self.text);
        visit("video", self.video);
    }
};

/// How a model is chosen.
struct ModelSelectionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    FeatureSelectionPreference feature_selection_preference{};  ///< what matters most
    Extra extra{};                                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("featureSelectionPreference", self.feature_selection_preference);
    }
};

/// How a live session translates.
struct TranslationConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag echo_target_language{};  ///< whether to repeat what is in the target language already
    Text target_language_code{};  ///< BCP-47 code
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("echoTargetLanguage", self.echo_target_language);
        visit("targetLanguageCode", self.target_language_code);
    }
};

/// How to generate, as the wire has it. https://ai.google.dev/api/generate-content#v1beta.GenerationConfig
struct GenerationConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};            ///< see NamedOnly
    Box<ModelSelectionConfig> model_selection_config{};          ///< how to choose a model
    RawJson response_json_schema{};                              ///< the shape of the answer, as JSON Schema
    Box<AudioTranscriptionConfig> audio_transcription_config{};  ///< how to write down audio
    std::optional<std::int32_t> candidate_count{};               ///< how many answers
    Flag enable_affective_dialog{};                              ///< whether to answer to the speaker's mood
    std::optional<double> frequency_penalty{};  ///< frequency penalty: grows with each repetition of a token
    std::optional<std::int32_t> logprobs{};     ///< how many of the likeliest tokens to report
    std::optional<std::int32_t> max_output_tokens{};  ///< most tokens of the answer
    MediaResolution media_resolution{};               ///< resolution at which media is read
    std::optional<double> presence_penalty{};         ///< presence penalty: for tokens that occurred at all
    std::vector<ResponseFormat> response_format{};    ///< the form of the answer
    Flag response_logprobs{};                         ///< whether to report probabilities
    Text response_mime_type{};                        ///< media type of the answer
    std::vector<Modality> response_modalities{};      ///< what to answer with
    Box<Schema> response_schema{};                    ///< the shape of the answer
    std::optional<std::int32_t> seed{};               ///< makes results repeatable
    Box<SpeechConfig> speech_config{};                ///< how to speak
    std::vector<std::string> stop_sequences{};        ///< texts that end the answer
    std::optional<double> temperature{};              ///< randomness, 0 to 2
    Box<ThinkingConfig> thinking_config{};            ///< how much to think
    std::optional<double> top_k{};                    ///< how many of the likeliest tokens to draw from
    std::optional<double> top_p{};                ///< nucleus sampling: the share of probability to draw from
    Flag enable_enhanced_civic_answers{};         ///< whether to answer about civic matters more fully
    Box<TranslationConfig> translation_config{};  ///< how to translate
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("modelSelectionConfig", self.model_selection_config);
        visit("responseJsonSchema", self.response_json_schema);
        visit("audioTranscriptionConfig", self.audio_transcription_config);
        visit("candidateCount", self.candidate_count);
        visit("enableAffectiveDialog", self.enable_affective_dialog);
        visit("frequencyPenalty", self.frequency_penalty);
        visit("logprobs", self.logprobs);
        visit("maxOutputTokens", self.max_output_tokens);
        visit("mediaResolution", self.media_resolution);
        visit("presencePenalty", self.presence_penalty);
        visit("responseFormat", self.response_format);
        visit("responseLogprobs", self.response_logprobs);
        visit("responseMimeType", self.response_mime_type);
        visit("responseModalities", self.response_modalities);
        visit("responseSchema", self.response_schema);
        visit("seed", self.seed);
        visit("speechConfig", self.speech_config);
        visit("stopSequences", self.stop_sequences);
        visit("temperature", self.temperature);
        visit("thinkingConfig", self.thinking_config);
        visit("topK", self.top_k);
        visit("topP", self.top_p);
        visit("enableEnhancedCivicAnswers", self.enable_enhanced_civic_answers);
        visit("translationConfig", self.translation_config);
    }
};

}  // namespace genai::inline GENAI_ABI
