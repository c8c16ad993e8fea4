#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Whether a document is searched yet. https://ai.google.dev/api/file-search/documents#State
struct DocumentState : OpenEnum<DocumentState> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator unspecified{"STATE_UNSPECIFIED"};  ///< never sent
    static constexpr Enumerator pending{"STATE_PENDING"};          ///< is being indexed
    static constexpr Enumerator active{"STATE_ACTIVE"};            ///< is searched
    static constexpr Enumerator failed{"STATE_FAILED"};            ///< could not be indexed
};

/// Several texts.
struct StringList {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<std::string> values{};                 ///< the texts
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("values", self.values); }
};

/// A key and its value: a text, a number or several texts.
/// https://ai.google.dev/api/file-search/documents#CustomMetadata
struct CustomMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text key{};                                        ///< its name
    std::optional<double> numeric_value{};             ///< a number
    Box<StringList> string_list_value{};               ///< several texts
    Text string_value{};                               ///< a text
    Extra extra{};                                     ///< members this version does not know

    /// A key with a text.
    static CustomMetadata text(std::string key, std::string value) {
        return {.key = std::move(key), .string_value = std::move(value)};
    }
    /// A key with a number.
    static CustomMetadata number(std::string key, double value) {
        return {.key = std::move(key), .numeric_value = value};
    }
    /// A key with several texts.
    static CustomMetadata texts(std::string key, std::vector<std::string> values) {
        return {.key = std::move(key), .string_list_value = StringList{.values = std::move(values)}};
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("numericValue", self.numeric_value);
        visit("stringListValue", self.string_list_value);
        visit("stringValue", self.string_value);
    }
};

/// Chunks of whole words.
struct WhiteSpaceConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::optional<std::int32_t> max_tokens_per_chunk{};  ///< longest chunk
    std::optional<std::int32_t> max_overlap_tokens{};    ///< tokens two neighbours share
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("maxTokensPerChunk", self.max_tokens_per_chunk);
        visit("maxOverlapTokens", self.max_overlap_tokens);
    }
};

/// How a document is cut up for the index.
struct ChunkingConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<WhiteSpaceConfig> white_space_config{};        ///< cut at white space
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("whiteSpaceConfig", self.white_space_config);
    }
};

/// A searchable collection of documents.
/// https://ai.google.dev/api/file-search/file-search-stores#FileSearchStore
struct FileSearchStore {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};       ///< see NamedOnly
    Text embedding_model{};                                 ///< the model that indexes it
    std::optional<std::int64_t> active_documents_count{};   ///< documents that are searched
    std::optional<Timestamp> create_time{};                 ///< when it was made
    Text display_name{};                                    ///< a name for people
    std::optional<std::int64_t> failed_documents_count{};   ///< documents that could not be indexed
    std::string name{};                                     ///< `fileSearchStores/…`
    std::optional<std::int64_t> pending_documents_count{};  ///< documents still being indexed
    std::optional<std::int64_t> size_bytes{};               ///< its size
    std::optional<Timestamp> update_time{};                 ///< when it last changed
    Extra extra{};                                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("embeddingModel", self.embedding_model);
        visit("activeDocumentsCount", self.active_documents_count, wire::as_string);
        visit("createTime", self.create_time);
        visit("displayName", self.display_name);
        visit("failedDocumentsCount", self.failed_documents_count, wire::as_string);
        visit("name", self.name);
        visit("pendingDocumentsCount", self.pending_documents_count, wire::as_string);
        visit("sizeBytes", self.size_bytes, wire::as_string);
        visit("updateTime", self.update_time);
    }
};

/// A document in a store. https://ai.google.dev/api/file-search/documents#Document
struct Document {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::vector<CustomMetadata> custom_metadata{};     ///< what a search can filter by
    Text display_name{};                               ///< a name for people
    Text mime_type{};                                  ///< IANA media type
    std::string name{};                                ///< `fileSearchStores/…/documents/…`
    std::optional<std::int64_t> size_bytes{};          ///< its size
    DocumentState state{};                             ///< whether it is searched yet
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("createTime", self.create_time);
        visit("customMetadata", self.custom_metadata);
        visit("displayName", self.display_name);
        visit("mimeType", self.mime_type);
        visit("name", self.name);
        visit("sizeBytes", self.size_bytes, wire::as_string);
        visit("state", self.state);
        visit("updateTime", self.update_time);
    }
};

/// Options of `file_search_stores.create`.
struct CreateFileSearchStoreConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text display_name{};                                ///< a name for people
    Text embedding_model{};                             ///< the model that indexes it
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("embeddingModel", self.embedding_model);
    }
};

/// Options of `file_search_stores.get`.
using GetFileSearchStoreConfig = CallConfig;

/// Options of `file_search_stores.delete_`.
struct DeleteFileSearchStoreConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Flag force{};                                       ///< whether what is in it may go too

    static constexpr void fields(auto& self, auto&& visit) { visit("force", self.force); }
};

/// Options of `file_search_stores.list`.
struct ListFileSearchStoresConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
    }
};

/// Options of `file_search_stores.upload_to_file_search_store`.
struct UploadToFileSearchStoreConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text mime_type{};                               ///< IANA media type; told by the file's name when unset
    Text display_name{};                            ///< a name for people
    std::vector<CustomMetadata> custom_metadata{};  ///< what a search can filter by
    Box<ChunkingConfig> chunking_config{};          ///< how to cut it up
    std::function<void(std::uint64_t sent, std::optional<std::uint64_t> total)>
        progress{};  ///< as in UploadFileConfig
    Extra extra{};   ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mimeType", self.mime_type);
        visit("displayName", self.display_name);
        visit("customMetadata", self.custom_metadata);
        visit("chunkingConfig", self.chunking_config);
    }
};

/// Options of `file_search_stores.import_file`.
struct ImportFileConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::vector<CustomMetadata> custom_metadata{};      ///< what a search can filter by
    Box<ChunkingConfig> chunking_config{};              ///< how to cut it up
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("customMetadata", self.custom_metadata);
        visit("chunkingConfig", self.chunking_config);
    }
};

/// Options of `file_search_stores.download_media`.
using DownloadMediaConfig = CallConfig;

/// Options of `documents.get`.
using GetDocumentConfig = CallConfig;

/// Options of `documents.delete_`.
struct DeleteDocumentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Flag force{};                                       ///< whether what is in it may go too

    static constexpr void fields(auto& self, auto&& visit) { visit("force", self.force); }
};

/// Options of `documents.list`.
struct ListDocumentsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
    }
};

/// One page of stores.
struct ListFileSearchStoresResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};   ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};              ///< set by the client
    std::string next_page_token{};                      ///< where the next page begins; empty on the last
    std::vector<FileSearchStore> file_search_stores{};  ///< one page of them
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("nextPageToken", self.next_page_token);
        visit("fileSearchStores", self.file_search_stores);
    }
};

/// One page of documents.
struct ListDocumentsResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Document> documents{};                 ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("nextPageToken", self.next_page_token);
        visit("documents", self.documents);
    }
};

}  // namespace genai::inline GENAI_ABI
