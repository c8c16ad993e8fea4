#pragma once

#include <concepts>
#include <string_view>

#include <genai/config.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/compare.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A model by its name. New ones come all the time: any text will do.
struct Model : OpenEnum<Model> {
    using OpenEnum::OpenEnum;
    /// Any name, known to this version or not.
    template <std::convertible_to<std::string_view> Text>
    Model(const Text& name) : OpenEnum(std::string_view(name)) {}
    static constexpr Enumerator gemma_4_26b_a4b_it{"gemma-4-26b-a4b-it"};    ///< `gemma-4-26b-a4b-it`
    static constexpr Enumerator gemma_4_31b_it{"gemma-4-31b-it"};            ///< `gemma-4-31b-it`
    static constexpr Enumerator gemini_flash_latest{"gemini-flash-latest"};  ///< `gemini-flash-latest`
    static constexpr Enumerator gemini_flash_lite_latest{
        "gemini-flash-lite-latest"};                                     ///< `gemini-flash-lite-latest`
    static constexpr Enumerator gemini_pro_latest{"gemini-pro-latest"};  ///< `gemini-pro-latest`
    static constexpr Enumerator gemini_2_5_flash{"gemini-2.5-flash"};    ///< `gemini-2.5-flash`
    static constexpr Enumerator gemini_2_5_pro{"gemini-2.5-pro"};        ///< `gemini-2.5-pro`
    static constexpr Enumerator gemini_2_5_flash_lite{"gemini-2.5-flash-lite"};  ///< `gemini-2.5-flash-lite`
    static constexpr Enumerator gemini_3_5_flash_lite{"gemini-3.5-flash-lite"};  ///< `gemini-3.5-flash-lite`
    static constexpr Enumerator gemini_2_5_flash_image{
        "gemini-2.5-flash-image"};  ///< `gemini-2.5-flash-image`
    static constexpr Enumerator gemini_3_flash_preview{
        "gemini-3-flash-preview"};  ///< `gemini-3-flash-preview`
    static constexpr Enumerator gemini_3_1_pro_preview{
        "gemini-3.1-pro-preview"};  ///< `gemini-3.1-pro-preview`
    static constexpr Enumerator gemini_3_1_pro_preview_customtools{
        "gemini-3.1-pro-preview-customtools"};  ///< `gemini-3.1-pro-preview-customtools`
    static constexpr Enumerator gemini_3_1_flash_lite{"gemini-3.1-flash-lite"};  ///< `gemini-3.1-flash-lite`
    static constexpr Enumerator gemini_3_1_flash_lite_image{
        "gemini-3.1-flash-lite-image"};                                    ///< `gemini-3.1-flash-lite-image`
    static constexpr Enumerator gemini_3_pro_image{"gemini-3-pro-image"};  ///< `gemini-3-pro-image`
    static constexpr Enumerator nano_banana_pro_preview{
        "nano-banana-pro-preview"};  ///< `nano-banana-pro-preview`
    static constexpr Enumerator gemini_3_1_flash_image{
        "gemini-3.1-flash-image"};  ///< `gemini-3.1-flash-image`
    static constexpr Enumerator gemini_nano_banana_2_1{
        "gemini-nano-banana-2.1"};  ///< `gemini-nano-banana-2.1`
    static constexpr Enumerator gemini_3_1_flash_tts_preview{
        "gemini-3.1-flash-tts-preview"};                                 ///< `gemini-3.1-flash-tts-preview`
    static constexpr Enumerator gemini_3_5_flash{"gemini-3.5-flash"};    ///< `gemini-3.5-flash`
    static constexpr Enumerator gemini_3_6_flash{"gemini-3.6-flash"};    ///< `gemini-3.6-flash`
    static constexpr Enumerator gemini_3_7_flash{"gemini-3.7-flash"};    ///< `gemini-3.7-flash`
    static constexpr Enumerator gemini_3_8_flash{"gemini-3.8-flash"};    ///< `gemini-3.8-flash`
    static constexpr Enumerator gemini_4_argon{"gemini-4-argon"};        ///< `gemini-4-argon`
    static constexpr Enumerator gemini_4_carbon{"gemini-4-carbon"};      ///< `gemini-4-carbon`
    static constexpr Enumerator gemini_4_hydrogen{"gemini-4-hydrogen"};  ///< `gemini-4-hydrogen`
    static constexpr Enumerator gemini_4_neon{"gemini-4-neon"};          ///< `gemini-4-neon`
    static constexpr Enumerator gemini_3_8_flash_tts{"gemini-3.8-flash-tts"};  ///< `gemini-3.8-flash-tts`
    static constexpr Enumerator gemini_3_8_flash_lite_tts{
        "gemini-3.8-flash-lite-tts"};  ///< `gemini-3.8-flash-lite-tts`
    static constexpr Enumerator gemini_3_5_transcribe{"gemini-3.5-transcribe"};  ///< `gemini-3.5-transcribe`
    static constexpr Enumerator lyria_3_clip_preview{"lyria-3-clip-preview"};    ///< `lyria-3-clip-preview`
    static constexpr Enumerator lyria_3_pro_preview{"lyria-3-pro-preview"};      ///< `lyria-3-pro-preview`
    static constexpr Enumerator gemini_robotics_er_1_6_preview{
        "gemini-robotics-er-1.6-preview"};  ///< `gemini-robotics-er-1.6-preview`
    static constexpr Enumerator gemini_robotics_er_2_preview{
        "gemini-robotics-er-2-preview"};                 ///< `gemini-robotics-er-2-preview`
    static constexpr Enumerator lyria_3_5{"lyria-3.5"};  ///< `lyria-3.5`
    static constexpr Enumerator gemini_omni_1_2_flash{"gemini-omni-1.2-flash"};  ///< `gemini-omni-1.2-flash`
    static constexpr Enumerator gemini_omni_1_1_flash{"gemini-omni-1.1-flash"};  ///< `gemini-omni-1.1-flash`
    static constexpr Enumerator gemini_omni_flash_preview{
        "gemini-omni-flash-preview"};  ///< `gemini-omni-flash-preview`
};

