#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/content.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generation_config.hpp>
#include <genai/types/safety.hpp>
#include <genai/types/speech.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How readily speech is heard to begin.
struct StartSensitivity : OpenEnum<StartSensitivity> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"START_SENSITIVITY_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator high{"START_SENSITIVITY_HIGH"};                ///< often
    static constexpr Enumerator low{"START_SENSITIVITY_LOW"};                  ///< seldom
};

/// How readily speech is heard to end.
struct EndSensitivity : OpenEnum<EndSensitivity> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"END_SENSITIVITY_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator high{"END_SENSITIVITY_HIGH"};                ///< soon
    static constexpr Enumerator low{"END_SENSITIVITY_LOW"};                  ///< late
};

/// What speech does to an answer under way.
struct ActivityHandling : OpenEnum<ActivityHandling> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"ACTIVITY_HANDLING_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator start_of_activity_interrupts{
        "START_OF_ACTIVITY_INTERRUPTS"};                             ///< cuts it short
    static constexpr Enumerator no_interruption{"NO_INTERRUPTION"};  ///< nothing
};

/// What belongs to a turn.
struct TurnCoverage : OpenEnum<TurnCoverage> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"TURN_COVERAGE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator turn_includes_only_activity{
        "TURN_INCLUDES_ONLY_ACTIVITY"};  ///< what was said
    static constexpr Enumerator turn_includes_all_input{
        "TURN_INCLUDES_ALL_INPUT"};  ///< everything that came in
    static constexpr Enumerator turn_includes_audio_activity_and_all_video{
        "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO"};  ///< what was said, and all video
};

/// How a live session goes on after a break.
struct SessionResumptionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text handle{};                                     ///< of the session to go on with
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("handle", self.handle); }
};

/// How the service notices speech.
struct AutomaticActivityDetection {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    Flag disabled{};                                    ///< whether the caller marks activity instead
    StartSensitivity start_of_speech_sensitivity{};     ///< how readily speech is heard to begin
    EndSensitivity end_of_speech_sensitivity{};         ///< how readily it is heard to end
    std::optional<std::int32_t> prefix_padding_ms{};    ///< speech needed before it counts, in ms
    std::optional<std::int32_t> silence_duration_ms{};  ///< silence needed before it ends, in ms
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("disabled", self.disabled);
        visit("startOfSpeechSensitivity", self.start_of_speech_sensitivity);
        visit("endOfSpeechSensitivity", self.end_of_speech_sensitivity);
        visit("prefixPaddingMs", self.prefix_padding_ms);
        visit("silenceDurationMs", self.silence_duration_ms);
    }
};

/// How a live session takes input in.
struct RealtimeInputConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};                ///< see NamedOnly
    Box<AutomaticActivityDetection> automatic_activity_detection{};  ///< how speech is noticed
    ActivityHandling activity_handling{};         ///< what speech does to an answer under way
    TurnCoverage turn_coverage{};                 ///< what belongs to a turn
    Flag interim_transcript_timestamp_enabled{};  ///< whether early transcripts carry times
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("automaticActivityDetection", self.automatic_activity_detection);
        visit("activityHandling", self.activity_handling);
        visit("turnCoverage", self.turn_coverage);
        visit("interimTranscriptTimestampEnabled", self.interim_transcript_timestamp_enabled);
    }
};

/// Drops the oldest turns.
struct SlidingWindow {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> target_tokens{};       ///< how much to keep
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("targetTokens", self.target_tokens, wire::as_string);
    }
};

/// What a live session does when its context is full.
struct ContextWindowCompressionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> trigger_tokens{};      ///< when to begin
    Box<SlidingWindow> sliding_window{};               ///< drop the oldest turns
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("triggerTokens", self.trigger_tokens, wire::as_string);
        visit("slidingWindow", self.sliding_window);
    }
};

/// What the model may do without being asked.
struct ProactivityConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag proactive_audio{};  ///< whether the model may speak, or stay silent, of itself
    Flag proactive_video{};  ///< the same for what it sees
    Extra extra{};           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("proactiveAudio", self.proactive_audio);
        visit("proactiveVideo", self.proactive_video);
    }
};

/// A face from an image.
struct CustomizedAvatar {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text image_mime_type{};                            ///< media type of the image
    std::optional<Bytes> image_data{};                 ///< the image
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("imageMimeType", self.image_mime_type);
        visit("imageData", self.image_data);
    }
};

