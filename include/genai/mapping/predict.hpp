#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/types/media.hpp>
#include <genai/types/operation.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The body of `:predict`, which speaks of the same things in other words than the types do.
GENAI_LAZY std::shared_ptr<wire::JsonText> images_body(std::string prompt,
                                                       const GenerateImagesConfig& config);

/// The body of `:predictLongRunning`.
GENAI_LAZY std::shared_ptr<wire::JsonText> videos_body(const GenerateVideosSource& source,
                                                       const GenerateVideosConfig& config);

/// The answer of `:predict` in the types' words.
GENAI_LAZY GenerateImagesResponse read_images(std::string_view text, const http::ResponseHead& head);

/// An operation that makes videos in the types' words, unwrapped.
GENAI_LAZY GenerateVideosOperation read_videos(std::string_view text, const http::ResponseHead& head);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <genai/mapping/predict_wire.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY GENAI_INLINE Box<PredictImage> predict_image(const Image& image) {
    return PredictImage{.gcs_uri = image.gcs_uri,
                        .bytes = image.image_bytes,
                        .mime_type = image.mime_type,
                        .extra = image.extra};
}

/// Whether anything of `parameters` is set.
GENAI_LAZY GENAI_INLINE Box<PredictParameters> if_any(PredictParameters parameters) {
    if (parameters == PredictParameters{}) return {};
    return parameters;
}

GENAI_LAZY GENAI_INLINE PredictRequest predict_images(std::string prompt,
                                                      const GenerateImagesConfig& config) {
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
    if (config.person_generation) parameters.person_generation = config.person_generation.text();
    if (config.output_mime_type || config.output_compression_quality)
        parameters.output_options = PredictOutput{.mime_type = config.output_mime_type,
                                                  .compression_quality = config.output_compression_quality};
    return {.instances = {{.prompt = std::move(prompt)}},
            .parameters = if_any(std::move(parameters)),
            .labels = config.labels};
}

GENAI_LAZY GENAI_INLINE PredictRequest predict_videos(const GenerateVideosSource& source,
                                                      const GenerateVideosConfig& config) {
    PredictInstance instance{.prompt = source.prompt, .extra = source.extra};
    if (source.image) instance.image = predict_image(*source.image);
    if (source.video) {
        const Video& video = *source.video;
        instance.video = PredictVideo{.uri = video.uri,
                                      .bytes = video.uri ? std::nullopt : video.video_bytes,
                                      .mime_type = video.mime_type,
                                      .extra = video.extra};
    }
    if (config.last_frame) instance.last_frame = predict_image(*config.last_frame);
    for (const auto& reference : config.reference_images)
        instance.reference_images.push_back(
            {.image = reference.image ? predict_image(*reference.image) : Box<PredictImage>(),
             .reference_type = reference.reference_type,
             .extra = reference.extra});
    if (config.mask) {
        const Image shape = config.mask->image ? *config.mask->image : Image{};
        instance.mask = PredictMask{.gcs_uri = shape.gcs_uri,
                                    .bytes = shape.image_bytes,
                                    .mime_type = shape.mime_type,
                                    .mode = config.mask->mask_mode,
                                    .extra = config.mask->extra};
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

GENAI_LAZY_BODY GENAI_INLINE std::shared_ptr<wire::JsonText> images_body(std::string prompt,
                                                                         const GenerateImagesConfig& config) {
    return json_body(predict_images(std::move(prompt), config));
}

GENAI_LAZY_BODY GENAI_INLINE std::shared_ptr<wire::JsonText> videos_body(const GenerateVideosSource& source,
                                                                         const GenerateVideosConfig& config) {
    return json_body(predict_videos(source, config));
}

// What rates the prompt is no image.
GENAI_LAZY_BODY GENAI_INLINE GenerateImagesResponse read_images(std::string_view text,
                                                                const http::ResponseHead& head) {
    auto answer = decode_response<Predictions>(text, head);
    GenerateImagesResponse response{
        .sdk_http_response = std::move(answer.sdk_http_response),
        .positive_prompt_safety_attributes = std::move(answer.positive_prompt_safety_attributes),
        .extra = std::move(answer.extra)};
    for (Prediction& one : answer.predictions) {
        Box<SafetyAttributes> rated = std::move(one.safety_attributes);
        if (one.content_type) (rated ? *rated : rated.emplace()).content_type = one.content_type;
        if (one.content_type == "Positive Prompt") {
            response.positive_prompt_safety_attributes = std::move(rated);
            continue;
        }
        GeneratedImage made{.rai_filtered_reason = std::move(one.rai_filtered_reason),
                            .safety_attributes = std::move(rated),
                            .enhanced_prompt = std::move(one.prompt),
                            .extra = std::move(one.extra)};
        if (one.bytes || one.gcs_uri)
            made.image = Image{.gcs_uri = std::move(one.gcs_uri),
                               .image_bytes = std::move(one.bytes),
                               .mime_type = std::move(one.mime_type)};
        response.generated_images.push_back(std::move(made));
    }
    return response;
}

GENAI_LAZY_BODY GENAI_INLINE GenerateVideosOperation read_videos(std::string_view text,
                                                                 const http::ResponseHead& head) {
    auto answer = decode_response<VideosAnswer>(text, head);
    GenerateVideosOperation operation{.name = std::move(answer.name),
                                      .metadata = std::move(answer.metadata),
                                      .done = answer.done,
                                      .error = std::move(answer.error),
                                      .sdk_http_response = std::move(answer.sdk_http_response),
                                      .extra = std::move(answer.extra)};
    if (!answer.response) return operation;
    if (answer.response->wrapped) {
        operation.response = std::move(answer.response->wrapped);
        operation.response->extra.append(answer.response->extra);
    } else {
        operation.response = GenerateVideosResponse{.generated_videos = std::move(answer.response->videos),
                                                    .extra = std::move(answer.response->extra)};
    }
    return operation;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
