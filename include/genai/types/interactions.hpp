#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/options.hpp>
#include <genai/wire/box.hpp>
#include <genai/wire/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/json.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/wire/open_enum.hpp>
#include <genai/wire/time.hpp>

namespace genai::inline v0::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A model by its name. New ones come all the time: any text will do.
struct Model : OpenEnum<Model> {
    using OpenEnum::OpenEnum;
    /// Any name, known to this version or not.
    template <std::convertible_to<std::string_view> Text>
    Model(const Text& name) : OpenEnum(std::string_view(name)) {}
    static constexpr Enumerator gemma_4_26b_a4b_it{"gemma-4-26b-a4b-it"};  ///< `gemma-4-26b-a4b-it`
    static constexpr Enumerator gemma_4_31b_it{"gemma-4-31b-it"};  ///< `gemma-4-31b-it`
    static constexpr Enumerator gemini_flash_latest{"gemini-flash-latest"};  ///< `gemini-flash-latest`
    static constexpr Enumerator gemini_flash_lite_latest{"gemini-flash-lite-latest"};  ///< `gemini-flash-lite-latest`
    static constexpr Enumerator gemini_pro_latest{"gemini-pro-latest"};  ///< `gemini-pro-latest`
    static constexpr Enumerator gemini_2_5_flash{"gemini-2.5-flash"};  ///< `gemini-2.5-flash`
    static constexpr Enumerator gemini_2_5_pro{"gemini-2.5-pro"};  ///< `gemini-2.5-pro`
    static constexpr Enumerator gemini_2_5_flash_lite{"gemini-2.5-flash-lite"};  ///< `gemini-2.5-flash-lite`
    static constexpr Enumerator gemini_3_5_flash_lite{"gemini-3.5-flash-lite"};  ///< `gemini-3.5-flash-lite`
    static constexpr Enumerator gemini_2_5_flash_image{"gemini-2.5-flash-image"};  ///< `gemini-2.5-flash-image`
    static constexpr Enumerator gemini_3_flash_preview{"gemini-3-flash-preview"};  ///< `gemini-3-flash-preview`
    static constexpr Enumerator gemini_3_1_pro_preview{"gemini-3.1-pro-preview"};  ///< `gemini-3.1-pro-preview`
    static constexpr Enumerator gemini_3_1_pro_preview_customtools{"gemini-3.1-pro-preview-customtools"};  ///< `gemini-3.1-pro-preview-customtools`
    static constexpr Enumerator gemini_3_1_flash_lite{"gemini-3.1-flash-lite"};  ///< `gemini-3.1-flash-lite`
    static constexpr Enumerator gemini_3_1_flash_lite_image{"gemini-3.1-flash-lite-image"};  ///< `gemini-3.1-flash-lite-image`
    static constexpr Enumerator gemini_3_pro_image{"gemini-3-pro-image"};  ///< `gemini-3-pro-image`
    static constexpr Enumerator nano_banana_pro_preview{"nano-banana-pro-preview"};  ///< `nano-banana-pro-preview`
    static constexpr Enumerator gemini_3_1_flash_image{"gemini-3.1-flash-image"};  ///< `gemini-3.1-flash-image`
    static constexpr Enumerator gemini_nano_banana_2_1{"gemini-nano-banana-2.1"};  ///< `gemini-nano-banana-2.1`
    static constexpr Enumerator gemini_3_1_flash_tts_preview{"gemini-3.1-flash-tts-preview"};  ///< `gemini-3.1-flash-tts-preview`
    static constexpr Enumerator gemini_3_5_flash{"gemini-3.5-flash"};  ///< `gemini-3.5-flash`
    static constexpr Enumerator gemini_3_6_flash{"gemini-3.6-flash"};  ///< `gemini-3.6-flash`
    static constexpr Enumerator gemini_3_7_flash{"gemini-3.7-flash"};  ///< `gemini-3.7-flash`
    static constexpr Enumerator gemini_3_8_flash{"gemini-3.8-flash"};  ///< `gemini-3.8-flash`
    static constexpr Enumerator gemini_4_argon{"gemini-4-argon"};  ///< `gemini-4-argon`
    static constexpr Enumerator gemini_4_carbon{"gemini-4-carbon"};  ///< `gemini-4-carbon`
    static constexpr Enumerator gemini_3_8_flash_tts{"gemini-3.8-flash-tts"};  ///< `gemini-3.8-flash-tts`
    static constexpr Enumerator gemini_3_8_flash_lite_tts{"gemini-3.8-flash-lite-tts"};  ///< `gemini-3.8-flash-lite-tts`
    static constexpr Enumerator gemini_3_5_transcribe{"gemini-3.5-transcribe"};  ///< `gemini-3.5-transcribe`
    static constexpr Enumerator lyria_3_clip_preview{"lyria-3-clip-preview"};  ///< `lyria-3-clip-preview`
    static constexpr Enumerator lyria_3_pro_preview{"lyria-3-pro-preview"};  ///< `lyria-3-pro-preview`
    static constexpr Enumerator gemini_robotics_er_1_6_preview{"gemini-robotics-er-1.6-preview"};  ///< `gemini-robotics-er-1.6-preview`
    static constexpr Enumerator gemini_robotics_er_2_preview{"gemini-robotics-er-2-preview"};  ///< `gemini-robotics-er-2-preview`
    static constexpr Enumerator lyria_3_5{"lyria-3.5"};  ///< `lyria-3.5`
    static constexpr Enumerator gemini_omni_1_2_flash{"gemini-omni-1.2-flash"};  ///< `gemini-omni-1.2-flash`
    static constexpr Enumerator gemini_omni_1_1_flash{"gemini-omni-1.1-flash"};  ///< `gemini-omni-1.1-flash`
    static constexpr Enumerator gemini_omni_flash_preview{"gemini-omni-flash-preview"};  ///< `gemini-omni-flash-preview`
};

/// A kind of content.
struct ResponseModality : OpenEnum<ResponseModality> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator text{"text"};  ///< `text`
    static constexpr Enumerator image{"image"};  ///< `image`
    static constexpr Enumerator audio{"audio"};  ///< `audio`
    static constexpr Enumerator video{"video"};  ///< `video`
    static constexpr Enumerator document{"document"};  ///< `document`
};

/// How urgent a request is.
struct ServiceTier : OpenEnum<ServiceTier> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator flex{"flex"};  ///< cheap, when there is room
    static constexpr Enumerator standard{"standard"};  ///< as usual
    static constexpr Enumerator priority{"priority"};  ///< first
    static constexpr Enumerator deferred{"deferred"};  ///< some time
};

/// An agent by its name. New ones come all the time: any text will do.
struct AgentOption : OpenEnum<AgentOption> {
    using OpenEnum::OpenEnum;
    /// Any name, known to this version or not.
    template <std::convertible_to<std::string_view> Text>
    AgentOption(const Text& name) : OpenEnum(std::string_view(name)) {}
    static constexpr Enumerator deep_research_pro_preview_12_2025{"deep-research-pro-preview-12-2025"};  ///< `deep-research-pro-preview-12-2025`
    static constexpr Enumerator deep_research_preview_04_2026{"deep-research-preview-04-2026"};  ///< `deep-research-preview-04-2026`
    static constexpr Enumerator deep_research_max_preview_04_2026{"deep-research-max-preview-04-2026"};  ///< `deep-research-max-preview-04-2026`
    static constexpr Enumerator antigravity_preview_05_2026{"antigravity-preview-05-2026"};  ///< `antigravity-preview-05-2026`
    static constexpr Enumerator antigravity_preview_09_2026{"antigravity-preview-09-2026"};  ///< `antigravity-preview-09-2026`
};

/// How far an interaction has come.
struct InteractionStatus : OpenEnum<InteractionStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator in_progress{"in_progress"};  ///< works
    static constexpr Enumerator requires_action{"requires_action"};  ///< waits for a function's result
    static constexpr Enumerator completed{"completed"};  ///< done
    static constexpr Enumerator failed{"failed"};  ///< ended with an error
    static constexpr Enumerator cancelled{"cancelled"};  ///< was stopped
    static constexpr Enumerator incomplete{"incomplete"};  ///< ended before it was done
    static constexpr Enumerator budget_exceeded{"budget_exceeded"};  ///< used up its tokens
    static constexpr Enumerator queued{"queued"};  ///< waits for its turn
    static constexpr Enumerator requires_continuation{"requires_continuation"};  ///< was cut; can be continued
};

/// Says no.
struct Disabled : OpenEnum<Disabled> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator disabled{"disabled"};  ///< not allowed
};

/// How much to think.
struct ThinkingLevel : OpenEnum<ThinkingLevel> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator minimal{"minimal"};  ///< hardly
    static constexpr Enumerator low{"low"};  ///< little
    static constexpr Enumerator medium{"medium"};  ///< the middle
    static constexpr Enumerator high{"high"};  ///< much
};

