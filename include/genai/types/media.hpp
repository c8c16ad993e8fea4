#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How strictly images are filtered.
struct SafetyFilterLevel : OpenEnum<SafetyFilterLevel> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator block_low_and_above{"BLOCK_LOW_AND_ABOVE"};        ///< strictest
    static constexpr Enumerator block_medium_and_above{"BLOCK_MEDIUM_AND_ABOVE"};  ///< the middle
    static constexpr Enumerator block_only_high{"BLOCK_ONLY_HIGH"};                ///< the worst only
    static constexpr Enumerator block_none{"BLOCK_NONE"};                          ///< nothing is held back
};

/// Whether people may be shown.
struct PersonGeneration : OpenEnum<PersonGeneration> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator dont_allow{"DONT_ALLOW"};    ///< nobody
    static constexpr Enumerator allow_adult{"ALLOW_ADULT"};  ///< adults only
    static constexpr Enumerator allow_all{"ALLOW_ALL"};      ///< anybody
};

/// The language of an image's prompt.
struct ImagePromptLanguage : OpenEnum<ImagePromptLanguage> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator auto_{"auto"};  ///< found out by itself
    static constexpr Enumerator en{"en"};       ///< English
    static constexpr Enumerator ja{"ja"};       ///< Japanese
    static constexpr Enumerator ko{"ko"};       ///< Korean
    static constexpr Enumerator hi{"hi"};       ///< Hindi
    static constexpr Enumerator zh{"zh"};       ///< Chinese
    static constexpr Enumerator pt{"pt"};       ///< Portuguese
    static constexpr Enumerator es{"es"};       ///< Spanish
};

/// What a reference image is for.
struct VideoGenerationReferenceType : OpenEnum<VideoGenerationReferenceType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator asset{"ASSET"};  ///< a thing, a person or a place
    static constexpr Enumerator style{"STYLE"};  ///< the look of all
};

/// What is done where the mask is.
struct VideoGenerationMaskMode : OpenEnum<VideoGenerationMaskMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator insert{"INSERT"};                ///< put something there
    static constexpr Enumerator remove{"REMOVE"};                ///< take away what moves there
    static constexpr Enumerator remove_static{"REMOVE_STATIC"};  ///< take away what stands there
    static constexpr Enumerator outpaint{"OUTPAINT"};            ///< go on beyond the frame
};

/// How hard a video is compressed.
struct VideoCompressionQuality : OpenEnum<VideoCompressionQuality> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator optimized{"OPTIMIZED"};  ///< small
    static constexpr Enumerator lossless{"LOSSLESS"};    ///< without loss
};

/// How an image of another shape is fitted.
struct ImageResizeMode : OpenEnum<ImageResizeMode> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator crop{"CROP"};  ///< cut off what does not fit
    static constexpr Enumerator pad{"PAD"};    ///< fill up what is missing
};

/// An image, within a request or an answer.
struct Image {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text gcs_uri{};                                    ///< Cloud Storage address, `gs://…`
    std::optional<Bytes> image_bytes{};                ///< the image, base64 on the wire
    Text mime_type{};                                  ///< IANA media type, such as `image/png`
    Extra extra{};                                     ///< members this version does not know

    /// An image from memory.
    static Image from_bytes(Bytes bytes, std::string mime_type) {
        return {.image_bytes = std::move(bytes), .mime_type = std::move(mime_type)};
    }
    /// An image in Cloud Storage.
    static Image from_uri(std::string gcs_uri, std::string mime_type) {
        return {.gcs_uri = std::move(gcs_uri), .mime_type = std::move(mime_type)};
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("gcsUri", self.gcs_uri);
        visit("imageBytes", self.image_bytes, wire::alternative_name("bytesBase64Encoded"));
        visit("mimeType", self.mime_type);
    }
};

/// A video, by address or within a request or an answer.
struct Video {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text uri{};                                        ///< where it is
    std::optional<Bytes> video_bytes{};                ///< the video, base64 on the wire
    Text mime_type{};                                  ///< IANA media type
    Extra extra{};                                     ///< members this version does not know

