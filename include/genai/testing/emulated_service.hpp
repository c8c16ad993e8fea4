#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/batch.hpp>
#include <genai/detail/predict_types.hpp>
#include <genai/testing/emulated_api.hpp>
#include <genai/testing/emulated_model.hpp>
#include <genai/testing/loopback_server.hpp>
#include <genai/testing/refusal.hpp>
#include <genai/testing/search_index.hpp>
#include <genai/types/agents.hpp>
#include <genai/types/auth_token.hpp>
#include <genai/types/cache.hpp>
#include <genai/types/credentials.hpp>
#include <genai/types/embedding.hpp>
#include <genai/types/environments.hpp>
#include <genai/types/file.hpp>
#include <genai/types/file_search.hpp>
#include <genai/types/interactions.hpp>
#include <genai/types/model.hpp>
#include <genai/types/triggers.hpp>
#include <genai/types/voices.hpp>
#include <genai/types/webhooks.hpp>
#include <genai/wire/time.hpp>

namespace genai::inline v0::testing {

/// The service's memory and its methods.
class EmulatedService final : public EmulatedApi {
public:
    explicit EmulatedService(EmulatorOptions options) : options_(std::move(options)) {}

    void set_url(std::string url) override { url_ = std::move(url); }

    void advance(std::chrono::milliseconds span) override {
        const std::lock_guard lock(mutex_);
        passed_ += span;
    }

    void break_upload(std::size_t kept) override {
        const std::lock_guard lock(mutex_);
        upload_keeps_.push_back(kept);
    }

    RawReply answer(const ReceivedRequest& request) override {
        const std::lock_guard lock(mutex_);
        try {
            return route(request);
        } catch (const Refusal& refusal) {
            Tree error{{"code", refusal.status}, {"message", refusal.message}, {"status", refusal.name}};
            if (!refusal.details.is_null()) error["details"] = refusal.details;
            const Tree body{{"error", error}};
            const bool listed = request.path.ends_with(":streamGenerateContent") && !asks_for_events(request);
            return whole(refusal.status, listed ? Tree::array({body}) : body);
        }
    }

private:
    struct StoredFile {
        Tree meta{};
        std::string content{};
        int looks{0};  // for which it is still being processed
    };
    struct Upload {
        Tree body{};                           // of its start
        std::string store{};                   // where it goes; empty for the files
        std::string mime_type{};
        std::string file_name{};
        std::optional<std::uint64_t> size{};   // as announced
        std::string data{};
        std::string final_text{};              // the last answer, once there is one
        bool cancelled{false};
    };
    struct StoredDocument {
        Tree meta{};
        std::vector<std::string> chunks{};
    };
    struct Store {
        Tree meta{};
        std::map<std::string, StoredDocument> documents{};
    };
    struct Work {  // an operation, a batch or an interaction under way
        Tree shown{};
        int looks{0};
        std::function<void(Tree&)> finish{};
    };
    struct Cached {
        Tree meta{};
        std::string model{};
        std::int32_t tokens{};
        std::chrono::milliseconds expires{};
    };
    struct Remembered {  // an interaction
        Tree shown{};
        Tree input{};
        std::vector<std::string> events{};
        std::vector<Content> turns{};
        int looks{0};
        std::function<void(Remembered&)> finish{};
    };

    // ---- the way in

    RawReply route(const ReceivedRequest& request) {
        std::string_view path = request.path;
        const bool upload = path.starts_with("/upload/");
        if (upload) path.remove_prefix(7);
        const auto version_end = path.find('/', 1);
        if (version_end == std::string_view::npos) return not_found();
        version_ = std::string(path.substr(1, version_end - 1));
        path.remove_prefix(version_end + 1);
        std::string_view verb;
        if (const auto colon = path.rfind(':'); colon != std::string_view::npos) {
            verb = path.substr(colon + 1);
            path = path.substr(0, colon);
        }
        if (upload && request.headers.get("x-goog-upload-command") != "start" && !query(request, "upload_id").empty()) return upload_part(request);
        check_key(request);
        if (upload) return begin_upload(request, std::string(path), verb);

        const std::string name(path);
        const std::string_view collection = path.substr(0, path.find('/'));
        const bool listed = collection.size() == path.size();
        const std::string& method = request.method;
        if (collection == "models" || collection == "tunedModels") return models(request, name, verb, listed);
        if (collection == "files") return files(request, name, verb, listed);
        if (collection == "cachedContents") return caches(request, name, listed);
        if (collection == "fileSearchStores") return stores(request, name, verb, listed);
        if (collection == "batches") return batches(request, name, verb, listed);
        if (collection == "interactions") return interactions_(request, name, listed);
        if (platform_member(collection) != nullptr) return platform(request, std::string(collection), name, verb, listed);
        if (collection == "auth_tokens" && listed && method == "POST") return auth_token(request);
        return not_found();
    }

    static std::string query(const ReceivedRequest& request, std::string_view name) {
        for (const auto& [key, value] : request.query)
            if (key == name) return value;
        return {};
    }

    static bool asks_for_events(const ReceivedRequest& request) { return query(request, "alt") == "sse"; }

    static RawReply whole(int status, const Tree& body) {
        return {.status = status,
                .headers = {{"Content-Type", "application/json; charset=UTF-8"}, {"Vary", "Origin"}, {"Server", "emulator"}},
                .pieces = {body.dump(2) + '\n'}};
    }
    static RawReply ok(const Tree& body) { return whole(200, body); }
    static RawReply ok() { return whole(200, Tree::object()); }

    static RawReply bytes(std::string content, std::string mime_type) {
        return {.headers = {{"Content-Type", mime_type}, {"Server", "emulator"}}, .pieces = {std::move(content)}};
    }

    static RawReply not_found() {
        return {.status = 404,
                .headers = {{"Content-Type", "text/html; charset=UTF-8"}},
                .pieces = {"<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p>The requested URL was not found on this server.\n</html>\n"}};
    }

    static Refusal missing(const std::string& what) { return {404, "NOT_FOUND", what + " is not found."}; }

