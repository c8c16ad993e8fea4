#pragma once

#include <concepts>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>
#include <genai/upload_source.hpp>
#include <genai/values/bytes.hpp>
#include <genai/wait_options.hpp>

namespace genai::inline GENAI_ABI {

/// What refers to a file: its name, its bare id, one of its URLs, a File, a Video.
class FileRef {
public:
    /// `files/…`, the bare id, or a URL.
    template <std::convertible_to<std::string_view> T>
    FileRef(const T& name) : name_(std::string_view(name)) {}
    /// The file's name.
    FileRef(const File& file);
    /// The video's URL.
    FileRef(const Video& video);
    /// The video's URL.
    FileRef(const GeneratedVideo& made);

    /// The name as it was given.
    const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
};

/// Files that prompts can refer to; the service keeps them for two days. https://ai.google.dev/api/files
class Files {
public:
    explicit Files(detail::Caller& caller) : caller_(caller) {}
    Files(const Files&) = default;

    /// Uploads a file, in parts of 8 MiB; a part that breaks off is taken up where the server lost it. The
    /// media type comes from the file's name unless the config has one. `http_options.timeout` is for the
    /// whole upload. Throws InvalidArgument before anything is sent.
    /// https://ai.google.dev/api/files#method:-media.upload
    GENAI_LAZY File upload(const UploadSource& file,
                           const UploadFileConfig& config = detail::no_config) const;

    /// What is known of a file. https://ai.google.dev/api/files#method:-files.get
    GENAI_LAZY [[nodiscard]] File get(const FileRef& file,
                                      const GetFileConfig& config = detail::no_config) const;

    /// All files of the project. https://ai.google.dev/api/files#method:-files.list
    GENAI_LAZY Pager<File> list(const ListFilesConfig& config = detail::no_config) const;

    /// Deletes a file. https://ai.google.dev/api/files#method:-files.delete
    GENAI_LAZY DeleteFileResponse delete_(const FileRef& file,
                                          const DeleteFileConfig& config = detail::no_config) const;

    /// The bytes of a file that a model made; uploaded files cannot be fetched.
    GENAI_LAZY Bytes download(const FileRef& file,
                              const DownloadFileConfig& config = detail::no_config) const;

    /// Fetches a file into another at `to`, a few kilobytes in memory at a time. What was at `to` stays until
    /// all is there.
    template <std::convertible_to<std::filesystem::path> Path>
    void download(const FileRef& file, const Path& to,
                  const DownloadFileConfig& config = detail::no_config) const {
        download_to(file, to, config);
    }

    /// Fetches a file and pushes it to `on_piece(std::string_view)` as it comes; where that returns a bool,
    /// false ends it.
    template <class OnPiece>
    requires std::invocable<OnPiece&, std::string_view>
    void download(const FileRef& file, OnPiece&& on_piece) const {
        push_pieces(file, detail::as_bool_callback<std::string_view>(on_piece), {});
    }
    /// The same with a config.
    template <class OnPiece>
    requires std::invocable<OnPiece&, std::string_view>
    void download(const FileRef& file, const DownloadFileConfig& config, OnPiece&& on_piece) const {
        push_pieces(file, detail::as_bool_callback<std::string_view>(on_piece), config);
    }

    /// Waits until a file can be used, and gives it as it is then. Throws Error when it failed,
    /// TransportError with TransportError::Reason::timeout when time is up, Cancelled.
    GENAI_LAZY [[nodiscard]] File wait_active(const FileRef& file, const WaitOptions& options = {},
                                              const GetFileConfig& config = detail::no_config) const;

