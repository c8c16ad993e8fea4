#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How a transcript is written.
struct AudioTranscriptionConfigMode : OpenEnum<AudioTranscriptionConfigMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"MODE_UNSPECIFIED"};  ///< left to the model
    static constexpr Enumerator verbatim{"VERBATIM"};             ///< every sound, slips included
    static constexpr Enumerator smart{"SMART"};                   ///< as one would write it
};

/// Proof that a voice's owner agreed to its use.
struct VoiceConsentSignature {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text signature{};                                  ///< as the service gave it
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("signature", self.signature); }
};

/// A voice made after a sample.
struct ReplicatedVoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};      ///< see NamedOnly
    Text mime_type{};                                      ///< of the sample: `audio/wav;rate=24000`
    std::optional<Bytes> voice_sample_audio{};             ///< the sample
    std::optional<Bytes> consent_audio{};                  ///< the owner's spoken consent
    Box<VoiceConsentSignature> voice_consent_signature{};  ///< proof of consent from an earlier call
    Extra extra{};                                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mimeType", self.mime_type);
        visit("voiceSampleAudio", self.voice_sample_audio);
        visit("consentAudio", self.consent_audio);
        visit("voiceConsentSignature", self.voice_consent_signature);
    }
};

/// One of the service's voices. https://ai.google.dev/api/generate-content#PrebuiltVoiceConfig
struct PrebuiltVoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text voice_name{};                                 ///< such as `Kore`
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("voiceName", self.voice_name); }
};

/// The voice to speak with: one of the kinds. https://ai.google.dev/api/generate-content#VoiceConfig
struct VoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};      ///< see NamedOnly
    Box<ReplicatedVoiceConfig> replicated_voice_config{};  ///< after a sample
    Box<PrebuiltVoiceConfig> prebuilt_voice_config{};      ///< one of the service's
    Text voice{};                                          ///< the resource name of a stored voice
    Extra extra{};                                         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("replicatedVoiceConfig", self.replicated_voice_config);
        visit("prebuiltVoiceConfig", self.prebuilt_voice_config);
        visit("voice", self.voice);
    }
};

/// The voice of one speaker. https://ai.google.dev/api/generate-content#SpeakerVoiceConfig
struct SpeakerVoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text speaker{};                                    ///< the name the prompt uses
    Box<VoiceConfig> voice_config{};                   ///< the voice
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("speaker", self.speaker);
        visit("voiceConfig", self.voice_config);
    }
};

/// The voices of a dialogue. https://ai.google.dev/api/generate-content#MultiSpeakerVoiceConfig
struct MultiSpeakerVoiceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    std::vector<SpeakerVoiceConfig> speaker_voice_configs{};  ///< one a speaker
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("speakerVoiceConfigs", self.speaker_voice_configs);
    }
};

/// How answers are spoken. https://ai.google.dev/api/generate-content#SpeechConfig
struct SpeechConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    Box<VoiceConfig> voice_config{};                            ///< the voice of a single speaker
    Text language_code{};                                       ///< BCP-47, such as `de-DE`
    Box<MultiSpeakerVoiceConfig> multi_speaker_voice_config{};  ///< the voices of several, instead
    Extra extra{};                                              ///< members this version does not know

    /// One of the service's voices by name.
    static SpeechConfig from_voice(std::string voice_name) {
        return {.voice_config = VoiceConfig{.prebuilt_voice_config =
                                                PrebuiltVoiceConfig{.voice_name = std::move(voice_name)}}};
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("voiceConfig", self.voice_config);
        visit("languageCode", self.language_code);
        visit("multiSpeakerVoiceConfig", self.multi_speaker_voice_config);
    }
};

/// Deprecated by the API: language detection on.
struct LanguageAuto {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// Deprecated by the API: languages to expect.
struct LanguageHints {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> language_codes{};         ///< BCP-47 codes
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("languageCodes", self.language_codes); }
};

/// How audio in the prompt is transcribed.
struct AudioTranscriptionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> language_codes{};         ///< BCP-47 codes of the languages to expect
    Box<LanguageAuto> language_auto{};    ///< deprecated by the API: leave language_codes empty instead
    Box<LanguageHints> language_hints{};  ///< deprecated by the API: use language_codes
    std::vector<std::string> custom_vocabulary{};   ///< words the transcript may hold
    std::vector<std::string> adaptation_phrases{};  ///< deprecated by the API: use custom_vocabulary
    Flag word_timestamp{};                          ///< whether each word has its time
    Flag diarization{};                             ///< whether speakers are told apart
    AudioTranscriptionConfigMode mode{};            ///< how it is written
    Text source_text{};                             ///< a text the speaker follows
    Extra extra{};                                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("languageCodes", self.language_codes);
        visit("languageAuto", self.language_auto);
        visit("languageHints", self.language_hints);
        visit("customVocabulary", self.custom_vocabulary);
        visit("adaptationPhrases", self.adaptation_phrases);
        visit("wordTimestamp", self.word_timestamp);
        visit("diarization", self.diarization);
        visit("mode", self.mode);
        visit("sourceText", self.source_text);
    }
};

}  // namespace genai::inline GENAI_ABI