    /// A video from memory.
    static Video from_bytes(Bytes bytes, std::string mime_type) {
        return {.video_bytes = std::move(bytes), .mime_type = std::move(mime_type)};
    }
    /// A video the service has.
    static Video from_uri(std::string uri, std::string mime_type) {
        return {.uri = std::move(uri), .mime_type = std::move(mime_type)};
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("uri", self.uri);
        visit("videoBytes", self.video_bytes, wire::alternative_name("encodedVideo"));
        visit("mimeType", self.mime_type, wire::alternative_name("encoding"));
    }
};

/// Whom to call when long work is done. https://ai.google.dev/gemini-api/docs/webhooks
struct WebhookConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> uris{};                   ///< addresses to call; the project's own when empty
    std::optional<Json> user_metadata{};               ///< an object that comes back with each call
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("uris", self.uris);
        visit("userMetadata", self.user_metadata);
    }
};

/// How an image or a prompt was rated.
struct SafetyAttributes {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> categories{};             ///< names of what was rated
    std::vector<double> scores{};                      ///< one for each category
    Text content_type{};                               ///< what was rated
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("categories", self.categories);
        visit("scores", self.scores);
        visit("contentType", self.content_type);
    }
};

/// One image a model made.
struct GeneratedImage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Image> image{};                                ///< the image
    Text rai_filtered_reason{};                        ///< why it was held back
    Box<SafetyAttributes> safety_attributes{};         ///< how it was rated
    Text enhanced_prompt{};                            ///< the prompt as it was rewritten
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("raiFilteredReason", self.rai_filtered_reason);
        visit("safetyAttributes", self.safety_attributes);
        visit("enhancedPrompt", self.enhanced_prompt);
    }
};

/// Options of `models.generate_images`.
struct GenerateImagesConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};         ///< see NamedOnly
    HttpOptions http_options{};                                ///< for this call, over the client's
    Text output_gcs_uri{};                                     ///< Cloud Storage prefix to write to
    Text negative_prompt{};                                    ///< what it shall not show
    std::optional<std::int32_t> number_of_images{};            ///< how many
    Text aspect_ratio{};                                       ///< such as `16:9`
    std::optional<double> guidance_scale{};                    ///< how closely to follow the prompt
    std::optional<std::int32_t> seed{};                        ///< makes results repeatable
    SafetyFilterLevel safety_filter_level{};                   ///< how strictly to filter
    PersonGeneration person_generation{};                      ///< whether people may be shown
    Flag include_safety_attributes{};                          ///< whether to report ratings
    Flag include_rai_reason{};                                 ///< whether to say why an image was held back
    ImagePromptLanguage language{};                            ///< the language
    Text output_mime_type{};                                   ///< media type of the images
    std::optional<std::int32_t> output_compression_quality{};  ///< 0 to 100, for JPEG
    Flag add_watermark{};                                      ///< whether to put an invisible watermark in
    Dict<std::string> labels{};  ///< keys and values for the caller's own accounts
    Text image_size{};           ///< such as `1K`
    Flag enhance_prompt{};       ///< whether the prompt may be rewritten
    Extra extra{};               ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("outputGcsUri", self.output_gcs_uri);
        visit("negativePrompt", self.negative_prompt);
        visit("numberOfImages", self.number_of_images);
        visit("aspectRatio", self.aspect_ratio);
        visit("guidanceScale", self.guidance_scale);
        visit("seed", self.seed);
        visit("safetyFilterLevel", self.safety_filter_level);
        visit("personGeneration", self.person_generation);
        visit("includeSafetyAttributes", self.include_safety_attributes);
        visit("includeRaiReason", self.include_rai_reason);
        visit("language", self.language);
        visit("outputMimeType", self.output_mime_type);
        visit("outputCompressionQuality", self.output_compression_quality);
        visit("addWatermark", self.add_watermark);
        visit("labels", self.labels);
        visit("imageSize", self.image_size);
        visit("enhancePrompt", self.enhance_prompt);
    }
};

