#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <genai/config.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content_config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How many tokens a model takes and gives at most.
struct TokenLimits {
    std::int64_t input{};   ///< the context window
    std::int64_t output{};  ///< of an answer
    friend bool operator==(const TokenLimits&, const TokenLimits&) = default;
};

/// The limits of a model, by the library's data; `client.models.get` is the authority. Nothing where they are
/// not known.
std::optional<TokenLimits> token_limits(std::string_view model);

/// An estimate of tokens, and the range that sources give: they differ on media, and texts by what they say.
struct TokenEstimate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::int64_t tokens{};                              ///< the estimate
    std::int64_t least{};                               ///< the least that sources and measurements give
    std::int64_t most{};                                ///< the most
    bool complete{true};  ///< false where something was not counted: media elsewhere, or without a duration

    /// Adds another.
    TokenEstimate& operator+=(const TokenEstimate& other) noexcept {
        tokens += other.tokens;
        least += other.least;
        most += other.most;
        complete = complete && other.complete;
        return *this;
    }
};

/// About how many tokens a text comes to: letters, scripts and digits weighted as the tokenizer does, where a
/// fourth of the length is half of the truth for Chinese, Japanese, Korean and JSON.
TokenEstimate estimate_text_tokens(std::string_view text);
/// About how many tokens an image comes to. 0 for a size that is not known.
/// https://ai.google.dev/gemini-api/docs/media-resolution
TokenEstimate estimate_image_tokens(std::string_view model, std::int64_t width, std::int64_t height,
                                    const MediaResolution& resolution = {});

/// What a video's tokens depend on.
struct VideoFacts {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    double seconds{};                                   ///< its duration
    double fps{1};                                      ///< frames that are read a second
    bool audio{true};                                   ///< whether it has a sound track
    std::int64_t width{};                               ///< pixels; 0 where that is not known
    std::int64_t height{};                              ///< pixels
};
/// About how many tokens a video comes to. https://ai.google.dev/gemini-api/docs/video-understanding
TokenEstimate estimate_video_tokens(std::string_view model, const VideoFacts& video,
                                    const MediaResolution& resolution = {});
/// About how many tokens a recording comes to. https://ai.google.dev/gemini-api/docs/audio
TokenEstimate estimate_audio_tokens(std::string_view model, double seconds);
/// About how many tokens a PDF comes to. https://ai.google.dev/gemini-api/docs/document-processing
TokenEstimate estimate_document_tokens(std::string_view model, std::int64_t pages,
                                       const MediaResolution& resolution = {});

/// About how many tokens a request comes to: texts, calls, and media by their own headers. Does no I/O; what
/// is elsewhere (files, addresses) is not counted, but for images. `client.models.count_tokens` is the
/// authority.
TokenEstimate estimate_tokens(std::string_view model, const Contents& contents,
                              const GenerateContentConfig& config = {});

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

#include <genai/cost/price_table.hpp>
#include <genai/limits/media_facts.hpp>
#include <genai/limits/text_tokens.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// Whether a model reads media as those before Gemini 3 did.
GENAI_INLINE bool reads_in_tiles(std::string_view model) {
    model.remove_prefix((std::min)(model.size(), model.rfind('/') + 1));
    return model.starts_with("gemini-1") || model.starts_with("gemini-2");
}

/// What an image comes to at most in Gemini 3, by how finely it is read.
GENAI_INLINE std::int64_t image_ceiling(std::string_view level) {
    if (level.ends_with("_LOW")) return 280;
    if (level.ends_with("_MEDIUM")) return 560;
    return level.ends_with("_ULTRA_HIGH") ? 2240 : 1120;
}

/// A ceiling's patches in the image's own proportions, as measured: 1089 for a square at 1120.
GENAI_INLINE std::int64_t patches(std::int64_t ceiling, double width, double height) {
    const double all = static_cast<double>(ceiling);
    const double made =
        std::floor(std::sqrt(all * width / height)) * std::floor(std::sqrt(all * height / width));
    return (std::max)(std::int64_t{1}, static_cast<std::int64_t>(made));
}

