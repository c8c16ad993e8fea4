#pragma once

#include <filesystem>
#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>
#include <genai/upload_source.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI {

/// The files of environments.
class EnvironmentFiles {
public:
    explicit EnvironmentFiles(detail::Caller& caller) : caller_(caller) {}
    EnvironmentFiles(const EnvironmentFiles&) = default;

    /// What is in a folder, the topmost when `path` is empty.
    GENAI_LAZY Pager<environments::EnvironmentFile> list(
        std::string_view environment, std::string_view path = {},
        const environments::ListEnvironmentFilesConfig& config = detail::no_config) const;

    /// The bytes of a file.
    GENAI_LAZY Bytes download(std::string_view environment, std::string_view path,
                              const CallConfig& config = {}) const;
    /// Fetches a file into another at `to`.
    GENAI_LAZY void download(std::string_view environment, std::string_view path,
                             const std::filesystem::path& to, const CallConfig& config = {}) const;

    /// Uploads a file to that path, as `files.upload` does. Gives what was made: several, when an archive was
    /// unpacked.
    GENAI_LAZY environments::GetEnvironmentFilesResponse upload(
        std::string_view environment, std::string_view path, const UploadSource& file,
        const environments::UploadEnvironmentFileConfig& config = detail::no_config) const;

private:
    friend class Environments;
    EnvironmentFiles& operator=(const EnvironmentFiles&) = default;

    detail::CallerRef caller_;
};

/// Places where agents' code runs. Experimental in the service.
class Environments {
public:
    explicit Environments(detail::Caller& caller) : files(caller), caller_(caller) {}
    Environments(const Environments&) = default;

    /// The files of environments.
    EnvironmentFiles files;

    /// Makes an environment.
    GENAI_LAZY environments::Environment create(const environments::CreateEnvironmentRequest& environment,
                                                const CallConfig& config = {}) const;
    /// An environment as it is.
    GENAI_LAZY [[nodiscard]] environments::Environment get(std::string_view id,
                                                           const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<environments::Environment> list(
        const environments::ListEnvironmentsConfig& config = detail::no_config) const;
    /// Deletes an environment.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Environments& operator=(const Environments&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <string>
#include <utility>

#include <genai/core/caller.hpp>
#include <genai/core/collection.hpp>
#include <genai/core/download.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/core/resumable_upload.hpp>
#include <genai/error.hpp>
#include <genai/types/environments.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// A place among the files of an environment; the folder of all when `path` is empty.
GENAI_LAZY GENAI_INLINE ResourceName environment_file(std::string_view environment, std::string_view path) {
    const ResourceName files = ResourceName::of("environments", environment, "environment").child("files");
    while (path.starts_with('/')) path.remove_prefix(1);
    if (path.empty()) return files;
    if (path.find("..") != std::string_view::npos) throw InvalidArgument("path", "must not hold '..'");
    for (const char c : path)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F)
            throw InvalidArgument("path", "holds a control character");
    return files.child(path);
}

/// The call that fetches a file's bytes.
GENAI_LAZY GENAI_INLINE Call environment_file_download(std::string_view environment, std::string_view path,
                                                       const CallConfig& config) {
    if (path.empty()) throw InvalidArgument("path", "is empty");
    return {.operation = "environments.files.download",
            .method = "GET",
            .resource = environment_file(environment, path),
            .query = {{"alt", "media"}},
            .options = config.http_options};
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE Pager<environments::EnvironmentFile> EnvironmentFiles::list(
    std::string_view environment, std::string_view path,
    const environments::ListEnvironmentFilesConfig& config) const {
    detail::Call call{.operation = "environments.files.list",
                      .resource = detail::environment_file(environment, path)};
    detail::add_query(call.query, "recursive", config.recursive);
    return detail::list<&environments::GetEnvironmentFilesResponse::files>(caller_, std::move(call), config,
                                                                           detail::snake_paging);
}

GENAI_LAZY_BODY GENAI_INLINE Bytes EnvironmentFiles::download(std::string_view environment,
                                                              std::string_view path,
                                                              const CallConfig& config) const {
    return detail::download_bytes(*caller_, detail::environment_file_download(environment, path, config));
}

GENAI_LAZY_BODY GENAI_INLINE void EnvironmentFiles::download(std::string_view environment,
                                                             std::string_view path,
                                                             const std::filesystem::path& to,
                                                             const CallConfig& config) const {
    detail::download_file(*caller_, detail::environment_file_download(environment, path, config), to);
}

GENAI_LAZY_BODY GENAI_INLINE environments::GetEnvironmentFilesResponse EnvironmentFiles::upload(
    std::string_view environment, std::string_view path, const UploadSource& file,
    const environments::UploadEnvironmentFileConfig& config) const {
    if (path.empty()) throw InvalidArgument("path", "is empty");
    UploadSource::Opened source = file.open("file");
    std::string mime_type = detail::upload_mime_type(
        config.mime_type, source.file_name.empty() ? std::string(path) : source.file_name);
    detail::Call start{.operation = "environments.files.upload",
                       .method = "PUT",
                       .resource = detail::environment_file(environment, path),
                       .options = config.http_options};
    detail::add_query(start.query, "extract", config.extract);
    detail::add_query(start.query, "overwrite", config.overwrite);
    const std::string text =
        detail::upload(*caller_, std::move(start), std::move(source), std::move(mime_type), {});
    auto made = detail::decode_uploaded<environments::GetEnvironmentFilesResponse>(text);
    if (made.files.empty() && !made.extra.empty())
        return {.files = {detail::decode_uploaded<environments::EnvironmentFile>(text)}};  // one alone
    return made;
}

GENAI_LAZY_BODY GENAI_INLINE environments::Environment Environments::create(
    const environments::CreateEnvironmentRequest& environment, const CallConfig& config) const {
    return detail::Collection(caller_, "environments")
        .create<environments::Environment>("environments.create", environment, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE environments::Environment Environments::get(std::string_view id,
                                                                         const CallConfig& config) const {
    return detail::Collection(caller_, "environments")
        .get<environments::Environment>("environments.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<environments::Environment> Environments::list(
    const environments::ListEnvironmentsConfig& config) const {
    return detail::Collection(caller_, "environments")
        .list<&environments::ListEnvironmentsResponse::environments>("environments.list", config);
}

GENAI_LAZY_BODY GENAI_INLINE void Environments::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "environments").remove("environments.delete", id, config.http_options);
}

}  // namespace genai::inline GENAI_ABI

#endif
