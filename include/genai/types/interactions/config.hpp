#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/box.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/wire/raw.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// How images are made; superseded by `response_format`.
struct ImageConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    AspectRatio aspect_ratio{};                        ///< such as `16:9`
    ImageSize image_size{};                            ///< such as `1K`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspect_ratio", self.aspect_ratio);
        visit("image_size", self.image_size);
    }
};

/// A voice.
struct SpeechConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text language{};                                   ///< the language
    Text speaker{};                                    ///< who speaks
    Text voice{};                                      ///< the voice's name
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("language", self.language);
        visit("speaker", self.speaker);
        visit("voice", self.voice);
    }
};

/// Several speakers.
struct SpeakerConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<SpeechConfig> speakers{};              ///< each one's voice
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("speakers", self.speakers); }
};

/// Which tools may be used, and whether they must.
struct AllowedTools {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    ToolChoiceType mode{};                             ///< how
    std::vector<std::string> tools{};                  ///< their names
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("tools", self.tools);
    }
};

/// Which tools may be used.
struct ToolChoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<AllowedTools> allowed_tools{};                 ///< only these
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("allowed_tools", self.allowed_tools); }
};

/// A transcript that reads well.
struct SmartTranscriptionMode {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "smart"};
    Text source_text{};           ///< the text that is read
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("source_text", self.source_text);
        visit("type", self.type);
    }
};

/// A transcript of every sound.
struct VerbatimTranscriptionMode {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "verbatim"};
    Text diarization_mode{};                             ///< how speakers are told apart
    std::vector<std::string> timestamp_granularities{};  ///< what gets times
    std::string type{tag.value};                         ///< which kind this is
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("diarization_mode", self.diarization_mode);
        visit("timestamp_granularities", self.timestamp_granularities);
        visit("type", self.type);
    }
};

/// How audio is written down.
struct TranscriptionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> adaptation_phrases{};     ///< superseded by `custom_vocabulary`
    std::vector<std::string> custom_vocabulary{};      ///< words to expect
    Text diarization_mode{};                           ///< how speakers are told apart
    std::vector<std::string> language_codes{};         ///< BCP-47 codes to expect
    std::vector<std::string> language_hints{};         ///< superseded by `language_codes`
    OneOf<SmartTranscriptionMode, VerbatimTranscriptionMode, TranscriptionStyle> mode{};  ///< how
    std::vector<std::string> timestamp_granularities{};                                   ///< what gets times
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("adaptation_phrases", self.adaptation_phrases);
        visit("custom_vocabulary", self.custom_vocabulary);
        visit("diarization_mode", self.diarization_mode);
        visit("language_codes", self.language_codes);
        visit("language_hints", self.language_hints);
        visit("mode", self.mode);
        visit("timestamp_granularities", self.timestamp_granularities);
    }
};

/// How videos are made.
struct VideoConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    VideoTask task{};                                  ///< what to make
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("task", self.task); }
};

/// How to generate.
struct GenerationConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};                 ///< see NamedOnly
    Box<ImageConfig> image_config{};                                  ///< superseded by `response_format`
    std::optional<std::int32_t> max_output_tokens{};                  ///< most tokens of the answer
    std::optional<std::int32_t> seed{};                               ///< makes results repeatable
    OneOf<SpeakerConfig, std::vector<SpeechConfig>> speech_config{};  ///< how to speak
    std::vector<std::string> stop_sequences{};                        ///< texts that end the answer
    std::optional<double> temperature{};                              ///< randomness, 0 to 2
    ThinkingLevel thinking_level{};                                   ///< how much to think
    ThinkingSummaries thinking_summaries{};                           ///< whether thoughts are summed up
    OneOf<ToolChoiceConfig, ToolChoiceType> tool_choice{};  ///< whether and which tools must be used
    std::optional<double> top_p{};  ///< nucleus sampling: the share of probability to draw from
    Box<TranscriptionConfig> transcription_config{};  ///< how to write down audio
    Box<VideoConfig> video_config{};                  ///< what kind of video
    Extra extra{};                                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image_config", self.image_config);
        visit("max_output_tokens", self.max_output_tokens);
        visit("seed", self.seed);
        visit("speech_config", self.speech_config);
        visit("stop_sequences", self.stop_sequences);
        visit("temperature", self.temperature);
        visit("thinking_level", self.thinking_level);
        visit("thinking_summaries", self.thinking_summaries);
        visit("tool_choice", self.tool_choice);
        visit("top_p", self.top_p);
        visit("transcription_config", self.transcription_config);
        visit("video_config", self.video_config);
    }
};

/// An answer in sound.
struct AudioResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> bit_rate{};     ///< bits a second
    Delivery delivery{};                        ///< within the answer or as an address
    AudioResponseFormatMimeType mime_type{};    ///< IANA media type
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};                ///< which kind this is
    Extra extra{};                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("bit_rate", self.bit_rate);
        visit("delivery", self.delivery);
        visit("mime_type", self.mime_type);
        visit("sample_rate", self.sample_rate);
        visit("type", self.type);
    }
};

/// An answer in images.
struct ImageResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    AspectRatio aspect_ratio{};               ///< such as `16:9`
    Delivery delivery{};                      ///< within the answer or as an address
    ImageSize image_size{};                   ///< such as `1K`
    ImageResponseFormatMimeType mime_type{};  ///< IANA media type
    std::string type{tag.value};              ///< which kind this is
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspect_ratio", self.aspect_ratio);
        visit("delivery", self.delivery);
        visit("image_size", self.image_size);
        visit("mime_type", self.mime_type);
        visit("type", self.type);
    }
};

/// An answer in text.
struct TextResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    TextResponseFormatMimeType mime_type{};  ///< IANA media type
    RawJson schema{};                        ///< JSON Schema of the answer
    std::string type{tag.value};             ///< which kind this is
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mime_type", self.mime_type);
        visit("schema", self.schema);
        visit("type", self.type);
    }
};

/// An answer in video.
struct VideoResponseFormat {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    AspectRatio aspect_ratio{};   ///< such as `16:9`
    Delivery delivery{};          ///< within the answer or as an address
    Text duration{};              ///< how long, such as `5s`
    Text gcs_uri{};               ///< Cloud Storage address, `gs://…`
    Resolution resolution{};      ///< such as `720p`
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspect_ratio", self.aspect_ratio);
        visit("delivery", self.delivery);
        visit("duration", self.duration);
        visit("gcs_uri", self.gcs_uri);
        visit("resolution", self.resolution);
        visit("type", self.type);
    }
};

/// The form of an answer; a JSON object is a schema.
struct ResponseFormat
    : OneOf<AudioResponseFormat, ImageResponseFormat, TextResponseFormat, VideoResponseFormat, Json> {
    using OneOf::OneOf;
};

/// One category's threshold.
struct SafetySetting {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    SafetyMethod method{};                             ///< what the threshold is about
    SafetyThreshold threshold{};                       ///< from where on to block
    HarmCategory type{};                               ///< the category
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("method", self.method);
        visit("threshold", self.threshold);
        visit("type", self.type);
    }
};

/// Whom to call when long work is done.
struct WebhookConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> uris{};                   ///< addresses to call; the project's own when empty
    std::optional<Json> user_metadata{};               ///< an object that comes back with each call
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("uris", self.uris);
        visit("user_metadata", self.user_metadata);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
