#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/grounding.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/metadata_filter.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/search_index.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/file_search.hpp>
#include <genai/types/grounding.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The file search stores of an emulator with their documents.
/// https://ai.google.dev/api/file-search/file-search-stores
class EmulatedStores {
public:
    /// `state` and `files` must outlive it.
    EmulatedStores(EmulatorState& state, EmulatedFiles& files) : state_(state), files_(files) {}

    /// Answers a request for `fileSearchStores` (`listed`), one store, its operations, documents or media.
    RawReply answer(const ReceivedRequest& request, const std::string& name, std::string_view verb,
                    bool listed) {
        if (!verb.empty() && (verb != "importFile" || request.method != "POST")) return not_found();
        if (listed && request.method == "GET")
            return page(request, "fileSearchStores", stores_, 20,
                        [](const auto& entry) { return resource(entry.second); });
        if (listed && request.method == "POST") return create(request);
        if (listed) return not_found();
        if (name.find("/operations/") != std::string::npos) return state_.work_status(name);
        const auto slash = name.find('/', name.find('/') + 1);
        Store& one = get(name.substr(0, slash));
        if (slash != std::string::npos) return documents(request, one, name, name.substr(slash + 1));
        if (request.method == "POST" && verb == "importFile") return import_file(request, name);
        if (request.method == "DELETE") {
            if (!one.documents.empty() && !query_true(request, "force"))
                throw Refusal{400, "FAILED_PRECONDITION", "Cannot delete non-empty FileSearchStore."};
            stores_.erase(name);
            return ok();
        }
        return request.method == "GET" ? ok(resource(one)) : not_found();
    }

    /// Throws Refusal where there is no store of this name.
    void check_exists(const std::string& name) { static_cast<void>(get(name)); }

    /// Adds a document to a store and returns the operation of that name; search finds the document when the
    /// operation is done. `config` is the request body, `response` the type of the operation's response.
    Tree begin_import(const std::string& operation, const std::string& store_name,
                      const std::string& display_name, const std::string& mime_type, std::string content,
                      std::uint64_t size, const Tree& config, const std::string& response) {
        const std::string document = store_name + "/documents/" + state_.id('d');
        Document made{.meta = {{"name", document}}, .size = size};
        if (!display_name.empty()) made.meta["displayName"] = display_name;
        if (config.contains("customMetadata")) made.meta["customMetadata"] = config["customMetadata"];
        for (const char* field : {"createTime", "updateTime"}) made.meta[field] = state_.now_text();
        made.meta["state"] = "STATE_PENDING";
        made.meta["sizeBytes"] = std::to_string(size);
        made.meta["mimeType"] = mime_type;
        const Tree chunking =
            config.value("chunkingConfig", Tree::object()).value("whiteSpaceConfig", Tree::object());
        made.chunks = chunks_of(content, chunking.value("maxTokensPerChunk", std::size_t{200}),
                                chunking.value("maxOverlapTokens", std::size_t{20}));
        if (mime_type.starts_with("image/")) {
            const std::string medium = store_name + "/media/" + document.substr(document.rfind('/') + 1);
            media_[medium] = {mime_type, std::move(content)};
        }
        get(store_name).documents[document] = std::move(made);
        return state_.begin_work(
            operation, {{"name", operation}}, [this, store_name, document, response](Tree& done) {
                if (const auto found = stores_.find(store_name);
                    found != stores_.end() && found->second.documents.count(document) != 0)
                    found->second.documents[document].meta["state"] = "STATE_ACTIVE";
                done["done"] = true;
                done["response"] = {
                    {"@type", "type.googleapis.com/google.ai.generativelanguage.v1beta." + response},
                    {"parent", store_name},
                    {"documentName", document}};
            });
    }

    /// The chunks of the tool's stores that match the prompt and the metadata filter, best first. Throws
    /// Refusal where a store does not exist or the filter is invalid.
    std::vector<Finding> search(const FileSearch& tool, const std::string& prompt) {
        const MetadataFilter filter(tool.metadata_filter.value_or(""));
        std::vector<Finding> passages;
        SearchIndex index;
        for (const std::string& name : tool.file_search_store_names)
            for (const auto& [document_name, document] : get(name).documents) {
                const Tree metadata = document.meta.value("customMetadata", Tree::array());
                if (document.meta["state"] != "STATE_ACTIVE" || !filter.passes(metadata)) continue;
                for (const std::string& chunk : document.chunks) {
                    Finding finding{.text = chunk,
                                    .title = document.meta.value("displayName", document_name),
                                    .store = name};
                    for (const Tree& entry : metadata)
                        finding.custom_metadata.push_back(decode<GroundingChunkCustomMetadata>(entry.dump()));
                    index.add(passages.size(), chunk);
                    passages.push_back(std::move(finding));
                }
            }
        std::vector<Finding> found;
        const auto most = static_cast<std::size_t>((std::max)(1, tool.top_k.value_or(3)));
        for (const std::size_t at : index.find(prompt, most)) found.push_back(passages[at]);
        return found;
    }

private:
    struct Document {
        Tree meta{};
        std::vector<std::string> chunks{};
        std::uint64_t size{};  // in bytes
    };
    struct Store {
        Tree meta{};
        std::map<std::string, Document> documents{};  // by name
    };
    struct Medium {
        std::string mime_type{};
        std::string content{};
    };

