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
#include <genai/mapping/predict_wire.hpp>
#include <genai/testing/emulator/caches.hpp>
#include <genai/testing/emulator/embeddings.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/generate_request.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/media_samples.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/request_rules.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/stores.hpp>
#include <genai/testing/emulator/token_count.hpp>
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
        if (method == "GET" && verb.empty()) return listed ? list(request, name) : get(name);
        if (method == "POST" && listed && name == "tunedModels") return tune(request);
        if (method == "PATCH" || method == "DELETE") return change_tuned(request, name);
        if (method != "POST" || verb.empty()) return not_found();
        if (verb == "predictLongRunning") {
            static_cast<void>(state_.model_with(name, verb));
            return predict_videos(request, name);
        }
        if (verb == "cancel" && name.starts_with("tunedModels/")) {
            if (state_.tuned_models.count(name) == 0) throw missing(name);
            state_.tuned_models[name]["state"] = "FAILED";
            return ok();
        }
        return not_found();
    }

    /// Whether a verb of a model makes something, which is done without the lock.
    static bool generates(std::string_view verb) {
        for (const char* one : {"generateContent", "streamGenerateContent", "countTokens", "embedContent",
                                "batchEmbedContents", "predict"})
            if (verb == one) return true;
        return false;
    }

    /// The model of this name, which has the method. Throws Refusal where there is none. The lock is not
    /// held.
    const ModelInfo& model_with(const std::string& name, std::string_view method) const {
        const std::lock_guard lock(state_.mutex);
        return state_.model_with(name, method);
    }

    /// Answers such a request. The lock is not held.
    RawReply generate(const ReceivedRequest& request, const std::string& name, std::string_view verb) {
        const ModelInfo& model = model_with(name, verb);
        const std::string_view id = std::string_view(name).substr(name.find('/') + 1);
        if (verb == "countTokens") return count(request);
        if (verb == "embedContent" || verb == "batchEmbedContents") return embed(request, id, verb);
        if (verb == "predict") return predict(request);
        const auto answers =
            generated(parse_body<GenerateContentRequest>(request.body, state_.options.strict), request.body,
                      name, model);
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

    /// The chunks of a model's response. Throws Refusal where the request is invalid, a file is not ready, or
    /// the cache or a store does not exist. The lock is not held. `text` is the JSON text of the body.
    std::vector<GenerateContentResponse> generated(GenerateContentRequest body, const std::string& text,
                                                   const std::string& name, const ModelInfo& model) {
        TokenCount cached;
        std::vector<Finding> findings;
        {
            const std::lock_guard lock(state_.mutex);
            cached = caches_.prepend(body, name);
        }
        const RequestRules rules(body, text, model, state_.options.strict);
        rules.enforce();
        {
            const std::lock_guard lock(state_.mutex);
            files_.check_ready(body.contents);
            for (const Tool& tool : body.tools)
                if (tool.file_search)
                    findings = stores_.search(*tool.file_search, EmulatedModel::last_text(body));
        }
        if (state_.options.check_thought_signatures) rules.check_signatures();
        return EmulatedModel(body, model, std::move(findings), std::move(cached))
            .answer(name.substr(name.find('/') + 1));
    }
    /// The same as one response, for a request in JSON.
    Tree answered(const std::string& request, const std::string& name, const ModelInfo& model) {
        return EmulatedModel::tree(EmulatedModel::joined(generated(
            parse_body<GenerateContentRequest>(request, state_.options.strict), request, name, model)));
    }

    /// The embedding and the token count for the text of one request. Throws Refusal where it is invalid.
    Tree embedded(const std::string& request, const std::string& name) const {
        const auto body = parse_body<EmbedRequest>(request, state_.options.strict);
        check_embed(body, "");
        TokenCount tokens;
        tokens.add({body.content});
        return {{"embedding", vector_of(body, std::string_view(name).substr(name.find('/') + 1))},
                {"tokenCount", std::to_string(tokens.total())}};
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
    struct TunedModelRequest {
        struct Examples {
            std::vector<Dict<std::string>> examples{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) { visit("examples", self.examples); }
        };
        struct Data {
            Box<Examples> examples{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) { visit("examples", self.examples); }
        };
        struct Task {
            Box<Data> training_data{};
            Dict<Json> hyperparameters{};
            Extra extra{};
            static constexpr void fields(auto& self, auto&& visit) {
                visit("trainingData", self.training_data);
                visit("hyperparameters", self.hyperparameters);
            }
        };
        std::optional<std::string> base_model{};
        std::optional<std::string> display_name{};
        std::optional<std::string> description{};
        std::optional<double> temperature{};
        std::optional<double> top_p{};
        std::optional<std::int32_t> top_k{};
        Task tuning_task{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) {
            visit("baseModel", self.base_model);
            visit("displayName", self.display_name);
            visit("description", self.description);
            visit("temperature", self.temperature);
            visit("topP", self.top_p);
            visit("topK", self.top_k);
            visit("tuningTask", self.tuning_task);
        }
    };
    RawReply list(const ReceivedRequest& request, const std::string& collection) const {
        if (collection == "models")
            return page(request, "models", known_models(), 1000,
                        [](const ModelInfo& model) { return model_resource(model, model.id); });
        return page(request, "tunedModels", state_.tuned_models, 1000,
                    [](const auto& entry) { return entry.second; });
    }

    RawReply get(const std::string& name) {
        if (const auto found = state_.tuned_models.find(name); found != state_.tuned_models.end()) {
            if (polls_until_done_[name]-- <= 0 && found->second["state"] == "CREATING")
                found->second["state"] = "ACTIVE";
            return ok(found->second);
        }
        if (const ModelInfo* const model = state_.base_model(name))
            return ok(model_resource(*model, std::string_view(name).substr(7)));
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
        const Tree body = state_.checked<TunedModelRequest>(request.body);
        const Tree::json_pointer examples("/tuningTask/trainingData/examples/examples");
        if (!body.contains(examples) || body.at(examples).empty())
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

    RawReply count(const ReceivedRequest& request) const {
        const auto body = parse_body<CountRequest>(request.body, state_.options.strict);
        if (!body.contents.empty() && body.generate_content_request)
            throw bad_request("contents", "Only one of contents and generate_content_request can be set.");
        TokenCount tokens;
        tokens.add(body.contents);
        if (body.generate_content_request) {
            const auto& inner = *body.generate_content_request;
            tokens.add(inner.contents);
            if (inner.system_instruction) tokens.add({*inner.system_instruction});
            for (const Tool& tool : inner.tools) tokens.add_json(tool);
        }
        Tree details = Tree::array();
        for (const ModalityTokenCount& one : tokens.details())
            details.push_back({{"modality", format_as(one.modality)}, {"tokenCount", *one.token_count}});
        Tree body_out{{"totalTokens", tokens.total()}};
        if (!details.empty()) body_out["promptTokensDetails"] = details;
        return ok(body_out);
    }

    RawReply embed(const ReceivedRequest& request, std::string_view model, std::string_view verb) const {
        TokenCount tokens;
        const auto usage = [&tokens]() -> Tree {
            return {{"promptTokenCount", tokens.total()}, {"totalTokenCount", tokens.total()}};
        };
        if (verb == "embedContent") {
            const auto body = parse_body<EmbedRequest>(request.body, state_.options.strict);
            check_embed(body, "");
            return ok({{"embedding", vector_of(body, model)}});
        }
        const auto body = parse_body<EmbedRequests>(request.body, state_.options.strict);
        if (body.requests.empty())
            throw bad_request("requests", "* BatchEmbedContentsRequest.requests: must not be empty");
        if (body.requests.size() > 100)
            throw bad_request(
                "requests", "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch");
        Tree vectors = Tree::array();
        for (std::size_t i = 0; i < body.requests.size(); ++i) {
            check_embed(body.requests[i], "requests[" + std::to_string(i) + "].");
            vectors.push_back(vector_of(body.requests[i], model));
            tokens.add({body.requests[i].content});
        }
        return ok({{"embeddings", vectors}, {"usageMetadata", usage()}});
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
            predictions.push_back({{"mimeType", "image/png"}, {"bytesBase64Encoded", tiny_png}});
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
            Tree samples = Tree::array();
            for (std::int32_t i = 0; i < wanted; ++i) {
                const std::string file =
                    files_.add("video.mp4", "video/mp4", FileContent(tiny_video()), "GENERATED", 0);
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
