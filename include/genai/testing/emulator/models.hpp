#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/mapping/predict_wire.hpp>
#include <genai/testing/emulator/caches.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/search_index.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/stores.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/model.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The models of an emulator: their list, tuning, generation, token counts, embeddings and predictions.
/// https://ai.google.dev/api/models
class EmulatedModels {
public:
    /// All arguments must outlive it.
    EmulatedModels(EmulatorState& state, EmulatedFiles& files, EmulatedCaches& caches, EmulatedStores& stores)
        : state_(state), files_(files), caches_(caches), stores_(stores) {}

    /// Answers a request for `models` or `tunedModels` (`listed`), one of them, or its operations. Batch
    /// verbs are left to EmulatedBatches.
    RawReply answer(const ReceivedRequest& request, const std::string& name, std::string_view verb,
                    bool listed) {
        const std::string& method = request.method;
        if (name.find("/operations/") != std::string::npos && method == "GET")
            return state_.work_status(name);
        if (method == "GET") return listed ? list(request, name) : get(name);
        if (method == "POST" && listed && name == "tunedModels") return tune(request);
        if (method == "PATCH" || method == "DELETE") return change_tuned(request, name);
        if (method != "POST" || verb.empty()) return not_found();
        if (verb == "cancel" && name.starts_with("tunedModels/")) {
            if (state_.tuned_models.count(name) == 0) throw missing(name);
            state_.tuned_models[name]["state"] = "FAILED";
            return ok();
        }
        state_.check_model(name, verb);
        if (verb == "generateContent" || verb == "streamGenerateContent")
            return generate(request, name, verb);
        if (verb == "countTokens") return count(request);
        if (verb == "embedContent" || verb == "batchEmbedContents") return embed(request, verb);
        if (verb == "predict") return predict(request);
        if (verb == "predictLongRunning") return predict_videos(request, name);
        return not_found();
    }

    /// The chunks of a model's response. Throws Refusal where the request is invalid, a file is not ready, or
    /// the cache or a store does not exist.
    std::vector<GenerateContentResponse> generated(const GenerateContentRequest& body,
                                                   const std::string& model) {
        EmulatedModel::validate(body);
        for (const Content& turn : body.contents)
            for (const Part& part : turn.parts)
                if (part.file_data && part.file_data->file_uri) files_.check_ready(*part.file_data->file_uri);
        const std::int32_t cached = body.cached_content ? caches_.tokens(*body.cached_content, model) : 0;
        std::vector<Finding> findings;
        for (const Tool& tool : body.tools)
            if (tool.file_search)
                findings = stores_.search(*tool.file_search, EmulatedModel::last_text(body));
        return EmulatedModel::answer(body, model.substr(model.find('/') + 1), findings, cached);
    }

    /// The embedding and the token count for the text of one request. Throws Refusal where it is invalid.
    Tree embedded(const std::string& request) const {
        const auto body = parse_body<EmbedRequest>(request, state_.options.strict);
        check_embed(body, "");
        return {{"embedding", vector_of(body)},
                {"tokenCount", std::to_string(EmulatedModel::count_tokens({body.content}))}};
    }

private:
    struct CountRequest {
        std::vector<Content> contents{};
        Box<GenerateContentRequest> generate_content_request{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("contents", self.contents);
            visit("generateContentRequest", self.generate_content_request);
        }
    };
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

    static Tree model_resource(const char* id, const char* display_name,
                               const std::vector<const char*>& methods, int input, int output) {
        return {{"name", std::string("models/") + id},
                {"version", "001"},
                {"displayName", display_name},
                {"description", "An emulated model"},
                {"inputTokenLimit", input},
                {"outputTokenLimit", output},
                {"supportedGenerationMethods", methods},
                {"temperature", 1},
                {"topP", 0.95},
                {"topK", 64},
                {"maxTemperature", 2}};
    }

    // The models in lists; EmulatorState::check_model accepts more.
    static const std::vector<Tree>& known_models() {
        static const std::vector<Tree> models = [] {
            const std::vector<const char*> generates{"generateContent", "countTokens", "createCachedContent",
                                                     "batchGenerateContent"};
            return std::vector<Tree>{
                model_resource("gemini-2.5-flash", "Gemini 2.5 Flash", generates, 1048576, 65536),
                model_resource("gemini-2.5-pro", "Gemini 2.5 Pro", generates, 1048576, 65536),
                model_resource("gemini-3.8-flash", "Gemini 3.8 Flash", generates, 1048576, 65536),
                model_resource("gemini-embedding-001", "Gemini Embedding 001",
                               {"embedContent", "countTextTokens", "asyncBatchEmbedContent"}, 2048, 1),
                model_resource("gemini-embedding-2", "Gemini Embedding 2",
                               {"embedContent", "asyncBatchEmbedContent"}, 8192, 1),
                model_resource("imagen-4.0-generate-001", "Imagen 4", {"predict"}, 480, 8192),
                model_resource("veo-3.1-generate-preview", "Veo 3.1", {"predictLongRunning"}, 480, 8192)};
        }();
        return models;
    }

