#pragma once

#include <concepts>
#include <filesystem>
#include <functional>
#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>
#include <genai/upload_source.hpp>
#include <genai/values/bytes.hpp>

namespace genai::inline GENAI_ABI {

/// The documents of a store. https://ai.google.dev/api/file-search/documents
class Documents {
public:
    explicit Documents(detail::Caller& caller) : caller_(caller) {}
    Documents(const Documents&) = default;

    /// What is known of a document.
    /// https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.get
    GENAI_LAZY [[nodiscard]] Document get(std::string_view name,
                                          const GetDocumentConfig& config = detail::no_config) const;

    /// All documents of a store.
    /// https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.list
    GENAI_LAZY Pager<Document> list(std::string_view parent,
                                    const ListDocumentsConfig& config = detail::no_config) const;

    /// Deletes a document; `force` its chunks too, without which one that has any is refused.
    /// https://ai.google.dev/api/file-search/documents#method:-filesearchstores.documents.delete
    GENAI_LAZY void delete_(std::string_view name,
                            const DeleteDocumentConfig& config = detail::no_config) const;

private:
    friend class FileSearchStores;
    Documents& operator=(const Documents&) = default;

    detail::CallerRef caller_;
};

/// Stores of documents that the file search tool searches.
/// https://ai.google.dev/api/file-search/file-search-stores
class FileSearchStores {
public:
    explicit FileSearchStores(detail::Caller& caller) : documents(caller), caller_(caller) {}
    FileSearchStores(const FileSearchStores&) = default;

    /// The documents of stores.
    Documents documents;

    /// Makes an empty store.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.create
    GENAI_LAZY FileSearchStore create(const CreateFileSearchStoreConfig& config = detail::no_config) const;

    /// What is known of a store.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.get
    GENAI_LAZY [[nodiscard]] FileSearchStore get(
        std::string_view name, const GetFileSearchStoreConfig& config = detail::no_config) const;

    /// All stores of the project.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.list
    GENAI_LAZY Pager<FileSearchStore> list(
        const ListFileSearchStoresConfig& config = detail::no_config) const;

    /// Deletes a store; `force` its documents too, without which one that has any is refused.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.delete
    GENAI_LAZY void delete_(std::string_view name,
                            const DeleteFileSearchStoreConfig& config = detail::no_config) const;

    /// Uploads a file straight into a store, as `files.upload` does; the operation ends when it is indexed.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-media.uploadtofilesearchstore
    GENAI_LAZY UploadToFileSearchStoreOperation
    upload_to_file_search_store(std::string_view file_search_store_name, const UploadSource& file,
                                const UploadToFileSearchStoreConfig& config = detail::no_config) const;

    /// Puts a file that was uploaded into a store; the operation ends when it is indexed.
    /// https://ai.google.dev/api/file-search/file-search-stores#method:-filesearchstores.importfile
    GENAI_LAZY ImportFileOperation import_file(std::string_view file_search_store_name,
                                               std::string_view file_name,
                                               const ImportFileConfig& config = detail::no_config) const;

    /// Fetches a medium that grounding refers to: `uri` is its URL or path, with `/media/` in it.
    GENAI_LAZY Bytes download_media(std::string_view uri,
                                    const DownloadMediaConfig& config = detail::no_config) const;

    /// The same, into a file at `to`.
    template <std::convertible_to<std::filesystem::path> Path>
    void download_media(std::string_view uri, const Path& to,
                        const DownloadMediaConfig& config = detail::no_config) const {
        download_to(uri, to, config);
    }

    /// The same, pushed to `on_piece(std::string_view)`; where that returns a bool, false ends it.
    template <class OnPiece>
    requires std::invocable<OnPiece&, std::string_view>
    void download_media(std::string_view uri, OnPiece&& on_piece) const {
        push_pieces(uri, detail::as_bool_callback<std::string_view>(on_piece), {});
    }
    /// The same with a config.
    template <class OnPiece>
    requires std::invocable<OnPiece&, std::string_view>
    void download_media(std::string_view uri, const DownloadMediaConfig& config, OnPiece&& on_piece) const {
        push_pieces(uri, detail::as_bool_callback<std::string_view>(on_piece), config);
    }

private:
    friend class SubApis;
    FileSearchStores& operator=(const FileSearchStores&) = default;