    struct ImportRequest {
        std::optional<std::string> file_name{};
        std::vector<CustomMetadata> custom_metadata{};
        Box<ChunkingConfig> chunking_config{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("fileName", self.file_name);
            visit("customMetadata", self.custom_metadata);
            visit("chunkingConfig", self.chunking_config);
        }
    };

    Store& get(const std::string& name) {
        const auto found = stores_.find(name);
        if (found == stores_.end())
            throw Refusal{
                403, "PERMISSION_DENIED",
                "You do not have permission to access the FileSearchStore " + name + " or it may not exist."};
        return found->second;
    }

    // The store as it is returned, with its counts.
    static Tree resource(const Store& one) {
        Tree shown = one.meta;
        std::size_t active = 0;
        std::uint64_t size = 0;
        for (const auto& [name, document] : one.documents) {
            active += document.meta["state"] == "STATE_ACTIVE" ? 1U : 0U;
            size += document.size;
        }
        if (active != 0) shown["activeDocumentsCount"] = std::to_string(active);
        if (one.documents.size() != active)
            shown["pendingDocumentsCount"] = std::to_string(one.documents.size() - active);
        shown["sizeBytes"] = std::to_string(size);
        return shown;
    }

    RawReply create(const ReceivedRequest& request) {
        const Tree body = state_.checked<CreateFileSearchStoreConfig>(request.body);
        const std::string made = "fileSearchStores/" + state_.id('s');
        Store one{.meta = {{"name", made},
                           {"createTime", state_.now_text()},
                           {"updateTime", state_.now_text()},
                           {"embeddingModel", body.value("embeddingModel", "models/gemini-embedding-001")}}};
        if (body.contains("displayName")) one.meta["displayName"] = body["displayName"];
        stores_[made] = std::move(one);
        return ok(resource(stores_[made]));
    }

    RawReply documents(const ReceivedRequest& request, Store& one, const std::string& name,
                       const std::string& rest) {
        if (rest == "documents" && request.method == "GET")
            return page(request, "documents", one.documents, 20,
                        [](const auto& entry) { return entry.second.meta; });
        if (rest.starts_with("media/") && request.method == "GET" && query(request, "alt") == "media") {
            const auto found = media_.find(name);
            if (found == media_.end()) throw missing("The medium");
            return bytes(found->second.content, found->second.mime_type);
        }
        const auto found = one.documents.find(name);
        if (!rest.starts_with("documents/")) return not_found();
        if (found == one.documents.end()) throw missing("Document " + name);
        if (request.method == "GET") return ok(found->second.meta);
        if (request.method != "DELETE") return not_found();
        if (!found->second.chunks.empty() && !query_true(request, "force"))
            throw Refusal{400, "FAILED_PRECONDITION", "Cannot delete non-empty Document."};
        one.documents.erase(found);
        return ok();
    }

    RawReply import_file(const ReceivedRequest& request, const std::string& store_name) {
        const Tree body = state_.checked<ImportRequest>(request.body);
        const EmulatedFiles::Stored& from = files_.get(body.value("fileName", ""));
        return ok(begin_import(store_name + "/operations/" + state_.id('o'), store_name,
                               from.meta.value("displayName", from.meta["name"].get<std::string>()),
                               from.meta["mimeType"].get<std::string>(), from.content.bytes(),
                               from.content.size(), body, "ImportFileResponse"));
    }

    // Splits a text into chunks of at most `most` tokens; the first `overlap` repeat the chunk before.
    static std::vector<std::string> chunks_of(const std::string& text, std::size_t most,
                                              std::size_t overlap) {
        const std::vector<std::string> pieces = tokens_of(text);
        std::vector<std::string> chunks;
        most = (std::max<std::size_t>)(1, most);
        const std::size_t step = most > overlap ? most - overlap : 1;
        for (std::size_t at = 0; at < pieces.size(); at += step) {
            const std::string chunk = text_of(pieces, at, most);
            chunks.push_back(chunk.substr((std::min)(chunk.size(), chunk.find_first_not_of(" \n\t"))));
            if (at + most >= pieces.size()) break;
        }
        return chunks;
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    std::map<std::string, Store> stores_{};  // by name
    std::map<std::string, Medium> media_{};  // by name
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