/// What `models.generate_images` gives.
struct GenerateImagesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};           ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};                      ///< set by the client
    std::vector<GeneratedImage> generated_images{};             ///< the images
    Box<SafetyAttributes> positive_prompt_safety_attributes{};  ///< how the prompt was rated
    Extra extra{};                                              ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("generatedImages", self.generated_images);
        visit("positivePromptSafetyAttributes", self.positive_prompt_safety_attributes);
    }
};

/// What something in a video looks like.
struct VideoGenerationReferenceImage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Image> image{};                                ///< the image
    VideoGenerationReferenceType reference_type{};     ///< what the image is for
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("referenceType", self.reference_type);
    }
};

/// Where a video is changed.
struct VideoGenerationMask {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Image> image{};                                ///< the image
    VideoGenerationMaskMode mask_mode{};               ///< what is done there
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("maskMode", self.mask_mode);
    }
};

/// What a video is made from.
struct GenerateVideosSource {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text prompt{};                                     ///< what to show
    Box<Image> image{};                                ///< the frame to begin with
    Box<Video> video{};                                ///< what to go on from
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("prompt", self.prompt);
        visit("image", self.image);
        visit("video", self.video);
    }
};

/// Options of `models.generate_videos`.
struct GenerateVideosConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};              ///< see NamedOnly
    HttpOptions http_options{};                                     ///< for this call, over the client's
    std::optional<std::int32_t> number_of_videos{};                 ///< how many
    Text output_gcs_uri{};                                          ///< Cloud Storage prefix to write to
    std::optional<std::int32_t> fps{};                              ///< frames a second
    std::optional<std::int32_t> duration_seconds{};                 ///< length in seconds
    std::optional<std::int32_t> seed{};                             ///< makes results repeatable
    Text aspect_ratio{};                                            ///< such as `16:9`
    Text resolution{};                                              ///< such as `720p`
    Text person_generation{};                                       ///< whether people may be shown
    Text pubsub_topic{};                                            ///< where to report progress
    Text negative_prompt{};                                         ///< what it shall not show
    Flag enhance_prompt{};                                          ///< whether the prompt may be rewritten
    Flag generate_audio{};                                          ///< whether to make sound too
    Box<Image> last_frame{};                                        ///< how it shall end
    std::vector<VideoGenerationReferenceImage> reference_images{};  ///< what its subjects look like
    Box<VideoGenerationMask> mask{};                                ///< where to change the video
    VideoCompressionQuality compression_quality{};                  ///< how hard to compress
    Dict<std::string> labels{};           ///< keys and values for the caller's own accounts
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    ImageResizeMode resize_mode{};        ///< how to fit an image of another shape
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("numberOfVideos", self.number_of_videos);
        visit("outputGcsUri", self.output_gcs_uri);
        visit("fps", self.fps);
        visit("durationSeconds", self.duration_seconds);
        visit("seed", self.seed);
        visit("aspectRatio", self.aspect_ratio);
        visit("resolution", self.resolution);
        visit("personGeneration", self.person_generation);
        visit("pubsubTopic", self.pubsub_topic);
        visit("negativePrompt", self.negative_prompt);
        visit("enhancePrompt", self.enhance_prompt);
        visit("generateAudio", self.generate_audio);
        visit("lastFrame", self.last_frame);
        visit("referenceImages", self.reference_images);
        visit("mask", self.mask);
        visit("compressionQuality", self.compression_quality);
        visit("labels", self.labels);
        visit("webhookConfig", self.webhook_config);
        visit("resizeMode", self.resize_mode);
    }
};

/// One video a model made.
struct GeneratedVideo {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<Video> video{};                                ///< the video
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("video", self.video); }
};

/// What a GenerateVideosOperation comes to.
struct GenerateVideosResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};        ///< see NamedOnly
    std::vector<GeneratedVideo> generated_videos{};          ///< the videos
    std::optional<std::int64_t> rai_media_filtered_count{};  ///< how many were held back
    std::vector<std::string> rai_media_filtered_reasons{};   ///< and why
    Extra extra{};                                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("generatedVideos", self.generated_videos, wire::alternative_name("generatedSamples"));
        visit("raiMediaFilteredCount", self.rai_media_filtered_count);
        visit("raiMediaFilteredReasons", self.rai_media_filtered_reasons);
    }
};

}  // namespace genai::inline GENAI_ABI