/// Whether thoughts are summed up.
struct ThinkingSummaries : OpenEnum<ThinkingSummaries> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator auto_{"auto"};  ///< as the model sees fit
    static constexpr Enumerator none{"none"};  ///< not at all
};

/// Whether tools must be used.
struct ToolChoiceType : OpenEnum<ToolChoiceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator auto_{"auto"};  ///< as the model sees fit
    static constexpr Enumerator any{"any"};  ///< some tool must be used
    static constexpr Enumerator none{"none"};  ///< not at all
    static constexpr Enumerator validated{"validated"};  ///< any, with arguments held to their schema
};

/// What a threshold is about.
struct SafetyMethod : OpenEnum<SafetyMethod> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator severity{"severity"};  ///< how bad it would be
    static constexpr Enumerator probability{"probability"};  ///< how likely it is
};

/// From where on to block.
struct SafetyThreshold : OpenEnum<SafetyThreshold> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator block_low_and_above{"block_low_and_above"};  ///< `block_low_and_above`
    static constexpr Enumerator block_medium_and_above{"block_medium_and_above"};  ///< `block_medium_and_above`
    static constexpr Enumerator block_only_high{"block_only_high"};  ///< `block_only_high`
    static constexpr Enumerator block_none{"block_none"};  ///< `block_none`
    static constexpr Enumerator off{"off"};  ///< not at all
};

/// A category of harm.
struct HarmCategory : OpenEnum<HarmCategory> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator hate_speech{"hate_speech"};  ///< `hate_speech`
    static constexpr Enumerator dangerous_content{"dangerous_content"};  ///< `dangerous_content`
    static constexpr Enumerator harassment{"harassment"};  ///< `harassment`
    static constexpr Enumerator sexually_explicit{"sexually_explicit"};  ///< `sexually_explicit`
    static constexpr Enumerator civic_integrity{"civic_integrity"};  ///< `civic_integrity`
    static constexpr Enumerator image_hate{"image_hate"};  ///< `image_hate`
    static constexpr Enumerator image_dangerous_content{"image_dangerous_content"};  ///< `image_dangerous_content`
    static constexpr Enumerator image_harassment{"image_harassment"};  ///< `image_harassment`
    static constexpr Enumerator image_sexually_explicit{"image_sexually_explicit"};  ///< `image_sexually_explicit`
    static constexpr Enumerator jailbreak{"jailbreak"};  ///< `jailbreak`
};

/// Whether charts are drawn.
struct Visualization : OpenEnum<Visualization> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator off{"off"};  ///< not at all
    static constexpr Enumerator auto_{"auto"};  ///< as the model sees fit
};

/// Media types of sound.
struct AudioMimeType : OpenEnum<AudioMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator wav{"audio/wav"};  ///< `audio/wav`
    static constexpr Enumerator mp3{"audio/mp3"};  ///< `audio/mp3`
    static constexpr Enumerator aiff{"audio/aiff"};  ///< `audio/aiff`
    static constexpr Enumerator aac{"audio/aac"};  ///< `audio/aac`
    static constexpr Enumerator ogg{"audio/ogg"};  ///< `audio/ogg`
    static constexpr Enumerator flac{"audio/flac"};  ///< `audio/flac`
    static constexpr Enumerator mpeg{"audio/mpeg"};  ///< `audio/mpeg`
    static constexpr Enumerator m4a{"audio/m4a"};  ///< `audio/m4a`
    static constexpr Enumerator l16{"audio/l16"};  ///< `audio/l16`
    static constexpr Enumerator opus{"audio/opus"};  ///< `audio/opus`
    static constexpr Enumerator alaw{"audio/alaw"};  ///< `audio/alaw`
    static constexpr Enumerator mulaw{"audio/mulaw"};  ///< `audio/mulaw`
    static constexpr Enumerator webm{"audio/webm"};  ///< `audio/webm`
};

/// Media types of images.
struct ImageMimeType : OpenEnum<ImageMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator png{"image/png"};  ///< `image/png`
    static constexpr Enumerator jpeg{"image/jpeg"};  ///< `image/jpeg`
    static constexpr Enumerator webp{"image/webp"};  ///< `image/webp`
    static constexpr Enumerator heic{"image/heic"};  ///< `image/heic`
    static constexpr Enumerator heif{"image/heif"};  ///< `image/heif`
    static constexpr Enumerator gif{"image/gif"};  ///< `image/gif`
    static constexpr Enumerator bmp{"image/bmp"};  ///< `image/bmp`
    static constexpr Enumerator tiff{"image/tiff"};  ///< `image/tiff`
};

/// How finely to look at media.
struct MediaResolution : OpenEnum<MediaResolution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator low{"low"};  ///< little
    static constexpr Enumerator medium{"medium"};  ///< the middle
    static constexpr Enumerator high{"high"};  ///< much
    static constexpr Enumerator ultra_high{"ultra_high"};  ///< most
};

/// Media types of video.
struct VideoMimeType : OpenEnum<VideoMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator mp4{"video/mp4"};  ///< `video/mp4`
    static constexpr Enumerator mpeg{"video/mpeg"};  ///< `video/mpeg`
    static constexpr Enumerator mpg{"video/mpg"};  ///< `video/mpg`
    static constexpr Enumerator mov{"video/mov"};  ///< `video/mov`
    static constexpr Enumerator avi{"video/avi"};  ///< `video/avi`
    static constexpr Enumerator x_flv{"video/x-flv"};  ///< `video/x-flv`
    static constexpr Enumerator webm{"video/webm"};  ///< `video/webm`
    static constexpr Enumerator wmv{"video/wmv"};  ///< `video/wmv`
    static constexpr Enumerator p3g{"video/3gpp"};  ///< `video/3gpp`
    static constexpr Enumerator jpeg2000{"video/jpeg2000"};  ///< `video/jpeg2000`
};

/// How media are looked at.
struct Processing : OpenEnum<Processing> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator static_{"static"};  ///< one look at everything
    static constexpr Enumerator agentic{"agentic"};  ///< the model chooses what to look at closely
};

/// Where a source comes from.
struct SourceType : OpenEnum<SourceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator gcs{"gcs"};  ///< Cloud Storage
    static constexpr Enumerator inline_{"inline"};  ///< within the answer
    static constexpr Enumerator repository{"repository"};  ///< a repository
    static constexpr Enumerator skill_registry{"skill_registry"};  ///< the skill registry
};

/// Width to height.
struct AspectRatio : OpenEnum<AspectRatio> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator ratio_1x1{"1:1"};  ///< `1:1`
    static constexpr Enumerator ratio_2x3{"2:3"};  ///< `2:3`
    static constexpr Enumerator ratio_3x2{"3:2"};  ///< `3:2`
    static constexpr Enumerator ratio_3x4{"3:4"};  ///< `3:4`
    static constexpr Enumerator ratio_4x3{"4:3"};  ///< `4:3`
    static constexpr Enumerator ratio_4x5{"4:5"};  ///< `4:5`
    static constexpr Enumerator ratio_5x4{"5:4"};  ///< `5:4`
    static constexpr Enumerator ratio_9x16{"9:16"};  ///< `9:16`
    static constexpr Enumerator ratio_16x9{"16:9"};  ///< `16:9`
    static constexpr Enumerator ratio_21x9{"21:9"};  ///< `21:9`
    static constexpr Enumerator ratio_1x8{"1:8"};  ///< `1:8`
    static constexpr Enumerator ratio_8x1{"8:1"};  ///< `8:1`
    static constexpr Enumerator ratio_1x4{"1:4"};  ///< `1:4`
    static constexpr Enumerator ratio_4x1{"4:1"};  ///< `4:1`
};

/// How large an image is.
struct ImageSize : OpenEnum<ImageSize> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator size_1k{"1K"};  ///< `1K`
    static constexpr Enumerator size_2k{"2K"};  ///< `2K`
    static constexpr Enumerator size_4k{"4K"};  ///< `4K`
    static constexpr Enumerator size_512{"512"};  ///< `512`
};

/// How audio is written down.
struct TranscriptionStyle : OpenEnum<TranscriptionStyle> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator verbatim{"verbatim"};  ///< every sound
    static constexpr Enumerator smart{"smart"};  ///< what reads well
};

/// What kind of video to make.
struct VideoTask : OpenEnum<VideoTask> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator text_to_video{"text_to_video"};  ///< `text_to_video`
    static constexpr Enumerator image_to_video{"image_to_video"};  ///< `image_to_video`
    static constexpr Enumerator reference_to_video{"reference_to_video"};  ///< `reference_to_video`
    static constexpr Enumerator edit{"edit"};  ///< `edit`
    static constexpr Enumerator extend{"extend"};  ///< `extend`
    static constexpr Enumerator upscale{"upscale"};  ///< `upscale`
};