/// A kind of content.
struct ResponseModality : OpenEnum<ResponseModality> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator text{"text"};          ///< `text`
    static constexpr Enumerator image{"image"};        ///< `image`
    static constexpr Enumerator audio{"audio"};        ///< `audio`
    static constexpr Enumerator video{"video"};        ///< `video`
    static constexpr Enumerator document{"document"};  ///< `document`
};

/// How urgent a request is.
struct ServiceTier : OpenEnum<ServiceTier> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator flex{"flex"};          ///< cheap, when there is room
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
    static constexpr Enumerator deep_research_pro_preview_12_2025{
        "deep-research-pro-preview-12-2025"};  ///< `deep-research-pro-preview-12-2025`
    static constexpr Enumerator deep_research_preview_04_2026{
        "deep-research-preview-04-2026"};  ///< `deep-research-preview-04-2026`
    static constexpr Enumerator deep_research_max_preview_04_2026{
        "deep-research-max-preview-04-2026"};  ///< `deep-research-max-preview-04-2026`
    static constexpr Enumerator antigravity_preview_05_2026{
        "antigravity-preview-05-2026"};  ///< `antigravity-preview-05-2026`
    static constexpr Enumerator antigravity_preview_09_2026{
        "antigravity-preview-09-2026"};  ///< `antigravity-preview-09-2026`
};

/// How far an interaction has come.
struct InteractionStatus : OpenEnum<InteractionStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator in_progress{"in_progress"};          ///< works
    static constexpr Enumerator requires_action{"requires_action"};  ///< waits for a function's result
    static constexpr Enumerator completed{"completed"};              ///< done
    static constexpr Enumerator failed{"failed"};                    ///< ended with an error
    static constexpr Enumerator cancelled{"cancelled"};              ///< was stopped
    static constexpr Enumerator incomplete{"incomplete"};            ///< ended before it was done
    static constexpr Enumerator budget_exceeded{"budget_exceeded"};  ///< used up its tokens
    static constexpr Enumerator queued{"queued"};                    ///< waits for its turn
    static constexpr Enumerator requires_continuation{
        "requires_continuation"};  ///< was cut; can be continued
};

