#pragma once

#include <concepts>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/download.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/upload.hpp>
#include <genai/types/file_search.hpp>
#include <genai/types/operation.hpp>
#include <genai/upload_source.hpp>

namespace genai::inline v0 {

/// The documents of a store. https://ai.google.dev/api/file-search/documents
template <http::Transport T>
class Documents {
public:
    explicit Documents(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// What is known of a document. https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.get
    Document get(std::string_view name, const GetDocumentConfig& config = {}) const {
        const bool bare = name.find('/') == std::string_view::npos;  // goes as it is, as from the official SDKs; the service says no
        if (bare) detail::check_resource("name", name);
        return core_->template ask<Document>(core_->protocol().call("GET", bare ? std::string(name) : detail::document_path(name), config.http_options));
    }

    /// All documents of a store. https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.list
    Pager<Document> list(std::string_view parent, const ListDocumentsConfig& config = {}) const {
        return detail::list<ListDocumentsResponse>(core_, detail::resource("parent", parent, "fileSearchStores") + "/documents", config, &ListDocumentsResponse::documents);
    }

    /// Deletes a document; `force` its chunks too, without which one that has any is refused.
    /// https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.delete
    void delete_(std::string_view name, const DeleteDocumentConfig& config = {}) const {
        detail::Call gone = core_->protocol().call("DELETE", detail::document_path(name), config.http_options);
        if (config.force) gone.query = {{"force", *config.force ? "true" : "false"}};
        core_->tell(gone);
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

/// Stores of documents that the file search tool looks into. https://ai.google.dev/api/file-search/file-search-stores
template <http::Transport T>
class FileSearchStores {
public:
    explicit FileSearchStores(std::shared_ptr<detail::Core<T>> core) : documents(core), core_(std::move(core)) {}

    /// The documents of stores.
    Documents<T> documents;

    /// Makes an empty store. https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.create
    FileSearchStore create(const CreateFileSearchStoreConfig& config = {}) const {
        CreateFileSearchStoreConfig sent = config;
        if (sent.embedding_model) sent.embedding_model = detail::model_path(*sent.embedding_model, "config.embedding_model");
        detail::Call made{.path = "fileSearchStores", .body = detail::json_body(sent), .options = core_->protocol().merged(config.http_options)};
        return core_->template ask<FileSearchStore>(made);
    }

    /// What is known of a store. https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.get
    FileSearchStore get(std::string_view name, const GetFileSearchStoreConfig& config = {}) const {
        return core_->template ask<FileSearchStore>(core_->protocol().call("GET", store("name", name), config.http_options));
    }

    /// All stores of the project. https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.list
    Pager<FileSearchStore> list(const ListFileSearchStoresConfig& config = {}) const {
        return detail::list<ListFileSearchStoresResponse>(core_, "fileSearchStores", config, &ListFileSearchStoresResponse::file_search_stores);
    }

    /// Deletes a store; `force` its documents too, without which one that has any is refused.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.delete
    void delete_(std::string_view name, const DeleteFileSearchStoreConfig& config = {}) const {
        detail::Call gone = core_->protocol().call("DELETE", store("name", name), config.http_options);
        if (config.force) gone.query = {{"force", *config.force ? "true" : "false"}};
        core_->tell(gone);
    }

    /// Uploads a file straight into a store, as `files.upload` does; the operation ends when it is indexed.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-media.uploadtofilesearchstore
    UploadToFileSearchStoreOperation upload_to_file_search_store(std::string_view file_search_store_name, const UploadSource& file,
                                                                 const UploadToFileSearchStoreConfig& config = {}) const {
        UploadSource::Opened source = file.open("file");
        const std::string mime_type = detail::upload_mime_type(config.mime_type, source.file_name);
        return decode<UploadToFileSearchStoreOperation>(detail::Uploader<T>(*core_).run(
            {.path = store("file_search_store_name", file_search_store_name) + ":uploadToFileSearchStore",
             .body = detail::json_body(config),
             .options = core_->protocol().merged(config.http_options)},
            std::move(source), mime_type, config.progress));
    }

    /// Puts a file that was uploaded into a store; the operation ends when it is indexed.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.importfile
    ImportFileOperation import_file(std::string_view file_search_store_name, std::string_view file_name, const ImportFileConfig& config = {}) const {
        auto body = std::make_shared<wire::JsonText>();
        wire::Writer writer(*body);
        writer.begin_object();
        writer.member("\"fileName\":", detail::file_path(file_name, "file_name"));
        writer.members(config);
        writer.end_object();
        detail::Call import = core_->protocol().call("POST", store("file_search_store_name", file_search_store_name) + ":importFile", config.http_options);
        import.body = std::move(body);
        return core_->template ask<ImportFileOperation>(import);
    }

    /// Fetches a medium that grounding refers to: `uri` is its address or path, with `/media/` in it.
    Bytes download_media(std::string_view uri, const DownloadMediaConfig& config = {}) const {
        return detail::download_bytes(*core_, media(uri, config));
    }

    /// The same, into a file at `to`.
    void download_media(std::string_view uri, const std::filesystem::path& to, const DownloadMediaConfig& config = {}) const {
        detail::download_file(*core_, media(uri, config), to);
    }

    /// The same, pushed to `on_piece(std::string_view)`; where that returns a bool, false ends it.
    template <class OnPiece>
        requires std::invocable<OnPiece&, std::string_view>
    void download_media(std::string_view uri, OnPiece&& on_piece, const DownloadMediaConfig& config = {}) const {
        detail::download(*core_, media(uri, config), on_piece);
    }

private:
    static std::string store(const std::string& parameter, std::string_view name) { return detail::resource(parameter, name, "fileSearchStores"); }

    /// The key goes to the client's own server, whatever host the address names.
    detail::Call media(std::string_view uri, const DownloadMediaConfig& config) const {
        std::string_view path = uri.substr(0, uri.find('#'));
        if (path.starts_with("http://") || path.starts_with("https://")) {
            const auto at = path.find("fileSearchStores/");
            if (at == std::string_view::npos) throw InvalidArgument("uri", "is no address of a store's medium");
            path.remove_prefix(at);
        }
        detail::Call media{.method = "GET", .options = core_->protocol().merged(config.http_options)};
        if (const auto mark = path.find('?'); mark != std::string_view::npos) {
            media.query = http::parse_query(path.substr(mark + 1));
            path = path.substr(0, mark);
        }
        if (path.find("/media/") == std::string_view::npos) throw InvalidArgument("uri", "is no address of a store's medium: it has no /media/");
        detail::check_resource("uri", path);
        if (!path.starts_with("fileSearchStores/")) throw InvalidArgument("uri", "is no address of a store's medium");
        media.path = std::string(path);
        std::erase_if(media.query, [](const auto& entry) { return entry.first == "alt" || entry.first == "key"; });
        media.query.emplace_back("alt", "media");
        return media;
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