/// How media come.
struct Delivery : OpenEnum<Delivery> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator inline_{"inline"};  ///< within the answer
    static constexpr Enumerator uri{"uri"};  ///< as an address
};

/// Media types of spoken answers.
struct AudioResponseFormatMimeType : OpenEnum<AudioResponseFormatMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator mp3{"audio/mp3"};  ///< `audio/mp3`
    static constexpr Enumerator ogg_opus{"audio/ogg_opus"};  ///< `audio/ogg_opus`
    static constexpr Enumerator l16{"audio/l16"};  ///< `audio/l16`
    static constexpr Enumerator wav{"audio/wav"};  ///< `audio/wav`
    static constexpr Enumerator alaw{"audio/alaw"};  ///< `audio/alaw`
    static constexpr Enumerator mulaw{"audio/mulaw"};  ///< `audio/mulaw`
};

/// Media types of images in answers.
struct ImageResponseFormatMimeType : OpenEnum<ImageResponseFormatMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator jpeg{"image/jpeg"};  ///< `image/jpeg`
};

/// Media types of text in answers.
struct TextResponseFormatMimeType : OpenEnum<TextResponseFormatMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator json{"application/json"};  ///< `application/json`
    static constexpr Enumerator plain{"text/plain"};  ///< `text/plain`
};

/// Lines of a video.
struct Resolution : OpenEnum<Resolution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator p360{"360p"};  ///< `360p`
    static constexpr Enumerator p720{"720p"};  ///< `720p`
    static constexpr Enumerator p1080{"1080p"};  ///< `1080p`
    static constexpr Enumerator size_4k{"4k"};  ///< `4k`
};

/// A confirmation that is not asked for.
struct DisabledSafetyPolicy : OpenEnum<DisabledSafetyPolicy> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator financial_transactions{"financial_transactions"};  ///< `financial_transactions`
    static constexpr Enumerator sensitive_data_modification{"sensitive_data_modification"};  ///< `sensitive_data_modification`
    static constexpr Enumerator communication_tool{"communication_tool"};  ///< `communication_tool`
    static constexpr Enumerator account_creation{"account_creation"};  ///< `account_creation`
    static constexpr Enumerator data_modification{"data_modification"};  ///< `data_modification`
    static constexpr Enumerator user_consent_management{"user_consent_management"};  ///< `user_consent_management`
    static constexpr Enumerator legal_terms_and_agreements{"legal_terms_and_agreements"};  ///< `legal_terms_and_agreements`
};

/// What is driven.
struct ComputerEnvironment : OpenEnum<ComputerEnvironment> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator browser{"browser"};  ///< `browser`
    static constexpr Enumerator mobile{"mobile"};  ///< `mobile`
    static constexpr Enumerator desktop{"desktop"};  ///< `desktop`
};

/// What is searched.
struct SearchType : OpenEnum<SearchType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator web_search{"web_search"};  ///< `web_search`
    static constexpr Enumerator image_search{"image_search"};  ///< `image_search`
    static constexpr Enumerator enterprise_web_search{"enterprise_web_search"};  ///< `enterprise_web_search`
};

/// What is searched.
struct RetrievalType : OpenEnum<RetrievalType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator vertex_ai_search{"vertex_ai_search"};  ///< `vertex_ai_search`
    static constexpr Enumerator rag_store{"rag_store"};  ///< `rag_store`
    static constexpr Enumerator exa_ai_search{"exa_ai_search"};  ///< `exa_ai_search`
    static constexpr Enumerator parallel_ai_search{"parallel_ai_search"};  ///< `parallel_ai_search`
};

/// How to look for flaws.
struct FindMode : OpenEnum<FindMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator scan{"scan"};  ///< everything
    static constexpr Enumerator verify{"verify"};  ///< one finding
};

/// A kind of search.
struct GroundingToolCountType : OpenEnum<GroundingToolCountType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator google_search{"google_search"};  ///< `google_search`
    static constexpr Enumerator google_maps{"google_maps"};  ///< `google_maps`
    static constexpr Enumerator retrieval{"retrieval"};  ///< `retrieval`
};

/// Media types of documents.
struct DocumentMimeType : OpenEnum<DocumentMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator pdf{"application/pdf"};  ///< `application/pdf`
    static constexpr Enumerator csv{"text/csv"};  ///< `text/csv`
    static constexpr Enumerator pptx{"application/vnd.openxmlformats-officedocument.presentationml.presentation"};  ///< `application/vnd.openxmlformats-officedocument.presentationml.presentation`
    static constexpr Enumerator ppt{"application/vnd.ms-powerpoint"};  ///< `application/vnd.ms-powerpoint`
    static constexpr Enumerator odp{"application/vnd.oasis.opendocument.presentation"};  ///< `application/vnd.oasis.opendocument.presentation`
    static constexpr Enumerator docx{"application/vnd.openxmlformats-officedocument.wordprocessingml.document"};  ///< `application/vnd.openxmlformats-officedocument.wordprocessingml.document`
    static constexpr Enumerator doc{"application/msword"};  ///< `application/msword`
    static constexpr Enumerator dotx{"application/vnd.openxmlformats-officedocument.wordprocessingml.template"};  ///< `application/vnd.openxmlformats-officedocument.wordprocessingml.template`
    static constexpr Enumerator odt{"application/vnd.oasis.opendocument.text"};  ///< `application/vnd.oasis.opendocument.text`
    static constexpr Enumerator xlsx{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};  ///< `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`
    static constexpr Enumerator xls{"application/vnd.ms-excel"};  ///< `application/vnd.ms-excel`
    static constexpr Enumerator ods{"application/vnd.oasis.opendocument.spreadsheet"};  ///< `application/vnd.oasis.opendocument.spreadsheet`
};

/// What code is written in.
struct Language : OpenEnum<Language> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator python{"python"};  ///< `python`
    static constexpr Enumerator bash{"bash"};  ///< `bash`
};

/// How the reading of a page went.
struct URLContextResultStatus : OpenEnum<URLContextResultStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator success{"success"};  ///< it was read
    static constexpr Enumerator error{"error"};  ///< it could not be read
    static constexpr Enumerator paywall{"paywall"};  ///< it must be paid for
    static constexpr Enumerator unsafe{"unsafe"};  ///< it was held back
};

/// What `interactions.get` looks for.
struct GetInteractionConfig {
    HttpOptions http_options{};                  ///< for this call, over the client's
    std::optional<bool> include_input{};         ///< whether what was said is given back too
    std::optional<std::string> last_event_id{};  ///< of a stream: what comes after this event

    static constexpr void fields(auto& self, auto&& visit) {
        visit("include_input", self.include_input);
        visit("last_event_id", self.last_event_id);
    }
};

/// The value of an environment variable.
struct EnvVar {
    std::optional<std::string> credential{};  ///< a credential's id
    std::optional<std::string> value{};  ///< the value
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("credential", self.credential);
        visit("value", self.value);
    }
};

/// A host that may be connected to.
struct AllowlistEntry {
    std::optional<std::string> credential{};  ///< a credential's id
    std::optional<std::string> domain{};  ///< a host name, `*` for parts of it
    OneOf<std::vector<Dict<std::string>>, Dict<std::string>> transform{};  ///< headers to set on the way out
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("credential", self.credential);
        visit("domain", self.domain);
        visit("transform", self.transform);
    }
};

/// Where an environment may connect to.
struct EnvironmentNetworkEgressAllowlist {
    OneOf<std::vector<AllowlistEntry>, Disabled> allowlist{};  ///< where it may connect to
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("allowlist", self.allowlist);
    }
};

/// Something that is put into an environment.
struct Source {
    std::optional<std::string> content{};  ///< the text, for inline sources
    std::optional<std::string> encoding{};  ///< of `content`
    std::optional<std::string> source{};  ///< where it comes from
    std::optional<std::string> target{};  ///< where it goes
    std::optional<SourceType> type{};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("encoding", self.encoding);
        visit("source", self.source);
        visit("target", self.target);
        visit("type", self.type);
    }
};

/// Where an agent's code runs.
struct Environment {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "remote"};
    Dict<OneOf<EnvVar, std::string>> env{};  ///< environment variables
    std::optional<std::string> environment_id{};  ///< an environment that exists
    OneOf<EnvironmentNetworkEgressAllowlist, Disabled> network{};  ///< where it may connect to; anywhere when unset
    std::vector<Source> sources{};  ///< what is put into it
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("env", self.env);
        visit("environment_id", self.environment_id);
        visit("network", self.network);
        visit("sources", self.sources);
        visit("type", self.type);
    }
};

/// How images are made; superseded by `response_format`.
struct ImageConfig {
    std::optional<AspectRatio> aspect_ratio{};  ///< such as `16:9`
    std::optional<ImageSize> image_size{};  ///< such as `1K`
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("aspect_ratio", self.aspect_ratio);
        visit("image_size", self.image_size);
    }
};

