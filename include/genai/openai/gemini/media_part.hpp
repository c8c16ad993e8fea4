#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/types/content.hpp>
#include <genai/types/content.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The part that media at an address is: the bytes of a data URI, else the address. `type` is its media type
/// where that is known. Throws InvalidArgument for what is no address, or has no type.
/// Bytes are copied, or `borrowed` from the URL, which must outlive the part then.
Part part_at(std::string_view url, std::string_view type, const std::string& pointer, bool borrowed = false);
/// An image, a recording, a file, whose bytes may be borrowed. Throws InvalidArgument.
Part media_part(const ContentPart& part, const std::string& pointer, bool borrowed);
/// How closely media is looked at; unset where it is left to the model.
ImageDetail detail_of(const ContentPart& part);
/// Whether media stays where it is and only its address is sent, whatever its type: files of the API,
/// YouTube.
bool is_service_address(std::string_view url);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstddef>
#include <optional>
#include <utility>

#include <genai/error.hpp>
#include <genai/http/url.hpp>
#include <genai/openai/tree.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The media type that an address's extension names; empty for one that is not known.
GENAI_INLINE std::string_view type_of_extension(std::string_view url) {
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {"jpg", "image/jpeg"},      {"jpeg", "image/jpeg"},      {"png", "image/png"},
        {"webp", "image/webp"},     {"gif", "image/gif"},        {"heic", "image/heic"},
        {"heif", "image/heif"},     {"mp4", "video/mp4"},        {"mov", "video/quicktime"},
        {"mpeg", "video/mpeg"},     {"mpg", "video/mpeg"},       {"avi", "video/x-msvideo"},
        {"wmv", "video/x-ms-wmv"},  {"flv", "video/x-flv"},      {"webm", "video/webm"},
        {"3gpp", "video/3gpp"},     {"mpegps", "video/mpegps"},  {"mp3", "audio/mpeg"},
        {"wav", "audio/wav"},       {"ogg", "audio/ogg"},        {"flac", "audio/flac"},
        {"aac", "audio/aac"},       {"opus", "audio/opus"},      {"m4a", "audio/mp4"},
        {"pdf", "application/pdf"}, {"txt", "text/plain"},       {"html", "text/html"},
        {"htm", "text/html"},       {"csv", "text/csv"},         {"md", "text/markdown"},
        {"xml", "text/xml"},        {"json", "application/json"}};
    const std::string path = lower(url.substr(0, url.find_first_of("?#")));
    const auto dot = path.rfind('.');
    if (dot == std::string::npos || path.find('/', dot) != std::string::npos) return {};
    for (const auto& [extension, type] : types)
        if (path.compare(dot + 1, std::string::npos, extension) == 0) return type;
    return {};
}

GENAI_INLINE Part blob_part(Bytes bytes, std::string type) {
    return {.inline_data = Blob{.data = std::move(bytes), .mime_type = std::move(type)}};
}

/// Bytes of base64 text.
GENAI_INLINE Bytes base64_bytes(std::string_view text, const std::string& pointer, bool borrowed) {
    auto bytes = wire::deferred_base64(text, borrowed);
    if (!bytes) throw InvalidArgument(pointer, "is no base64");
    return std::move(*bytes);
}

/// A data URI: RFC 2397.
GENAI_INLINE Part part_of_data_uri(std::string_view uri, std::string_view type, const std::string& pointer,
                                   bool borrowed) {
    const auto comma = uri.find(',');
    if (comma == std::string_view::npos) throw InvalidArgument(pointer, "is a data URI without a comma");
    std::string_view head = uri.substr(5, comma - 5);
    const bool base64 = lower(head).ends_with(";base64");
    if (base64) head.remove_suffix(7);
    std::string named = type.empty() ? lower(head.substr(0, head.find(';'))) : std::string(type);
    if (named.empty()) named = "text/plain";
    const std::string_view data = uri.substr(comma + 1);
    if (base64) return blob_part(base64_bytes(data, pointer, borrowed), std::move(named));
    return blob_part(Bytes(http::percent_decode(data)), std::move(named));
}

GENAI_INLINE bool is_service_address(std::string_view url) {
    return url.find("://generativelanguage.googleapis.com/") != std::string_view::npos ||
           url.find("/v1beta/files/") != std::string_view::npos ||
           url.starts_with("https://www.youtube.com/") || url.starts_with("https://youtube.com/") ||
           url.starts_with("https://youtu.be/");
}

