#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>
#include <genai/openai/unsayable.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A part with media as a content part of a message; nothing where it is left out.
std::optional<Tree> media_part(const Tree& part, const std::string& pointer, const Dialect& dialect,
                               std::string_view resolution, const Unsayable& unsayable);

/// The part that an image's address or data URI is.
Tree part_of_url(std::string_view url);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::openai::detail {

/// The word for how closely an image is looked at; empty where there is none.
GENAI_INLINE std::string_view detail_of(std::string_view resolution) {
    if (resolution == "MEDIA_RESOLUTION_LOW") return "low";
    if (resolution == "MEDIA_RESOLUTION_HIGH" || resolution == "MEDIA_RESOLUTION_ULTRA_HIGH") return "high";
    return {};
}

GENAI_INLINE Tree image_part(std::string url, std::string_view resolution) {
    Tree image{{"url", std::move(url)}};
    if (const auto detail = detail_of(resolution); !detail.empty()) image["detail"] = detail;
    return {{"type", "image_url"}, {"image_url", std::move(image)}};
}

/// Bytes that stand in the request.
GENAI_INLINE std::optional<Tree> inline_part(const Tree& blob, const std::string& pointer,
                                             const Dialect& dialect, std::string_view resolution,
                                             const Unsayable& unsayable) {
    const std::string type = lower(text_at(blob, "mimeType"));
    const std::string data(text_at(blob, "data"));
    const auto uri = [&] { return "data:" + type + ";base64," + data; };
    if (type.starts_with("image/")) return image_part(uri(), resolution);
    if (type.starts_with("audio/")) {
        std::string format =
            type.substr(6, type.find(';') == std::string::npos ? type.npos : type.find(';') - 6);
        if (format == "x-wav" || format == "wave") format = "wav";
        if (format == "mpeg") format = "mp3";
        if (dialect.any_audio || format == "wav" || format == "mp3")
            return Tree{{"type", "input_audio"}, {"input_audio", {{"data", data}, {"format", format}}}};
    }
    if (type == "application/pdf") {
        const auto name = text_at(blob, "displayName");
        return Tree{{"type", "file"},
                    {"file", {{"filename", name.empty() ? "file.pdf" : name}, {"file_data", uri()}}}};
    }
    if (type.starts_with("video/") && dialect.video)
        return Tree{{"type", "video_url"}, {"video_url", {{"url", uri()}}}};
    unsayable(pointer + "/inlineData/mimeType", type.empty() ? "is missing" : "this server takes no " + type);
    return std::nullopt;
}

/// Whether an address is an image's, by its media type or by its extension.
GENAI_INLINE bool is_image(std::string_view url, std::string_view type) {
    if (!type.empty()) return type.starts_with("image/");
    const std::string path = lower(url.substr(0, url.find_first_of("?#")));
    for (const std::string_view end : {".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".heif"})
        if (path.ends_with(end)) return true;
    return false;
}

/// A file somewhere else.
GENAI_INLINE std::optional<Tree> file_part(const Tree& file, const std::string& pointer,
                                           const Dialect& dialect, std::string_view resolution,
                                           const Unsayable& unsayable) {
    const std::string uri(text_at(file, "fileUri"));
    const std::string type = lower(text_at(file, "mimeType"));
    if (uri.starts_with("file-")) return Tree{{"type", "file"}, {"file", {{"file_id", uri}}}};
    const bool remote = uri.starts_with("https://") || uri.starts_with("http://");
    if (remote && uri.find("/v1beta/files/") == std::string::npos) {
        if (dialect.remote_images && is_image(uri, type)) return image_part(uri, resolution);
        if (dialect.video && type.starts_with("video/"))
            return Tree{{"type", "video_url"}, {"video_url", {{"url", uri}}}};
    }
    unsayable(pointer + "/fileData/fileUri",
              "this server can fetch no such file; send its bytes as inlineData");
    return std::nullopt;
}

GENAI_INLINE std::optional<Tree> media_part(const Tree& part, const std::string& pointer,
                                            const Dialect& dialect, std::string_view resolution,
                                            const Unsayable& unsayable) {
    if (const Tree* const level = find(part, "mediaResolution"))
        resolution = level->is_string() ? std::string_view(level->get_ref<const std::string&>())
                                        : text_at(*level, "level");
    if (const Tree* const blob = find(part, "inlineData"))
        return inline_part(*blob, pointer, dialect, resolution, unsayable);
    return file_part(part.at("fileData"), pointer, dialect, resolution, unsayable);
}

GENAI_INLINE Tree part_of_url(std::string_view url) {
    const auto comma = url.find(";base64,");
    if (!url.starts_with("data:") || comma == std::string_view::npos)
        return {{"fileData", {{"fileUri", std::string(url)}}}};
    return {{"inlineData",
             {{"mimeType", std::string(url.substr(5, comma - 5))},
              {"data", std::string(url.substr(comma + 8))}}}};
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