/// A voice.
struct SpeechConfig {
    std::optional<std::string> language{};  ///< the language
    std::optional<std::string> speaker{};  ///< who speaks
    std::optional<std::string> voice{};  ///< the voice's name
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("language", self.language);
        visit("speaker", self.speaker);
        visit("voice", self.voice);
    }
};

/// Several speakers.
struct SpeakerConfig {
    std::vector<SpeechConfig> speakers{};  ///< each one's voice
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("speakers", self.speakers);
    }
};

/// Which tools may be used, and whether they must.
struct AllowedTools {
    std::optional<ToolChoiceType> mode{};  ///< how
    std::vector<std::string> tools{};  ///< their names
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mode", self.mode);
        visit("tools", self.tools);
    }
};

/// Which tools may be used.
struct ToolChoiceConfig {
    Box<AllowedTools> allowed_tools{};  ///< only these
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("allowed_tools", self.allowed_tools);
    }
};

/// A transcript that reads well.
struct SmartTranscriptionMode {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "smart"};
    std::optional<std::string> source_text{};  ///< the text that is read
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("source_text", self.source_text);
        visit("type", self.type);
    }
};

/// A transcript of every sound.
struct VerbatimTranscriptionMode {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "verbatim"};
    std::optional<std::string> diarization_mode{};  ///< how speakers are told apart
    std::vector<std::string> timestamp_granularities{};  ///< what gets times
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("diarization_mode", self.diarization_mode);
        visit("timestamp_granularities", self.timestamp_granularities);
        visit("type", self.type);
    }
};

/// How audio is written down.
struct TranscriptionConfig {
    std::vector<std::string> adaptation_phrases{};  ///< superseded by `custom_vocabulary`
    std::vector<std::string> custom_vocabulary{};  ///< words to expect
    std::optional<std::string> diarization_mode{};  ///< how speakers are told apart
    std::vector<std::string> language_codes{};  ///< BCP-47 codes to expect
    std::vector<std::string> language_hints{};  ///< superseded by `language_codes`
    OneOf<SmartTranscriptionMode, VerbatimTranscriptionMode, TranscriptionStyle> mode{};  ///< how
    std::vector<std::string> timestamp_granularities{};  ///< what gets times
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
    std::optional<VideoTask> task{};  ///< what to make
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("task", self.task);
    }
};

/// How to generate.
struct GenerationConfig {
    Box<ImageConfig> image_config{};  ///< superseded by `response_format`
    std::optional<std::int32_t> max_output_tokens{};  ///< most tokens of the answer
    std::optional<std::int32_t> seed{};  ///< makes results repeatable
    OneOf<SpeakerConfig, std::vector<SpeechConfig>> speech_config{};  ///< how to speak
    std::vector<std::string> stop_sequences{};  ///< texts that end the answer
    std::optional<double> temperature{};  ///< randomness, 0 to 2
    std::optional<ThinkingLevel> thinking_level{};  ///< how much to think
    std::optional<ThinkingSummaries> thinking_summaries{};  ///< whether thoughts are summed up
    OneOf<ToolChoiceConfig, ToolChoiceType> tool_choice{};  ///< whether and which tools must be used
    std::optional<double> top_p{};  ///< nucleus sampling: the share of probability to draw from
    Box<TranscriptionConfig> transcription_config{};  ///< how to write down audio
    Box<VideoConfig> video_config{};  ///< what kind of video
    Extra extra{};  ///< members this version does not know

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

/// Sound.
struct AudioContent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> channels{};  ///< how many
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<AudioMimeType> mime_type{};  ///< IANA media type
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("channels", self.channels);
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("sample_rate", self.sample_rate);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// A document.
struct DocumentContent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "document"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<DocumentMimeType> mime_type{};  ///< IANA media type
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// An image.
struct ImageContent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<ImageMimeType> mime_type{};  ///< IANA media type
    std::optional<MediaResolution> resolution{};  ///< how finely to look at it
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// A range that comes from a file.
struct FileCitation {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_citation"};
    std::optional<Json> custom_metadata{};  ///< what a search can filter by
    std::optional<std::string> document_uri{};  ///< where the document is
    std::optional<std::int32_t> end_index{};  ///< where the range ends, in bytes, exclusive
    std::optional<std::string> file_name{};  ///< a file with one request a line
    std::optional<std::string> media_id{};  ///< the medium within a store
    std::optional<std::int32_t> page_number{};  ///< the page, from 1
    std::optional<std::string> source{};  ///< where it comes from
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("custom_metadata", self.custom_metadata);
        visit("document_uri", self.document_uri);
        visit("end_index", self.end_index);
        visit("file_name", self.file_name);
        visit("media_id", self.media_id);
        visit("page_number", self.page_number);
        visit("source", self.source);
        visit("start_index", self.start_index);
        visit("type", self.type);
    }
};

/// What a review says.
struct ReviewSnippet {
    std::optional<std::string> review_id{};  ///< the review
    std::optional<std::string> title{};  ///< a title
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("review_id", self.review_id);
        visit("title", self.title);
        visit("url", self.url);
    }
};

/// A range that comes from a place.
struct PlaceCitation {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "place_citation"};
    std::optional<std::int32_t> end_index{};  ///< where the range ends, in bytes, exclusive
    std::optional<std::string> name{};  ///< the resource's name
    std::optional<std::string> place_id{};  ///< Google Maps' id
    std::vector<ReviewSnippet> review_snippets{};  ///< what reviews say
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("name", self.name);
        visit("place_id", self.place_id);
        visit("review_snippets", self.review_snippets);
        visit("start_index", self.start_index);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// Who speaks a range.
struct SpeechAnnotation {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "speech_metadata"};
    std::optional<std::int32_t> end_index{};  ///< where the range ends, in bytes, exclusive
    std::optional<std::string> speaker{};  ///< who speaks
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::optional<std::string> style{};  ///< the manner, in words
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("speaker", self.speaker);
        visit("start_index", self.start_index);
        visit("style", self.style);
        visit("type", self.type);
    }
};

/// A range that comes from a page.
struct URLCitation {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_citation"};
    std::optional<std::int32_t> end_index{};  ///< where the range ends, in bytes, exclusive
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::optional<std::string> title{};  ///< a title
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("start_index", self.start_index);
        visit("title", self.title);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// When a word was said.
struct WordInfo {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "word_info"};
    std::optional<std::int32_t> end_index{};  ///< where the range ends, in bytes, exclusive
    std::optional<std::string> end_offset{};  ///< where it ends, from the beginning
    std::optional<std::string> speaker{};  ///< who speaks
    std::optional<std::int32_t> start_index{};  ///< where the range begins, in bytes
    std::optional<std::string> start_offset{};  ///< where it begins, from the beginning
    std::optional<std::string> text{};  ///< the word
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_index", self.end_index);
        visit("end_offset", self.end_offset);
        visit("speaker", self.speaker);
        visit("start_index", self.start_index);
        visit("start_offset", self.start_offset);
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// Something that belongs to a range of text.
struct Annotation : OneOf<FileCitation, PlaceCitation, SpeechAnnotation, URLCitation, WordInfo> {
    using OneOf::OneOf;
};

/// Text.
struct TextContent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    std::vector<Annotation> annotations{};  ///< what belongs to ranges of the text
    std::optional<std::string> text{};  ///< the text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("annotations", self.annotations);
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// One look at everything.
struct StaticMediaProcessing {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "static"};
    std::optional<std::string> end_offset{};  ///< where it ends, from the beginning
    std::optional<std::int32_t> fps{};  ///< frames a second
    std::optional<std::string> start_offset{};  ///< where it begins, from the beginning
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_offset", self.end_offset);
        visit("fps", self.fps);
        visit("start_offset", self.start_offset);
        visit("type", self.type);
    }
};

/// A video.
struct VideoContent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<VideoMimeType> mime_type{};  ///< IANA media type
    std::optional<std::string> name{};  ///< to refer to it by
    OneOf<StaticMediaProcessing, Processing> processing{};  ///< how the video is looked at
    std::optional<MediaResolution> resolution{};  ///< how finely to look at it
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("name", self.name);
        visit("processing", self.processing);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Text or media.
struct Content : OneOf<AudioContent, DocumentContent, ImageContent, TextContent, VideoContent> {
    using OneOf::OneOf;
};

/// The code that was run.
struct CodeExecutionCallArguments {
    std::optional<std::string> code{};  ///< the program
    std::optional<Language> language{};  ///< the language
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("language", self.language);
    }
};

/// Code was run.
struct CodeExecutionCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the code gave.
struct CodeExecutionResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<bool> is_error{};  ///< whether it failed
    OneOf<std::vector<Content>, std::string> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Stores were searched.
struct FileSearchCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the stores gave.
struct FileSearchResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A function shall be called.
struct FunctionCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< to be given back as `call_id`
    std::optional<std::string> name{};  ///< the function
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("type", self.type);
    }
};