    /// Makes files of Cloud Storage known without copying them. `access_token` is an OAuth token that may
    /// read them, `user_project` the project that pays; both travel in headers.
    /// https://ai.google.dev/api/files#method:-files.register
    GENAI_LAZY RegisterFilesResponse register_files(
        const std::vector<std::string>& uris, std::string_view access_token,
        std::string_view user_project = {}, const RegisterFilesConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Files& operator=(const Files&) = default;

    GENAI_LAZY void download_to(const FileRef& file, const std::filesystem::path& to,
                                const DownloadFileConfig& config) const;
    GENAI_LAZY void push_pieces(const FileRef& file, const std::function<bool(std::string_view)>& on_piece,
                                const DownloadFileConfig& config) const;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <cstdint>
#include <optional>

#include <genai/core/caller.hpp>
#include <genai/core/download.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/polling.hpp>
#include <genai/core/resumable_upload.hpp>
#include <genai/error.hpp>
#include <genai/types/file.hpp>
#include <genai/types/media.hpp>

namespace genai::inline GENAI_ABI {

GENAI_INLINE FileRef::FileRef(const File& file) : name_(file.name) {}
GENAI_INLINE FileRef::FileRef(const Video& video) : name_(video.uri.value_or("")) {}
GENAI_INLINE FileRef::FileRef(const GeneratedVideo& made) : FileRef(made.video ? *made.video : Video{}) {}

namespace detail {

/// The body that announces an upload, and the response to its last part.
struct FileAnnouncement {
    File file{};
    static constexpr void fields(auto& self, auto&& visit) { visit("file", self.file); }
};

/// The body that registers files.
struct FileUris {
    std::vector<std::string> uris{};
    static constexpr void fields(auto& self, auto&& visit) { visit("uris", self.uris); }
};

/// The call that fetches a file's bytes.
GENAI_INLINE Call file_download(const FileRef& file, const DownloadFileConfig& config) {
    return {.operation = "files.download",
            .method = "GET",
            .resource = ResourceName::file(file.name()),
            .verb = ":download",
            .query = {{"alt", "media"}},
            .options = config.http_options};
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE File Files::upload(const UploadSource& file,
                                                const UploadFileConfig& config) const {
    UploadSource::Opened source = file.open("file");
    File announced{.display_name = config.display_name,
                   .mime_type = detail::upload_mime_type(config.mime_type, source.file_name)};
    if (config.name) announced.name = detail::ResourceName::file(*config.name, "config.name").full();
    if (source.size) announced.size_bytes = static_cast<std::int64_t>(*source.size);
    const std::string mime_type = *announced.mime_type;
    const std::string text =
        detail::upload(*caller_,
                       {.operation = "files.upload",
                        .resource = detail::ResourceName::path("files"),
                        .body = detail::json_body(detail::FileAnnouncement{std::move(announced)}),
                        .options = config.http_options},
                       std::move(source), mime_type, config.progress);
    auto made = detail::decode_uploaded<detail::FileAnnouncement>(text).file;
    if (made.name.empty())
        throw detail::misread(
            DecodeError("/file/name", "is missing: the server does not say what it made of the upload"));
    return made;
}

GENAI_LAZY_BODY GENAI_INLINE File Files::get(const FileRef& file, const GetFileConfig& config) const {
    return caller_->call<File>({.operation = "files.get",
                                .method = "GET",
                                .resource = detail::ResourceName::file(file.name()),
                                .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<File> Files::list(const ListFilesConfig& config) const {
    return detail::list<&ListFilesResponse::files>(
        caller_, {.operation = "files.list", .resource = detail::ResourceName::path("files")}, config);
}

GENAI_LAZY_BODY GENAI_INLINE DeleteFileResponse Files::delete_(const FileRef& file,
                                                               const DeleteFileConfig& config) const {
    return caller_->call<DeleteFileResponse>({.operation = "files.delete",
                                              .method = "DELETE",
                                              .resource = detail::ResourceName::file(file.name()),
                                              .options = config.http_options},
                                             true);
}

GENAI_LAZY_BODY GENAI_INLINE Bytes Files::download(const FileRef& file,
                                                   const DownloadFileConfig& config) const {
    return detail::download_bytes(*caller_, detail::file_download(file, config));
}

GENAI_LAZY_BODY GENAI_INLINE void Files::download_to(const FileRef& file, const std::filesystem::path& to,
                                                     const DownloadFileConfig& config) const {
    detail::download_file(*caller_, detail::file_download(file, config), to);
}

GENAI_LAZY_BODY GENAI_INLINE void Files::push_pieces(const FileRef& file,
                                                     const std::function<bool(std::string_view)>& on_piece,
                                                     const DownloadFileConfig& config) const {
    detail::download(*caller_, detail::file_download(file, config), on_piece);
}

GENAI_LAZY_BODY GENAI_INLINE File Files::wait_active(const FileRef& file, const WaitOptions& options,
                                                     const GetFileConfig& config) const {
    const std::string name = detail::ResourceName::file(file.name()).full();
    const auto done = [](const File& now) {
        return now.state != FileState::processing && now.state != FileState::unspecified;
    };
    File ready =
        detail::poll_until(caller_->clock(), std::optional<File>(), options, config.http_options, name, done,
                           [&](const HttpOptions& ask) { return get(name, {.http_options = ask}); });
    if (ready.state == FileState::failed)
        throw Error(name + " could not be processed" +
                    (ready.error && ready.error->message ? ": " + *ready.error->message : ""));
    return ready;
}

GENAI_LAZY_BODY GENAI_INLINE RegisterFilesResponse
Files::register_files(const std::vector<std::string>& uris, std::string_view access_token,
                      std::string_view user_project, const RegisterFilesConfig& config) const {
    if (uris.empty()) throw InvalidArgument("uris", "is empty");
    for (const std::string& uri : uris)
        if (!uri.starts_with("gs://")) throw InvalidArgument("uris", "must all begin with gs://");
    if (access_token.empty()) throw InvalidArgument("access_token", "is empty");
    detail::Call call{.operation = "files.register_files",
                      .resource = detail::ResourceName::path("files"),
                      .verb = ":register",
                      .body = detail::json_body(detail::FileUris{uris}),
                      .options = config.http_options};
    call.options.headers.set("Authorization", "Bearer " + std::string(access_token));
    if (!user_project.empty()) call.options.headers.set("x-goog-user-project", std::string(user_project));
    return caller_->call<RegisterFilesResponse>(std::move(call));
}

}  // namespace genai::inline GENAI_ABI

#endif
