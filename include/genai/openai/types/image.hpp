#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/values/box.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// How much the model thinks about an SVG.
struct SvgReasoning {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    ReasoningEffort effort{};                          ///< how much
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("effort", self.effort); }
};

/// How an SVG is made; Gemini makes none.
struct Svg {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the model
    Box<SvgReasoning> reasoning{};                     ///< how much it thinks
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("reasoning", self.reasoning);
    }
};

/// A request for images. https://platform.openai.com/docs/api-reference/images/create. Imagen's `aspectRatio`
/// and the like may be given in `extra`.
struct ImageGenerateParams {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text prompt{};                                     ///< what is to be seen
    Text model{};                     ///< such as `gemini-2.5-flash-image` or `imagen-4.0-generate-001`
    std::optional<std::int64_t> n{};  ///< how many; 1 when unset
    Text size{};                      ///< such as `1024x1024`; the nearest shape is taken
    Text response_format{};           ///< `b64_json`; Gemini has no `url`
    Text user{};                      ///< whom the call is made for; not sent
    Text quality{};                   ///< Gemini has none
    Text style{};                     ///< Gemini has none
    Text background{};                ///< Gemini has none
    Text moderation{};                ///< Gemini has none
    Text output_format{};             ///< `png`, `jpeg` or `webp`
    std::optional<std::int64_t> output_compression{};  ///< quality of a JPEG, 0 to 100
    std::optional<std::int64_t> partial_images{};      ///< Gemini has none
    Flag stream{};                                     ///< Gemini has none
    Text complexity{};                                 ///< Gemini has none
    std::optional<std::int64_t> frame_count{};         ///< Gemini has none
    std::optional<std::int64_t> frame_duration_ms{};   ///< Gemini has none
    Box<Svg> svg{};                                    ///< Gemini has none
    Text safety_identifier{};                          ///< Gemini has none
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("prompt", self.prompt);
        visit("model", self.model);
        visit("n", self.n);
        visit("size", self.size);
        visit("response_format", self.response_format);
        visit("user", self.user);
        visit("quality", self.quality);
        visit("style", self.style);
        visit("background", self.background);
        visit("moderation", self.moderation);
        visit("output_format", self.output_format);
        visit("output_compression", self.output_compression);
        visit("partial_images", self.partial_images);
        visit("stream", self.stream);
        visit("complexity", self.complexity);
        visit("frame_count", self.frame_count);
        visit("frame_duration_ms", self.frame_duration_ms);
        visit("svg", self.svg);
        visit("safety_identifier", self.safety_identifier);
    }
};

/// An image.
struct Image {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text b64_json{};                                   ///< its bytes in base64
    Text url{};                                        ///< its address
    Text revised_prompt{};                             ///< the prompt it was made of
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("b64_json", self.b64_json);
        visit("url", self.url);
        visit("revised_prompt", self.revised_prompt);
    }
};

/// Tokens of an image call, by kind.
struct ImageTokensDetails {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::int64_t image_tokens{};                       ///< images
    std::int64_t text_tokens{};                        ///< text
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("image_tokens", self.image_tokens);
        visit("text_tokens", self.text_tokens);
    }
};

/// What an image call used.
struct ImagesUsage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::int64_t input_tokens{};                       ///< of the prompt
    std::int64_t output_tokens{};                      ///< of the images
    std::int64_t total_tokens{};                       ///< of both
    Box<ImageTokensDetails> input_tokens_details{};    ///< of the prompt, by kind
    Box<ImageTokensDetails> output_tokens_details{};   ///< of the images, by kind
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("input_tokens", self.input_tokens);
        visit("output_tokens", self.output_tokens);
        visit("total_tokens", self.total_tokens);
        visit("input_tokens_details", self.input_tokens_details);
        visit("output_tokens_details", self.output_tokens_details);
    }
};

/// What making an SVG used.
struct SvgUsage {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the model
    std::int64_t input_tokens{};                       ///< of the prompt
    std::int64_t output_tokens{};                      ///< of the SVG
    std::int64_t reasoning_tokens{};                   ///< of thinking
    std::int64_t total_tokens{};                       ///< of all
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("input_tokens", self.input_tokens);
        visit("output_tokens", self.output_tokens);
        visit("reasoning_tokens", self.reasoning_tokens);
        visit("total_tokens", self.total_tokens);
    }
};

/// Images. https://platform.openai.com/docs/api-reference/images/object
struct ImagesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::int64_t created{};                            ///< when, in seconds since 1970
    std::vector<Image> data{};                         ///< the images
    Text background{};                                 ///< how the background is
    Text output_format{};                              ///< the images' format
    Text quality{};                                    ///< their quality
    Text size{};                                       ///< their size
    Box<ImagesUsage> usage{};                          ///< what it used
    Box<SvgUsage> svg_usage{};                         ///< what making an SVG used
    Text safety_identifier{};                          ///< whom the call was made for
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("created", self.created);
        visit("data", self.data, wire::even_empty);
        visit("background", self.background);
        visit("output_format", self.output_format);
        visit("quality", self.quality);
        visit("size", self.size);
        visit("usage", self.usage);
        visit("svg_usage", self.svg_usage);
        visit("safety_identifier", self.safety_identifier);
    }
};

/// An event of a streamed image: a preview, or the end.
/// https://platform.openai.com/docs/api-reference/images-streaming
struct ImageGenEvent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};      ///< `image_generation.partial_image` or `image_generation.completed`
    Text b64_json{};  ///< the bytes in base64
    std::optional<std::int64_t> partial_image_index{};  ///< which preview
    Text background{};                                  ///< how the background is
    std::int64_t created_at{};                          ///< when, in seconds since 1970
    Text output_format{};                               ///< the format
    Text quality{};                                     ///< the quality
    Text size{};                                        ///< the size
    Box<ImagesUsage> usage{};                           ///< what it used; at the end
    Text safety_identifier{};                           ///< whom the call was made for
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("b64_json", self.b64_json);
        visit("partial_image_index", self.partial_image_index);
        visit("background", self.background);
        visit("created_at", self.created_at);
        visit("output_format", self.output_format);
        visit("quality", self.quality);
        visit("size", self.size);
        visit("usage", self.usage);
        visit("safety_identifier", self.safety_identifier);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