/// What the function gave.
struct FunctionResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<bool> is_error{};  ///< whether it failed
    std::optional<std::string> name{};  ///< the function
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("name", self.name);
        visit("result", self.result);
        visit("type", self.type);
    }
};

/// What Google Maps was asked.
struct GoogleMapsCallArguments {
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("queries", self.queries);
    }
};

/// Google Maps was asked.
struct GoogleMapsCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A place.
struct GoogleMapsResultPlaces {
    std::optional<std::string> name{};  ///< the resource's name
    std::optional<std::string> place_id{};  ///< Google Maps' id
    std::vector<ReviewSnippet> review_snippets{};  ///< what reviews say
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("place_id", self.place_id);
        visit("review_snippets", self.review_snippets);
        visit("url", self.url);
    }
};

/// Places and a widget for them.
struct GoogleMapsResult {
    std::vector<GoogleMapsResultPlaces> places{};  ///< what was found
    std::optional<std::string> widget_context_token{};  ///< for a map widget
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("places", self.places);
        visit("widget_context_token", self.widget_context_token);
    }
};

/// What Google Maps gave.
struct GoogleMapsResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What was searched for.
struct GoogleSearchCallArguments {
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("queries", self.queries);
    }
};

/// The web was searched.
struct GoogleSearchCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<SearchType> search_type{};  ///< what was searched
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("search_type", self.search_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What is to be shown beside the answer.
struct GoogleSearchResult {
    std::optional<std::string> search_suggestions{};  ///< HTML to be shown beside the answer
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_suggestions", self.search_suggestions);
    }
};

/// What the search gave.
struct GoogleSearchResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<bool> is_error{};  ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// An MCP server's tool was called.
struct MCPServerToolCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> name{};  ///< the resource's name
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct MCPServerToolResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<std::string> name{};  ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("name", self.name);
        visit("result", self.result);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// An error of the service's. https://cloud.google.com/apis/design/errors
struct Status {
    std::optional<std::int32_t> code{};  ///< a google.rpc.Code
    std::vector<Json> details{};  ///< more about it
    std::optional<std::string> message{};  ///< in English
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("details", self.details);
        visit("message", self.message);
    }
};

/// The model said something.
struct ModelOutputStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "model_output"};
    std::vector<Content> content{};  ///< the content
    Box<Status> error{};  ///< why it broke off
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("error", self.error);
        visit("type", self.type);
    }
};

/// Media were looked at more closely.
struct ProcessingCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What was searched for.
struct RetrievalCallArguments {
    std::vector<std::string> queries{};  ///< what was searched for
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("queries", self.queries);
    }
};

/// The project's data was searched.
struct RetrievalCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<RetrievalType> retrieval_type{};  ///< what was searched
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("retrieval_type", self.retrieval_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the data gave.
struct RetrievalResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<bool> is_error{};  ///< whether it failed
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Text or an image of a summary.
struct ThoughtSummaryContent : OneOf<ImageContent, TextContent> {
    using OneOf::OneOf;
};

/// The model thought.
struct ThoughtStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::vector<ThoughtSummaryContent> summary{};  ///< what was thought, in short
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("summary", self.summary);
        visit("type", self.type);
    }
};

/// What was read.
struct URLContextCallArguments {
    std::vector<std::string> urls{};  ///< what was read
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("urls", self.urls);
    }
};

/// Pages were read.
struct URLContextCallStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<URLContextCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> id{};  ///< its id
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("id", self.id);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// How the reading of a page went.
struct URLContextResult {
    std::optional<URLContextResultStatus> status{};  ///< whether it could be read
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("status", self.status);
        visit("url", self.url);
    }
};

/// What the pages gave.
struct URLContextResultStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    std::optional<std::string> call_id{};  ///< the `id` of the call it answers
    std::optional<bool> is_error{};  ///< whether it failed
    std::vector<URLContextResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("call_id", self.call_id);
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The user said something.
struct UserInputStep {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "user_input"};
    std::vector<Content> content{};  ///< the content
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("type", self.type);
    }
};

/// One step of an interaction.
struct Step : OneOf<CodeExecutionCallStep, CodeExecutionResultStep, FileSearchCallStep, FileSearchResultStep, FunctionCallStep, FunctionResultStep, GoogleMapsCallStep, GoogleMapsResultStep, GoogleSearchCallStep, GoogleSearchResultStep, MCPServerToolCallStep, MCPServerToolResultStep, ModelOutputStep, ProcessingCallStep, ProcessingResultStep, RetrievalCallStep, RetrievalResultStep, ThoughtStep, URLContextCallStep, URLContextResultStep, UserInputStep> {
    using OneOf::OneOf;
};

/// What is said: text, one content or several, or steps of earlier turns.
struct InteractionsInput : OneOf<Content, std::vector<Step>, std::vector<Content>, std::string> {
    using OneOf::OneOf;
};

/// An answer in sound.
struct AudioResponseFormat {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> bit_rate{};  ///< bits a second
    std::optional<Delivery> delivery{};  ///< within the answer or as an address
    std::optional<AudioResponseFormatMimeType> mime_type{};  ///< IANA media type
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<AspectRatio> aspect_ratio{};  ///< such as `16:9`
    std::optional<Delivery> delivery{};  ///< within the answer or as an address
    std::optional<ImageSize> image_size{};  ///< such as `1K`
    std::optional<ImageResponseFormatMimeType> mime_type{};  ///< IANA media type
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    std::optional<TextResponseFormatMimeType> mime_type{};  ///< IANA media type
    RawJson schema{};  ///< JSON Schema of the answer
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mime_type", self.mime_type);
        visit("schema", self.schema);
        visit("type", self.type);
    }
};

/// An answer in video.
struct VideoResponseFormat {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<AspectRatio> aspect_ratio{};  ///< such as `16:9`
    std::optional<Delivery> delivery{};  ///< within the answer or as an address
    std::optional<std::string> duration{};  ///< how long, such as `5s`
    std::optional<std::string> gcs_uri{};  ///< Cloud Storage address, `gs://…`
    std::optional<Resolution> resolution{};  ///< such as `720p`
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

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
struct ResponseFormat : OneOf<AudioResponseFormat, ImageResponseFormat, TextResponseFormat, VideoResponseFormat, Json> {
    using OneOf::OneOf;
};

/// One category's threshold.
struct SafetySetting {
    std::optional<SafetyMethod> method{};  ///< what the threshold is about
    std::optional<SafetyThreshold> threshold{};  ///< from where on to block
    std::optional<HarmCategory> type{};  ///< the category
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("method", self.method);
        visit("threshold", self.threshold);
        visit("type", self.type);
    }
};

/// Runs code it writes.
struct CodeExecution {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
    }
};

/// Drives a screen.
struct ComputerUse {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "computer_use"};
    std::vector<DisabledSafetyPolicy> disabled_safety_policies{};  ///< which confirmations are not asked for
    std::optional<bool> enable_prompt_injection_detection{};  ///< whether to look for injected prompts
    std::optional<ComputerEnvironment> environment{};  ///< what is driven
    std::vector<std::string> excluded_predefined_functions{};  ///< actions it may not take
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("disabled_safety_policies", self.disabled_safety_policies);
        visit("enable_prompt_injection_detection", self.enable_prompt_injection_detection);
        visit("environment", self.environment);
        visit("excluded_predefined_functions", self.excluded_predefined_functions);
        visit("type", self.type);
    }
};

/// Searches file search stores.
struct FileSearch {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search"};
    std::vector<std::string> file_search_store_names{};  ///< stores to search
    std::optional<std::string> metadata_filter{};  ///< a condition on the documents' metadata (AIP-160)
    std::optional<std::int32_t> top_k{};  ///< how many of the likeliest tokens to draw from
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("file_search_store_names", self.file_search_store_names);
        visit("metadata_filter", self.metadata_filter);
        visit("top_k", self.top_k);
        visit("type", self.type);
    }
};

/// A function of the caller's.
struct Function {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function"};
    std::optional<std::string> description{};  ///< what it is, in words
    std::optional<std::string> name{};  ///< what the model calls it by
    RawJson parameters{};  ///< JSON Schema of its arguments
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("name", self.name);
        visit("parameters", self.parameters);
        visit("type", self.type);
    }
};

/// Asks Google Maps.
struct GoogleMaps {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps"};
    std::optional<bool> enable_widget{};  ///< whether to make a map widget
    std::optional<double> latitude{};  ///< in degrees
    std::optional<double> longitude{};  ///< in degrees
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("enable_widget", self.enable_widget);
        visit("latitude", self.latitude);
        visit("longitude", self.longitude);
        visit("type", self.type);
    }
};

/// Searches the web.
struct GoogleSearch {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search"};
    std::vector<SearchType> search_types{};  ///< what to search
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("search_types", self.search_types);
        visit("type", self.type);
    }
};