/// Says no.
struct Disabled : OpenEnum<Disabled> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator disabled{"disabled"};  ///< not allowed
};

/// How much to think.
struct ThinkingLevel : OpenEnum<ThinkingLevel> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator minimal{"minimal"};  ///< minimal
    static constexpr Enumerator low{"low"};          ///< little
    static constexpr Enumerator medium{"medium"};    ///< the middle
    static constexpr Enumerator high{"high"};        ///< much
    static constexpr Enumerator xhigh{"xhigh"};      ///< most
};

/// Who carries out a search for tools.
struct ToolSearchExecution : OpenEnum<ToolSearchExecution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator server{"server"};  ///< the service
    static constexpr Enumerator client{"client"};  ///< the program
};

/// How an environment is run.
struct EnvironmentMode : OpenEnum<EnvironmentMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator on_demand{"on_demand"};      ///< by the service, when it is needed
    static constexpr Enumerator self_hosted{"self_hosted"};  ///< by the project
};

/// What of a document the model sees.
struct PageContentLayer : OpenEnum<PageContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator page_image{"page_image"};  ///< a picture of each page
    static constexpr Enumerator page_text{"page_text"};    ///< the text of each page
};

/// What of a spreadsheet the model sees.
struct SheetContentLayer : OpenEnum<SheetContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator visual{"visual"};      ///< how the sheet is drawn
    static constexpr Enumerator data{"data"};          ///< the cells' values
    static constexpr Enumerator formulas{"formulas"};  ///< the cells' formulas
};

/// What of a video the model sees.
struct VideoContentLayer : OpenEnum<VideoContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator frames{"frames"};          ///< its pictures
    static constexpr Enumerator audio{"audio"};            ///< its sound
    static constexpr Enumerator transcript{"transcript"};  ///< what is said in it, as text
};

/// Whether thoughts are summed up.
struct ThinkingSummaries : OpenEnum<ThinkingSummaries> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator auto_{"auto"};  ///< as the model sees fit
    static constexpr Enumerator none{"none"};   ///< not at all
};

/// Whether tools must be used.
struct ToolChoiceType : OpenEnum<ToolChoiceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator auto_{"auto"};           ///< as the model sees fit
    static constexpr Enumerator any{"any"};              ///< some tool must be used
    static constexpr Enumerator none{"none"};            ///< not at all
    static constexpr Enumerator validated{"validated"};  ///< any, with arguments held to their schema
};

/// What a threshold is about.
struct SafetyMethod : OpenEnum<SafetyMethod> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator severity{"severity"};        ///< how bad it would be
    static constexpr Enumerator probability{"probability"};  ///< how likely it is
};

/// From where on to block.
struct SafetyThreshold : OpenEnum<SafetyThreshold> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator block_low_and_above{"block_low_and_above"};  ///< `block_low_and_above`
    static constexpr Enumerator block_medium_and_above{
        "block_medium_and_above"};                                   ///< `block_medium_and_above`
    static constexpr Enumerator block_only_high{"block_only_high"};  ///< `block_only_high`
    static constexpr Enumerator block_none{"block_none"};            ///< `block_none`
    static constexpr Enumerator off{"off"};                          ///< not at all
};

/// A category of harm.
struct HarmCategory : OpenEnum<HarmCategory> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator hate_speech{"hate_speech"};              ///< `hate_speech`
    static constexpr Enumerator dangerous_content{"dangerous_content"};  ///< `dangerous_content`
    static constexpr Enumerator harassment{"harassment"};                ///< `harassment`
    static constexpr Enumerator sexually_explicit{"sexually_explicit"};  ///< `sexually_explicit`
    static constexpr Enumerator civic_integrity{"civic_integrity"};      ///< `civic_integrity`
    static constexpr Enumerator image_hate{"image_hate"};                ///< `image_hate`
    static constexpr Enumerator image_dangerous_content{
        "image_dangerous_content"};                                    ///< `image_dangerous_content`
    static constexpr Enumerator image_harassment{"image_harassment"};  ///< `image_harassment`
    static constexpr Enumerator image_sexually_explicit{
        "image_sexually_explicit"};                      ///< `image_sexually_explicit`
    static constexpr Enumerator jailbreak{"jailbreak"};  ///< `jailbreak`
};

