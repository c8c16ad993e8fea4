#pragma once

#include <cstdint>
#include <string>

#include <genai/config.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types/image.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/media.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The arguments of `models.generate_images`, or of `models.generate_content`.
struct ImageRequest {
    std::string model{};
    std::string prompt{};
    bool predicted{false};  ///< whether the first is meant: Imagen
    GenerateImagesConfig images{};
    GenerateContentConfig content{};
};

/// What a request for images is to Gemini. Throws InvalidArgument for what it has no place for.
ImageRequest image_request(const ImageGenerateParams& params, const Options& options);
/// The images. Throws Error, with the reason, where there are none.
ImagesResponse images_response(const GenerateImagesResponse& response, std::int64_t created);
/// The same of an answer with images.
ImagesResponse images_response(const GenerateContentResponse& response, std::int64_t created);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_OPENAI_BODIES

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/tree.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A shape and a size in Gemini's words.
struct ImageShape {
    std::string aspect_ratio{};
    std::string size{};  ///< empty where there is no word for it
};

/// The nearest to `1024x1536`; nothing for `auto`. Throws InvalidArgument for what is no size.
GENAI_INLINE std::optional<ImageShape> image_shape(const std::string& size) {
    if (size.empty() || size == "auto") return std::nullopt;
    const std::size_t by = size.find('x');
    double width = 0;
    double height = 0;
    const auto read = [](std::string_view text, double& number) {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        number = value;
        return error == std::errc() && end == text.data() + text.size() && value > 0;
    };
    const std::string_view text = size;
    if (by == std::string::npos || !read(text.substr(0, by), width) || !read(text.substr(by + 1), height))
        throw InvalidArgument("size", "is no size, such as 1024x1024: " + size);
    ImageShape shape;
    double nearest = 1e9;
    for (const auto& [w, h] :
         {std::pair(1, 1), std::pair(3, 4), std::pair(4, 3), std::pair(9, 16), std::pair(16, 9)}) {
        const double distance = std::abs(std::log(width / height * h / w));
        if (distance < nearest) {
            nearest = distance;
            shape.aspect_ratio = std::to_string(w) + ':' + std::to_string(h);
        }
    }
    const double side = std::sqrt(width * height);
    if (side >= 768) shape.size = side < 1536 ? "1K" : side < 3072 ? "2K" : "4K";
    return shape;
}

GENAI_INLINE void refuse_other_image_options(const ImageGenerateParams& params, const Unsayable& unsayable,
                                             bool predicted) {
    const std::pair<const char*, bool> others[] = {
        {"quality", params.quality && *params.quality != "auto"},
        {"style", params.style.has_value()},
        {"background", params.background && *params.background != "auto"},
        {"moderation", params.moderation && *params.moderation != "auto"},
        {"output_format", params.output_format && !predicted},
        {"output_compression", params.output_compression && !predicted},
        {"partial_images", params.partial_images.value_or(0) != 0},
        {"stream", params.stream.is_true()},
        {"complexity", params.complexity.has_value()},
        {"frame_count", params.frame_count.has_value()},
        {"frame_duration_ms", params.frame_duration_ms.has_value()},
        {"svg", params.svg.has_value()},
        {"safety_identifier", params.safety_identifier.has_value()}};
    for (const auto& [name, is_set] : others)
        if (is_set) unsayable(name, "has no place in Gemini's requests");
    if (params.response_format && *params.response_format != "b64_json")
        unsayable("response_format", "is b64_json, and nothing else");
}

/// A config of what a request names itself, in either spelling.
template <class Config>
Config image_config(const ImageGenerateParams& params, std::string_view known, const Unsayable& unsayable) {
    Json taken = Json::object();
    const Json members = params.extra.json();
    for (const auto& [name, value] : members.items()) {
        const std::string camel = camel_case(name);
        if (is_one_of(camel, known)) taken[camel] = value;
        else unsayable(name, "is no parameter of images");
    }
    try {
        return decode<Config>(taken.dump());
    } catch (const DecodeError& problem) {
        throw InvalidArgument(problem.pointer(), problem.problem());
    }
}