/// Tiles of two thirds of the shorter side, 258 tokens each.
GENAI_INLINE std::int64_t tile_tokens(std::int64_t width, std::int64_t height, bool clamped) {
    constexpr std::int64_t tile = 258;
    constexpr std::int64_t largest = std::int64_t{1} << 32U;  // that a file can say
    width = (std::min)(width, largest);
    height = (std::min)(height, largest);
    if (width <= 384 && height <= 384) return tile;
    std::int64_t unit = static_cast<std::int64_t>(static_cast<double>((std::min)(width, height)) / 1.5);
    unit =
        clamped ? std::clamp(unit, std::int64_t{256}, std::int64_t{768}) : (std::max)(unit, std::int64_t{1});
    const double tiles =
        static_cast<double>((width + unit - 1) / unit) * static_cast<double>((height + unit - 1) / unit);
    return tile * static_cast<std::int64_t>((std::min)(tiles, 1e6));
}

GENAI_INLINE TokenEstimate tile_estimate(std::int64_t width, std::int64_t height, std::string_view level) {
    if (level.ends_with("_LOW")) return {.tokens = 64, .least = 64, .most = 66};
    if (level.ends_with("_MEDIUM")) return {.tokens = 256, .least = 256, .most = 258};
    const std::int64_t clamped = tile_tokens(width, height, true);
    const std::int64_t unclamped = tile_tokens(width, height, false);
    const std::int64_t scanned = clamped == 258 ? 258 : 2048;  // "pan and scan", of more than a tile
    return {.tokens = clamped, .least = 258, .most = (std::max)({clamped, unclamped, scanned})};
}

GENAI_INLINE std::int64_t rounded(double tokens) {
    constexpr double most = 1e15;
    return static_cast<std::int64_t>(std::llround((std::clamp)(tokens, 0.0, most)));
}

/// The strings and numbers in JSON, names included.
GENAI_INLINE std::int64_t json_token_hundredths(const Json& value) {
    if (value.is_string()) return text_token_hundredths(value.get_ref<const std::string&>());
    std::int64_t total = 0;
    if (value.is_object())
        for (const auto& [name, inner] : value.items())
            total += text_token_hundredths(name) + json_token_hundredths(inner);
    else if (value.is_array())
        for (const Json& inner : value) total += json_token_hundredths(inner);
    else if (!value.is_null()) total += text_token_hundredths(value.dump());
    return total;
}

GENAI_INLINE TokenEstimate text_estimate(std::int64_t hundredths) {
    const double tokens = static_cast<double>(hundredths) / 100;
    return {.tokens = rounded(tokens),
            .least = rounded(std::floor(tokens / 2)),
            .most = rounded(std::ceil(tokens * 1.25))};
}

/// Counts the parts of a request.
class TokenEstimator {
public:
    TokenEstimator(std::string_view model, const GenerateContentConfig& config)
        : model_(model), config_(config) {}

    void add(const Part& part) {
        if (part.text) text_ += text_token_hundredths(*part.text);
        if (part.function_call) add_json(encode(*part.function_call));
        if (part.function_response) add_response(*part.function_response);
        if (part.executable_code) text_ += text_token_hundredths(part.executable_code->code.value_or(""));
        if (part.code_execution_result)
            text_ += text_token_hundredths(part.code_execution_result->output.value_or(""));
        if (part.inline_data)
            add_media(part, part.inline_data->mime_type.value_or(""),
                      part.inline_data->data ? part.inline_data->data->view() : std::string_view());
        if (part.file_data) add_media(part, part.file_data->mime_type.value_or(""), {});
    }
    void add_json(const std::string& text) { text_ += json_token_hundredths(decode<Json>(text)); }