/// Tools of an MCP server that the service calls.
struct MCPServer {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server"};
    std::vector<AllowedTools> allowed_tools{};  ///< which may be used
    Dict<std::string> headers{};  ///< sent with each call
    std::optional<std::string> name{};  ///< what the model calls it by
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> url{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("allowed_tools", self.allowed_tools);
        visit("headers", self.headers);
        visit("name", self.name);
        visit("type", self.type);
        visit("url", self.url);
    }
};

/// How to ask Exa.
struct ExaAISearchConfig {
    std::optional<std::string> api_key{};  ///< the search provider's key
    std::optional<Json> custom_config{};  ///< what the provider takes beside
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("api_key", self.api_key);
        visit("custom_config", self.custom_config);
    }
};

/// How to ask Parallel.
struct ParallelAISearchConfig {
    std::optional<std::string> api_key{};  ///< the search provider's key
    std::optional<Json> custom_config{};  ///< what the provider takes beside
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("api_key", self.api_key);
        visit("custom_config", self.custom_config);
    }
};

/// A corpus, or files of it.
struct RagResource {
    std::optional<std::string> rag_corpus{};  ///< the corpus
    std::vector<std::string> rag_file_ids{};  ///< files of it
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("rag_corpus", self.rag_corpus);
        visit("rag_file_ids", self.rag_file_ids);
    }
};

/// What to leave out.
struct Filter {
    std::optional<std::string> metadata_filter{};  ///< a condition on the documents' metadata (AIP-160)
    std::optional<double> vector_distance_threshold{};  ///< farthest that still counts
    std::optional<double> vector_similarity_threshold{};  ///< least similar that still counts
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("metadata_filter", self.metadata_filter);
        visit("vector_distance_threshold", self.vector_distance_threshold);
        visit("vector_similarity_threshold", self.vector_similarity_threshold);
    }
};

/// How keywords and meaning are weighed.
struct HybridSearch {
    std::optional<double> alpha{};  ///< weight between keywords and meaning, 0 to 1
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("alpha", self.alpha);
    }
};

/// A service that ranks.
struct RankService {
    std::optional<std::string> model_name{};  ///< the model
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model_name", self.model_name);
    }
};

/// How results are ranked.
struct Ranking {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"ranking_config", "rank_service"};
    std::optional<std::string> model_name{};  ///< the model
    Box<RankService> rank_service{};  ///< the service that ranks
    std::string ranking_config{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model_name", self.model_name);
        visit("rank_service", self.rank_service);
        visit("ranking_config", self.ranking_config);
    }
};

/// How to search a corpus.
struct RagRetrievalConfig {
    Box<Filter> filter{};  ///< what to leave out
    Box<HybridSearch> hybrid_search{};  ///< how keywords and meaning are weighed
    Box<Ranking> ranking{};  ///< how results are ranked
    std::optional<std::int32_t> top_k{};  ///< how many of the likeliest tokens to draw from
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("filter", self.filter);
        visit("hybrid_search", self.hybrid_search);
        visit("ranking", self.ranking);
        visit("top_k", self.top_k);
    }
};

/// How to search RAG stores.
struct RagStoreConfig {
    std::vector<RagResource> rag_resources{};  ///< what to search
    Box<RagRetrievalConfig> rag_retrieval_config{};  ///< how to search
    std::optional<std::int32_t> similarity_top_k{};  ///< superseded by `rag_retrieval_config`
    std::optional<double> vector_distance_threshold{};  ///< farthest that still counts
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("rag_resources", self.rag_resources);
        visit("rag_retrieval_config", self.rag_retrieval_config);
        visit("similarity_top_k", self.similarity_top_k);
        visit("vector_distance_threshold", self.vector_distance_threshold);
    }
};

/// How to ask Vertex AI Search.
struct VertexAISearchConfig {
    std::vector<std::string> datastores{};  ///< data stores to search
    std::optional<std::string> engine{};  ///< a search engine to ask
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("datastores", self.datastores);
        visit("engine", self.engine);
    }
};

/// Searches what the project has.
struct Retrieval {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval"};
    Box<ExaAISearchConfig> exa_ai_search_config{};  ///< how to ask Exa
    Box<ParallelAISearchConfig> parallel_ai_search_config{};  ///< how to ask Parallel
    Box<RagStoreConfig> rag_store_config{};  ///< how to search RAG stores
    std::vector<RetrievalType> retrieval_types{};  ///< what to search
    std::string type{tag.value};  ///< which kind this is
    Box<VertexAISearchConfig> vertex_ai_search_config{};  ///< how to ask Vertex AI Search
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("exa_ai_search_config", self.exa_ai_search_config);
        visit("parallel_ai_search_config", self.parallel_ai_search_config);
        visit("rag_store_config", self.rag_store_config);
        visit("retrieval_types", self.retrieval_types);
        visit("type", self.type);
        visit("vertex_ai_search_config", self.vertex_ai_search_config);
    }
};

/// Reads pages.
struct URLContext {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
    }
};

/// Something a model may use.
struct Tool : OneOf<CodeExecution, ComputerUse, FileSearch, Function, GoogleMaps, GoogleSearch, MCPServer, Retrieval, URLContext> {
    using OneOf::OneOf;
};

/// Whom to call when long work is done.
struct WebhookConfig {
    std::vector<std::string> uris{};  ///< addresses to call; the project's own when empty
    std::optional<Json> user_metadata{};  ///< an object that comes back with each call
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("uris", self.uris);
        visit("user_metadata", self.user_metadata);
    }
};

/// What a model is asked. https://ai.google.dev/api/interactions-api
struct CreateModelInteraction {
    std::optional<bool> background{};  ///< whether to work on after the call has returned
    std::optional<std::string> cached_content{};  ///< a cache to build on
    std::optional<std::string> continuation_token{};  ///< to go on with an answer that was cut
    OneOf<Environment, std::string> environment{};  ///< where code runs
    Box<GenerationConfig> generation_config{};  ///< how to generate
    InteractionsInput input{};  ///< what is said
    Dict<std::string> labels{};  ///< keys and values for the caller's own accounts
    Model model{};  ///< the model; required
    std::optional<std::string> previous_interaction_id{};  ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    std::optional<std::string> response_mime_type{};  ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};  ///< what to answer with
    std::vector<SafetySetting> safety_settings{};  ///< what to block
    std::optional<ServiceTier> service_tier{};  ///< how urgent it is
    std::optional<bool> store{};  ///< whether the service keeps it; true when unset
    std::optional<bool> stream{};  ///< set by the client
    std::optional<std::string> system_instruction{};  ///< how the model shall behave
    std::vector<Tool> tools{};  ///< what the model may use
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("background", self.background);
        visit("cached_content", self.cached_content);
        visit("continuation_token", self.continuation_token);
        visit("environment", self.environment);
        visit("generation_config", self.generation_config);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("model", self.model);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("store", self.store);
        visit("stream", self.stream);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("webhook_config", self.webhook_config);
    }
};

/// For the Antigravity agent.
struct AntigravityAgentConfig {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "antigravity"};
    std::optional<std::int64_t> max_total_tokens{};  ///< most tokens in all
    std::optional<std::string> model{};  ///< the model
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("max_total_tokens", self.max_total_tokens, wire::as_string);
        visit("model", self.model);
        visit("type", self.type);
    }
};

/// A file and its text.
struct FileContent {
    std::optional<std::string> content{};  ///< the text
    std::optional<std::string> path{};  ///< where it lies
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("path", self.path);
    }
};

/// Look for flaws.
struct FindRequest {
    std::optional<std::string> description{};  ///< what it is, in words
    std::optional<std::string> finding_id{};  ///< the finding it is about
    std::optional<FindMode> mode{};  ///< how to look
    std::vector<FileContent> source_files{};  ///< the files to look at
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("finding_id", self.finding_id);
        visit("mode", self.mode);
        visit("source_files", self.source_files);
    }
};

/// Mend a flaw.
struct FixRequest {
    std::optional<std::string> description{};  ///< what it is, in words
    std::optional<std::string> finding_id{};  ///< the finding it is about
    std::vector<FileContent> source_files{};  ///< the files to look at
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("description", self.description);
        visit("finding_id", self.finding_id);
        visit("source_files", self.source_files);
    }
};

/// Limits of a session.
struct SessionConfig {
    std::optional<std::int32_t> max_rounds{};  ///< most rounds
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("max_rounds", self.max_rounds);
    }
};

/// For the CodeMender agent.
struct CodeMenderAgentConfig {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code-mender"};
    Box<FindRequest> find_request{};  ///< to look for flaws
    Box<FixRequest> fix_request{};  ///< to mend a flaw
    std::optional<std::string> model{};  ///< the model
    Box<SessionConfig> session_config{};  ///< limits of the session
    std::optional<std::string> session_id{};  ///< the session to go on with
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("find_request", self.find_request);
        visit("fix_request", self.fix_request);
        visit("model", self.model);
        visit("session_config", self.session_config);
        visit("session_id", self.session_id);
        visit("type", self.type);
    }
};

