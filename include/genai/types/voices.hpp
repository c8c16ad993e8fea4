#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/interactions.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::voices {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// How high a voice is.
struct Pitch : OpenEnum<Pitch> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator low{"low"};        ///< little
    static constexpr Enumerator medium{"medium"};  ///< the middle
    static constexpr Enumerator high{"high"};      ///< much
};

/// Where a voice comes from.
struct VoiceType : OpenEnum<VoiceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator replicated{"replicated"};  ///< from a recording
    static constexpr Enumerator prompted{"prompted"};      ///< from a description
    static constexpr Enumerator prebuilt{"prebuilt"};      ///< the service's own
};

/// Sound.
struct AudioData {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Bytes> data{};                       ///< the bytes, base64 on the wire
    Text mime_type{};                                  ///< IANA media type
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
    }
};

/// A voice from a description.
struct PromptedVoice {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text base_voice{};                                 ///< the voice it builds on
    Text input{};                                      ///< the description
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("base_voice", self.base_voice);
        visit("input", self.input);
    }
};

/// A voice from a recording.
struct ReplicatedVoice {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<AudioData> consent_audio{};                    ///< the speaker's consent
    Box<AudioData> source_audio{};                     ///< the speaker
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("consent_audio", self.consent_audio);
        visit("source_audio", self.source_audio);
    }
};

/// What a voice is made from.
struct VoiceInput {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text accent{};                                     ///< how it sounds
    Text context{};                                    ///< what it is for
    Text description{};                                ///< what it is, in words
    Text display_name{};                               ///< a name for people
    Text gender{};                                     ///< its gender
    Text language_code{};                              ///< BCP-47 code
    Text model{};                                      ///< the model
    Text persona{};                                    ///< its character
    Pitch pitch{};                                     ///< how high it is
    Box<PromptedVoice> prompted{};                     ///< from a description
    Text region_code{};                                ///< where it is from
    Box<ReplicatedVoice> replicated{};                 ///< from a recording
    Box<AudioData> sample_audio{};                     ///< how it sounds
    VoiceType type{};                                  ///< which kind this is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("accent", self.accent);
        visit("context", self.context);
        visit("description", self.description);
        visit("display_name", self.display_name);
        visit("gender", self.gender);
        visit("language_code", self.language_code);
        visit("model", self.model);
        visit("persona", self.persona);
        visit("pitch", self.pitch);
        visit("prompted", self.prompted);
        visit("region_code", self.region_code);
        visit("replicated", self.replicated);
        visit("sample_audio", self.sample_audio);
        visit("type", self.type);
    }
};

/// A voice. https://ai.google.dev/gemini-api/docs/speech-generation
struct VoiceOutput {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text accent{};                                     ///< how it sounds
    Text context{};                                    ///< what it is for
    Text description{};                                ///< what it is, in words
    Text display_name{};                               ///< a name for people
    std::optional<Timestamp> expire_time{};            ///< when it ends
    Text gender{};                                     ///< its gender
    std::string id{};                                  ///< its id
    Text key{};                                        ///< what to speak with it by
    Text language_code{};                              ///< BCP-47 code
    Text model{};                                      ///< the model
    Text persona{};                                    ///< its character
    Pitch pitch{};                                     ///< how high it is
    Box<PromptedVoice> prompted{};                     ///< from a description
    Text region_code{};                                ///< where it is from
    Box<AudioData> sample_audio{};                     ///< how it sounds
    VoiceType type{};                                  ///< which kind this is
    Box<interactions::Usage> usage{};                  ///< tokens used
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("accent", self.accent);
        visit("context", self.context);
        visit("description", self.description);
        visit("display_name", self.display_name);
        visit("expire_time", self.expire_time);
        visit("gender", self.gender);
        visit("id", self.id);
        visit("key", self.key);
        visit("language_code", self.language_code);
        visit("model", self.model);
        visit("persona", self.persona);
        visit("pitch", self.pitch);
        visit("prompted", self.prompted);
        visit("region_code", self.region_code);
        visit("sample_audio", self.sample_audio);
        visit("type", self.type);
        visit("usage", self.usage);
    }
};

/// A voice to be made.
struct CreateVoiceRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag store{};                                      ///< whether the service keeps it
    Box<VoiceInput> voice{};                           ///< the voice's name
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("store", self.store);
        visit("voice", self.voice);
    }
};

/// One page of voices.
struct ListVoicesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<VoiceOutput> voices{};                 ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("voices", self.voices);
    }
};

/// Options of `voices.list`: what they must have.
struct ListVoicesConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text search{};                                      ///< words to look for
    std::vector<std::string> type{};                    ///< where they come from
    std::vector<std::string> gender{};                  ///< its gender
    std::vector<std::string> pitch{};                   ///< how high it is
    std::vector<std::string> language_code{};           ///< BCP-47 code
    std::vector<std::string> region_code{};             ///< where it is from
    std::vector<std::string> accent{};                  ///< how it sounds
    std::vector<std::string> persona{};                 ///< its character
    std::vector<std::string> contexts{};                ///< what they are for
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search", self.search);
        visit("type", self.type);
        visit("gender", self.gender);
        visit("pitch", self.pitch);
        visit("language_code", self.language_code);
        visit("region_code", self.region_code);
        visit("accent", self.accent);
        visit("persona", self.persona);
        visit("contexts", self.contexts);
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

}  // namespace genai::inline GENAI_ABI::voices
