#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/models.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/types/media.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The batches of an emulator. https://ai.google.dev/api/batch-api
class EmulatedBatches {
public:
    /// All arguments must outlive it.
    EmulatedBatches(EmulatorState& state, EmulatedFiles& files, EmulatedModels& models)
        : state_(state), files_(files), models_(models) {}

    /// Whether this method of a model creates a batch.
    static bool creates(std::string_view verb) {
        return verb == "batchGenerateContent" || verb == "asyncBatchEmbedContent";
    }

    /// Creates a batch for a model. `verb` is one that `creates` accepts.
    RawReply create(const ReceivedRequest& request, const std::string& model, std::string_view verb) {
        state_.check_model(model, verb);
        const bool embeddings = verb == "asyncBatchEmbedContent";
        const auto body = parse_body<BatchRequest>(request.body, state_.options.strict);
        if (!body.batch || !body.batch->input_config)
            throw bad_request("batch.input_config", "* batch.input_config: is required");
        const BatchRequest::Input& input = *body.batch->input_config;
        if (input.file_name.has_value() == input.requests.has_value())
            throw bad_request("batch.input_config",
                              "* batch.input_config: one of file_name and requests is required");
        if (input.file_name) static_cast<void>(files_.get(*input.file_name));
        const std::string name = "batches/" + state_.id('b');
        const Tree metadata{
            {"@type", "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch"},
            {"model", model},
            {"displayName", body.batch->display_name.value_or("")},
            {"createTime", state_.now_text()},
            {"updateTime", state_.now_text()},
            {"state", "BATCH_STATE_PENDING"},
            {"name", name}};
        const auto finish = [this, input, model, embeddings](Tree& shown) {
            finish_batch(shown, input, model, embeddings);
        };
        state_.begin_work(name, {{"name", name}, {"metadata", metadata}}, finish);
        batches_.push_back(name);
        return ok(state_.works[name].shown);
    }

    /// Answers a request for `batches` (`listed`) or for one batch.
    RawReply answer(const ReceivedRequest& request, const std::string& name, std::string_view verb,
                    bool listed) {
        if (listed && request.method == "GET")
            return page(request, "operations", batches_, 1000,
                        [this](const std::string& one) { return state_.works[one].shown; });
        const auto found = state_.works.find(name);
        if (listed) return not_found();
        if (found == state_.works.end()) throw missing("Batch " + name);
        EmulatedWork& work = found->second;
        if (request.method == "POST" && verb == "cancel") {
            if (work.finish) {
                work.finish = nullptr;
                work.shown["metadata"]["state"] = "BATCH_STATE_CANCELLED";
                work.shown["done"] = true;
            }
            return ok();
        }
        if (request.method == "DELETE") {
            state_.works.erase(found);
            std::erase(batches_, name);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (work.finish && work.polls_until_done > 0) work.shown["metadata"]["state"] = "BATCH_STATE_RUNNING";
        return state_.work_status(name);
    }

private:
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
                visit("fileName", self.file_name, wire::alternative_name("file_name"));
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

    // The response to one request of a batch, or its error.
    Tree result_of(const std::string& model, const std::string& request, bool embeddings) {
        try {
            if (embeddings) return {{"response", models_.embedded(request)}};
            const auto body = parse_body<GenerateContentRequest>(request, state_.options.strict);
            return {{"response", EmulatedModel::tree(EmulatedModel::joined(models_.generated(body, model)))}};
        } catch (const Refusal& refusal) {
            return {{"error", {{"code", refusal.status == 404 ? 5 : 3}, {"message", refusal.message}}}};
        }
    }

    // The results for the JSON Lines in a file, as JSON Lines. `count` is increased by their number.
    std::string file_results(const std::string& file_name, const std::string& model, bool embeddings,
                             std::size_t& count) {
        std::string results;
        const EmulatedFiles::Stored* const file = files_.find(file_name);
        std::string_view lines = file != nullptr ? std::string_view(file->content) : std::string_view();
        while (!lines.empty()) {
            const std::string line(lines.substr(0, lines.find('\n')));
            lines.remove_prefix((std::min)(lines.size(), line.size() + 1));
            if (line.find('{') == std::string::npos) continue;
            const auto one = decode<BatchRequest::Line>(line);
            Tree result = result_of(model, one.request.text(), embeddings);
            if (one.key) result["key"] = *one.key;
            results += result.dump() + '\n';
            ++count;
        }
        return results;
    }

    void finish_batch(Tree& shown, const BatchRequest::Input& input, const std::string& model,
                      bool embeddings) {
        Tree metadata = shown["metadata"];
        std::size_t count = 0;
        if (input.file_name) {
            std::string results = file_results(*input.file_name, model, embeddings, count);
            metadata["output"] = {
                {"responsesFile", files_.add("", "application/jsonl", std::move(results), "GENERATED", 0)}};
        } else {
            Tree answers = Tree::array();
            for (const auto& one : input.requests->requests) {
                Tree result = result_of(model, one.request.text(), embeddings);
                if (!one.metadata.text().empty()) result["metadata"] = Tree::parse(one.metadata.text());
                answers.push_back(std::move(result));
                ++count;
            }
            metadata["output"] = {{embeddings ? "inlinedEmbedContentResponses" : "inlinedResponses",
                                   {{"inlinedResponses", answers}}}};
        }
        metadata["state"] = "BATCH_STATE_SUCCEEDED";
        for (const char* field : {"endTime", "updateTime"}) metadata[field] = state_.now_text();
        metadata["batchStats"] = {{"requestCount", std::to_string(count)},
                                  {"successfulRequestCount", std::to_string(count)}};
        shown["metadata"] = metadata;
        shown["done"] = true;
        shown["response"] = metadata["output"];
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    EmulatedModels& models_;
    std::vector<std::string> batches_{};  // names, in order of creation
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