/// For the Deep Research agent.
struct DeepResearchAgentConfig {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "deep-research"};
    std::optional<bool> collaborative_planning{};  ///< whether to ask before carrying its plan out
    std::optional<bool> enable_bigquery_tool{};  ///< whether it may query BigQuery
    std::optional<ThinkingSummaries> thinking_summaries{};  ///< whether thoughts are summed up
    std::string type{tag.value};  ///< which kind this is
    std::optional<Visualization> visualization{};  ///< whether to draw charts
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("collaborative_planning", self.collaborative_planning);
        visit("enable_bigquery_tool", self.enable_bigquery_tool);
        visit("thinking_summaries", self.thinking_summaries);
        visit("type", self.type);
        visit("visualization", self.visualization);
    }
};

/// For an agent of one's own.
struct DynamicAgentConfig {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "dynamic"};
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
    }
};

/// How an agent works.
struct AgentConfig : OneOf<AntigravityAgentConfig, CodeMenderAgentConfig, DeepResearchAgentConfig, DynamicAgentConfig> {
    using OneOf::OneOf;
};

/// What an agent is asked. https://ai.google.dev/api/interactions-api
struct CreateAgentInteraction {
    AgentOption agent{};  ///< the agent; required
    AgentConfig agent_config{};  ///< how the agent works
    std::optional<bool> background{};  ///< whether to work on after the call has returned
    std::optional<std::string> continuation_token{};  ///< to go on with an answer that was cut
    OneOf<Environment, std::string> environment{};  ///< where code runs
    InteractionsInput input{};  ///< what is said
    Dict<std::string> labels{};  ///< keys and values for the caller's own accounts
    std::optional<std::string> previous_interaction_id{};  ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    std::optional<std::string> response_mime_type{};  ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};  ///< what to answer with
    std::vector<SafetySetting> safety_settings{};  ///< what to block
    std::optional<ServiceTier> service_tier{};  ///< how urgent it is
    std::optional<bool> store{};  ///< whether the service keeps it; true when unset
    std::optional<bool> stream{};  ///< set by the client
    std::optional<std::string> system_instruction{};  ///< how the model shall behave
    std::vector<Tool> tools{};  ///< what the model may use
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("agent_config", self.agent_config);
        visit("background", self.background);
        visit("continuation_token", self.continuation_token);
        visit("environment", self.environment);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("store", self.store);
        visit("stream", self.stream);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("webhook_config", self.webhook_config);
    }
};

/// What went wrong.
struct Error {
    std::optional<std::string> code{};  ///< which error
    std::optional<std::string> message{};  ///< in English
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("message", self.message);
    }
};

/// Tokens of one kind.
struct ModalityTokens {
    std::optional<ResponseModality> modality{};  ///< the kind
    std::optional<std::int32_t> tokens{};  ///< how many
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("modality", self.modality);
        visit("tokens", self.tokens);
    }
};

/// How often a search was used.
struct GroundingToolCount {
    std::optional<std::int32_t> count{};  ///< how many
    std::optional<GroundingToolCountType> type{};  ///< which search
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("count", self.count);
        visit("type", self.type);
    }
};

/// Tokens used.
struct Usage {
    std::vector<ModalityTokens> cached_tokens_by_modality{};  ///< cached tokens, by kind
    std::vector<GroundingToolCount> grounding_tool_count{};  ///< how often each search was used
    std::optional<std::int32_t> initial_input_tokens{};  ///< input tokens of the first of several requests
    std::vector<ModalityTokens> input_tokens_by_modality{};  ///< input tokens, by kind
    std::vector<ModalityTokens> output_tokens_by_modality{};  ///< output tokens, by kind
    std::vector<ModalityTokens> tool_use_tokens_by_modality{};  ///< tokens of tools, by kind
    std::optional<std::int32_t> total_cached_tokens{};  ///< tokens that came from a cache
    std::optional<std::int32_t> total_input_tokens{};  ///< tokens of the input
    std::optional<std::int32_t> total_output_tokens{};  ///< tokens of the answer
    std::optional<std::int32_t> total_thought_tokens{};  ///< tokens of thoughts
    std::optional<std::int32_t> total_tokens{};  ///< all of them
    std::optional<std::int32_t> total_tool_use_tokens{};  ///< tokens of tools
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("cached_tokens_by_modality", self.cached_tokens_by_modality);
        visit("grounding_tool_count", self.grounding_tool_count);
        visit("initial_input_tokens", self.initial_input_tokens);
        visit("input_tokens_by_modality", self.input_tokens_by_modality);
        visit("output_tokens_by_modality", self.output_tokens_by_modality);
        visit("tool_use_tokens_by_modality", self.tool_use_tokens_by_modality);
        visit("total_cached_tokens", self.total_cached_tokens);
        visit("total_input_tokens", self.total_input_tokens);
        visit("total_output_tokens", self.total_output_tokens);
        visit("total_thought_tokens", self.total_thought_tokens);
        visit("total_tokens", self.total_tokens);
        visit("total_tool_use_tokens", self.total_tool_use_tokens);
    }
};

/// A turn the service remembers, with all that was said and done in it. https://ai.google.dev/api/interactions-api
struct Interaction {
    AgentOption agent{};  ///< the agent
    AgentConfig agent_config{};  ///< how the agent works
    std::optional<std::string> cached_content{};  ///< a cache to build on
    std::vector<std::string> continuation_ids{};  ///< interactions it was continued from
    std::optional<std::string> continuation_token{};  ///< to go on with an answer that was cut
    std::optional<Timestamp> created{};  ///< when it was made
    OneOf<Environment, std::string> environment{};  ///< where code runs
    std::optional<std::string> environment_id{};  ///< an environment that exists
    std::vector<Error> errors{};  ///< what went wrong
    Box<GenerationConfig> generation_config{};  ///< how to generate
    std::string id{};  ///< its id
    InteractionsInput input{};  ///< what is said
    Dict<std::string> labels{};  ///< keys and values for the caller's own accounts
    Model model{};  ///< the model
    std::optional<std::string> previous_interaction_id{};  ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    std::optional<std::string> response_mime_type{};  ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};  ///< what to answer with
    std::vector<SafetySetting> safety_settings{};  ///< what to block
    std::optional<ServiceTier> service_tier{};  ///< how urgent it is
    std::optional<InteractionStatus> status{};  ///< how far it has come
    std::vector<Step> steps{};  ///< what was said and done, in order
    std::optional<std::string> system_instruction{};  ///< how the model shall behave
    std::vector<Tool> tools{};  ///< what the model may use
    std::optional<Timestamp> updated{};  ///< when it last changed
    Box<Usage> usage{};  ///< tokens used
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};  ///< members this version does not know

    /// The text the model ended with: that of the last outputs, thoughts left out; empty when it ended otherwise.
    std::string output_text() const {
        std::string joined;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            if (step->is<ThoughtStep>()) continue;
            const auto* said = step->get_if<ModelOutputStep>();
            if (said == nullptr) break;
            for (auto content = said->content.rbegin(); content != said->content.rend(); ++content) {
                const auto* text = content->get_if<TextContent>();
                if (text == nullptr && !joined.empty()) return joined;
                if (text != nullptr) joined.insert(0, text->text.value_or(""));
            }
        }
        return joined;
    }

    /// The last image of the model since the user's last input; null when there is none.
    const ImageContent* output_image() const { return last<ImageContent>(); }
    /// The last sound of the model since the user's last input; null when there is none.
    const AudioContent* output_audio() const { return last<AudioContent>(); }
    /// The last video of the model since the user's last input; null when there is none.
    const VideoContent* output_video() const { return last<VideoContent>(); }

    /// The last content of a kind since the user's last input; null when there is none.
    template <class Kind>
    const Kind* last() const {
        for (auto step = steps.rbegin(); step != steps.rend() && !step->is<UserInputStep>(); ++step) {
            const auto* said = step->get_if<ModelOutputStep>();
            if (said == nullptr) continue;
            for (auto content = said->content.rbegin(); content != said->content.rend(); ++content)
                if (const auto* found = content->get_if<Kind>()) return found;
        }
        return nullptr;
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("agent_config", self.agent_config);
        visit("cached_content", self.cached_content);
        visit("continuation_ids", self.continuation_ids);
        visit("continuation_token", self.continuation_token);
        visit("created", self.created);
        visit("environment", self.environment);
        visit("environment_id", self.environment_id);
        visit("errors", self.errors);
        visit("generation_config", self.generation_config);
        visit("id", self.id);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("model", self.model);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("status", self.status);
        visit("steps", self.steps);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("updated", self.updated);
        visit("usage", self.usage);
        visit("webhook_config", self.webhook_config);
    }
};

/// Something went wrong.
struct ErrorEvent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "error"};
    Box<Error> error{};  ///< what went wrong
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("error", self.error);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
    }
};

