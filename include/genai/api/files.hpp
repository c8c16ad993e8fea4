#pragma once

#include <concepts>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/detail/download.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/upload.hpp>
#include <genai/detail/wait.hpp>
#include <genai/types/file.hpp>
#include <genai/types/media.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline v0 {

/// What names a file: its name, its bare id, one of its addresses, a File, a Video.
class FileName {
public:
    /// `files/…`, the bare id, or an address.
    template <std::convertible_to<std::string_view> Text>
    FileName(const Text& name) : name_(std::string_view(name)) {}
    /// The file's name.
    FileName(const File& file) : name_(file.name) {}
    /// The video's address.
    FileName(const Video& video) : name_(video.uri.value_or("")) {}
    /// The video's address.
    FileName(const GeneratedVideo& made) : FileName(made.video ? *made.video : Video{}) {}

    /// The name as it was given.
    const std::string& text() const noexcept { return name_; }

private:
    std::string name_;
};

/// Files that prompts can refer to; the service keeps them for two days. https://ai.google.dev/api/files
template <http::Transport T>
class Files {
public:
    explicit Files(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Uploads a file, in parts of 8 MiB; a part that breaks off is taken up where the server lost it. The media type
    /// comes from the file's name unless the config has one. `http_options.timeout` is for the whole upload. Throws
    /// InvalidArgument before anything is sent. https://ai.google.dev/api/files#method:-media.upload
    File upload(const UploadSource& file, const UploadFileConfig& config = {}) const {
        UploadSource::Opened source = file.open("file");
        File announced{.display_name = config.display_name, .mime_type = detail::upload_mime_type(config.mime_type, source.file_name)};
        if (config.name) announced.name = detail::file_path(*config.name, "config.name");
        if (source.size) announced.size_bytes = static_cast<std::int64_t>(*source.size);
        const std::string mime_type = *announced.mime_type;
        const std::string text = detail::Uploader<T>(*core_).run(
            {.path = "files", .body = detail::json_body(Announcement{std::move(announced)}), .options = core_->protocol().merged(config.http_options)},
            std::move(source), mime_type, config.progress);
        auto made = decode<Announcement>(text).file;
        if (made.name.empty()) throw DecodeError("/file/name", "is missing: the server does not say what it made of the upload");
        return made;
    }

    /// What is known of a file. https://ai.google.dev/api/files#method:-files.get
    File get(const FileName& file, const GetFileConfig& config = {}) const {
        return core_->template ask<File>(core_->protocol().call("GET", detail::file_path(file.text()), config.http_options));
    }

    /// All files of the project. https://ai.google.dev/api/files#method:-files.list
    Pager<File> list(const ListFilesConfig& config = {}) const {
        return detail::list<ListFilesResponse>(core_, "files", config, &ListFilesResponse::files);
    }

    /// Deletes a file. https://ai.google.dev/api/files#method:-files.delete
    DeleteFileResponse delete_(const FileName& file, const DeleteFileConfig& config = {}) const {
        return core_->template ask<DeleteFileResponse>(core_->protocol().call("DELETE", detail::file_path(file.text()), config.http_options), true);
    }

    /// The bytes of a file that a model made; uploaded files cannot be fetched.
    Bytes download(const FileName& file, const DownloadFileConfig& config = {}) const {
        return detail::download_bytes(*core_, media(file, config));
    }

    /// Fetches a file into another at `to`, a few kilobytes in memory at a time. What was at `to` stays until all is there.
    void download(const FileName& file, const std::filesystem::path& to, const DownloadFileConfig& config = {}) const {
        detail::download_file(*core_, media(file, config), to);
    }

    /// Fetches a file and pushes it to `on_piece(std::string_view)` as it comes; where that returns a bool, false ends it.
    template <class OnPiece>
        requires std::invocable<OnPiece&, std::string_view>
    void download(const FileName& file, OnPiece&& on_piece, const DownloadFileConfig& config = {}) const {
        detail::download(*core_, media(file, config), on_piece);
    }

    /// Waits until a file can be used, and gives it as it is then. Throws Error when it failed, TransportError with
    /// Reason::timeout when time is up, Cancelled.
    File wait_active(const FileName& file, const WaitOptions& options = {}, const GetFileConfig& config = {}) const {
        const std::string name = detail::file_path(file.text());
        File ready = detail::wait_until(
            core_->protocol().clock(), std::optional<File>(), options, config.http_options, name, [](const File& now) { return now.state != FileState::processing && now.state != FileState::unspecified; },
            [&](const HttpOptions& travel) { return get(name, {.http_options = travel}); });
        if (ready.state == FileState::failed)
            throw Error(name + " could not be processed" + (ready.error && ready.error->message ? ": " + *ready.error->message : ""));
        return ready;
    }

    /// Makes files of Cloud Storage known without copying them. `access_token` is an OAuth token that may read them,
    /// `user_project` the project that pays; both travel in headers. https://ai.google.dev/api/files#method:-files.register
    RegisterFilesResponse register_files(const std::vector<std::string>& uris, std::string_view access_token, std::string_view user_project = {},
                                         const RegisterFilesConfig& config = {}) const {
        if (uris.empty()) throw InvalidArgument("uris", "is empty");
        for (const std::string& uri : uris)
            if (!uri.starts_with("gs://")) throw InvalidArgument("uris", "must all begin with gs://");
        if (access_token.empty()) throw InvalidArgument("access_token", "is empty");
        detail::Call call = core_->protocol().call("POST", "files:register", config.http_options);
        call.body = detail::json_body(Uris{uris});
        call.options.headers.set("Authorization", "Bearer " + std::string(access_token));
        if (!user_project.empty()) call.options.headers.set("x-goog-user-project", std::string(user_project));
        return core_->template ask<RegisterFilesResponse>(call);
    }

private:
    struct Announcement {
        File file{};
        static constexpr void fields(auto& self, auto&& visit) { visit("file", self.file); }
    };
    struct Uris {
        std::vector<std::string> uris{};
        static constexpr void fields(auto& self, auto&& visit) { visit("uris", self.uris); }
    };

    detail::Call media(const FileName& file, const DownloadFileConfig& config) const {
        detail::Call media = core_->protocol().call("GET", detail::file_path(file.text()) + ":download", config.http_options);
        media.query = {{"alt", "media"}};
        return media;
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