    GENAI_LAZY void download_to(std::string_view uri, const std::filesystem::path& to,
                                const DownloadMediaConfig& config) const;
    GENAI_LAZY void push_pieces(std::string_view uri, const std::function<bool(std::string_view)>& on_piece,
                                const DownloadMediaConfig& config) const;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/core/caller.hpp>
#include <genai/core/download.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/core/resumable_upload.hpp>
#include <genai/error.hpp>
#include <genai/types/file_search.hpp>
#include <genai/types/operation.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_LAZY GENAI_INLINE ResourceName store_name(std::string_view name,
                                                const std::string& parameter = "name") {
    return ResourceName::of("fileSearchStores", name, parameter);
}

/// The query of a deletion.
GENAI_LAZY GENAI_INLINE http::Query force_query(Flag force) {
    http::Query query;
    add_query(query, "force", force);
    return query;
}

/// The call that fetches a medium. The key goes to the client's own server, whatever host the URL names.
GENAI_LAZY GENAI_INLINE Call store_media(std::string_view uri, const DownloadMediaConfig& config) {
    std::string_view path = uri.substr(0, uri.find('#'));
    if (path.starts_with("http://") || path.starts_with("https://")) {
        const auto at = path.find("fileSearchStores/");
        if (at == std::string_view::npos) throw InvalidArgument("uri", "is no address of a store's medium");
        path.remove_prefix(at);
    }
    Call call{
        .operation = "file_search_stores.download_media", .method = "GET", .options = config.http_options};
    if (const auto mark = path.find('?'); mark != std::string_view::npos) {
        call.query = http::parse_query(path.substr(mark + 1));
        path = path.substr(0, mark);
    }
    if (path.find("/media/") == std::string_view::npos)
        throw InvalidArgument("uri", "is no address of a store's medium: it has no /media/");
    call.resource = ResourceName::any(path, "uri");
    if (!path.starts_with("fileSearchStores/"))
        throw InvalidArgument("uri", "is no address of a store's medium");
    std::erase_if(call.query, [](const auto& entry) { return entry.first == "alt" || entry.first == "key"; });
    call.query.emplace_back("alt", "media");
    return call;
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE Document Documents::get(std::string_view name,
                                                     const GetDocumentConfig& config) const {
    // a bare id goes as it is, as from the official SDKs; the service says no
    return caller_->call<Document>({.operation = "documents.get",
                                    .method = "GET",
                                    .resource = detail::ResourceName::document(name, true),
                                    .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<Document> Documents::list(std::string_view parent,
                                                             const ListDocumentsConfig& config) const {
    return detail::list<&ListDocumentsResponse::documents>(
        caller_,
        {.operation = "documents.list", .resource = detail::store_name(parent, "parent").child("documents")},
        config);
}

GENAI_LAZY_BODY GENAI_INLINE void Documents::delete_(std::string_view name,
                                                     const DeleteDocumentConfig& config) const {
    caller_->call_void({.operation = "documents.delete",
                        .method = "DELETE",
                        .resource = detail::ResourceName::document(name, false),
                        .query = detail::force_query(config.force),
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE FileSearchStore
FileSearchStores::create(const CreateFileSearchStoreConfig& config) const {
    CreateFileSearchStoreConfig sent = config;
    if (sent.embedding_model)
        sent.embedding_model =
            detail::ResourceName::model(*sent.embedding_model, "config.embedding_model").full();
    return caller_->call<FileSearchStore>({.operation = "file_search_stores.create",
                                           .resource = detail::ResourceName::path("fileSearchStores"),
                                           .body = detail::json_body(sent),
                                           .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE FileSearchStore
FileSearchStores::get(std::string_view name, const GetFileSearchStoreConfig& config) const {
    return caller_->call<FileSearchStore>({.operation = "file_search_stores.get",
                                           .method = "GET",
                                           .resource = detail::store_name(name),
                                           .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<FileSearchStore> FileSearchStores::list(
    const ListFileSearchStoresConfig& config) const {
    return detail::list<&ListFileSearchStoresResponse::file_search_stores>(
        caller_,
        {.operation = "file_search_stores.list", .resource = detail::ResourceName::path("fileSearchStores")},
        config);
}

GENAI_LAZY_BODY GENAI_INLINE void FileSearchStores::delete_(std::string_view name,
                                                            const DeleteFileSearchStoreConfig& config) const {
    caller_->call_void({.operation = "file_search_stores.delete",
                        .method = "DELETE",
                        .resource = detail::store_name(name),
                        .query = detail::force_query(config.force),
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE UploadToFileSearchStoreOperation FileSearchStores::upload_to_file_search_store(
    std::string_view file_search_store_name, const UploadSource& file,
    const UploadToFileSearchStoreConfig& config) const {
    UploadSource::Opened source = file.open("file");
    std::string mime_type = detail::upload_mime_type(config.mime_type, source.file_name);
    return detail::decode_uploaded<UploadToFileSearchStoreOperation>(
        detail::upload(*caller_,
                       {.operation = "file_search_stores.upload_to_file_search_store",
                        .resource = detail::store_name(file_search_store_name, "file_search_store_name"),
                        .verb = ":uploadToFileSearchStore",
                        .body = detail::json_body(config),
                        .options = config.http_options},
                       std::move(source), std::move(mime_type), config.progress));
}

GENAI_LAZY_BODY GENAI_INLINE ImportFileOperation
FileSearchStores::import_file(std::string_view file_search_store_name, std::string_view file_name,
                              const ImportFileConfig& config) const {
    auto body = detail::json_object([&](wire::Writer& writer) {
        writer.member("\"fileName\":", detail::ResourceName::file(file_name, "file_name").full());
        writer.members(config);
    });
    return caller_->call<ImportFileOperation>(
        {.operation = "file_search_stores.import_file",
         .resource = detail::store_name(file_search_store_name, "file_search_store_name"),
         .verb = ":importFile",
         .body = std::move(body),
         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Bytes FileSearchStores::download_media(std::string_view uri,
                                                                    const DownloadMediaConfig& config) const {
    return detail::download_bytes(*caller_, detail::store_media(uri, config));
}

GENAI_LAZY_BODY GENAI_INLINE void FileSearchStores::download_to(std::string_view uri,
                                                                const std::filesystem::path& to,
                                                                const DownloadMediaConfig& config) const {
    detail::download_file(*caller_, detail::store_media(uri, config), to);
}

GENAI_LAZY_BODY GENAI_INLINE void FileSearchStores::push_pieces(
    std::string_view uri, const std::function<bool(std::string_view)>& on_piece,
    const DownloadMediaConfig& config) const {
    detail::download(*caller_, detail::store_media(uri, config), on_piece);
}

}  // namespace genai::inline GENAI_ABI

#endif
