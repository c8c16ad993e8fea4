#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Whether an uploaded file can be used yet. https://ai.google.dev/api/files#State
struct FileState : OpenEnum<FileState> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"STATE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator processing{"PROCESSING"};          ///< not yet
    static constexpr Enumerator active{"ACTIVE"};                  ///< ready
    static constexpr Enumerator failed{"FAILED"};                  ///< never will be; see `error`
};

/// Where a file came from. https://ai.google.dev/api/files#Source
struct FileSource : OpenEnum<FileSource> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"SOURCE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator uploaded{"UPLOADED"};               ///< a caller uploaded it
    static constexpr Enumerator generated{"GENERATED"};             ///< a model made it
    static constexpr Enumerator registered{"REGISTERED"};           ///< it stays in Cloud Storage
};

/// Why a file failed. https://ai.google.dev/api/files#Status
struct FileStatus {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<Json> details{};                       ///< objects with an `@type`
    Text message{};                                    ///< in English
    std::optional<std::int32_t> code{};                ///< a google.rpc.Code
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("details", self.details);
        visit("message", self.message);
        visit("code", self.code);
    }
};

/// A file the service keeps for some days. https://ai.google.dev/api/files#File
struct File {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< `files/…`, the resource's name
    Text display_name{};                               ///< a name for people
    Text mime_type{};                                  ///< IANA media type
    std::optional<std::int64_t> size_bytes{};          ///< its size
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::optional<Timestamp> expiration_time{};        ///< when the service deletes it
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Text sha256_hash{};                                ///< base64, as the service writes it
    Text uri{};                                        ///< the address to refer to it by in a prompt
    Text download_uri{};                               ///< where generated files are fetched
    FileState state{};                                 ///< whether it can be used yet
    FileSource source{};                               ///< where it came from
    std::optional<Json> video_metadata{};              ///< what is known of a video, an object
    Box<FileStatus> error{};                           ///< why it failed
    Extra extra{};                                     ///< members this version does not know

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

/// Options of `files.upload`. https://ai.google.dev/api/files#method:-media.upload
struct UploadFileConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text name{};          ///< `files/…` or the bare id; chosen by the service when unset
    Text mime_type{};     ///< IANA media type; told by the file's name when unset
    Text display_name{};  ///< a name for people
    /// Called in the uploading thread as bytes go out, and when a broken part is taken up again, with bytes
    /// so far and, where known, in all. What it throws ends the upload.
    std::function<void(std::uint64_t sent, std::optional<std::uint64_t> total)> progress{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("mimeType", self.mime_type);
        visit("displayName", self.display_name);
    }
};

/// Options of `files.get`.
using GetFileConfig = CallConfig;

/// Options of `files.delete_`.
using DeleteFileConfig = CallConfig;

/// What `files.delete_` gives.
struct DeleteFileResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

/// Options of `files.download`.
using DownloadFileConfig = CallConfig;

/// Options of `files.register_files`.
using RegisterFilesConfig = CallConfig;

/// What `files.register_files` gives.
struct RegisterFilesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::vector<File> files{};                         ///< the files
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("files", self.files);
    }
};

/// Options of `files.list`.
struct ListFilesConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
    }
};

/// One page of files.
struct ListFilesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<File> files{};                         ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("nextPageToken", self.next_page_token);
        visit("files", self.files);
    }
};

}  // namespace genai::inline GENAI_ABI
