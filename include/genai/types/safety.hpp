#pragma once

#include <optional>

#include <genai/config.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// A kind of harm that is rated. https://ai.google.dev/api/generate-content#HarmCategory
struct HarmCategory : OpenEnum<HarmCategory> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"HARM_CATEGORY_UNSPECIFIED"};  ///< not to be used
    static constexpr Enumerator harassment{
        "HARM_CATEGORY_HARASSMENT"};  ///< malicious comments on a person or a group
    static constexpr Enumerator hate_speech{
        "HARM_CATEGORY_HATE_SPEECH"};  ///< hate against people for what they are
    static constexpr Enumerator sexually_explicit{"HARM_CATEGORY_SEXUALLY_EXPLICIT"};  ///< sexual content
    static constexpr Enumerator dangerous_content{"HARM_CATEGORY_DANGEROUS_CONTENT"};  ///< help to do harm
    static constexpr Enumerator civic_integrity{
        "HARM_CATEGORY_CIVIC_INTEGRITY"};  ///< harm to elections and the like
    static constexpr Enumerator jailbreak{
        "HARM_CATEGORY_JAILBREAK"};  ///< attempts to get around the safeguards
    static constexpr Enumerator image_hate{"HARM_CATEGORY_IMAGE_HATE"};  ///< hate in images; Vertex AI alone
    static constexpr Enumerator image_dangerous_content{
        "HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT"};  ///< danger in images; Vertex AI alone
    static constexpr Enumerator image_harassment{
        "HARM_CATEGORY_IMAGE_HARASSMENT"};  ///< harassment in images; Vertex AI alone
    static constexpr Enumerator image_sexually_explicit{
        "HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT"};  ///< sexual images; Vertex AI alone
};

/// From which probability on content is blocked.
/// https://ai.google.dev/api/generate-content#HarmBlockThreshold
struct HarmBlockThreshold : OpenEnum<HarmBlockThreshold> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{
        "HARM_BLOCK_THRESHOLD_UNSPECIFIED"};                                 ///< the default of the model
    static constexpr Enumerator block_low_and_above{"BLOCK_LOW_AND_ABOVE"};  ///< block low, medium and high
    static constexpr Enumerator block_medium_and_above{"BLOCK_MEDIUM_AND_ABOVE"};  ///< block medium and high
    static constexpr Enumerator block_only_high{"BLOCK_ONLY_HIGH"};                ///< block high alone
    static constexpr Enumerator block_none{"BLOCK_NONE"};  ///< block nothing, rate all the same
    static constexpr Enumerator off{"OFF"};                ///< neither block nor rate
};

/// How likely content is harmful. https://ai.google.dev/api/generate-content#HarmProbability
struct HarmProbability : OpenEnum<HarmProbability> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"HARM_PROBABILITY_UNSPECIFIED"};  ///< not rated
    static constexpr Enumerator negligible{"NEGLIGIBLE"};                     ///< negligible
    static constexpr Enumerator low{"LOW"};                                   ///< low
    static constexpr Enumerator medium{"MEDIUM"};                             ///< medium
    static constexpr Enumerator high{"HIGH"};                                 ///< very
};

/// Why a prompt was refused. https://ai.google.dev/api/generate-content#BlockReason
struct BlockedReason : OpenEnum<BlockedReason> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"BLOCKED_REASON_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator safety{"SAFETY"};                           ///< see the safety ratings
    static constexpr Enumerator other{"OTHER"};                             ///< not said
    static constexpr Enumerator blocklist{"BLOCKLIST"};                     ///< a word on the blocklist
    static constexpr Enumerator prohibited_content{"PROHIBITED_CONTENT"};   ///< forbidden content
    static constexpr Enumerator image_safety{"IMAGE_SAFETY"};               ///< an unsafe image
    static constexpr Enumerator model_armor{"MODEL_ARMOR"};                 ///< Model Armor; Vertex AI alone
    static constexpr Enumerator jailbreak{"JAILBREAK"};                     ///< a jailbreak; Vertex AI alone
};

/// One category's block threshold. https://ai.google.dev/api/generate-content#SafetySetting
struct SafetySetting {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    HarmCategory category{};                           ///< what is rated
    HarmBlockThreshold threshold{};                    ///< from when on it is blocked
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("category", self.category);
        visit("threshold", self.threshold);
    }
};

/// How one category of harm was rated. https://ai.google.dev/api/generate-content#SafetyRating
struct SafetyRating {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag blocked{};                                    ///< whether the content was blocked for this
    HarmCategory category{};                           ///< what was rated
    HarmProbability probability{};                     ///< how likely it is harmful
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("blocked", self.blocked);
        visit("category", self.category);
        visit("probability", self.probability);
    }
};

}  // namespace genai::inline GENAI_ABI