    void check_key(const ReceivedRequest& request) const {
        if (options_.api_key.empty()) return;
        std::string given(request.headers.get("x-goog-api-key"));
        for (const char* name : {"x-api-key", "api-key"})
            if (given.empty()) given = request.headers.get(name);
        if (const auto authorization = request.headers.get("authorization"); given.empty() && authorization.starts_with("Bearer "))
            given = authorization.substr(7);
        if (given.empty()) given = query(request, "key");
        if (given == options_.api_key) return;
        if (given.empty())
            throw Refusal{403, "PERMISSION_DENIED",
                          "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API "
                          "consumer identity to call this API."};
        throw Refusal{400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                      Tree::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                                    {"reason", "API_KEY_INVALID"},
                                    {"domain", "googleapis.com"},
                                    {"metadata", {{"service", "generativelanguage.googleapis.com"}}}}})};
    }

    // ---- what all share

    std::chrono::milliseconds now() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()) + passed_;
    }
    static std::string time_text(std::chrono::milliseconds when) { return Timestamp(std::chrono::sys_time<std::chrono::milliseconds>(when)).text(); }
    std::string now_text() const { return time_text(now()); }

    std::string id(char kind) {
        const std::string number = std::to_string(++last_id_);
        return kind + std::string(11 - (std::min<std::size_t>)(11, number.size()), '0') + number;
    }

    static Tree parsed(const std::string& text) {
        try {
            const Tree tree = Tree::parse(text.empty() ? "{}" : text);
            if (tree.is_object()) return tree;
        } catch (const nlohmann::json::exception&) {
        }
        throw Refusal{400, "INVALID_ARGUMENT", "Invalid JSON payload received. Expected an object."};
    }

    /// A body as it stands, its fields held against those of `T`.
    template <class T>
    Tree checked(const std::string& text) const {
        static_cast<void>(parse_body<T>(text, options_.strict));
        return parsed(text);
    }

    /// One page of what there is, under `member`.
    template <class Items, class Show>
    static RawReply page(const ReceivedRequest& request, const char* member, const Items& items, std::size_t most, Show&& show, bool snake = false) {
        const auto number = [](const std::string& text) {
            std::size_t value = 0;
            const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (problem != std::errc() || end != text.data() + text.size()) throw Refusal{400, "INVALID_ARGUMENT", "page_size or page_token is invalid."};
            return value;
        };
        const std::string size = query(request, snake ? "page_size" : "pageSize");
        const std::string token = query(request, snake ? "page_token" : "pageToken");
        if (!token.empty() && !token.starts_with("page-")) throw Refusal{400, "INVALID_ARGUMENT", "page_token is invalid."};
        const std::size_t begin = token.empty() ? 0 : number(token.substr(5));
        const std::size_t count = size.empty() ? most : (std::min)(most, (std::max<std::size_t>)(1, number(size)));
        Tree list = Tree::array();
        std::size_t at = 0;
        for (const auto& item : items) {
            if (at >= begin && at < begin + count) list.push_back(show(item));
            ++at;
        }
        Tree body = Tree::object();
        if (!list.empty()) body[member] = list;
        if (at > begin + count) body[snake ? "next_page_token" : "nextPageToken"] = "page-" + std::to_string(begin + count);
        return ok(body);
    }

    /// Begins work that is done after some looks.
    Tree begin_work(const std::string& name, Tree shown, std::function<void(Tree&)> finish) {
        Work work{.shown = std::move(shown), .looks = options_.looks, .finish = std::move(finish)};
        const Tree begun = work.shown;
        works_[name] = std::move(work);
        return begun;
    }

    RawReply look_at_work(const std::string& name) {
        const auto found = works_.find(name);
        if (found == works_.end()) throw missing("Operation " + name);
        Work& work = found->second;
        if (work.finish && work.looks-- <= 0) std::exchange(work.finish, nullptr)(work.shown);
        return ok(work.shown);
    }

    // ---- models

    static const std::vector<Tree>& known_models() {
        static const std::vector<Tree> models = [] {
            const auto model = [](const char* id, const char* shown, std::vector<const char*> methods, int input, int output) {
                return Tree{{"name", std::string("models/") + id}, {"version", "001"}, {"displayName", shown}, {"description", "An emulated model"}, {"inputTokenLimit", input},
                            {"outputTokenLimit", output}, {"supportedGenerationMethods", methods}, {"temperature", 1}, {"topP", 0.95}, {"topK", 64}, {"maxTemperature", 2}};
            };
            const std::vector<const char*> generates{"generateContent", "countTokens", "createCachedContent", "batchGenerateContent"};
            return std::vector<Tree>{model("gemini-2.5-flash", "Gemini 2.5 Flash", generates, 1048576, 65536), model("gemini-2.5-pro", "Gemini 2.5 Pro", generates, 1048576, 65536),
                                     model("gemini-3.8-flash", "Gemini 3.8 Flash", generates, 1048576, 65536),
                                     model("gemini-embedding-001", "Gemini Embedding 001", {"embedContent", "countTextTokens", "asyncBatchEmbedContent"}, 2048, 1),
                                     model("gemini-embedding-2", "Gemini Embedding 2", {"embedContent", "asyncBatchEmbedContent"}, 8192, 1),
                                     model("imagen-4.0-generate-001", "Imagen 4", {"predict"}, 480, 8192), model("veo-3.1-generate-preview", "Veo 3.1", {"predictLongRunning"}, 480, 8192)};
        }();
        return models;
    }

    void check_model(const std::string& model, std::string_view verb) const {
        const std::string_view id = std::string_view(model).substr(model.find('/') + 1);
        for (const char* family : {"gemini-", "gemma-", "imagen-", "veo-"})
            if (id.starts_with(family)) return;
        if (tuned_.count(model) != 0) return;
        if (std::find(options_.models.begin(), options_.models.end(), id) != options_.models.end()) return;
        throw Refusal{404, "NOT_FOUND",
                      model + " is not found for API version " + version_ + ", or is not supported for " + std::string(verb) +
                          ". Call ListModels to see the list of available models and their supported methods."};
    }

    RawReply models(const ReceivedRequest& request, const std::string& name, std::string_view verb, bool listed) {
        if (const auto at = name.find("/operations/"); at != std::string::npos && request.method == "GET") return look_at_work(name);
        if (request.method == "GET" && listed) {
            if (name == "models") return page(request, "models", known_models(), 1000, [](const Tree& model) { return model; });
            return page(request, "tunedModels", tuned_, 1000, [](const auto& entry) { return entry.second; });
        }
        if (request.method == "POST" && listed && name == "tunedModels") return tune(request);
        if (request.method == "GET") {
            if (const auto found = tuned_.find(name); found != tuned_.end()) {
                if (looks_[name]-- <= 0 && found->second["state"] == "CREATING") found->second["state"] = "ACTIVE";
                return ok(found->second);
            }
            for (const Tree& model : known_models())
                if (model["name"] == name) return ok(model);
            throw missing(name);
        }
        if (request.method == "PATCH" || request.method == "DELETE") {
            const auto found = tuned_.find(name);
            if (found == tuned_.end()) throw missing(name);
            if (request.method == "DELETE") {
                tuned_.erase(found);
                return ok();
            }
            const Tree changes = checked<UpdateModelConfig>(request.body);
            for (const auto& [key, value] : changes.items()) found->second[key] = value;
            return ok(found->second);
        }
        if (request.method != "POST" || verb.empty()) return not_found();
        if (verb == "cancel" && name.starts_with("tunedModels/")) {
            if (tuned_.count(name) == 0) throw missing(name);
            tuned_[name]["state"] = "FAILED";
            return ok();
        }
        check_model(name, verb);
        if (verb == "generateContent" || verb == "streamGenerateContent") return generate(request, name, verb);
        if (verb == "countTokens") return count(request);
        if (verb == "embedContent" || verb == "batchEmbedContents") return embed(request, verb);
        if (verb == "predict") return predict(request);
        if (verb == "predictLongRunning") return predict_videos(request, name);
        if (verb == "batchGenerateContent") return begin_batch(request, name, false);
        if (verb == "asyncBatchEmbedContent") return begin_batch(request, name, true);
        return not_found();
    }

    /// What a generation needs beside its body: the cache's tokens, what was found in stores, files that are ready.
    std::vector<GenerateContentResponse> generated(const GenerateContentRequest& body, const std::string& model) {
        EmulatedModel::validate(body);
        for (const Content& turn : body.contents)
            for (const Part& part : turn.parts)
                if (part.file_data && part.file_data->file_uri) check_file_ready(*part.file_data->file_uri);
        std::int32_t cached = 0;
        if (body.cached_content) {
            expire();
            const auto found = caches_.find(*body.cached_content);
            if (found == caches_.end()) throw Refusal{403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)"};
            if (found->second.model != model)
                throw Refusal{400, "INVALID_ARGUMENT", "Model used by GenerateContent request (" + model + ") and CachedContent (" + found->second.model + ") has to be the same."};
            cached = found->second.tokens;
        }
        std::vector<Finding> findings;
        for (const Tool& tool : body.tools)
            if (tool.file_search) findings = search(*tool.file_search, EmulatedModel::last_text(body));
        return EmulatedModel::answer(body, model.substr(model.find('/') + 1), findings, cached);
    }

    RawReply generate(const ReceivedRequest& request, const std::string& model, std::string_view verb) {
        const auto answers = generated(parse_body<GenerateContentRequest>(request.body, options_.strict), model);
        if (verb == "generateContent") return ok(EmulatedModel::tree(EmulatedModel::joined(answers)));
        if (asks_for_events(request)) {
            std::vector<std::string> events;
            for (const auto& chunk : answers) events.push_back(EmulatedModel::tree(chunk).dump());
            RawReply reply = event_stream(events);
            reply.piece_delay = options_.chunk_delay;
            return reply;
        }
        Tree list = Tree::array();
        for (const auto& chunk : answers) list.push_back(EmulatedModel::tree(chunk));
        return ok(list);
    }

    struct CountRequest {
        std::vector<Content> contents{};
        Box<GenerateContentRequest> generate_content_request{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("contents", self.contents);
            visit("generateContentRequest", self.generate_content_request);
        }
    };

    RawReply count(const ReceivedRequest& request) const {
        const auto body = parse_body<CountRequest>(request.body, options_.strict);
        if (!body.contents.empty() && body.generate_content_request)
            throw bad_request("contents", "Only one of contents and generate_content_request can be set.");
        std::int32_t tokens = EmulatedModel::count_tokens(body.contents);
        if (body.generate_content_request) {
            const auto& whole_request = *body.generate_content_request;
            tokens += EmulatedModel::count_tokens(whole_request.contents);
            if (whole_request.system_instruction) tokens += EmulatedModel::count_tokens({*whole_request.system_instruction});
            for (const Tool& tool : whole_request.tools) tokens += static_cast<std::int32_t>(EmulatedModel::tokens(encode(tool)).size());
        }
        return ok({{"totalTokens", tokens}, {"promptTokensDetails", Tree::array({{{"modality", "TEXT"}, {"tokenCount", tokens}}})}});
    }

    struct EmbedRequest {
        std::optional<std::string> model{};
        Content content{};
        std::optional<std::string> task_type{};
        std::optional<std::string> title{};
        std::optional<std::int32_t> output_dimensionality{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("model", self.model);
            visit("content", self.content);
            visit("taskType", self.task_type);
            visit("title", self.title);
            visit("outputDimensionality", self.output_dimensionality);
        }
    };
    struct EmbedRequests {
        std::vector<EmbedRequest> requests{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("requests", self.requests); }
    };

    /// A unit vector that like texts share much of: each word adds to some places of it.
    static Tree vector_of(const EmbedRequest& request) {
        const auto size = static_cast<std::size_t>(request.output_dimensionality.value_or(768));
        std::vector<double> values(size, 0.0);
        values[0] = 1e-3;
        for (const Part& part : request.content.parts)
            for (const std::string& word : SearchIndex::words(part.text.value_or(part.inline_data ? "media" : ""))) {
                std::uint64_t hash = 1469598103934665603U;
                for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
                for (int i = 0; i < 4; ++i, hash = hash * 6364136223846793005U + 1442695040888963407U) values[(hash >> 33U) % size] += (hash & 1U) != 0 ? 1.0 : -1.0;
            }
        double length = 0;
        for (const double value : values) length += value * value;
        for (double& value : values) value = std::round(value / std::sqrt(length) * 1e6) / 1e6;
        return {{"values", values}};
    }

    static void check_embed(const EmbedRequest& request, const std::string& where) {
        if (request.content.parts.empty()) throw bad_request(where + "content.parts", "* " + where + "content.parts: content.parts must not be empty.");
        if (request.output_dimensionality && (*request.output_dimensionality < 1 || *request.output_dimensionality > 3072))
            throw bad_request(where + "output_dimensionality", "* output_dimensionality must be in the range [1, 3072]");
    }

    RawReply embed(const ReceivedRequest& request, std::string_view verb) const {
        if (verb == "embedContent") {
            const auto body = parse_body<EmbedRequest>(request.body, options_.strict);
            check_embed(body, "");
            return ok({{"embedding", vector_of(body)}});
        }
        const auto body = parse_body<EmbedRequests>(request.body, options_.strict);
        if (body.requests.empty()) throw bad_request("requests", "* BatchEmbedContentsRequest.requests: must not be empty");
        if (body.requests.size() > 100) throw bad_request("requests", "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch");
        Tree vectors = Tree::array();
        std::int32_t tokens = 0;
        for (std::size_t i = 0; i < body.requests.size(); ++i) {
            check_embed(body.requests[i], "requests[" + std::to_string(i) + "].");
            vectors.push_back(vector_of(body.requests[i]));
            tokens += EmulatedModel::count_tokens({body.requests[i].content});
        }
        return ok({{"embeddings", vectors}, {"usageMetadata", {{"promptTokenCount", tokens}, {"totalTokenCount", tokens}}}});
    }

    RawReply predict(const ReceivedRequest& request) const {
        const auto body = parse_body<detail::PredictRequest>(request.body, options_.strict);
        if (body.instances.empty() || !body.instances[0].prompt) throw bad_request("instances", "instances[0].prompt is required");
        const std::int32_t wanted = body.parameters ? body.parameters->sample_count.value_or(4) : 4;
        if (wanted < 1 || wanted > 4) throw bad_request("parameters.sample_count", "sampleCount must be between 1 and 4");
        Tree predictions = Tree::array();
        for (std::int32_t i = 0; i < wanted; ++i) predictions.push_back({{"mimeType", "image/png"}, {"bytesBase64Encoded", EmulatedModel::tiny_png}});
        if (body.parameters && body.parameters->include_safety_attributes.value_or(false))
            predictions.push_back({{"contentType", "Positive Prompt"}, {"safetyAttributes", {{"categories", {"Violence"}}, {"scores", {0.1}}}}});
        return ok({{"predictions", predictions}});
    }

    RawReply predict_videos(const ReceivedRequest& request, const std::string& model) {
        const auto body = parse_body<detail::PredictRequest>(request.body, options_.strict);
        if (body.instances.empty()) throw bad_request("instances", "instances is required");
        const std::int32_t wanted = body.parameters ? body.parameters->sample_count.value_or(1) : 1;
        const std::string name = model + "/operations/" + id('o');
        return ok(begin_work(name, {{"name", name}}, [this, wanted](Tree& shown) {
            Tree samples = Tree::array();
            for (std::int32_t i = 0; i < wanted; ++i) {
                const std::string file = keep_file("video.mp4", "video/mp4", std::string("\0\0\0\x18" "ftypmp42", 12) + "an emulated video", "GENERATED", 0);
                samples.push_back({{"video", {{"uri", url_ + '/' + version_ + '/' + file + ":download?alt=media"}}}});
            }
            shown["done"] = true;
            shown["response"] = {{"@type", "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse"}, {"generateVideoResponse", {{"generatedSamples", samples}}}};
        }));
    }

    RawReply tune(const ReceivedRequest& request) {
        const Tree body = parsed(request.body);
        if (body.value(Tree::json_pointer("/tuningTask/trainingData/examples/examples"), Tree::array()).empty())
            throw bad_request("tuning_task.training_data", "* CreateTunedModelRequest.tuned_model.tuning_task.training_data: is required");
        const std::string name = "tunedModels/" + id('t');
        Tree model{{"name", name}, {"baseModel", body.value("baseModel", "")}, {"displayName", body.value("displayName", "")}, {"state", "CREATING"}, {"createTime", now_text()},
                   {"updateTime", now_text()}, {"tuningTask", body["tuningTask"]}};
        model["tuningTask"].erase("trainingData");
        model["tuningTask"]["startTime"] = now_text();
        tuned_[name] = std::move(model);
        looks_[name] = options_.looks;
        const std::string operation = name + "/operations/" + id('o');
        return ok(begin_work(operation, {{"name", operation}, {"metadata", {{"@type", "type.googleapis.com/google.ai.generativelanguage.v1beta.CreateTunedModelMetadata"}, {"tunedModel", name}}}},
                             [this, name](Tree& shown) {
                                 shown["done"] = true;
                                 shown["response"] = tuned_[name];
                             }));
    }

    // ---- files

    std::string keep_file(const std::string& shown, const std::string& mime_type, std::string content, const char* source, int looks, std::string name = {}) {
        if (name.empty()) name = "files/" + id('f');
        Tree meta{{"name", name}};
        if (!shown.empty()) meta["displayName"] = shown;
        meta["mimeType"] = mime_type;
        meta["sizeBytes"] = std::to_string(content.size());
        for (const char* field : {"createTime", "updateTime"}) meta[field] = now_text();
        meta["expirationTime"] = time_text(now() + std::chrono::hours(48));
        meta["uri"] = url_ + "/" + version_ + '/' + name;
        meta["state"] = looks > 0 ? "PROCESSING" : "ACTIVE";
        meta["source"] = source;
        if (std::string_view(source) == "GENERATED") meta["downloadUri"] = meta["uri"].get<std::string>() + ":download?alt=media";
        if (mime_type.starts_with("video/")) meta["videoMetadata"] = {{"videoDuration", "1s"}};
        files_[name] = {std::move(meta), std::move(content), looks};
        return name;
    }

    StoredFile& file(const std::string& name) {
        const auto found = files_.find(name);
        if (found == files_.end())
            throw Refusal{403, "PERMISSION_DENIED", "You do not have permission to access the File " + name.substr(name.find('/') + 1) + " or it may not exist."};
        return found->second;
    }

    void check_file_ready(const std::string& uri) {
        const auto at = uri.find("/files/");
        if (at == std::string::npos || !uri.starts_with(url_)) return;
        const std::string name = uri.substr(at + 1, uri.find_first_of(":?", at) - at - 1);
        if (file(name).meta["state"] != "ACTIVE")
            throw Refusal{400, "FAILED_PRECONDITION", "The File " + name.substr(6) + " is not in an ACTIVE state and usage is not allowed."};
    }

    RawReply files(const ReceivedRequest& request, const std::string& name, std::string_view verb, bool listed) {
        if (listed && request.method == "POST" && verb == "register") return register_files(request);
        if (listed && request.method == "GET") return page(request, "files", files_, 100, [](const auto& entry) { return entry.second.meta; });
        if (listed) return not_found();
        StoredFile& stored = file(name);
        if (request.method == "DELETE") {
            files_.erase(name);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (verb == "download") {
            if (stored.meta["source"] != "GENERATED") throw Refusal{400, "INVALID_ARGUMENT", "Only generated files can be downloaded."};
            return bytes(stored.content, stored.meta["mimeType"].get<std::string>());
        }
        const Tree seen = stored.meta;
        if (stored.looks > 0 && --stored.looks == 0) stored.meta["state"] = "ACTIVE";
        return ok(seen);
    }

    RawReply register_files(const ReceivedRequest& request) {
        if (!request.headers.get("authorization").starts_with("Bearer ")) throw Refusal{401, "UNAUTHENTICATED", "Request is missing required OAuth credentials."};
        Tree made = Tree::array();
        const Tree body = parsed(request.body);
        for (const Tree& uri : body.value("uris", Tree::array())) {
            const std::string address = uri.get<std::string>();
            const std::string name = keep_file(address.substr(address.rfind('/') + 1), "application/octet-stream", "", "REGISTERED", 0);
            files_[name].meta["uri"] = address;
            made.push_back(files_[name].meta);
        }
        return ok({{"files", made}});
    }

    // ---- uploads. https://ai.google.dev/api/files#method:-media.upload

    static constexpr std::uint64_t grain = 262144;

    struct Announcement {
        File file{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("file", self.file); }
    };

    RawReply begin_upload(const ReceivedRequest& request, const std::string& path, std::string_view verb) {
        const bool to_store = verb == "uploadToFileSearchStore";
        const bool to_environment = request.method == "PUT" && path.starts_with("environments/");
        if (!to_environment && (request.method != "POST" || (path != "files" && !to_store))) return not_found();
        if (request.headers.get("x-goog-upload-protocol") != "resumable" || request.headers.get("x-goog-upload-command") != "start")
            throw Refusal{400, "INVALID_ARGUMENT", "Only the resumable upload protocol is supported here."};
        Upload upload{.mime_type = std::string(request.headers.get("x-goog-upload-header-content-type")), .file_name = std::string(request.headers.get("x-goog-upload-file-name"))};
        if (to_store) {
            upload.body = checked<UploadToFileSearchStoreConfig>(request.body);
            store(path);
            upload.store = path;
            if (upload.body.contains("mimeType")) upload.mime_type = upload.body["mimeType"].get<std::string>();
        } else if (to_environment) {
            environment_of(path);
            upload.store = path;
        } else {
            upload.body = checked<Announcement>(request.body).value("file", Tree::object());
            if (upload.body.contains("mimeType")) upload.mime_type = upload.body["mimeType"].get<std::string>();
            if (const std::string name = upload.body.value("name", ""); !name.empty() && files_.count(name) != 0)
                throw Refusal{409, "ALREADY_EXISTS", "Requested entity already exists"};
        }
        if (upload.mime_type.empty()) throw bad_request("file.mime_type", "the media type is required");
        const auto size = request.headers.get("x-goog-upload-header-content-length");
        std::uint64_t announced = 0;
        if (!size.empty() && std::from_chars(size.data(), size.data() + size.size(), announced).ec == std::errc()) upload.size = announced;
        const std::string session = id('u');
        uploads_[session] = std::move(upload);
        RawReply reply{.pieces = {""}};
        reply.headers = {{"X-Goog-Upload-Status", "active"},
                         {"X-Goog-Upload-URL", url_ + "/upload/" + version_ + '/' + http::encode_path(path) + (verb.empty() ? "" : ':' + std::string(verb)) + "?upload_id=" + session + "&upload_protocol=resumable"},
                         {"X-Goog-Upload-Chunk-Granularity", std::to_string(grain)}};
        return reply;
    }

    RawReply upload_part(const ReceivedRequest& request) {
        const auto found = uploads_.find(query(request, "upload_id"));
        if (found == uploads_.end()) throw missing("The upload");
        Upload& upload = found->second;
        const auto command = request.headers.get("x-goog-upload-command");
        const auto has = [command](std::string_view word) { return command.find(word) != std::string_view::npos; };
        if (upload.cancelled) return status_reply("cancelled");
        if (has("cancel")) {
            upload.cancelled = true;
            return status_reply("cancelled");
        }
        if (!upload.final_text.empty()) return final_reply(upload);
        if (has("query")) {
            RawReply reply = status_reply("active");
            reply.headers.add("X-Goog-Upload-Size-Received", std::to_string(upload.data.size()));
            return reply;
        }
        if (has("upload")) {
            std::uint64_t offset = 0;
            const auto text = request.headers.get("x-goog-upload-offset");
            std::from_chars(text.data(), text.data() + text.size(), offset);
            if (offset != upload.data.size())
                throw Refusal{400, "INVALID_ARGUMENT", "The offset is " + std::to_string(offset) + ", but " + std::to_string(upload.data.size()) + " bytes were received."};
            if (!upload_keeps_.empty()) {
                const std::size_t kept = upload_keeps_.front();
                upload_keeps_.erase(upload_keeps_.begin());
                upload.data.append(request.body, 0, kept);
                return {.fault = {Fault::Kind::close, 0}};
            }
            if (!has("finalize") && request.body.size() % grain != 0)
                throw Refusal{400, "INVALID_ARGUMENT", "All parts but the last must be a multiple of " + std::to_string(grain) + " bytes."};
            upload.data += request.body;
        }
        if (!has("finalize")) return status_reply("active");
        if (upload.size && upload.data.size() != *upload.size)
            throw Refusal{400, "INVALID_ARGUMENT", std::to_string(*upload.size) + " bytes were announced, and " + std::to_string(upload.data.size()) + " received."};
        const bool to_environment = upload.store.starts_with("environments/");
        upload.final_text = (upload.store.empty() ? finish_file(upload) : to_environment ? finish_environment_file(upload) : finish_document(upload)).dump(2);
        upload.data.clear();
        return final_reply(upload);
    }

    static RawReply status_reply(const char* status) { return {.headers = {{"X-Goog-Upload-Status", status}}, .pieces = {""}}; }
    static RawReply final_reply(const Upload& upload) {
        return {.headers = {{"X-Goog-Upload-Status", "final"}, {"Content-Type", "application/json; charset=UTF-8"}}, .pieces = {upload.final_text}};
    }

    Tree finish_file(Upload& upload) {
        const bool slow = upload.mime_type.starts_with("video/") || upload.mime_type.starts_with("audio/");
        const std::string name = keep_file(upload.body.value("displayName", ""), upload.mime_type, std::move(upload.data), "UPLOADED", slow ? options_.looks : 0, upload.body.value("name", ""));
        return {{"file", files_[name].meta}};
    }

    Tree finish_document(Upload& upload) {
        const std::string operation = upload.store + "/upload/operations/" + id('o');
        const std::string shown = upload.body.value("displayName", upload.file_name);
        return begin_import(operation, upload.store, shown, upload.mime_type, std::move(upload.data), upload.body, "UploadToFileSearchStoreResponse");
    }

    // ---- caches

    void expire() {
        std::erase_if(caches_, [this](const auto& entry) { return entry.second.expires <= now(); });
    }

    std::chrono::milliseconds end_of(const Tree& body) const {
        if (body.contains("ttl") && body.contains("expireTime")) throw bad_request("ttl", "Only one of ttl and expire_time can be set.");
        if (body.contains("expireTime"))
            if (const auto when = Timestamp::parse(body["expireTime"].get<std::string>())) return std::chrono::duration_cast<std::chrono::milliseconds>(when->time_point().time_since_epoch());
        if (body.contains("ttl"))
            if (const auto span = Duration::parse(body["ttl"].get<std::string>())) return now() + span->as<std::chrono::milliseconds>();
        return now() + std::chrono::hours(1);
    }

    struct CacheRequest {
        std::optional<std::string> model{};
        std::vector<Content> contents{};
        Box<Content> system_instruction{};
        std::vector<Tool> tools{};
        Box<ToolConfig> tool_config{};
        std::optional<Duration> ttl{};
        std::optional<Timestamp> expire_time{};
        std::optional<std::string> display_name{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("model", self.model);
            visit("contents", self.contents);
            visit("systemInstruction", self.system_instruction);
            visit("tools", self.tools);
            visit("toolConfig", self.tool_config);
            visit("ttl", self.ttl);
            visit("expireTime", self.expire_time);
            visit("displayName", self.display_name);
        }
    };

    RawReply caches(const ReceivedRequest& request, const std::string& name, bool listed) {
        expire();
        if (listed && request.method == "GET") return page(request, "cachedContents", caches_, 1000, [](const auto& entry) { return entry.second.meta; });
        if (listed && request.method == "POST") {
            const auto body = parse_body<CacheRequest>(request.body, options_.strict);
            if (!body.model) throw bad_request("model", "* CreateCachedContentRequest.model: is required");
            check_model(*body.model, "createCachedContent");
            for (const Content& turn : body.contents)
                for (const Part& part : turn.parts)
                    if (part.file_data && part.file_data->file_uri) check_file_ready(*part.file_data->file_uri);
            Cached cached{.model = *body.model, .expires = end_of(parsed(request.body))};
            cached.tokens = EmulatedModel::count_tokens(body.contents);
            if (body.system_instruction) cached.tokens += EmulatedModel::count_tokens({*body.system_instruction});
            const std::string made = "cachedContents/" + id('c');
            cached.meta = {{"name", made}, {"model", cached.model}};
            if (body.display_name) cached.meta["displayName"] = *body.display_name;
            for (const char* field : {"createTime", "updateTime"}) cached.meta[field] = now_text();
            cached.meta["expireTime"] = time_text(cached.expires);
            cached.meta["usageMetadata"] = {{"totalTokenCount", cached.tokens}};
            caches_[made] = cached;
            return ok(cached.meta);
        }
        const auto found = caches_.find(name);
        if (listed) return not_found();
        if (found == caches_.end()) throw Refusal{403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)"};
        if (request.method == "DELETE") {
            caches_.erase(found);
            return ok();
        }
        if (request.method == "PATCH") {
            found->second.expires = end_of(checked<UpdateCachedContentConfig>(request.body));
            found->second.meta["expireTime"] = time_text(found->second.expires);
            found->second.meta["updateTime"] = now_text();
        }
        return ok(found->second.meta);
    }

    // ---- stores

    Store& store(const std::string& name) {
        const auto found = stores_.find(name);
        if (found == stores_.end()) throw Refusal{403, "PERMISSION_DENIED", "You do not have permission to access the FileSearchStore " + name + " or it may not exist."};
        return found->second;
    }

    Tree show_store(const Store& one) const {
        Tree shown = one.meta;
        std::size_t active = 0;
        std::size_t size = 0;
        for (const auto& [name, document] : one.documents) {
            active += document.meta["state"] == "STATE_ACTIVE" ? 1 : 0;
            size += std::stoul(document.meta["sizeBytes"].get<std::string>());
        }
        if (active != 0) shown["activeDocumentsCount"] = std::to_string(active);
        if (one.documents.size() != active) shown["pendingDocumentsCount"] = std::to_string(one.documents.size() - active);
        shown["sizeBytes"] = std::to_string(size);
        return shown;
    }

    RawReply stores(const ReceivedRequest& request, const std::string& name, std::string_view verb, bool listed) {
        if (listed && request.method == "GET") return page(request, "fileSearchStores", stores_, 20, [this](const auto& entry) { return show_store(entry.second); });
        if (listed && request.method == "POST") {
            const Tree body = checked<CreateFileSearchStoreConfig>(request.body);
            const std::string made = "fileSearchStores/" + id('s');
            Store one{.meta = {{"name", made}, {"createTime", now_text()}, {"updateTime", now_text()}, {"embeddingModel", body.value("embeddingModel", "models/gemini-embedding-001")}}};
            if (body.contains("displayName")) one.meta["displayName"] = body["displayName"];
            stores_[made] = std::move(one);
            return ok(show_store(stores_[made]));
        }
        if (listed) return not_found();
        if (name.find("/operations/") != std::string::npos) return look_at_work(name);
        const auto slash = name.find('/', name.find('/') + 1);
        Store& one = store(name.substr(0, slash));
        if (slash != std::string::npos) return documents(request, one, name, name.substr(slash + 1));
        if (request.method == "POST" && verb == "importFile") return import_file(request, name);
        if (request.method == "DELETE") {
            if (!one.documents.empty() && query(request, "force") != "true") throw Refusal{400, "FAILED_PRECONDITION", "Cannot delete non-empty FileSearchStore."};
            stores_.erase(name);
            return ok();
        }
        return request.method == "GET" ? ok(show_store(one)) : not_found();
    }

    RawReply documents(const ReceivedRequest& request, Store& one, const std::string& name, const std::string& rest) {
        if (rest == "documents" && request.method == "GET") return page(request, "documents", one.documents, 20, [](const auto& entry) { return entry.second.meta; });
        if (rest.starts_with("media/") && request.method == "GET" && query(request, "alt") == "media") {
            const auto found = media_.find(name);
            if (found == media_.end()) throw missing("The medium");
            return bytes(found->second.second, found->second.first);
        }
        const auto found = one.documents.find(name);
        if (!rest.starts_with("documents/")) return not_found();
        if (found == one.documents.end()) throw missing("Document " + name);
        if (request.method == "GET") return ok(found->second.meta);
        if (request.method != "DELETE") return not_found();
        if (!found->second.chunks.empty() && query(request, "force") != "true") throw Refusal{400, "FAILED_PRECONDITION", "Cannot delete non-empty Document."};
        one.documents.erase(found);
        return ok();
    }

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

    RawReply import_file(const ReceivedRequest& request, const std::string& store_name) {
        const Tree body = checked<ImportRequest>(request.body);
        const StoredFile& from = file(body.value("fileName", ""));
        return ok(begin_import(store_name + "/operations/" + id('o'), store_name, from.meta.value("displayName", from.meta["name"].get<std::string>()),
                               from.meta["mimeType"].get<std::string>(), from.content, body, "ImportFileResponse"));
    }

    /// Puts a document into a store; its text can be found when the operation is done.
    Tree begin_import(const std::string& operation, const std::string& store_name, const std::string& shown, const std::string& mime_type, std::string content,
                      const Tree& config, const std::string& response) {
        const std::string document = store_name + "/documents/" + id('d');
        StoredDocument made{.meta = {{"name", document}}};
        if (!shown.empty()) made.meta["displayName"] = shown;
        if (config.contains("customMetadata")) made.meta["customMetadata"] = config["customMetadata"];
        for (const char* field : {"createTime", "updateTime"}) made.meta[field] = now_text();
        made.meta["state"] = "STATE_PENDING";
        made.meta["sizeBytes"] = std::to_string(content.size());
        made.meta["mimeType"] = mime_type;
        const Tree chunking = config.value("chunkingConfig", Tree::object()).value("whiteSpaceConfig", Tree::object());
        made.chunks = cut(content, chunking.value("maxTokensPerChunk", std::size_t{200}), chunking.value("maxOverlapTokens", std::size_t{20}));
        if (mime_type.starts_with("image/")) media_[store_name + "/media/" + document.substr(document.rfind('/') + 1)] = {mime_type, std::move(content)};
        store(store_name).documents[document] = std::move(made);
        return begin_work(operation, {{"name", operation}}, [this, store_name, document, response](Tree& done) {
            if (const auto found = stores_.find(store_name); found != stores_.end() && found->second.documents.count(document) != 0)
                found->second.documents[document].meta["state"] = "STATE_ACTIVE";
            done["done"] = true;
            done["response"] = {{"@type", "type.googleapis.com/google.ai.generativelanguage.v1beta." + response}, {"parent", store_name}, {"documentName", document}};
        });
    }

    static std::vector<std::string> cut(const std::string& text, std::size_t most, std::size_t overlap) {
        const std::vector<std::string> pieces = EmulatedModel::tokens(text);
        std::vector<std::string> chunks;
        most = (std::max<std::size_t>)(1, most);
        const std::size_t step = most > overlap ? most - overlap : 1;
        for (std::size_t at = 0; at < pieces.size(); at += step) {
            std::string chunk;
            for (std::size_t i = at; i < pieces.size() && i < at + most; ++i) chunk += pieces[i];
            chunks.push_back(chunk.substr((std::min)(chunk.size(), chunk.find_first_not_of(" \n\t"))));
            if (at + most >= pieces.size()) break;
        }
        return chunks;
    }

    /// Whether a document's metadata fit a filter: comparisons joined by AND (a part of AIP-160).
    static bool passes(const Tree& metadata, std::string filter) {
        while (!filter.empty()) {
            const auto end = filter.find(" AND ");
            const std::string term = filter.substr(0, end);
            filter = end == std::string::npos ? "" : filter.substr(end + 5);
            const auto at = term.find_first_of("=<>!");
            if (at == std::string::npos) throw bad_request("tools.file_search.metadata_filter", "Invalid filter.");
            const auto value_at = term.find_first_not_of("=<>! ", at);
            const std::string comparison = term.substr(at, term.find_first_not_of("=<>!", at) - at);
            const auto trim = [](std::string text) {
                while (!text.empty() && (text.back() == ' ' || text.back() == '"' || text.back() == '\'')) text.pop_back();
                while (!text.empty() && (text.front() == ' ' || text.front() == '"' || text.front() == '\'')) text.erase(0, 1);
                return text;
            };
            const std::string key = trim(term.substr(0, at));
            const std::string value = value_at == std::string::npos ? "" : trim(term.substr(value_at));
            bool fits = comparison == "!=";
            for (const Tree& entry : metadata) {
                if (entry.value("key", "") != key) continue;
                if (entry.contains("numericValue")) {
                    const double have = entry["numericValue"].get<double>();
                    const double want = std::strtod(value.c_str(), nullptr);
                    fits = comparison == "=" ? have == want : comparison == "!=" ? have != want : comparison == "<" ? have < want : comparison == ">" ? have > want : comparison == "<=" ? have <= want : have >= want;
                } else {
                    const bool same = entry.value("stringValue", "") == value;
                    fits = comparison == "!=" ? !same : same;
                }
            }
            if (!fits) return false;
        }
        return true;
    }

    std::vector<Finding> search(const FileSearch& tool, const std::string& prompt) {
        std::vector<Finding> passages;
        SearchIndex index;
        for (const std::string& name : tool.file_search_store_names)
            for (const auto& [document_name, document] : store(name).documents) {
                const Tree metadata = document.meta.value("customMetadata", Tree::array());
                if (document.meta["state"] != "STATE_ACTIVE" || !passes(metadata, tool.metadata_filter.value_or(""))) continue;
                for (const std::string& chunk : document.chunks) {
                    Finding finding{.text = chunk, .title = document.meta.value("displayName", document_name), .store = name};
                    for (const Tree& entry : metadata) finding.custom_metadata.push_back(decode<GroundingChunkCustomMetadata>(entry.dump()));
                    index.add(passages.size(), chunk);
                    passages.push_back(std::move(finding));
                }
            }
        std::vector<Finding> found;
        for (const std::size_t at : index.find(prompt, static_cast<std::size_t>((std::max)(1, tool.top_k.value_or(3))))) found.push_back(passages[at]);
        return found;
    }

    // ---- batches

    struct BatchRequest {
        struct Line {
            std::optional<std::string> key{};
            RawJson request{};
            RawJson metadata{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) {
                visit("key", self.key);
                visit("request", self.request);
                visit("metadata", self.metadata);
            }
        };
        struct Lines {
            std::vector<Line> requests{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) { visit("requests", self.requests); }
        };
        struct Input {
            std::optional<std::string> file_name{};
            Box<Lines> requests{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) {
                visit("fileName", self.file_name, wire::also("file_name"));
                visit("requests", self.requests);
            }
        };
        struct Batch {
            std::optional<std::string> display_name{};
            Box<Input> input_config{};
            Box<WebhookConfig> webhook_config{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) {
                visit("displayName", self.display_name);
                visit("inputConfig", self.input_config);
                visit("webhookConfig", self.webhook_config);
            }
        };
        Box<Batch> batch{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("batch", self.batch); }
    };

    /// One request's answer, or its error.
    Tree batch_answer(const std::string& model, const std::string& request, bool embeddings) {
        try {
            if (embeddings) {
                const auto body = parse_body<EmbedRequest>(request, options_.strict);
                check_embed(body, "");
                return {{"response", {{"embedding", vector_of(body)}, {"tokenCount", std::to_string(EmulatedModel::count_tokens({body.content}))}}}};
            }
            return {{"response", EmulatedModel::tree(EmulatedModel::joined(generated(parse_body<GenerateContentRequest>(request, options_.strict), model)))}};
        } catch (const Refusal& refusal) {
            return {{"error", {{"code", refusal.status == 404 ? 5 : 3}, {"message", refusal.message}}}};
        }
    }

    RawReply begin_batch(const ReceivedRequest& request, const std::string& model, bool embeddings) {
        const auto body = parse_body<BatchRequest>(request.body, options_.strict);
        if (!body.batch || !body.batch->input_config) throw bad_request("batch.input_config", "* batch.input_config: is required");
        const BatchRequest::Input& input = *body.batch->input_config;
        if (input.file_name.has_value() == input.requests.has_value()) throw bad_request("batch.input_config", "* batch.input_config: one of file_name and requests is required");
        if (input.file_name) file(*input.file_name);
        const std::string name = "batches/" + id('b');
        Tree metadata{{"@type", "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch"}, {"model", model}, {"displayName", body.batch->display_name.value_or("")},
                      {"createTime", now_text()}, {"updateTime", now_text()}, {"state", "BATCH_STATE_PENDING"}, {"name", name}};
        begin_work(name, {{"name", name}, {"metadata", metadata}}, [this, input, model, embeddings](Tree& shown) {
            Tree about = shown["metadata"];
            std::size_t count = 0;
            if (input.file_name) {
                std::string results;
                std::string_view lines = files_.count(*input.file_name) != 0 ? std::string_view(files_[*input.file_name].content) : std::string_view();
                while (!lines.empty()) {
                    const std::string line(lines.substr(0, lines.find('\n')));
                    lines.remove_prefix((std::min)(lines.size(), line.size() + 1));
                    if (line.find('{') == std::string::npos) continue;
                    const auto one = decode<BatchRequest::Line>(line);
                    Tree result = batch_answer(model, one.request.text(), embeddings);
                    if (one.key) result["key"] = *one.key;
                    results += result.dump() + '\n';
                    ++count;
                }
                about["output"] = {{"responsesFile", keep_file("", "application/jsonl", std::move(results), "GENERATED", 0)}};
            } else {
                Tree answers = Tree::array();
                for (const auto& one : input.requests->requests) {
                    Tree result = batch_answer(model, one.request.text(), embeddings);
                    if (!one.metadata.text().empty()) result["metadata"] = Tree::parse(one.metadata.text());
                    answers.push_back(std::move(result));
                    ++count;
                }
                about["output"] = {{embeddings ? "inlinedEmbedContentResponses" : "inlinedResponses", {{"inlinedResponses", answers}}}};
            }
            about["state"] = "BATCH_STATE_SUCCEEDED";
            for (const char* field : {"endTime", "updateTime"}) about[field] = now_text();
            about["batchStats"] = {{"requestCount", std::to_string(count)}, {"successfulRequestCount", std::to_string(count)}};
            shown["metadata"] = about;
            shown["done"] = true;
            shown["response"] = about["output"];
        });
        batches_.push_back(name);
        return ok(works_[name].shown);
    }

    RawReply batches(const ReceivedRequest& request, const std::string& name, std::string_view verb, bool listed) {
        if (listed && request.method == "GET") return page(request, "operations", batches_, 1000, [this](const std::string& one) { return works_[one].shown; });
        const auto found = works_.find(name);
        if (listed) return not_found();
        if (found == works_.end()) throw missing("Batch " + name);
        Work& work = found->second;
        if (request.method == "POST" && verb == "cancel") {
            if (work.finish) {
                work.finish = nullptr;
                work.shown["metadata"]["state"] = "BATCH_STATE_CANCELLED";
                work.shown["done"] = true;
            }
            return ok();
        }
        if (request.method == "DELETE") {
            works_.erase(found);
            std::erase(batches_, name);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (work.finish && work.looks > 0) work.shown["metadata"]["state"] = "BATCH_STATE_RUNNING";
        return look_at_work(name);
    }

    // ---- tokens

    struct TokenRequest {
        std::optional<Timestamp> expire_time{};
        std::optional<Timestamp> new_session_expire_time{};
        std::optional<std::int32_t> uses{};
        RawJson setup{};
        std::optional<std::string> field_mask{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("expireTime", self.expire_time);
            visit("newSessionExpireTime", self.new_session_expire_time);
            visit("uses", self.uses);
            visit("bidiGenerateContentSetup", self.setup);
            visit("fieldMask", self.field_mask);
        }
    };

    RawReply auth_token(const ReceivedRequest& request) {
        static_cast<void>(parse_body<TokenRequest>(request.body, options_.strict));
        return ok({{"name", "auth_tokens/" + id('a')}});
    }

    // ---- agents, webhooks, triggers, environments, credentials, voices

    /// What a list of that collection calls its items; null for another collection.
    static const char* platform_member(std::string_view collection) {
        for (const char* name : {"agents", "webhooks", "triggers", "environments", "credentials", "voices"})
            if (collection == name) return name;
        return nullptr;
    }

    /// A new resource of that collection.
    Tree made(const std::string& collection, const std::string& text) {
        if (collection == "agents") return checked<agents::Agent>(text);
        if (collection == "webhooks") {
            Tree webhook = checked<webhooks::WebhookInput>(text);
            if (!webhook.contains("uri")) throw bad_request("uri", "uri is required");
            webhook["state"] = "enabled";
            webhook["new_signing_secret"] = "whsec_" + id('w');
            return webhook;
        }
        if (collection == "triggers") {
            Tree trigger = checked<triggers::TriggerCreateParams>(text);
            for (const char* field : {"interaction", "schedule", "time_zone"})
                if (!trigger.contains(field)) throw bad_request(field, std::string(field) + " is required");
            trigger["status"] = "active";
            return trigger;
        }
        if (collection == "environments") {
            Tree environment = checked<environments::CreateEnvironmentRequest>(text);
            environment["status"] = "active";
            return environment;
        }
        if (collection == "voices") {
            const Tree body = checked<voices::CreateVoiceRequest>(text);
            Tree voice = body.value("voice", Tree::object());
            voice.erase("replicated");
            return voice;
        }
        const Tree secret = parsed(text);  // whose secret is not shown
        const auto known = decode<credentials::CredentialCreateParams>(text);
        if (known.unknown() != nullptr || !secret.contains("id")) throw bad_request("type", "type and id are required");
        return {{"id", secret["id"]}, {"type", secret["type"]}, {"status", "active"}};
    }

    RawReply platform(const ReceivedRequest& request, const std::string& collection, const std::string& name, std::string_view verb, bool listed) {
        auto& all = platform_[collection];
        const bool dated = collection != "environments";
        if (listed && request.method == "GET") return page(request, platform_member(collection), all, 50, [](const auto& entry) { return entry.second; }, true);
        if (listed && request.method == "POST") {
            Tree resource = made(collection, request.body);
            const std::string key = resource.value("id", id(collection.front()));
            resource["id"] = key;
            for (const char* field : {dated ? "create_time" : "created", dated ? "update_time" : "updated"})
                if (collection != "agents" && collection != "voices") resource[field] = now_text();
            all[key] = resource;
            all[key].erase("new_signing_secret");
            return ok(resource);
        }
        if (listed) return not_found();
        const auto rest_at = name.find('/', collection.size() + 1);
        const std::string key = name.substr(collection.size() + 1, rest_at == std::string::npos ? rest_at : rest_at - collection.size() - 1);
        const std::string rest = rest_at == std::string::npos ? "" : name.substr(rest_at + 1);
        const auto found = all.find(key);
        if (found == all.end()) throw missing(name);
        if (collection == "triggers" && rest == "executions") return executions(request, key);
        if (collection == "environments" && (rest == "files" || rest.starts_with("files/"))) return environment_files(request, name, key, rest);
        if (!rest.empty()) return not_found();
        if (collection == "webhooks" && request.method == "POST" && verb == "ping") return ok();
        if (collection == "webhooks" && request.method == "POST" && verb == "rotateSigningSecret") {
            static_cast<void>(checked<webhooks::RotateSigningSecretRequest>(request.body));
            return ok({{"secret", "whsec_" + id('w')}});
        }
        if (request.method == "GET") return ok(found->second);
        if (request.method == "DELETE") {
            all.erase(found);
            return ok();
        }
        if (request.method != "PATCH") return not_found();
        const Tree changes = parsed(request.body);
        const std::string mask = ',' + query(request, "update_mask") + ',';
        for (const auto& [field, value] : changes.items())
            if (collection == "triggers" || mask.find(',' + field + ',') != std::string::npos)
                if (collection != "credentials") found->second[field] = value;
        found->second["update_time"] = now_text();
        return ok(found->second);
    }

    RawReply executions(const ReceivedRequest& request, const std::string& trigger) {
        auto& runs = runs_[trigger];
        if (request.method == "GET") return page(request, "trigger_executions", runs, 50, [](const Tree& run) { return run; }, true);
        if (request.method != "POST") return not_found();
        runs.push_back({{"id", id('x')}, {"trigger_id", trigger}, {"status", "completed"}, {"scheduled_time", now_text()}, {"start_time", now_text()}, {"end_time", now_text()}});
        return ok(runs.back());
    }

    void environment_of(const std::string& path) const {
        const std::string key = path.substr(13, path.find('/', 13) - 13);
        const auto all = platform_.find("environments");
        if (all == platform_.end() || all->second.count(key) == 0) throw missing("environments/" + key);
    }

    RawReply environment_files(const ReceivedRequest& request, const std::string& name, const std::string& key, const std::string& rest) {
        if (request.method != "GET") return not_found();
        if (query(request, "alt") == "media") {
            const auto found = environment_files_.find(name);
            if (found == environment_files_.end()) throw missing(name);
            return bytes(found->second.content, found->second.meta["mime_type"].get<std::string>());
        }
        std::vector<Tree> inside;
        for (const auto& [place, one] : environment_files_)
            if (place.starts_with("environments/" + key + '/' + rest)) inside.push_back(one.meta);
        return page(request, "files", inside, 50, [](const Tree& one) { return one; }, true);
    }

    Tree finish_environment_file(Upload& upload) {
        const std::string path = upload.store.substr(upload.store.find("/files/") + 7);
        const Tree meta{{"name", path.substr(path.rfind('/') + 1)}, {"path", path}, {"size_bytes", std::to_string(upload.data.size())}, {"mime_type", upload.mime_type}, {"type", "file"}, {"created", now_text()}};
        environment_files_[upload.store] = {meta, std::move(upload.data), 0};
        return {{"files", Tree::array({meta})}};
    }

    // ---- interactions. https://ai.google.dev/api/interactions-api

    /// What is said as contents, the way a model takes it.
    static std::vector<Content> contents_of(const interactions::InteractionsInput& input) {
        Content said{.role = "user"};
        const auto add = [&said](const interactions::Content& content) {
            if (const auto* text = content.get_if<interactions::TextContent>()) said.parts.push_back(Part::from_text(text->text.value_or("")));
            else said.parts.push_back({.inline_data = Blob{.mime_type = "application/octet-stream"}});
        };
        if (const auto* text = input.get_if<std::string>()) said.parts.push_back(Part::from_text(*text));
        if (const auto* one = input.get_if<interactions::Content>()) add(*one);
        if (const auto* several = input.get_if<std::vector<interactions::Content>>())
            for (const auto& content : *several) add(content);
        if (const auto* steps = input.get_if<std::vector<interactions::Step>>())
            for (const auto& step : *steps) {
                if (const auto* user = step.get_if<interactions::UserInputStep>())
                    for (const auto& content : user->content) add(content);
                if (const auto* result = step.get_if<interactions::FunctionResultStep>()) {
                    Json response = Json::object();
                    if (const auto* text = result->result.get_if<std::string>()) response["result"] = *text;
                    if (const auto* tree = result->result.get_if<Json>()) response = *tree;
                    said.parts.push_back(Part::from_function_response(result->name.value_or("the function"), response));
                }
            }
        return {said};
    }

    static std::vector<Tool> tools_of(const std::vector<interactions::Tool>& tools) {
        std::vector<Tool> made;
        for (const auto& tool : tools)
            if (const auto* function = tool.get_if<interactions::Function>())
                made.push_back({.function_declarations = {{.description = function->description, .name = function->name, .parameters_json_schema = function->parameters}}});
        return made;
    }

    RawReply interactions_(const ReceivedRequest& request, const std::string& name, bool listed) {
        if (listed && request.method == "POST") return begin_interaction(request);
        if (listed) return not_found();
        const bool cancel = name.ends_with("/cancel");
        const std::string wanted = name.substr(13, name.size() - 13 - (cancel ? 7 : 0));
        const auto found = remembered_.find(wanted);
        if (found == remembered_.end()) throw missing("Interaction " + wanted);
        Remembered& one = found->second;
        if (cancel && request.method == "POST") {
            if (one.finish) {
                one.finish = nullptr;
                one.shown["status"] = "cancelled";
            }
            return ok(one.shown);
        }
        if (request.method == "DELETE") {
            remembered_.erase(found);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (query(request, "stream") == "true") {
            if (one.finish) std::exchange(one.finish, nullptr)(one);
            return interaction_events(one, query(request, "last_event_id"));
        }
        if (one.finish && one.looks-- <= 0) std::exchange(one.finish, nullptr)(one);
        Tree shown = one.shown;
        if (query(request, "include_input") == "true") shown["input"] = one.input;
        return ok(shown);
    }

    RawReply begin_interaction(const ReceivedRequest& request) {
        const Tree body = parsed(request.body);
        interactions::CreateModelInteraction asked;
        std::string speaker;
        if (body.contains("agent")) {
            const auto agent = parse_body<interactions::CreateAgentInteraction>(request.body, options_.strict);
            speaker = agent.agent.text();
            asked.input = agent.input;
            asked.system_instruction = agent.system_instruction;
            asked.tools = agent.tools;
            asked.previous_interaction_id = agent.previous_interaction_id;
            asked.background = agent.background;
            asked.stream = agent.stream;
            asked.store = agent.store;
        } else {
            asked = parse_body<interactions::CreateModelInteraction>(request.body, options_.strict);
            speaker = asked.model.text();
            check_model("models/" + speaker, "interactions");
        }
        if (asked.input.empty()) throw bad_request("input", "input is required");

        Remembered one{.input = body.value("input", Tree()), .looks = options_.looks};
        if (asked.previous_interaction_id) {
            const auto before = remembered_.find(*asked.previous_interaction_id);
            if (before == remembered_.end()) throw missing("Interaction " + *asked.previous_interaction_id);
            one.turns = before->second.turns;
        }
        for (Content& turn : contents_of(asked.input)) one.turns.push_back(std::move(turn));
        const std::string made = id('i');
        one.shown = {{"id", made}, {"object", "interaction"}, {"status", "in_progress"}, {"created", now_text()}, {"updated", now_text()}};
        one.shown[body.contains("agent") ? "agent" : "model"] = speaker;
        if (asked.previous_interaction_id) one.shown["previous_interaction_id"] = *asked.previous_interaction_id;
        one.finish = [this, asked, speaker](Remembered& open) { finish_interaction(open, asked, speaker); };

        const bool background = asked.background.value_or(false);
        if (!background) std::exchange(one.finish, nullptr)(one);
        const Remembered& kept = remembered_[made] = std::move(one);
        if (asked.stream.value_or(false)) {
            if (remembered_[made].finish) std::exchange(remembered_[made].finish, nullptr)(remembered_[made]);
            const RawReply reply = interaction_events(kept, "");
            if (asked.store == false) remembered_.erase(made);
            return reply;
        }
        const Tree shown = kept.shown;
        if (asked.store == false) remembered_.erase(made);
        return ok(shown);
    }

    void finish_interaction(Remembered& one, const interactions::CreateModelInteraction& asked, const std::string& speaker) {
        GenerateContentRequest body{.contents = one.turns, .tools = tools_of(asked.tools)};
        if (asked.system_instruction) body.system_instruction = Content{.parts = {Part::from_text(*asked.system_instruction)}};
        if (asked.generation_config) body.generation_config = GenerationRequestConfig{.max_output_tokens = asked.generation_config->max_output_tokens, .stop_sequences = asked.generation_config->stop_sequences};
        EmulatedModel::validate(body);
        const auto chunks = EmulatedModel::answer(body, speaker);
        const GenerateContentResponse response = EmulatedModel::joined(chunks);
        const auto emit = [&one](Tree event) {
            event["event_id"] = "event-" + std::to_string(one.events.size() + 1);
            one.events.push_back(event.dump());
        };
        emit({{"event_type", "interaction.created"}, {"interaction", one.shown}});
        Tree steps = Tree::array();
        bool action = false;
        int index = 0;
        for (const Part& part : response.parts()) {
            if (part.function_call) {
                Tree step{{"type", "function_call"}, {"id", part.function_call->id.value_or("")}, {"name", part.function_call->name.value_or("")},
                          {"arguments", Tree::parse(encode(part.function_call->args.value_or(Json::object())))}};
                Tree begun = step;
                begun["arguments"] = Tree::object();
                emit({{"event_type", "step.start"}, {"index", index}, {"step", begun}});
                emit({{"event_type", "step.delta"}, {"index", index}, {"delta", {{"type", "arguments_delta"}, {"arguments", step["arguments"].dump()}}}});
                steps.push_back(std::move(step));
                action = true;
            } else {
                emit({{"event_type", "step.start"}, {"index", index}, {"step", {{"type", "model_output"}}}});
                const auto pieces = EmulatedModel::tokens(part.text.value_or(""));
                for (std::size_t at = 0; at < pieces.size(); at += 4) {
                    std::string text;
                    for (std::size_t i = at; i < pieces.size() && i < at + 4; ++i) text += pieces[i];
                    emit({{"event_type", "step.delta"}, {"index", index}, {"delta", {{"type", "text"}, {"text", text}}}});
                }
                steps.push_back({{"type", "model_output"}, {"content", Tree::array({{{"type", "text"}, {"text", part.text.value_or("")}}})}});
            }
            emit({{"event_type", "step.stop"}, {"index", index++}});
        }
        one.turns.push_back(response.candidates.front().content ? *response.candidates.front().content : Content{.parts = {Part::from_text("")}, .role = "model"});
        const auto& usage = *response.usage_metadata;
        const auto number = [](const std::optional<std::int32_t>& count) { return count.value_or(0); };
        one.shown["status"] = action ? "requires_action" : "completed";
        one.shown["updated"] = now_text();
        one.shown["steps"] = steps;
        one.shown["usage"] = {{"total_input_tokens", number(usage.prompt_token_count)}, {"total_output_tokens", number(usage.candidates_token_count)}, {"total_tokens", number(usage.total_token_count)}};
        Tree last = one.shown;
        last.erase("steps");
        emit({{"event_type", "interaction.completed"}, {"interaction", last}});
    }

    RawReply interaction_events(const Remembered& one, const std::string& after) {
        RawReply reply{.headers = {{"Content-Type", "text/event-stream"}}, .chunked = true, .piece_delay = options_.chunk_delay};
        bool reached = after.empty();
        for (const std::string& event : one.events) {
            const Tree tree = Tree::parse(event);
            if (reached) reply.pieces.push_back("event: " + tree["event_type"].get<std::string>() + "\ndata: " + event + "\n\n");
            reached = reached || tree["event_id"] == after;
        }
        if (!reached) throw Refusal{400, "INVALID_ARGUMENT", "last_event_id is invalid."};
        reply.pieces.push_back("data: [DONE]\n\n");
        return reply;
    }

    EmulatorOptions options_;
    std::string url_{};
    mutable std::mutex mutex_{};
    std::string version_{};  // of the request at hand
    std::chrono::milliseconds passed_{0};
    std::uint64_t last_id_{0};
    std::vector<std::size_t> upload_keeps_{};
    std::map<std::string, Tree> tuned_{};
    std::map<std::string, int> looks_{};
    std::map<std::string, StoredFile> files_{};
    std::map<std::string, Upload> uploads_{};
    std::map<std::string, Cached> caches_{};
    std::map<std::string, Store> stores_{};
    std::map<std::string, std::pair<std::string, std::string>> media_{};
    std::map<std::string, Work> works_{};
    std::vector<std::string> batches_{};
    std::map<std::string, Remembered> remembered_{};
    std::map<std::string, std::map<std::string, Tree>> platform_{};  // by collection and id
    std::map<std::string, std::vector<Tree>> runs_{};                // of triggers
    std::map<std::string, StoredFile> environment_files_{};
};

#if !defined(GENAI_EMULATOR_COMPILED) || defined(GENAI_EMULATOR_IMPLEMENTATION)
#if !defined(GENAI_EMULATOR_IMPLEMENTATION)
inline
#endif
std::unique_ptr<EmulatedApi> make_emulated_api(EmulatorOptions options) {
    return std::make_unique<EmulatedService>(std::move(options));
}
#endif

}  // namespace genai::inline v0::testing