    RawReply list(const ReceivedRequest& request, const std::string& collection) const {
        if (collection == "models")
            return page(request, "models", known_models(), 1000, [](const Tree& model) { return model; });
        return page(request, "tunedModels", state_.tuned_models, 1000,
                    [](const auto& entry) { return entry.second; });
    }

    RawReply get(const std::string& name) {
        if (const auto found = state_.tuned_models.find(name); found != state_.tuned_models.end()) {
            if (polls_until_done_[name]-- <= 0 && found->second["state"] == "CREATING")
                found->second["state"] = "ACTIVE";
            return ok(found->second);
        }
        for (const Tree& model : known_models())
            if (model["name"] == name) return ok(model);
        throw missing(name);
    }

    RawReply change_tuned(const ReceivedRequest& request, const std::string& name) {
        const auto found = state_.tuned_models.find(name);
        if (found == state_.tuned_models.end()) throw missing(name);
        if (request.method == "DELETE") {
            state_.tuned_models.erase(found);
            return ok();
        }
        const Tree changes = state_.checked<UpdateModelConfig>(request.body);
        for (const auto& [key, value] : changes.items()) found->second[key] = value;
        return ok(found->second);
    }

    RawReply tune(const ReceivedRequest& request) {
        const Tree body = parsed(request.body);
        const Tree::json_pointer examples("/tuningTask/trainingData/examples/examples");
        if (body.value(examples, Tree::array()).empty())
            throw bad_request("tuning_task.training_data",
                              "* CreateTunedModelRequest.tuned_model.tuning_task.training_data: is required");
        const std::string name = "tunedModels/" + state_.id('t');
        Tree model{{"name", name},
                   {"baseModel", body.value("baseModel", "")},
                   {"displayName", body.value("displayName", "")},
                   {"state", "CREATING"},
                   {"createTime", state_.now_text()},
                   {"updateTime", state_.now_text()},
                   {"tuningTask", body["tuningTask"]}};
        model["tuningTask"].erase("trainingData");
        model["tuningTask"]["startTime"] = state_.now_text();
        state_.tuned_models[name] = std::move(model);
        polls_until_done_[name] = state_.options.polls_until_done;
        const std::string operation = name + "/operations/" + state_.id('o');
        const Tree metadata{
            {"@type", "type.googleapis.com/google.ai.generativelanguage.v1beta.CreateTunedModelMetadata"},
            {"tunedModel", name}};
        const auto finish = [this, name](Tree& shown) {
            shown["done"] = true;
            shown["response"] = state_.tuned_models[name];
        };
        return ok(state_.begin_work(operation, {{"name", operation}, {"metadata", metadata}}, finish));
    }

    RawReply generate(const ReceivedRequest& request, const std::string& model, std::string_view verb) {
        const auto body = parse_body<GenerateContentRequest>(request.body, state_.options.strict);
        const auto answers = generated(body, model);
        if (verb == "generateContent") return ok(EmulatedModel::tree(EmulatedModel::joined(answers)));
        if (asks_for_events(request)) {
            std::vector<std::string> events;
            for (const auto& chunk : answers) events.push_back(EmulatedModel::tree(chunk).dump());
            RawReply reply = event_stream(events);
            reply.piece_delay = state_.options.chunk_delay;
            return reply;
        }
        Tree list = Tree::array();
        for (const auto& chunk : answers) list.push_back(EmulatedModel::tree(chunk));
        return ok(list);
    }

    RawReply count(const ReceivedRequest& request) const {
        const auto body = parse_body<CountRequest>(request.body, state_.options.strict);
        if (!body.contents.empty() && body.generate_content_request)
            throw bad_request("contents", "Only one of contents and generate_content_request can be set.");
        std::int32_t tokens = EmulatedModel::count_tokens(body.contents);
        if (body.generate_content_request) {
            const auto& inner = *body.generate_content_request;
            tokens += EmulatedModel::count_tokens(inner.contents);
            if (inner.system_instruction) tokens += EmulatedModel::count_tokens({*inner.system_instruction});
            for (const Tool& tool : inner.tools)
                tokens += static_cast<std::int32_t>(EmulatedModel::tokens(encode(tool)).size());
        }
        return ok({{"totalTokens", tokens},
                   {"promptTokensDetails", Tree::array({{{"modality", "TEXT"}, {"tokenCount", tokens}}})}});
    }