GENAI_INLINE ImageRequest image_request(const ImageGenerateParams& params, const Options& options) {
    const ModelTraits model(params.model.value_or(""));
    if (!params.prompt || params.prompt->empty()) throw InvalidArgument("prompt", "is empty");
    ImageRequest request{.model = model.name(), .prompt = *params.prompt, .predicted = model.has("imagen")};
    const Unsayable unsayable(options.drop_params);
    refuse_other_image_options(params, unsayable, request.predicted);
    const std::optional<ImageShape> shape = image_shape(params.size.value_or(""));
    const auto count = params.n ? std::optional(small_integer("n", *params.n)) : std::nullopt;
    if (request.predicted) {
        request.images = image_config<GenerateImagesConfig>(
            params,
            "negativePrompt aspectRatio guidanceScale seed safetyFilterLevel personGeneration language "
            "outputMimeType outputCompressionQuality addWatermark imageSize enhancePrompt",
            unsayable);
        if (count) request.images.number_of_images = count;
        if (params.output_format) request.images.output_mime_type = "image/" + *params.output_format;
        if (params.output_compression)
            request.images.output_compression_quality =
                small_integer("output_compression", *params.output_compression);
        if (shape) request.images.aspect_ratio = shape->aspect_ratio;
        if (shape && !shape->size.empty()) request.images.image_size = shape->size;
        return request;
    }
    ImageConfig image = image_config<ImageConfig>(params, "aspectRatio imageSize", unsayable);
    if (shape) image.aspect_ratio = shape->aspect_ratio;
    if (shape && !shape->size.empty()) image.image_size = shape->size;
    if (image.aspect_ratio || image.image_size) request.content.image_config = std::move(image);
    request.content.candidate_count = count;
    request.content.response_modalities = {"IMAGE", "TEXT"};
    return request;
}

GENAI_INLINE ImagesResponse images_response(const GenerateImagesResponse& response, std::int64_t created) {
    ImagesResponse made{.created = created};
    std::string reason;
    for (const GeneratedImage& one : response.generated_images) {
        if (one.image && one.image->image_bytes)
            made.data.push_back({.b64_json = wire::to_base64(one.image->image_bytes->view()),
                                 .revised_prompt = one.enhanced_prompt});
        else if (one.rai_filtered_reason) reason = *one.rai_filtered_reason;
    }
    if (made.data.empty())
        throw Error("the model made no image" + (reason.empty() ? std::string() : ": " + reason));
    made.usage = ImagesUsage{.input_tokens_details = ImageTokensDetails()};  // Imagen counts no tokens
    return made;
}

/// Counts by kind of which OpenAI's shapes have two.
GENAI_INLINE ImageTokensDetails image_tokens(const std::vector<ModalityTokenCount>& counts) {
    ImageTokensDetails details;
    for (const ModalityTokenCount& one : counts)
        (one.modality == MediaModality::image ? details.image_tokens : details.text_tokens) +=
            one.token_count.value_or(0);
    return details;
}

GENAI_INLINE ImagesResponse images_response(const GenerateContentResponse& response, std::int64_t created) {
    ImagesResponse made{.created = created};
    std::string said;
    for (const Candidate& candidate : response.candidates) {
        if (candidate.finish_reason && candidate.finish_reason != genai::FinishReason::stop)
            said = candidate.finish_reason.text();
        if (!candidate.content) continue;
        for (const Part& part : candidate.content->parts) {
            if (part.thought) continue;  // a draft
            if (part.inline_data && part.inline_data->data)
                made.data.push_back({.b64_json = wire::to_base64(part.inline_data->data->view())});
            else if (part.text && said.empty()) said = *part.text;
        }
    }
    if (response.prompt_feedback && response.prompt_feedback->block_reason)
        said = "the prompt was blocked: " + response.prompt_feedback->block_reason.text();
    if (made.data.empty())
        throw Error("the model made no image" + (said.empty() ? std::string() : ": " + said));
    if (response.usage_metadata) {
        const auto& usage = *response.usage_metadata;
        made.usage = ImagesUsage{.input_tokens = usage.prompt_token_count.value_or(0),
                                 .output_tokens = usage.candidates_token_count.value_or(0),
                                 .total_tokens = usage.total_token_count.value_or(0),
                                 .input_tokens_details = image_tokens(usage.prompt_tokens_details),
                                 .output_tokens_details = image_tokens(usage.candidates_tokens_details)};
    }
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