/// The interaction, as events carry it.
struct InteractionSseEventInteraction {
    std::optional<std::string> agent{};  ///< the agent
    std::optional<std::string> continuation_token{};  ///< to go on with an answer that was cut
    std::optional<Timestamp> created{};  ///< when it was made
    std::string id{};  ///< its id
    std::optional<std::string> model{};  ///< the model
    std::optional<std::string> object{};  ///< always `interaction`
    std::optional<ServiceTier> service_tier{};  ///< how urgent it is
    std::optional<InteractionStatus> status{};  ///< how far it has come
    std::vector<Step> steps{};  ///< what was said and done, in order
    std::optional<Timestamp> updated{};  ///< when it last changed
    Box<Usage> usage{};  ///< tokens used
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("continuation_token", self.continuation_token);
        visit("created", self.created);
        visit("id", self.id);
        visit("model", self.model);
        visit("object", self.object);
        visit("service_tier", self.service_tier);
        visit("status", self.status);
        visit("steps", self.steps);
        visit("updated", self.updated);
        visit("usage", self.usage);
    }
};

/// The last event: all is said.
struct InteractionCompletedEvent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.completed"};
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    Box<InteractionSseEventInteraction> interaction{};  ///< the interaction so far
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction", self.interaction);
    }
};

/// The first event.
struct InteractionCreatedEvent {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.created"};
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    Box<InteractionSseEventInteraction> interaction{};  ///< the interaction so far
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction", self.interaction);
    }
};

/// How far it has come.
struct InteractionStatusUpdate {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.status_update"};
    std::optional<std::string> continuation_token{};  ///< to go on with an answer that was cut
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    std::optional<std::string> interaction_id{};  ///< the interaction
    std::optional<InteractionStatus> status{};  ///< how far it has come
    Box<Usage> usage{};  ///< tokens used
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("continuation_token", self.continuation_token);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction_id", self.interaction_id);
        visit("status", self.status);
        visit("usage", self.usage);
    }
};

/// More of a function call's arguments.
struct ArgumentsDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "arguments_delta"};
    std::optional<std::string> arguments{};  ///< more of the arguments' JSON text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("type", self.type);
    }
};

/// More sound.
struct AudioDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "audio"};
    std::optional<std::int32_t> channels{};  ///< how many
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<AudioMimeType> mime_type{};  ///< IANA media type
    std::optional<std::int32_t> rate{};  ///< superseded by `sample_rate`
    std::optional<std::int32_t> sample_rate{};  ///< samples a second
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("channels", self.channels);
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("rate", self.rate);
        visit("sample_rate", self.sample_rate);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Code that is run.
struct CodeExecutionCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_call"};
    Box<CodeExecutionCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the code gave.
struct CodeExecutionResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "code_execution_result"};
    std::optional<bool> is_error{};  ///< whether it failed
    std::optional<std::string> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// A document.
struct DocumentDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "document"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<DocumentMimeType> mime_type{};  ///< IANA media type
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// Stores are searched.
struct FileSearchCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_call"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// Something that was found.
struct FileSearchResult {
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto&, auto&&) {}
};

/// What the stores gave.
struct FileSearchResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "file_search_result"};
    std::vector<FileSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What a function gave.
struct FunctionResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "function_result"};
    std::optional<bool> is_error{};  ///< whether it failed
    std::optional<std::string> name{};  ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("name", self.name);
        visit("result", self.result);
        visit("type", self.type);
    }
};

/// Google Maps is asked.
struct GoogleMapsCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_call"};
    Box<GoogleMapsCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What Google Maps gave.
struct GoogleMapsResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_maps_result"};
    std::vector<GoogleMapsResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The web is searched.
struct GoogleSearchCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_call"};
    Box<GoogleSearchCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the search gave.
struct GoogleSearchResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "google_search_result"};
    std::optional<bool> is_error{};  ///< whether it failed
    std::vector<GoogleSearchResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// An image.
struct ImageDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "image"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<ImageMimeType> mime_type{};  ///< IANA media type
    std::optional<MediaResolution> resolution{};  ///< how finely it was made
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// An MCP server's tool is called.
struct MCPServerToolCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_call"};
    std::optional<Json> arguments{};  ///< what it is called with
    std::optional<std::string> name{};  ///< the resource's name
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("name", self.name);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// What the tool gave.
struct MCPServerToolResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "mcp_server_tool_result"};
    std::optional<std::string> name{};  ///< the resource's name
    OneOf<std::vector<Content>, std::string, Json> result{};  ///< what came of it
    std::optional<std::string> server_name{};  ///< the MCP server
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("result", self.result);
        visit("server_name", self.server_name);
        visit("type", self.type);
    }
};

/// Media are looked at more closely.
struct ProcessingCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_call"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the closer look gave.
struct ProcessingResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "processing_result"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// The project's data is searched.
struct RetrievalCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_call"};
    Box<RetrievalCallArguments> arguments{};  ///< what it is called with
    std::optional<RetrievalType> retrieval_type{};  ///< what was searched
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("retrieval_type", self.retrieval_type);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the data gave.
struct RetrievalResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "retrieval_result"};
    std::optional<bool> is_error{};  ///< whether it failed
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More annotations.
struct TextAnnotationDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text_annotation_delta"};
    std::vector<Annotation> annotations{};  ///< what belongs to ranges of the text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("annotations", self.annotations);
        visit("type", self.type);
    }
};

/// More text.
struct TextDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "text"};
    std::optional<std::string> text{};  ///< the text
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("type", self.type);
    }
};

/// A thought's signature.
struct ThoughtSignatureDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought_signature"};
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More of a thought's summary.
struct ThoughtSummaryDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "thought_summary"};
    Content content{};  ///< more of the summary
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("type", self.type);
    }
};

/// Pages are read.
struct URLContextCallDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_call"};
    Box<URLContextCallArguments> arguments{};  ///< what it is called with
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("arguments", self.arguments);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// What the pages gave.
struct URLContextResultDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "url_context_result"};
    std::optional<bool> is_error{};  ///< whether it failed
    std::vector<URLContextResult> result{};  ///< what came of it
    std::optional<std::string> signature{};  ///< opaque; to be sent back as it came
    std::string type{tag.value};  ///< which kind this is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("is_error", self.is_error);
        visit("result", self.result);
        visit("signature", self.signature);
        visit("type", self.type);
    }
};

/// More video.
struct VideoDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "video"};
    std::optional<Bytes> data{};  ///< the bytes, base64 on the wire
    std::optional<VideoMimeType> mime_type{};  ///< IANA media type
    std::optional<MediaResolution> resolution{};  ///< how finely it was made
    std::string type{tag.value};  ///< which kind this is
    std::optional<std::string> uri{};  ///< where it is
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("mime_type", self.mime_type);
        visit("resolution", self.resolution);
        visit("type", self.type);
        visit("uri", self.uri);
    }
};

/// What is added to a step.
struct StepDeltaData : OneOf<ArgumentsDelta, AudioDelta, CodeExecutionCallDelta, CodeExecutionResultDelta, DocumentDelta, FileSearchCallDelta, FileSearchResultDelta, FunctionResultDelta, GoogleMapsCallDelta, GoogleMapsResultDelta, GoogleSearchCallDelta, GoogleSearchResultDelta, ImageDelta, MCPServerToolCallDelta, MCPServerToolResultDelta, ProcessingCallDelta, ProcessingResultDelta, RetrievalCallDelta, RetrievalResultDelta, TextAnnotationDelta, TextDelta, ThoughtSignatureDelta, ThoughtSummaryDelta, URLContextCallDelta, URLContextResultDelta, VideoDelta> {
    using OneOf::OneOf;
};

/// What comes beside a delta.
struct StepDeltaMetadata {
    Box<Usage> total_usage{};  ///< tokens so far
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("total_usage", self.total_usage);
    }
};

/// More of a step.
struct StepDelta {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.delta"};
    StepDeltaData delta{};  ///< what is added
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Box<StepDeltaMetadata> metadata{};  ///< what the service says about its progress, an object
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("delta", self.delta);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("metadata", self.metadata);
    }
};

/// A step begins.
struct StepStart {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.start"};
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Step step{};  ///< the step as it begins
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("step", self.step);
    }
};

/// A step is over.
struct StepStop {
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.stop"};
    std::optional<std::string> event_id{};  ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Box<Usage> step_usage{};  ///< tokens of this step
    Box<Usage> usage{};  ///< tokens used
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("step_usage", self.step_usage);
        visit("usage", self.usage);
    }
};

/// One event of a stream; `get_if<StepDelta>()` and so on say which.
struct InteractionSSEEvent : OneOf<ErrorEvent, InteractionCompletedEvent, InteractionCreatedEvent, InteractionStatusUpdate, StepDelta, StepStart, StepStop> {
    using OneOf::OneOf;
};

}  // namespace genai::inline v0::interactions
