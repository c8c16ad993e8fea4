#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/media.hpp>
#include <genai/types/operation.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>

// What `:predict` and `:predictLongRunning` carry.

namespace genai::inline GENAI_ABI::detail {

/// An image as a request has it.
struct PredictImage {
    Text gcs_uri{};
    std::optional<Bytes> bytes{};
    Text mime_type{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("gcsUri", self.gcs_uri);
        visit("bytesBase64Encoded", self.bytes);
        visit("mimeType", self.mime_type);
    }
};

/// A video as a request has it.
struct PredictVideo {
    Text uri{};
    std::optional<Bytes> bytes{};
    Text mime_type{};
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
    VideoGenerationReferenceType reference_type{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image", self.image);
        visit("referenceType", self.reference_type);
    }
};

/// Where a video is changed, as a request has it: an image with a mode beside its bytes.
struct PredictMask {
    Text gcs_uri{};
    std::optional<Bytes> bytes{};
    Text mime_type{};
    VideoGenerationMaskMode mode{};
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
    Text prompt{};
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
    Text mime_type{};
    std::optional<std::int32_t> compression_quality{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mimeType", self.mime_type);
        visit("compressionQuality", self.compression_quality);
    }
};

/// How images or videos are made.
struct PredictParameters {
    Text storage_uri{};
    Text negative_prompt{};
    std::optional<std::int32_t> sample_count{};
    std::optional<std::int32_t> fps{};
    std::optional<std::int32_t> duration_seconds{};
    Text aspect_ratio{};
    Text resolution{};
    std::optional<double> guidance_scale{};
    std::optional<std::int32_t> seed{};
    SafetyFilterLevel safety_setting{};
    Text person_generation{};
    Text pubsub_topic{};
    Flag include_safety_attributes{};
    Flag include_rai_reason{};
    ImagePromptLanguage language{};
    Box<PredictOutput> output_options{};
    Flag add_watermark{};
    Text sample_image_size{};
    Flag enhance_prompt{};
    Flag generate_audio{};
    VideoCompressionQuality compression_quality{};
    ImageResizeMode resize_mode{};
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
    Text gcs_uri{};
    Text mime_type{};
    Text rai_filtered_reason{};
    Box<SafetyAttributes> safety_attributes{};
    Text content_type{};
    Text prompt{};
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
    Text type{};
    Box<GenerateVideosResponse> wrapped{};
    std::vector<GeneratedVideo> videos{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("@type", self.type);
        visit("generateVideoResponse", self.wrapped);
        visit("generatedVideos", self.videos, wire::alternative_name("generatedSamples"));
    }
};

/// A GenerateVideosOperation as the service has it.
struct VideosAnswer {
    Box<HttpResponse> sdk_http_response{};
    std::string name{};
    std::optional<Json> metadata{};
    Flag done{};
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

}  // namespace genai::inline GENAI_ABI::detail