/// The face a live session shows.
struct AvatarConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text avatar_name{};                                ///< one of the service's own
    Box<CustomizedAvatar> customized_avatar{};         ///< one of your own
    std::optional<std::int32_t> audio_bitrate_bps{};   ///< bits a second of its sound
    std::optional<std::int32_t> video_bitrate_bps{};   ///< bits a second of its picture
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("avatarName", self.avatar_name);
        visit("customizedAvatar", self.customized_avatar);
        visit("audioBitrateBps", self.audio_bitrate_bps);
        visit("videoBitrateBps", self.video_bitrate_bps);
    }
};

/// How a live session takes its history.
struct HistoryConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag initial_history_in_client_content{};          ///< whether the first content is history
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("initialHistoryInClientContent", self.initial_history_in_client_content);
    }
};

/// What a live session begins with. https://ai.google.dev/api/live#BidiGenerateContentSetup
struct LiveConnectConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Box<GenerationConfig> generation_config{};          ///< superseded by the members beside it
    std::vector<Modality> response_modalities{};        ///< what to answer with
    std::optional<double> temperature{};                ///< randomness, 0 to 2
    std::optional<double> top_p{};  ///< nucleus sampling: the share of probability to draw from
    std::optional<double> top_k{};  ///< how many of the likeliest tokens to draw from
    std::optional<std::int32_t> max_output_tokens{};             ///< most tokens of the answer
    MediaResolution media_resolution{};                          ///< resolution at which media is read
    std::optional<std::int32_t> seed{};                          ///< makes results repeatable
    Box<SpeechConfig> speech_config{};                           ///< how to speak
    Box<ThinkingConfig> thinking_config{};                       ///< how much to think
    Flag enable_affective_dialog{};                              ///< whether to answer to the speaker's mood
    Message system_instruction{};                                ///< how the model shall behave
    std::vector<Tool> tools{};                                   ///< what the model may use
    Box<SessionResumptionConfig> session_resumption{};           ///< to be able to go on after a break
    Box<AudioTranscriptionConfig> input_audio_transcription{};   ///< to have what is heard written down
    Box<AudioTranscriptionConfig> output_audio_transcription{};  ///< to have what is said written down
    Box<RealtimeInputConfig> realtime_input_config{};            ///< how input is taken in
    Box<ContextWindowCompressionConfig>
        context_window_compression{};              ///< what to do when the context is full
    Box<ProactivityConfig> proactivity{};          ///< what the model may do of itself
    Box<AvatarConfig> avatar_config{};             ///< the face it has
    std::vector<SafetySetting> safety_settings{};  ///< what to block
    Box<TranslationConfig> translation_config{};   ///< how to translate
    Dict<std::string> labels{};                    ///< keys and values for the caller's own accounts
    Box<HistoryConfig> history_config{};           ///< how the history that is sent first is taken
    Extra extra{};                                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("generationConfig", self.generation_config);
        visit("responseModalities", self.response_modalities);
        visit("temperature", self.temperature);
        visit("topP", self.top_p);
        visit("topK", self.top_k);
        visit("maxOutputTokens", self.max_output_tokens);
        visit("mediaResolution", self.media_resolution);
        visit("seed", self.seed);
        visit("speechConfig", self.speech_config);
        visit("thinkingConfig", self.thinking_config);
        visit("enableAffectiveDialog", self.enable_affective_dialog);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("sessionResumption", self.session_resumption);
        visit("inputAudioTranscription", self.input_audio_transcription);
        visit("outputAudioTranscription", self.output_audio_transcription);
        visit("realtimeInputConfig", self.realtime_input_config);
        visit("contextWindowCompression", self.context_window_compression);
        visit("proactivity", self.proactivity);
        visit("avatarConfig", self.avatar_config);
        visit("safetySettings", self.safety_settings);
        visit("translationConfig", self.translation_config);
        visit("labels", self.labels);
        visit("historyConfig", self.history_config);
    }
};

/// What an ephemeral token's sessions are bound to.
struct LiveConnectConstraints {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the only model
    Box<LiveConnectConfig> config{};                   ///< what sessions begin with
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("config", self.config);
    }
};

}  // namespace genai::inline GENAI_ABI
