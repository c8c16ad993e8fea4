#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/collection.hpp>
#include <genai/detail/download.hpp>
#include <genai/detail/upload.hpp>
#include <genai/options.hpp>
#include <genai/types/environments.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline v0 {

/// The files of environments.
template <http::Transport T>
class EnvironmentFiles {
public:
    explicit EnvironmentFiles(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// What is in a folder, the topmost when `path` is empty.
    Pager<environments::EnvironmentFile> list(std::string_view environment, std::string_view path = {}, const environments::ListEnvironmentFilesConfig& config = {}) const {
        http::Query query;
        detail::add_query(query, "recursive", config.recursive);
        return detail::list<environments::GetEnvironmentFilesResponse>(core_, place(environment, path), config, &environments::GetEnvironmentFilesResponse::files, std::move(query),
                                                                       detail::snake_paging);
    }

    /// The bytes of a file.
    Bytes download(std::string_view environment, std::string_view path, const RequestConfig& config = {}) const {
        return detail::download_bytes(*core_, media(environment, path, config));
    }
    /// Fetches a file into another at `to`.
    void download(std::string_view environment, std::string_view path, const std::filesystem::path& to, const RequestConfig& config = {}) const {
        detail::download_file(*core_, media(environment, path, config), to);
    }

    /// Uploads a file to that path, as `files.upload` does. Gives what was made: several, when an archive was unpacked.
    environments::GetEnvironmentFilesResponse upload(std::string_view environment, std::string_view path, const UploadSource& file,
                                                     const environments::UploadEnvironmentFileConfig& config = {}) const {
        if (path.empty()) throw InvalidArgument("path", "is empty");
        UploadSource::Opened source = file.open("file");
        const std::string mime_type = detail::upload_mime_type(config.mime_type, source.file_name.empty() ? std::string(path) : source.file_name);
        detail::Call start{.method = "PUT", .path = place(environment, path), .options = core_->protocol().merged(config.http_options)};
        detail::add_query(start.query, "extract", config.extract);
        detail::add_query(start.query, "overwrite", config.overwrite);
        const std::string text = detail::Uploader<T>(*core_).run(std::move(start), std::move(source), mime_type, {});
        auto made = decode<environments::GetEnvironmentFilesResponse>(text);
        if (made.files.empty() && !made.extra.empty()) return {.files = {decode<environments::EnvironmentFile>(text)}};  // one alone
        return made;
    }

private:
    static std::string place(std::string_view environment, std::string_view path) {
        std::string whole = detail::resource("environment", environment, "environments") + "/files";
        while (path.starts_with('/')) path.remove_prefix(1);
        if (path.empty()) return whole;
        if (path.find("..") != std::string_view::npos) throw InvalidArgument("path", "must not hold '..'");
        for (const char c : path)
            if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) throw InvalidArgument("path", "holds a control character");
        return whole + '/' + std::string(path);
    }
    detail::Call media(std::string_view environment, std::string_view path, const RequestConfig& config) const {
        if (path.empty()) throw InvalidArgument("path", "is empty");
        return {.method = "GET", .path = place(environment, path), .query = {{"alt", "media"}}, .options = core_->protocol().merged(config.http_options)};
    }

    std::shared_ptr<detail::Core<T>> core_;
};

/// Places where agents' code runs. Experimental in the service.
template <http::Transport T>
class Environments {
public:
    explicit Environments(std::shared_ptr<detail::Core<T>> core) : files(core), all_(std::move(core), "environments") {}

    /// The files of environments.
    EnvironmentFiles<T> files;

    /// Makes an environment.
    environments::Environment create(const environments::CreateEnvironmentRequest& environment, const RequestConfig& config = {}) const {
        return all_.template create<environments::Environment>(environment, config.http_options);
    }
    /// An environment as it is.
    environments::Environment get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<environments::Environment>(id, config.http_options); }
    /// All of them.
    Pager<environments::Environment> list(const environments::ListEnvironmentsConfig& config = {}) const { return all_.list(config, &environments::ListEnvironmentsResponse::environments); }
    /// Deletes an environment.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }

private:
    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