/// Whether charts are drawn.
struct Visualization : OpenEnum<Visualization> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator off{"off"};     ///< not at all
    static constexpr Enumerator auto_{"auto"};  ///< as the model sees fit
};

/// Media types of sound.
struct AudioMimeType : OpenEnum<AudioMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator wav{"audio/wav"};      ///< `audio/wav`
    static constexpr Enumerator mp3{"audio/mp3"};      ///< `audio/mp3`
    static constexpr Enumerator aiff{"audio/aiff"};    ///< `audio/aiff`
    static constexpr Enumerator aac{"audio/aac"};      ///< `audio/aac`
    static constexpr Enumerator ogg{"audio/ogg"};      ///< `audio/ogg`
    static constexpr Enumerator flac{"audio/flac"};    ///< `audio/flac`
    static constexpr Enumerator mpeg{"audio/mpeg"};    ///< `audio/mpeg`
    static constexpr Enumerator m4a{"audio/m4a"};      ///< `audio/m4a`
    static constexpr Enumerator l16{"audio/l16"};      ///< `audio/l16`
    static constexpr Enumerator opus{"audio/opus"};    ///< `audio/opus`
    static constexpr Enumerator alaw{"audio/alaw"};    ///< `audio/alaw`
    static constexpr Enumerator mulaw{"audio/mulaw"};  ///< `audio/mulaw`
    static constexpr Enumerator webm{"audio/webm"};    ///< `audio/webm`
};

/// Media types of images.
struct ImageMimeType : OpenEnum<ImageMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator png{"image/png"};    ///< `image/png`
    static constexpr Enumerator jpeg{"image/jpeg"};  ///< `image/jpeg`
    static constexpr Enumerator webp{"image/webp"};  ///< `image/webp`
    static constexpr Enumerator heic{"image/heic"};  ///< `image/heic`
    static constexpr Enumerator heif{"image/heif"};  ///< `image/heif`
    static constexpr Enumerator gif{"image/gif"};    ///< `image/gif`
    static constexpr Enumerator bmp{"image/bmp"};    ///< `image/bmp`
    static constexpr Enumerator tiff{"image/tiff"};  ///< `image/tiff`
};

/// The resolution at which media is read.
struct MediaResolution : OpenEnum<MediaResolution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator low{"low"};                ///< little
    static constexpr Enumerator medium{"medium"};          ///< the middle
    static constexpr Enumerator high{"high"};              ///< much
    static constexpr Enumerator ultra_high{"ultra_high"};  ///< most
};

/// Media types of video.
struct VideoMimeType : OpenEnum<VideoMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator mp4{"video/mp4"};            ///< `video/mp4`
    static constexpr Enumerator mpeg{"video/mpeg"};          ///< `video/mpeg`
    static constexpr Enumerator mpg{"video/mpg"};            ///< `video/mpg`
    static constexpr Enumerator mov{"video/mov"};            ///< `video/mov`
    static constexpr Enumerator avi{"video/avi"};            ///< `video/avi`
    static constexpr Enumerator x_flv{"video/x-flv"};        ///< `video/x-flv`
    static constexpr Enumerator webm{"video/webm"};          ///< `video/webm`
    static constexpr Enumerator wmv{"video/wmv"};            ///< `video/wmv`
    static constexpr Enumerator p3g{"video/3gpp"};           ///< `video/3gpp`
    static constexpr Enumerator jpeg2000{"video/jpeg2000"};  ///< `video/jpeg2000`
};

/// How media are looked at.
struct Processing : OpenEnum<Processing> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator static_{"static"};   ///< all of it, once
    static constexpr Enumerator agentic{"agentic"};  ///< the model chooses what to examine closely
};

/// Where a source comes from.
struct SourceType : OpenEnum<SourceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator gcs{"gcs"};                        ///< Cloud Storage
    static constexpr Enumerator inline_{"inline"};                 ///< within the answer
    static constexpr Enumerator repository{"repository"};          ///< a repository
    static constexpr Enumerator skill_registry{"skill_registry"};  ///< the skill registry
};