    // A unit vector to which each word adds a few pseudo-random components, so that similar texts are close.
    static Tree vector_of(const EmbedRequest& request) {
        const auto size = static_cast<std::size_t>(request.output_dimensionality.value_or(768));
        std::vector<double> values(size, 0.0);
        values[0] = 1e-3;
        for (const Part& part : request.content.parts)
            for (const std::string& word :
                 SearchIndex::words(part.text.value_or(part.inline_data ? "media" : "")))
                add_word(values, word);
        double length = 0;
        for (const double value : values) length += value * value;
        for (double& value : values) value = std::round(value / std::sqrt(length) * 1e6) / 1e6;
        return {{"values", values}};
    }

    // FNV-1a of the word seeds a linear congruential generator that picks four components and their signs.
    static void add_word(std::vector<double>& values, const std::string& word) {
        std::uint64_t hash = 1469598103934665603U;
        for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        for (int i = 0; i < 4; ++i) {
            values[(hash >> 33U) % values.size()] += (hash & 1U) != 0 ? 1.0 : -1.0;
            hash = hash * 6364136223846793005U + 1442695040888963407U;
        }
    }

    static void check_embed(const EmbedRequest& request, const std::string& where) {
        if (request.content.parts.empty())
            throw bad_request(where + "content.parts",
                              "* " + where + "content.parts: content.parts must not be empty.");
        const auto& size = request.output_dimensionality;
        if (size && (*size < 1 || *size > 3072))
            throw bad_request(where + "output_dimensionality",
                              "* output_dimensionality must be in the range [1, 3072]");
    }

    RawReply embed(const ReceivedRequest& request, std::string_view verb) const {
        if (verb == "embedContent") {
            const auto body = parse_body<EmbedRequest>(request.body, state_.options.strict);
            check_embed(body, "");
            return ok({{"embedding", vector_of(body)}});
        }
        const auto body = parse_body<EmbedRequests>(request.body, state_.options.strict);
        if (body.requests.empty())
            throw bad_request("requests", "* BatchEmbedContentsRequest.requests: must not be empty");
        if (body.requests.size() > 100)
            throw bad_request(
                "requests", "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch");
        Tree vectors = Tree::array();
        std::int32_t tokens = 0;
        for (std::size_t i = 0; i < body.requests.size(); ++i) {
            check_embed(body.requests[i], "requests[" + std::to_string(i) + "].");
            vectors.push_back(vector_of(body.requests[i]));
            tokens += EmulatedModel::count_tokens({body.requests[i].content});
        }
        return ok({{"embeddings", vectors},
                   {"usageMetadata", {{"promptTokenCount", tokens}, {"totalTokenCount", tokens}}}});
    }

    RawReply predict(const ReceivedRequest& request) const {
        const auto body = parse_body<detail::PredictRequest>(request.body, state_.options.strict);
        if (body.instances.empty() || !body.instances[0].prompt)
            throw bad_request("instances", "instances[0].prompt is required");
        const std::int32_t wanted = body.parameters ? body.parameters->sample_count.value_or(4) : 4;
        if (wanted < 1 || wanted > 4)
            throw bad_request("parameters.sample_count", "sampleCount must be between 1 and 4");
        Tree predictions = Tree::array();
        for (std::int32_t i = 0; i < wanted; ++i)
            predictions.push_back(
                {{"mimeType", "image/png"}, {"bytesBase64Encoded", EmulatedModel::tiny_png}});
        if (body.parameters && body.parameters->include_safety_attributes.value_or(false))
            predictions.push_back({{"contentType", "Positive Prompt"},
                                   {"safetyAttributes", {{"categories", {"Violence"}}, {"scores", {0.1}}}}});
        return ok({{"predictions", predictions}});
    }

    RawReply predict_videos(const ReceivedRequest& request, const std::string& model) {
        const auto body = parse_body<detail::PredictRequest>(request.body, state_.options.strict);
        if (body.instances.empty()) throw bad_request("instances", "instances is required");
        const std::int32_t wanted = body.parameters ? body.parameters->sample_count.value_or(1) : 1;
        const std::string name = model + "/operations/" + state_.id('o');
        return ok(state_.begin_work(name, {{"name", name}}, [this, wanted](Tree& shown) {
            const std::string video = std::string(
                                          "\0\0\0\x18"
                                          "ftypmp42",
                                          12) +
                                      "an emulated video";
            Tree samples = Tree::array();
            for (std::int32_t i = 0; i < wanted; ++i) {
                const std::string file = files_.add("video.mp4", "video/mp4", video, "GENERATED", 0);
                const std::string uri =
                    state_.url + '/' + state_.version + '/' + file + ":download?alt=media";
                samples.push_back({{"video", {{"uri", uri}}}});
            }
            shown["done"] = true;
            shown["response"] = {
                {"@type",
                 "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse"},
                {"generateVideoResponse", {{"generatedSamples", samples}}}};
        }));
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    EmulatedCaches& caches_;
    EmulatedStores& stores_;
    std::map<std::string, int> polls_until_done_{};  // of tuned models, by name
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
