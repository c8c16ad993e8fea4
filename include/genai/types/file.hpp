#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/wire/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/json.hpp>
#include <genai/wire/open_enum.hpp>
#include <genai/wire/time.hpp>

namespace genai::inline v0 {

/// Whether an uploaded file can be used yet. https://ai.google.dev/api/files#State
struct FileState : OpenEnum<FileState> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"STATE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator processing{"PROCESSING"};  ///< not yet
    static constexpr Enumerator active{"ACTIVE"};  ///< ready
    static constexpr Enumerator failed{"FAILED"};  ///< never will be; see `error`
};

/// Where a file came from. https://ai.google.dev/api/files#Source
struct FileSource : OpenEnum<FileSource> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"SOURCE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator uploaded{"UPLOADED"};  ///< a caller uploaded it
    static constexpr Enumerator generated{"GENERATED"};  ///< a model made it
    static constexpr Enumerator registered{"REGISTERED"};  ///< it stays in Cloud Storage
};

/// Why a file failed. https://ai.google.dev/api/files#Status
struct FileStatus {
    std::vector<Json> details{};  ///< objects with an `@type`
    std::optional<std::string> message{};  ///< in English
    std::optional<std::int32_t> code{};  ///< a google.rpc.Code
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("details", self.details);
        visit("message", self.message);
        visit("code", self.code);
    }
};

/// A file the service keeps for some days. https://ai.google.dev/api/files#File
struct File {
    std::string name{};  ///< `files/…`, the resource's name
    std::optional<std::string> display_name{};  ///< a name for people
    std::optional<std::string> mime_type{};  ///< IANA media type
    std::optional<std::int64_t> size_bytes{};  ///< its size
    std::optional<Timestamp> create_time{};  ///< when it was made
    std::optional<Timestamp> expiration_time{};  ///< when the service deletes it
    std::optional<Timestamp> update_time{};  ///< when it last changed
    std::optional<std::string> sha256_hash{};  ///< base64, as the service writes it
    std::optional<std::string> uri{};  ///< the address to refer to it by in a prompt
    std::optional<std::string> download_uri{};  ///< where generated files are fetched
    std::optional<FileState> state{};  ///< whether it can be used yet
    std::optional<FileSource> source{};  ///< where it came from
    std::optional<Json> video_metadata{};  ///< what is known of a video, an object
    Box<FileStatus> error{};  ///< why it failed
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("mimeType", self.mime_type);
        visit("sizeBytes", self.size_bytes, wire::as_string);
        visit("createTime", self.create_time);
        visit("expirationTime", self.expiration_time);
        visit("updateTime", self.update_time);
        visit("sha256Hash", self.sha256_hash);
        visit("uri", self.uri);
        visit("downloadUri", self.download_uri);
        visit("state", self.state);
        visit("source", self.source);
        visit("videoMetadata", self.video_metadata);
        visit("error", self.error);
    }
};

}  // namespace genai::inline v0