/// Width to height.
struct AspectRatio : OpenEnum<AspectRatio> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator ratio_1x1{"1:1"};    ///< `1:1`
    static constexpr Enumerator ratio_2x3{"2:3"};    ///< `2:3`
    static constexpr Enumerator ratio_3x2{"3:2"};    ///< `3:2`
    static constexpr Enumerator ratio_3x4{"3:4"};    ///< `3:4`
    static constexpr Enumerator ratio_4x3{"4:3"};    ///< `4:3`
    static constexpr Enumerator ratio_4x5{"4:5"};    ///< `4:5`
    static constexpr Enumerator ratio_5x4{"5:4"};    ///< `5:4`
    static constexpr Enumerator ratio_9x16{"9:16"};  ///< `9:16`
    static constexpr Enumerator ratio_16x9{"16:9"};  ///< `16:9`
    static constexpr Enumerator ratio_21x9{"21:9"};  ///< `21:9`
    static constexpr Enumerator ratio_1x8{"1:8"};    ///< `1:8`
    static constexpr Enumerator ratio_8x1{"8:1"};    ///< `8:1`
    static constexpr Enumerator ratio_1x4{"1:4"};    ///< `1:4`
    static constexpr Enumerator ratio_4x1{"4:1"};    ///< `4:1`
};

/// How large an image is.
struct ImageSize : OpenEnum<ImageSize> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator size_1k{"1K"};    ///< `1K`
    static constexpr Enumerator size_2k{"2K"};    ///< `2K`
    static constexpr Enumerator size_4k{"4K"};    ///< `4K`
    static constexpr Enumerator size_512{"512"};  ///< `512`
};

/// How audio is written down.
struct TranscriptionStyle : OpenEnum<TranscriptionStyle> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator verbatim{"verbatim"};  ///< every sound
    static constexpr Enumerator smart{"smart"};        ///< what reads well
};

/// What kind of video to make.
struct VideoTask : OpenEnum<VideoTask> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator text_to_video{"text_to_video"};            ///< `text_to_video`
    static constexpr Enumerator image_to_video{"image_to_video"};          ///< `image_to_video`
    static constexpr Enumerator reference_to_video{"reference_to_video"};  ///< `reference_to_video`
    static constexpr Enumerator edit{"edit"};                              ///< `edit`
    static constexpr Enumerator extend{"extend"};                          ///< `extend`
    static constexpr Enumerator upscale{"upscale"};                        ///< `upscale`
};

/// How media come.
struct Delivery : OpenEnum<Delivery> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator inline_{"inline"};  ///< within the answer
    static constexpr Enumerator uri{"uri"};         ///< as an address
};

/// Media types of spoken answers.
struct AudioResponseFormatMimeType : OpenEnum<AudioResponseFormatMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator mp3{"audio/mp3"};            ///< `audio/mp3`
    static constexpr Enumerator ogg_opus{"audio/ogg_opus"};  ///< `audio/ogg_opus`
    static constexpr Enumerator l16{"audio/l16"};            ///< `audio/l16`
    static constexpr Enumerator wav{"audio/wav"};            ///< `audio/wav`
    static constexpr Enumerator alaw{"audio/alaw"};          ///< `audio/alaw`
    static constexpr Enumerator mulaw{"audio/mulaw"};        ///< `audio/mulaw`
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
    static constexpr Enumerator plain{"text/plain"};       ///< `text/plain`
};

/// Lines of a video.
struct Resolution : OpenEnum<Resolution> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator p360{"360p"};    ///< `360p`
    static constexpr Enumerator p720{"720p"};    ///< `720p`
    static constexpr Enumerator p1080{"1080p"};  ///< `1080p`
    static constexpr Enumerator size_4k{"4k"};   ///< `4k`
};

/// A confirmation that is not asked for.
struct DisabledSafetyPolicy : OpenEnum<DisabledSafetyPolicy> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator financial_transactions{
        "financial_transactions"};  ///< `financial_transactions`
    static constexpr Enumerator sensitive_data_modification{
        "sensitive_data_modification"};                                    ///< `sensitive_data_modification`
    static constexpr Enumerator communication_tool{"communication_tool"};  ///< `communication_tool`
    static constexpr Enumerator account_creation{"account_creation"};      ///< `account_creation`
    static constexpr Enumerator data_modification{"data_modification"};    ///< `data_modification`
    static constexpr Enumerator user_consent_management{
        "user_consent_management"};  ///< `user_consent_management`
    static constexpr Enumerator legal_terms_and_agreements{
        "legal_terms_and_agreements"};  ///< `legal_terms_and_agreements`
};

