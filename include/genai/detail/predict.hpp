#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/types/media.hpp>
#include <genai/types/operation.hpp>

// `:predict` and `:predictLongRunning` speak of the same things in other words than the types do.

namespace genai::inline v0::detail {

/// An image as a request has it.
struct PredictImage {
    std::optional<std::string> gcs_uri{};
    std::optional<Bytes> bytes{};
    std::optional<std::string> mime_type{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("gcsUri", self.gcs_uri);
        visit("bytesBase64Encoded", self.bytes);
        visit("mimeType", self.mime_type);
    }
};

/// A video as a request has it.
struct PredictVideo {
    std::optional<std::string> uri{};
    std::optional<Bytes> bytes{};
    std::optional<std::string> mime_type{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("uri", self.uri);
        visit("encodedVideo", self.bytes);
        visit("encoding", self.mime_type);
    }
};

/// An image, or a mask, and what it is for.
struct PredictReference {
    Box<PredictImage> image{};
    std::optional<VideoGenerationReferenceType> reference_type{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("referenceType", self.reference_type);
    }
};

/// Where a video is changed, as a request has it: an image with a mode beside its bytes.
struct PredictMask {
    std::optional<std::string> gcs_uri{};
    std::optional<Bytes> bytes{};
    std::optional<std::string> mime_type{};
    std::optional<VideoGenerationMaskMode> mode{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("gcsUri", self.gcs_uri);
        visit("bytesBase64Encoded", self.bytes);
        visit("mimeType", self.mime_type);
        visit("maskMode", self.mode);
    }
};

/// What is asked for.
struct PredictInstance {
    std::optional<std::string> prompt{};
    Box<PredictImage> image{};
    Box<PredictVideo> video{};
    Box<PredictImage> last_frame{};
    std::vector<PredictReference> reference_images{};
    Box<PredictMask> mask{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("prompt", self.prompt);
        visit("image", self.image);
        visit("video", self.video);
        visit("lastFrame", self.last_frame);
        visit("referenceImages", self.reference_images);
        visit("mask", self.mask);
    }
};

/// The form of images.
struct PredictOutput {
    std::optional<std::string> mime_type{};
    std::optional<std::int32_t> compression_quality{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mimeType", self.mime_type);
        visit("compressionQuality", self.compression_quality);
    }
};

/// How images or videos are made.
struct PredictParameters {
    std::optional<std::string> storage_uri{};
    std::optional<std::string> negative_prompt{};
    std::optional<std::int32_t> sample_count{};
    std::optional<std::int32_t> fps{};
    std::optional<std::int32_t> duration_seconds{};
    std::optional<std::string> aspect_ratio{};
    std::optional<std::string> resolution{};
    std::optional<double> guidance_scale{};
    std::optional<std::int32_t> seed{};
    std::optional<SafetyFilterLevel> safety_setting{};
    std::optional<std::string> person_generation{};
    std::optional<std::string> pubsub_topic{};
    std::optional<bool> include_safety_attributes{};
    std::optional<bool> include_rai_reason{};
    std::optional<ImagePromptLanguage> language{};
    Box<PredictOutput> output_options{};
    std::optional<bool> add_watermark{};
    std::optional<std::string> sample_image_size{};
    std::optional<bool> enhance_prompt{};
    std::optional<bool> generate_audio{};
    std::optional<VideoCompressionQuality> compression_quality{};
    std::optional<ImageResizeMode> resize_mode{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("storageUri", self.storage_uri);
        visit("negativePrompt", self.negative_prompt);
        visit("sampleCount", self.sample_count);
        visit("fps", self.fps);
        visit("durationSeconds", self.duration_seconds);
        visit("aspectRatio", self.aspect_ratio);
        visit("resolution", self.resolution);
        visit("guidanceScale", self.guidance_scale);
        visit("seed", self.seed);
        visit("safetySetting", self.safety_setting);
        visit("personGeneration", self.person_generation);
        visit("pubsubTopic", self.pubsub_topic);
        visit("includeSafetyAttributes", self.include_safety_attributes);
        visit("includeRaiReason", self.include_rai_reason);
        visit("language", self.language);
        visit("outputOptions", self.output_options);
        visit("addWatermark", self.add_watermark);
        visit("sampleImageSize", self.sample_image_size);
        visit("enhancePrompt", self.enhance_prompt);
        visit("generateAudio", self.generate_audio);
        visit("compressionQuality", self.compression_quality);
        visit("resizeMode", self.resize_mode);
    }
};

/// The body of either call.
struct PredictRequest {
    std::vector<PredictInstance> instances{};
    Box<PredictParameters> parameters{};
    Dict<std::string> labels{};
    Box<WebhookConfig> webhook_config{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("instances", self.instances);
        visit("parameters", self.parameters);
        visit("labels", self.labels);
        visit("webhookConfig", self.webhook_config);
    }
};

/// One image of the answer, or how the prompt was rated.
struct Prediction {
    std::optional<Bytes> bytes{};
    std::optional<std::string> gcs_uri{};
    std::optional<std::string> mime_type{};
    std::optional<std::string> rai_filtered_reason{};
    Box<SafetyAttributes> safety_attributes{};
    std::optional<std::string> content_type{};
    std::optional<std::string> prompt{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("bytesBase64Encoded", self.bytes);
        visit("gcsUri", self.gcs_uri);
        visit("mimeType", self.mime_type);
        visit("raiFilteredReason", self.rai_filtered_reason);
        visit("safetyAttributes", self.safety_attributes);
        visit("contentType", self.content_type);
        visit("prompt", self.prompt);
    }
};

/// The answer of `:predict`.
struct Predictions {
    Box<HttpResponse> sdk_http_response{};
    std::vector<Prediction> predictions{};
    Box<SafetyAttributes> positive_prompt_safety_attributes{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("predictions", self.predictions);
        visit("positivePromptSafetyAttributes", self.positive_prompt_safety_attributes);
    }
};

/// The response of a GenerateVideosOperation as the service wraps it.
struct VideosResponse {
    std::optional<std::string> type{};
    Box<GenerateVideosResponse> wrapped{};
    std::vector<GeneratedVideo> videos{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("@type", self.type);
        visit("generateVideoResponse", self.wrapped);
        visit("generatedVideos", self.videos, wire::also("generatedSamples"));
    }
};

/// A GenerateVideosOperation as the service has it.
struct VideosAnswer {
    Box<HttpResponse> sdk_http_response{};
    std::string name{};
    std::optional<Json> metadata{};
    std::optional<bool> done{};
    Box<GoogleRpcStatus> error{};
    Box<VideosResponse> response{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
        visit("done", self.done);
        visit("error", self.error);
        visit("response", self.response);
    }
};

inline Box<PredictImage> predict_image(const Image& image) {
    return PredictImage{.gcs_uri = image.gcs_uri, .bytes = image.image_bytes, .mime_type = image.mime_type, .extra = image.extra};
}

/// Whether anything of `parameters` is set.
inline Box<PredictParameters> if_any(PredictParameters parameters) {
    if (parameters == PredictParameters{}) return {};
    return parameters;
}

inline PredictRequest predict_images(std::string prompt, const GenerateImagesConfig& config) {
    PredictParameters parameters{.storage_uri = config.output_gcs_uri,
                                 .negative_prompt = config.negative_prompt,
                                 .sample_count = config.number_of_images,
                                 .aspect_ratio = config.aspect_ratio,
                                 .guidance_scale = config.guidance_scale,
                                 .seed = config.seed,
                                 .safety_setting = config.safety_filter_level,
                                 .include_safety_attributes = config.include_safety_attributes,
                                 .include_rai_reason = config.include_rai_reason,
                                 .language = config.language,
                                 .add_watermark = config.add_watermark,
                                 .sample_image_size = config.image_size,
                                 .enhance_prompt = config.enhance_prompt,
                                 .extra = config.extra};
    if (config.person_generation) parameters.person_generation = config.person_generation->text();
    if (config.output_mime_type || config.output_compression_quality)
        parameters.output_options = PredictOutput{.mime_type = config.output_mime_type, .compression_quality = config.output_compression_quality};
    return {.instances = {{.prompt = std::move(prompt)}}, .parameters = if_any(std::move(parameters)), .labels = config.labels};
}

inline PredictRequest predict_videos(const GenerateVideosSource& source, const GenerateVideosConfig& config) {
    PredictInstance instance{.prompt = source.prompt, .extra = source.extra};
    if (source.image) instance.image = predict_image(*source.image);
    if (source.video) {
        const Video& video = *source.video;
        instance.video = PredictVideo{.uri = video.uri, .bytes = video.uri ? std::nullopt : video.video_bytes, .mime_type = video.mime_type, .extra = video.extra};
    }
    if (config.last_frame) instance.last_frame = predict_image(*config.last_frame);
    for (const auto& reference : config.reference_images)
        instance.reference_images.push_back({.image = reference.image ? predict_image(*reference.image) : Box<PredictImage>(), .reference_type = reference.reference_type, .extra = reference.extra});
    if (config.mask) {
        const Image shape = config.mask->image ? *config.mask->image : Image{};
        instance.mask = PredictMask{.gcs_uri = shape.gcs_uri, .bytes = shape.image_bytes, .mime_type = shape.mime_type, .mode = config.mask->mask_mode, .extra = config.mask->extra};
    }
    return {.instances = {std::move(instance)},
            .parameters = if_any({.storage_uri = config.output_gcs_uri,
                                  .negative_prompt = config.negative_prompt,
                                  .sample_count = config.number_of_videos,
                                  .fps = config.fps,
                                  .duration_seconds = config.duration_seconds,
                                  .aspect_ratio = config.aspect_ratio,
                                  .resolution = config.resolution,
                                  .seed = config.seed,
                                  .person_generation = config.person_generation,
                                  .pubsub_topic = config.pubsub_topic,
                                  .enhance_prompt = config.enhance_prompt,
                                  .generate_audio = config.generate_audio,
                                  .compression_quality = config.compression_quality,
                                  .resize_mode = config.resize_mode,
                                  .extra = config.extra}),
            .labels = config.labels,
            .webhook_config = config.webhook_config};
}

/// The answer of `:predict` in the types' words: what rates the prompt is no image.
inline GenerateImagesResponse read_images(Predictions&& answer) {
    GenerateImagesResponse response{.sdk_http_response = std::move(answer.sdk_http_response),
                                    .positive_prompt_safety_attributes = std::move(answer.positive_prompt_safety_attributes),
                                    .extra = std::move(answer.extra)};
    for (Prediction& one : answer.predictions) {
        Box<SafetyAttributes> rated = std::move(one.safety_attributes);
        if (one.content_type) (rated ? *rated : rated.emplace()).content_type = one.content_type;
        if (one.content_type == "Positive Prompt") {
            response.positive_prompt_safety_attributes = std::move(rated);
            continue;
        }
        GeneratedImage made{.rai_filtered_reason = std::move(one.rai_filtered_reason), .safety_attributes = std::move(rated), .enhanced_prompt = std::move(one.prompt), .extra = std::move(one.extra)};
        if (one.bytes || one.gcs_uri) made.image = Image{.gcs_uri = std::move(one.gcs_uri), .image_bytes = std::move(one.bytes), .mime_type = std::move(one.mime_type)};
        response.generated_images.push_back(std::move(made));
    }
    return response;
}

/// The operation in the types' words, unwrapped.
inline GenerateVideosOperation read_videos(VideosAnswer&& answer) {
    GenerateVideosOperation operation{.name = std::move(answer.name),
                                      .metadata = std::move(answer.metadata),
                                      .done = answer.done,
                                      .error = std::move(answer.error),
                                      .sdk_http_response = std::move(answer.sdk_http_response),
                                      .extra = std::move(answer.extra)};
    if (!answer.response) return operation;
    if (answer.response->wrapped) {
        operation.response = std::move(answer.response->wrapped);
        if (!answer.response->extra.empty()) {
            std::string& kept = operation.response->extra.edit_raw();
            kept += (kept.empty() ? "" : ",") + *answer.response->extra.raw();
        }
    } else {
        operation.response = GenerateVideosResponse{.generated_videos = std::move(answer.response->videos), .extra = std::move(answer.response->extra)};
    }
    return operation;
}

}  // namespace genai::inline v0::detail