    TokenEstimate all() const {
        TokenEstimate sum = media_;
        sum += text_estimate(text_);
        return sum;
    }

private:
    void add_response(const FunctionResponse& response) {
        text_ += text_token_hundredths(response.name.value_or(""));
        if (response.response) text_ += json_token_hundredths(*response.response);
        for (const FunctionResponsePart& part : response.parts)
            if (part.inline_data && part.inline_data->data)
                add_media({}, part.inline_data->mime_type.value_or(""), part.inline_data->data->view());
    }

    MediaResolution resolution_of(const Part& part) const {
        if (part.media_resolution && part.media_resolution->level)
            return MediaResolution(part.media_resolution->level.text());
        return config_.media_resolution;
    }

    void add_media(const Part& part, const std::string& type, std::string_view bytes) {
        const MediaResolution resolution = resolution_of(part);
        if (type.starts_with("image/")) {
            const auto size = image_size(bytes).value_or(PixelSize{});
            media_ += estimate_image_tokens(model_, size.width, size.height, resolution);
        } else if (type == "application/pdf") {
            constexpr std::int64_t page = 50'000;  // bytes of a page, where pages cannot be counted
            const auto pages = pdf_pages(bytes);
            const auto assumed = static_cast<std::int64_t>(bytes.size()) / page + (bytes.empty() ? 0 : 1);
            media_ += estimate_document_tokens(model_, pages.value_or(assumed), resolution);
            media_.complete = media_.complete && pages.has_value();
        } else if (type.starts_with("text/") && !bytes.empty()) {
            text_ += text_token_hundredths(bytes);
        } else if (type.starts_with("audio/") || type.starts_with("video/")) {
            add_recording(part, type.starts_with("video/"), bytes, resolution);
        } else {
            media_.complete = false;
        }
    }

    void add_recording(const Part& part, bool video, std::string_view bytes,
                       const MediaResolution& resolution) {
        const auto seconds = media_seconds(bytes);
        if (!seconds) {
            media_.complete = false;
            return;
        }
        if (!video) {
            media_ += estimate_audio_tokens(model_, *seconds);
            return;
        }
        VideoFacts facts{.seconds = *seconds};
        if (part.video_metadata && part.video_metadata->fps) facts.fps = *part.video_metadata->fps;
        media_ += estimate_video_tokens(model_, facts, resolution);
    }

    std::string_view model_;
    const GenerateContentConfig& config_;
    std::int64_t text_{0};  // hundredths
    TokenEstimate media_{};
};

}  // namespace detail

GENAI_INLINE std::optional<TokenLimits> token_limits(std::string_view model) {
    const ModelPrices* const row = PriceTable::builtin().find(model, std::chrono::system_clock::now());
    if (row == nullptr || !row->max_input_tokens || !row->max_output_tokens) return std::nullopt;
    return TokenLimits{.input = *row->max_input_tokens, .output = *row->max_output_tokens};
}

GENAI_INLINE TokenEstimate estimate_text_tokens(std::string_view text) {
    return detail::text_estimate(detail::text_token_hundredths(text));
}

GENAI_INLINE TokenEstimate estimate_image_tokens(std::string_view model, std::int64_t width,
                                                 std::int64_t height, const MediaResolution& resolution) {
    const bool known = width > 0 && height > 0;
    if (detail::reads_in_tiles(model)) {
        TokenEstimate tiles = detail::tile_estimate(known ? width : 1, known ? height : 1, resolution.text());
        if (!known && tiles.least == 258) tiles.most = 2048;
        tiles.complete = known;
        return tiles;
    }
    const std::int64_t most = detail::image_ceiling(resolution.text());
    if (!known)
        return {.tokens = most, .least = detail::patches(most, 1, 1), .most = most, .complete = false};
    const auto fit = detail::patches(most, static_cast<double>(width), static_cast<double>(height));
    return {.tokens = fit, .least = fit, .most = most};
}

