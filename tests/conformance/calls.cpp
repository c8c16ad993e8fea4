#include "calls.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <type_traits>
#include <vector>

#include <genai/wire/base64.hpp>

namespace conformance {

namespace {

template <class T>
T typed(const Tree& value) {
    return genai::decode<T>(value.dump());
}

template <class T>
Tree untyped(const T& value) {
    return Tree::parse(genai::encode(value));
}

bool is_content(const Tree& value) {
    return value.is_object() && (value.contains("parts") || value.contains("role"));
}
bool is_file(const Tree& value) {
    return value.is_object() && value.contains("uri") && !value.contains("text");
}

genai::Contents::Item part(const Tree& value) {
    if (value.is_string()) return value.get<std::string>();
    if (is_file(value)) return typed<genai::File>(value);
    return typed<genai::Part>(value);
}

genai::Message content(const Tree& value) {
    if (is_content(value)) return typed<genai::Content>(value);
    if (!value.is_array()) return part(value);
    std::vector<genai::Contents::Item> parts;
    for (const Tree& element : value) parts.push_back(part(element));
    return parts;
}

genai::Contents contents(const Tree& value) {
    genai::Contents contents;
    const auto add = [&contents](const Tree& element) {
        if (is_content(element)) contents.add(typed<genai::Content>(element));
        else if (element.is_array()) contents.add(*content(element));
        else contents.add(part(element));
    };
    if (value.is_null()) return contents;
    if (!value.is_array()) add(value);
    else
        for (const Tree& element : value) add(element);
    return contents;
}

/// The `config` of a generation, with the SDKs' shorthands.
genai::GenerateContentConfig generation_config(const Tree& params) {
    if (!params.contains("config") || params["config"].is_null()) return {};
    Tree config = params["config"];
    const auto take = [&config](const char* name) {
        Tree value;
        if (config.contains(name)) {
            value = config[name];
            config.erase(name);
        }
        return value;
    };
    const Tree http_options = take("httpOptions");
    const Tree calling = take("automaticFunctionCalling");
    const Tree system_instruction = take("systemInstruction");
    const Tree speech =
        config.contains("speechConfig") && config["speechConfig"].is_string() ? take("speechConfig") : Tree();
    auto typed_config = typed<genai::GenerateContentConfig>(config);
    if (!http_options.is_null()) typed_config.http_options = typed<genai::HttpOptions>(http_options);
    if (!calling.is_null())
        typed_config.automatic_function_calling = typed<genai::AutomaticFunctionCallingConfig>(calling);
    if (!system_instruction.is_null()) typed_config.system_instruction = content(system_instruction);
    if (speech.is_string())
        typed_config.speech_config = genai::SpeechConfig::from_voice(speech.get<std::string>());
    return typed_config;
}

/// A struct that the API calls config, with the way it travels.
template <class Config>
Config config_of(const Tree& params) {
    Tree config =
        params.contains("config") && params["config"].is_object() ? params["config"] : Tree::object();
    Tree http_options;
    if (config.contains("httpOptions")) {
        http_options = config["httpOptions"];
        config.erase("httpOptions");
    }
    Config result = typed<Config>(config);
    if (!http_options.is_null()) result.http_options = typed<genai::HttpOptions>(http_options);
    return result;
}

genai::EmbedContentConfig embed_config(const Tree& params) {
    return config_of<genai::EmbedContentConfig>(params);
}

genai::CreateCachedContentConfig cache_config(const Tree& params) {
    Tree rest = params;
    Tree& config = rest["config"];
    Tree input;
    Tree system;
    if (config.contains("contents")) input = config["contents"];
    if (config.contains("systemInstruction")) system = config["systemInstruction"];
    config.erase("contents");
    config.erase("systemInstruction");
    auto result = config_of<genai::CreateCachedContentConfig>(rest);
    result.contents = contents(input);
    if (!system.is_null()) result.system_instruction = content(system);
    return result;
}

genai::BatchSource batch_source(const Tree& src) {
    if (src.is_string()) return src.get<std::string>();
    if (src.is_object() && src.contains("fileName")) return src["fileName"].get<std::string>();
    std::vector<genai::InlinedRequest> requests;
    for (const Tree& one : src.is_array() ? src : src.at("inlinedRequests")) {
        genai::InlinedRequest request{.contents = contents(one.at("contents"))};
        if (one.contains("model")) request.model = one["model"].get<std::string>();
        if (one.contains("metadata")) request.metadata = typed<genai::Dict<std::string>>(one["metadata"]);
        if (one.contains("config")) request.config = generation_config(one);
        requests.push_back(std::move(request));
    }
    return requests;
}

genai::EmbeddingsBatchJobSource embeddings_source(const Tree& src) {
    if (src.is_string()) return {.file_name = src.get<std::string>()};
    if (src.contains("fileName")) return {.file_name = src["fileName"].get<std::string>()};
    const Tree& batch = src.at("inlinedRequests");
    genai::EmbedContentBatch made{.contents = contents(batch.at("contents"))};
    if (batch.contains("config")) made.config = embed_config(batch);
    return {.inlined_requests = std::move(made)};
}

/// What a case uploads: `size` bytes of `a` from memory, or a file of that name and content.
class Upload {
public:
    explicit Upload(const Tree& params) {
        if (!params.contains("path")) {
            bytes_.assign(params.at("size").get<std::size_t>(), 'a');
            return;
        }
        static std::atomic<unsigned> counter{0};
        folder_ =
            std::filesystem::temp_directory_path() / ("genai-case-" + std::to_string(counter++) + '-' +
                                                      std::to_string(reinterpret_cast<std::uintptr_t>(this)));
        std::filesystem::create_directories(folder_);
        path_ = folder_ / std::filesystem::path(params["path"].get<std::string>()).filename();
        std::ofstream(path_, std::ios::binary) << params.value("bytes", "");
    }
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;
    ~Upload() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    genai::UploadSource source() const {
        if (!path_.empty()) return path_;
        return std::span(bytes_);
    }

private:
    std::vector<char> bytes_{};
    std::filesystem::path folder_{};
    std::filesystem::path path_{};
};

/// A result as JSON, without what the client knows beside the body.
template <class T>
Tree result(T value) {
    if constexpr (requires { value.sdk_http_response; }) value.sdk_http_response.reset();
    return untyped(value);
}

/// All items of all pages.
template <class Item>
Tree all(genai::Pager<Item> pager) {
    Tree items = Tree::array();
    for (Item& item : pager) items.push_back(result(std::move(item)));
    return items;
}

/// The items of a stream; throws BrokenStream.
template <class Item>
Tree drain(genai::Stream<Item> stream) {
    BrokenStream broken{.partial = Tree::array()};
    try {
        for (auto& item : stream) broken.partial.push_back(result(std::move(item)));
    } catch (...) {
        broken.cause = std::current_exception();
        throw broken;
    }
    return broken.partial;
}

/// One chat, a send a message.
Tree chat(const Client& client, const Tree& params) {
    auto config = generation_config(params);
    if (params.contains("history"))
        for (const Tree& turn : params["history"]) config.history.push_back(typed<genai::Content>(turn));
    auto chat = client.chats.create(params.value("model", ""), std::move(config));
    Tree answers = Tree::array();
    for (const Tree& message : params.at("messages")) {
        if (params.value("stream", false))
            answers.push_back(drain(chat.send_message_stream(content(message))));
        else answers.push_back(result(chat.send_message(content(message))));
    }
    Tree turns = Tree::array();
    for (const auto& turn : chat.history()) turns.push_back(untyped(turn));
    return {{"responses", answers}, {"history", turns}};
}

std::string media(const genai::Bytes& bytes) { return genai::wire::to_base64(bytes.view()); }

/// A method by its Python name.
using Method = std::function<Tree(const Client&, const Tree& params)>;

using namespace genai;
using Methods = std::map<std::string, Method>;
using C = const conformance::Client&;
using P = const Tree&;

std::string text(P params, const char* name) { return params.value(name, ""); }

Tree none(auto&& call) {
    call();
    return Tree();
}

Methods model_methods() {
    return {
        {"models.generate_content",
         [](C c, P p) {
             return result(c.models.generate_content(text(p, "model"), contents(p.value("contents", Tree())),
                                                     generation_config(p)));
         }},
        {"models.generate_content_stream",
         [](C c, P p) {
             return drain(c.models.generate_content_stream(
                 text(p, "model"), contents(p.value("contents", Tree())), generation_config(p)));
         }},
        {"models.count_tokens",
         [](C c, P p) {
             return result(c.models.count_tokens(text(p, "model"), contents(p.value("contents", Tree())),
                                                 config_of<CountTokensConfig>(p)));
         }},
        {"models.embed_content",
         [](C c, P p) {
             return result(c.models.embed_content(text(p, "model"), contents(p.value("contents", Tree())),
                                                  embed_config(p)));
         }},
        {"models.generate_images",
         [](C c, P p) {
             return result(c.models.generate_images(text(p, "model"), text(p, "prompt"),
                                                    config_of<GenerateImagesConfig>(p)));
         }},
        {"models.generate_videos",
         [](C c, P p) {
             Tree source = p.value("source", Tree::object());
             for (const char* name : {"prompt", "image", "video"})
                 if (p.contains(name)) source[name] = p[name];
             return result(c.models.generate_videos(text(p, "model"), typed<GenerateVideosSource>(source),
                                                    config_of<GenerateVideosConfig>(p)));
         }},
    };
}

Methods model_resource_methods() {
    return {
        {"models.get",
         [](C c, P p) { return result(c.models.get(text(p, "model"), config_of<GetModelConfig>(p))); }},
        {"models.list", [](C c, P p) { return all(c.models.list(config_of<ListModelsConfig>(p))); }},
        {"models.update",
         [](C c, P p) { return result(c.models.update(text(p, "model"), config_of<UpdateModelConfig>(p))); }},
        {"models.delete",
         [](C c, P p) {
             return result(c.models.delete_(text(p, "model"), config_of<DeleteModelConfig>(p)));
         }},
    };
}

Methods file_methods() {
    return {
        {"files.upload",
         [](C c, P p) { return result(c.files.upload(Upload(p).source(), config_of<UploadFileConfig>(p))); }},
        {"files.get",
         [](C c, P p) { return result(c.files.get(text(p, "name"), config_of<GetFileConfig>(p))); }},
        {"files.list", [](C c, P p) { return all(c.files.list(config_of<ListFilesConfig>(p))); }},
        {"files.delete",
         [](C c, P p) { return result(c.files.delete_(text(p, "name"), config_of<DeleteFileConfig>(p))); }},
        {"files.download",
         [](C c, P p) {
             return Tree(media(c.files.download(text(p, p.contains("file") ? "file" : "name"),
                                                config_of<DownloadFileConfig>(p))));
         }},
        {"files.register_files",
         [](C c, P p) {
             return result(c.files.register_files(p.at("uris").get<std::vector<std::string>>(),
                                                  p.value("accessToken", "test-token"),
                                                  text(p, "userProject"), config_of<RegisterFilesConfig>(p)));
         }},
    };
}

Methods cache_methods() {
    return {
        {"caches.create",
         [](C c, P p) { return result(c.caches.create(text(p, "model"), cache_config(p))); }},
        {"caches.get",
         [](C c, P p) {
             return result(c.caches.get(text(p, "name"), config_of<GetCachedContentConfig>(p)));
         }},
        {"caches.list", [](C c, P p) { return all(c.caches.list(config_of<ListCachedContentsConfig>(p))); }},
        {"caches.update",
         [](C c, P p) {
             return result(c.caches.update(text(p, "name"), config_of<UpdateCachedContentConfig>(p)));
         }},
        {"caches.delete",
         [](C c, P p) {
             return result(c.caches.delete_(text(p, "name"), config_of<DeleteCachedContentConfig>(p)));
         }},
        {"auth_tokens.create",
         [](C c, P p) { return result(c.auth_tokens.create(config_of<CreateAuthTokenConfig>(p))); }},
        {"chats.session", [](C c, P p) { return chat(c, p); }},
    };
}

Methods store_methods() {
    return {
        {"file_search_stores.create",
         [](C c, P p) {
             return result(c.file_search_stores.create(config_of<CreateFileSearchStoreConfig>(p)));
         }},
        {"file_search_stores.get",
         [](C c, P p) {
             return result(c.file_search_stores.get(text(p, "name"), config_of<GetFileSearchStoreConfig>(p)));
         }},
        {"file_search_stores.list",
         [](C c, P p) { return all(c.file_search_stores.list(config_of<ListFileSearchStoresConfig>(p))); }},
        {"file_search_stores.delete",
         [](C c, P p) {
             return none([&] {
                 c.file_search_stores.delete_(text(p, "name"), config_of<DeleteFileSearchStoreConfig>(p));
             });
         }},
        {"file_search_stores.upload_to_file_search_store",
         [](C c, P p) {
             return result(c.file_search_stores.upload_to_file_search_store(
                 text(p, "fileSearchStoreName"), Upload(p).source(),
                 config_of<UploadToFileSearchStoreConfig>(p)));
         }},
        {"file_search_stores.import_file",
         [](C c, P p) {
             return result(c.file_search_stores.import_file(
                 text(p, "fileSearchStoreName"), text(p, "fileName"), config_of<ImportFileConfig>(p)));
         }},
        {"file_search_stores.download_media",
         [](C c, P p) {
             return Tree(media(
                 c.file_search_stores.download_media(text(p, "uri"), config_of<DownloadMediaConfig>(p))));
         }},
    };
}

Methods document_methods() {
    return {
        {"file_search_stores.documents.get",
         [](C c, P p) {
             return result(
                 c.file_search_stores.documents.get(text(p, "name"), config_of<GetDocumentConfig>(p)));
         }},
        {"file_search_stores.documents.list",
         [](C c, P p) {
             return all(
                 c.file_search_stores.documents.list(text(p, "parent"), config_of<ListDocumentsConfig>(p)));
         }},
        {"file_search_stores.documents.delete",
         [](C c, P p) {
             return none([&] {
                 c.file_search_stores.documents.delete_(text(p, "name"), config_of<DeleteDocumentConfig>(p));
             });
         }},
        {"operations.get",
         [](C c, P p) {
             const Tree operation = p.value("operation", p);
             const std::string name = operation.value("name", "");
             if (name.find("/upload/") != std::string::npos)
                 return result(c.operations.get(UploadToFileSearchStoreOperation{.name = name},
                                                config_of<GetOperationConfig>(p)));
             if (name.starts_with("fileSearchStores/"))
                 return result(
                     c.operations.get(ImportFileOperation{.name = name}, config_of<GetOperationConfig>(p)));
             return result(
                 c.operations.get(GenerateVideosOperation{.name = name}, config_of<GetOperationConfig>(p)));
         }},
    };
}

Methods job_methods() {
    return {
        {"batches.create",
         [](C c, P p) {
             return result(c.batches.create(text(p, "model"), batch_source(p.at("src")),
                                            config_of<CreateBatchJobConfig>(p)));
         }},
        {"batches.create_embeddings",
         [](C c, P p) {
             return result(c.batches.create_embeddings(text(p, "model"), embeddings_source(p.at("src")),
                                                       config_of<CreateEmbeddingsBatchJobConfig>(p)));
         }},
        {"batches.get",
         [](C c, P p) { return result(c.batches.get(text(p, "name"), config_of<GetBatchJobConfig>(p))); }},
        {"batches.list", [](C c, P p) { return all(c.batches.list(config_of<ListBatchJobsConfig>(p))); }},
        {"batches.cancel",
         [](C c, P p) {
             return none([&] { c.batches.cancel(text(p, "name"), config_of<CancelBatchJobConfig>(p)); });
         }},
        {"batches.delete",
         [](C c, P p) {
             return result(c.batches.delete_(text(p, "name"), config_of<DeleteBatchJobConfig>(p)));
         }},
        {"tunings.tune",
         [](C c, P p) {
             return result(c.tunings.tune(text(p, "baseModel"),
                                          typed<TuningDataset>(p.value("trainingDataset", Tree::object())),
                                          config_of<CreateTuningJobConfig>(p)));
         }},
        {"tunings.get",
         [](C c, P p) { return result(c.tunings.get(text(p, "name"), config_of<GetTuningJobConfig>(p))); }},
        {"tunings.list", [](C c, P p) { return all(c.tunings.list(config_of<ListModelsConfig>(p))); }},
        {"tunings.cancel",
         [](C c, P p) {
             return result(c.tunings.cancel(text(p, "name"), config_of<CancelTuningJobConfig>(p)));
         }},
    };
}

Methods interaction_methods() {
    return {
        {"interactions.create",
         [](C c, P p) {
             const CallConfig travel = config_of<CallConfig>(p);
             Tree request = p;
             request.erase("config");
             const bool streams = request.value("stream", false);
             if (request.contains("agent")) {
                 const auto asked = typed<interactions::CreateAgentInteraction>(request);
                 return streams ? drain(c.interactions.create_stream(asked, travel))
                                : result(c.interactions.create(asked, travel));
             }
             const auto asked = typed<interactions::CreateModelInteraction>(request);
             return streams ? drain(c.interactions.create_stream(asked, travel))
                            : result(c.interactions.create(asked, travel));
         }},
        {"interactions.get",
         [](C c, P p) {
             interactions::GetInteractionConfig config;
             if (p.contains("include_input")) config.include_input = p["include_input"].get<bool>();
             if (p.contains("last_event_id")) config.last_event_id = p["last_event_id"].get<std::string>();
             return p.value("stream", false) ? drain(c.interactions.get_stream(text(p, "id"), config))
                                             : result(c.interactions.get(text(p, "id"), config));
         }},
        {"interactions.cancel", [](C c, P p) { return result(c.interactions.cancel(text(p, "id"))); }},
        {"interactions.delete",
         [](C c, P p) { return none([&] { c.interactions.delete_(text(p, "id")); }); }},
        {"interactions.auth_tokens.create",
         [](C c, P p) {
             interactions::CreateInteractionAuthTokenConfig config;
             if (p.contains("expire_time"))
                 config.expire_time = Timestamp::parse(p["expire_time"].get<std::string>());
             return result(c.interactions.auth_tokens.create(text(p, "interaction_id"), config));
         }},
        {"interactions.auth_tokens.delete",
         [](C c, P p) {
             return none([&] {
                 c.interactions.auth_tokens.delete_(text(p, "interaction_id"), text(p, "auth_token"));
             });
         }},
        {"decisions.create",
         [](C c, P p) {
             Tree request = p;
             request.erase("config");
             return result(c.decisions.create(typed<decisions::CreateDecisionRequest>(request),
                                              config_of<CallConfig>(p)));
         }},
        {"request",
         [](C c, P p) {
             return Tree::parse(
                 c.request(text(p, "verb"), text(p, "path"), Json::parse(p.value("body", Tree()).dump()))
                     .dump());
         }},
    };
}

const Methods& methods() {
    static const Methods all = [] {
        Methods merged;
        for (const auto& some : {model_methods(), model_resource_methods(), file_methods(), cache_methods(),
                                 store_methods(), document_methods(), job_methods(), interaction_methods()})
            merged.insert(some.begin(), some.end());
        return merged;
    }();
    return all;
}

}  // namespace

Tree call(const Client& client, const std::string& method, const Tree& params) {
    const auto& known = methods();
    const auto found = known.find(method);
    if (found == known.end()) throw Unsupported("no such method: " + method);
    return found->second(client, params);
}

std::string error_type(const std::exception& problem) {
    const auto is = [&problem]<class E>(std::type_identity<E>) {
        return dynamic_cast<const E*>(&problem) != nullptr;
    };
    if (is(std::type_identity<genai::ClientError>())) return "ClientError";
    if (is(std::type_identity<genai::ServerError>())) return "ServerError";
    if (is(std::type_identity<genai::ApiError>())) return "ApiError";
    if (is(std::type_identity<genai::TransportError>())) return "TransportError";
    if (is(std::type_identity<genai::DecodeError>())) return "DecodeError";
    if (is(std::type_identity<genai::StreamInterrupted>())) return "StreamInterrupted";
    if (is(std::type_identity<genai::Cancelled>())) return "Cancelled";
    if (is(std::type_identity<genai::InvalidArgument>())) return "InvalidArgument";
    if (is(std::type_identity<genai::Error>())) return "Error";
    if (is(std::type_identity<Unsupported>())) return "Unsupported";
    return "exception";
}

}  // namespace conformance