/// What is driven.
struct ComputerEnvironment : OpenEnum<ComputerEnvironment> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator browser{"browser"};  ///< `browser`
    static constexpr Enumerator mobile{"mobile"};    ///< `mobile`
    static constexpr Enumerator desktop{"desktop"};  ///< `desktop`
};

/// What is searched.
struct SearchType : OpenEnum<SearchType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator web_search{"web_search"};                        ///< `web_search`
    static constexpr Enumerator image_search{"image_search"};                    ///< `image_search`
    static constexpr Enumerator enterprise_web_search{"enterprise_web_search"};  ///< `enterprise_web_search`
};

/// What is searched.
struct RetrievalType : OpenEnum<RetrievalType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator vertex_ai_search{"vertex_ai_search"};      ///< `vertex_ai_search`
    static constexpr Enumerator rag_store{"rag_store"};                    ///< `rag_store`
    static constexpr Enumerator exa_ai_search{"exa_ai_search"};            ///< `exa_ai_search`
    static constexpr Enumerator parallel_ai_search{"parallel_ai_search"};  ///< `parallel_ai_search`
};

/// How to look for flaws.
struct FindMode : OpenEnum<FindMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator scan{"scan"};      ///< everything
    static constexpr Enumerator verify{"verify"};  ///< one finding
};

/// A kind of search.
struct GroundingToolCountType : OpenEnum<GroundingToolCountType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator google_search{"google_search"};  ///< `google_search`
    static constexpr Enumerator google_maps{"google_maps"};      ///< `google_maps`
    static constexpr Enumerator retrieval{"retrieval"};          ///< `retrieval`
};

/// Media types of documents.
struct DocumentMimeType : OpenEnum<DocumentMimeType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator pdf{"application/pdf"};  ///< `application/pdf`
    static constexpr Enumerator csv{"text/csv"};         ///< `text/csv`
    static constexpr Enumerator pptx{
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"};  ///< `application/vnd.openxmlformats-officedocument.presentationml.presentation`
    static constexpr Enumerator ppt{"application/vnd.ms-powerpoint"};  ///< `application/vnd.ms-powerpoint`
    static constexpr Enumerator odp{
        "application/vnd.oasis.opendocument.presentation"};  ///< `application/vnd.oasis.opendocument.presentation`
    static constexpr Enumerator docx{
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};  ///< `application/vnd.openxmlformats-officedocument.wordprocessingml.document`
    static constexpr Enumerator doc{"application/msword"};  ///< `application/msword`
    static constexpr Enumerator dotx{
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template"};  ///< `application/vnd.openxmlformats-officedocument.wordprocessingml.template`
    static constexpr Enumerator odt{
        "application/vnd.oasis.opendocument.text"};  ///< `application/vnd.oasis.opendocument.text`
    static constexpr Enumerator xlsx{
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};  ///< `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`
    static constexpr Enumerator xls{"application/vnd.ms-excel"};  ///< `application/vnd.ms-excel`
    static constexpr Enumerator ods{
        "application/vnd.oasis.opendocument.spreadsheet"};  ///< `application/vnd.oasis.opendocument.spreadsheet`
};

/// What code is written in.
struct Language : OpenEnum<Language> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator python{"python"};  ///< `python`
    static constexpr Enumerator bash{"bash"};      ///< `bash`
};

/// How the reading of a page went.
struct UrlContextResultStatus : OpenEnum<UrlContextResultStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator success{"success"};  ///< it was read
    static constexpr Enumerator error{"error"};      ///< it could not be read
    static constexpr Enumerator paywall{"paywall"};  ///< it must be paid for
    static constexpr Enumerator unsafe{"unsafe"};    ///< it was held back
};

}  // namespace genai::inline GENAI_ABI::interactions