GENAI_INLINE TokenEstimate estimate_audio_tokens(std::string_view model, double seconds) {
    const double whole = std::ceil((std::max)(seconds, 0.0));
    const bool older = detail::reads_in_tiles(model);
    return {.tokens = detail::rounded(whole * (older ? 32 : 25)),
            .least = detail::rounded(whole * (older ? 32 : 25)),
            .most = detail::rounded(whole * 32)};
}

GENAI_INLINE TokenEstimate estimate_video_tokens(std::string_view model, const VideoFacts& video,
                                                 const MediaResolution& resolution) {
    const std::string& level = resolution.text();
    const double seconds = (std::max)(video.seconds, 0.0);
    const double frames = seconds * (std::max)(video.fps, 0.0);
    const double timestamps = seconds * 10;  // of which no page says how many
    if (detail::reads_in_tiles(model)) {
        const double frame = level.ends_with("_LOW") ? 66 : 258;
        const double tokens = frames * frame + (video.audio ? seconds * 32 : 0);
        return {.tokens = detail::rounded(tokens),
                .least = detail::rounded(frames * (level.ends_with("_LOW") ? 64 : 258) +
                                         (video.audio ? seconds * 5 : 0)),
                .most = detail::rounded(tokens + timestamps)};
    }
    const std::int64_t ceiling = level.ends_with("HIGH") ? 280 : 70;
    const bool known = video.width > 0 && video.height > 0;
    const auto frame = static_cast<double>(
        known ? detail::patches(ceiling, static_cast<double>(video.width), static_cast<double>(video.height))
              : ceiling);
    const double audio = video.audio ? seconds * 25 : 0;
    const double least = std::floor((std::min)(frame, 0.95 * static_cast<double>(ceiling)));
    return {.tokens = detail::rounded(frames * frame + audio),
            .least = detail::rounded(frames * least + audio),
            .most = detail::rounded(frames * static_cast<double>(ceiling) + audio + timestamps)};
}

GENAI_INLINE TokenEstimate estimate_document_tokens(std::string_view model, std::int64_t pages,
                                                    const MediaResolution& resolution) {
    const std::string& level = resolution.text();
    const auto all = static_cast<double>((std::max)(pages, std::int64_t{0}));
    if (detail::reads_in_tiles(model)) {
        const double page = level.ends_with("_LOW") ? 64 : resolution ? 256 : 258;
        return {.tokens = detail::rounded(all * page),
                .least = detail::rounded(all * page),
                .most = detail::rounded(all * (level.ends_with("_LOW") ? 66 : 258))};
    }
    const bool said = resolution && resolution != MediaResolution::unspecified;
    const std::int64_t page = said ? detail::image_ceiling(level) : 560;
    const double least = said ? std::floor(0.95 * static_cast<double>(page)) : 258;
    const double tokens = all * static_cast<double>(page);
    return {.tokens = detail::rounded(tokens),
            .least = detail::rounded(all * least),
            .most = detail::rounded(tokens)};
}

GENAI_INLINE TokenEstimate estimate_tokens(std::string_view model, const Contents& contents,
                                           const GenerateContentConfig& config) {
    detail::TokenEstimator estimator(model, config);
    for (const Content& content : contents.contents())
        for (const Part& part : content.parts) estimator.add(part);
    if (config.system_instruction)
        for (const Part& part : config.system_instruction->parts) estimator.add(part);
    for (const Tool& tool : config.tools)
        for (const FunctionDeclaration& function : tool.function_declarations)
            estimator.add_json(encode(function));
    if (!config.response_json_schema.text().empty()) estimator.add_json(config.response_json_schema.text());
    TokenEstimate estimate = estimator.all();
    const bool cached = config.cached_content && !config.cached_content->empty();
    estimate.complete = estimate.complete && !cached;
    estimate.most += 1;  // a call was seen to come to one more than its parts
    return estimate;
}

}  // namespace genai::inline GENAI_ABI

#endif