GENAI_INLINE Part part_at(std::string_view url, std::string_view type, const std::string& pointer,
                          bool borrowed) {
    if (lower(url.substr(0, 5)) == "data:") return part_of_data_uri(url, type, pointer, borrowed);
    const bool remote = url.starts_with("https://") || url.starts_with("http://");
    if (!remote && !url.starts_with("gs://"))
        throw InvalidArgument(pointer, "is neither a data URI nor an address: data:…, https://…, gs://…");
    FileData file{.file_uri = std::string(url)};
    if (!type.empty()) {
        file.mime_type = type;
    } else if (!is_service_address(url)) {
        const std::string_view known = type_of_extension(url);
        if (!known.empty()) file.mime_type = known;
        else if (!remote)
            throw InvalidArgument(pointer, "has no extension that tells its media type: set format");
    }
    return {.file_data = std::move(file)};
}

GENAI_INLINE Part audio_part(const InputAudio& audio, const std::string& pointer, bool borrowed) {
    const std::string_view data = audio.data ? std::string_view(*audio.data) : std::string_view();
    std::string type = lower(audio.format.value_or("wav"));
    if (type.find('/') == std::string::npos) type.insert(0, "audio/");
    if (data.starts_with("data:")) return part_of_data_uri(data, type, pointer + "/data", borrowed);
    if (data.empty()) throw InvalidArgument(pointer + "/data", "is empty");
    return blob_part(base64_bytes(data, pointer + "/data", borrowed), std::move(type));
}

GENAI_INLINE Part file_part(const FileFile& file, const std::string& pointer, bool borrowed) {
    const std::string type = lower(file.format.value_or(""));
    Part part;
    if (file.file_data) {
        const std::string& data = *file.file_data;
        if (data.starts_with("data:")) part = part_of_data_uri(data, type, pointer + "/file_data", borrowed);
        else if (type.empty())
            throw InvalidArgument(pointer + "/format", "is missing: the file's media type");
        else part = blob_part(base64_bytes(data, pointer + "/file_data", borrowed), type);
    } else if (file.file_id) {
        part = part_at(*file.file_id, type, pointer + "/file_id", borrowed);
    } else {
        throw InvalidArgument(pointer, "has neither file_data nor file_id");
    }
    if (!file.video_metadata) return part;
    const VideoMetadata& given = *file.video_metadata;
    Dict<RawJson> metadata;
    if (given.fps) metadata.set("fps", RawJson::from(*given.fps));
    if (given.start_offset) metadata.set("startOffset", RawJson::from(*given.start_offset));
    if (given.end_offset) metadata.set("endOffset", RawJson::from(*given.end_offset));
    try {
        part.video_metadata = decode<genai::VideoMetadata>(encode(metadata));
    } catch (const DecodeError& problem) {
        throw InvalidArgument(pointer + "/video_metadata" + problem.pointer(), problem.problem());
    }
    return part;
}

GENAI_INLINE Part media_part(const ContentPart& part, const std::string& pointer, bool borrowed) {
    const std::string type = part.type.value_or("");
    if (type == "image_url") {
        const std::string place = pointer + "/image_url";
        if (const auto* const url = part.image_url.get_if<std::string>())
            return part_at(*url, {}, place, borrowed);
        const auto* const image = part.image_url.get_if<ImageURL>();
        if (image == nullptr || !image->url) throw InvalidArgument(place, "is missing");
        return part_at(*image->url, lower(image->format.value_or("")), place + "/url", borrowed);
    }
    if (type == "input_audio") {
        if (!part.input_audio) throw InvalidArgument(pointer + "/input_audio", "is missing");
        return audio_part(*part.input_audio, pointer + "/input_audio", borrowed);
    }
    if (!part.file) throw InvalidArgument(pointer + "/file", "is missing");
    return file_part(*part.file, pointer + "/file", borrowed);
}

GENAI_INLINE ImageDetail detail_of(const ContentPart& part) {
    if (const auto* const image = part.image_url.get_if<ImageURL>()) return image->detail;
    return part.file ? part.file->detail : ImageDetail();
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
