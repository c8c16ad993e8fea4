#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/file_content.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/models.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
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

    /// Creates a batch for a model. `verb` is one that `creates` accepts. The lock is not held: the answers
    /// are made at once, and shown when the batch is done.
    RawReply create(const ReceivedRequest& request, const std::string& model, std::string_view verb) {
        const ModelInfo& info = models_.model_with(model, verb);
        const bool embeddings = verb == "asyncBatchEmbedContent";
        const auto body = parse_body<BatchRequest>(request.body, state_.options.strict);
        if (!body.batch || !body.batch->input_config)
            throw bad_request("batch.input_config", "* batch.input_config: is required");
        const BatchRequest::Input& input = *body.batch->input_config;
        if (input.file_name.has_value() == input.requests.has_value())
            throw bad_request("batch.input_config",
                              "* batch.input_config: one of file_name and requests is required");
        std::unique_lock lock(state_.mutex);
        const std::string lines = input.file_name ? files_.get(*input.file_name).content.bytes() : "";
        lock.unlock();
        const Answers answers =
            embeddings ? answer_all(input, lines,
                                    [&](const std::string& one) { return models_.embedded(one, model); })
                       : answer_all(input, lines, [&](const std::string& one) {
                             return models_.answered(one, model, info);
                         });
        lock.lock();
        const std::string name = "batches/" + state_.id('b');
        const Tree metadata{
            {"@type", "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch"},
            {"model", model},
            {"displayName", body.batch->display_name.value_or("")},
            {"createTime", state_.now_text()},
            {"updateTime", state_.now_text()},
            {"state", "BATCH_STATE_PENDING"},
            {"batchStats",
             {{"requestCount", std::to_string(answers.count)},
              {"pendingRequestCount", std::to_string(answers.count)}}},
            {"name", name}};
        const auto finish = [this, answers, embeddings](Tree& shown) {
            finish_batch(shown, answers, embeddings);
        };
        state_.begin_work(name, {{"name", name}, {"metadata", metadata}}, finish);
        batches_.push_back(name);
        return ok(state_.works[name].shown);
    }

    /// Answers a request for `batches` (`listed`) or for one batch.
    RawReply answer(const ReceivedRequest& request, const std::string& name, std::string_view verb,
                    bool listed) {
        if (listed && request.method == "GET" && verb.empty())
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
        if (request.method != "GET" || !verb.empty()) return not_found();
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

    // What the requests of a batch were answered.
    struct Answers {
        Tree inlined = Tree::array();        // of requests in the body
        std::optional<std::string> lines{};  // of requests in a file, as JSON Lines
        std::size_t count{0};
        std::size_t failed{0};

        // Makes one answer; what refuses the request is its error.
        template <class Answer>
        Tree make(const Answer& answer) {
            ++count;
            try {
                return {{"response", answer()}};
            } catch (const Refusal& refusal) {
                ++failed;
                return {{"error", {{"code", refusal.status == 404 ? 5 : 3}, {"message", refusal.message}}}};
            }
        }
    };

    template <class Answer>
    Answers answer_all(const BatchRequest::Input& input, std::string_view lines, const Answer& answer) const {
        Answers answers;
        if (input.file_name) answers.lines.emplace();
        while (!lines.empty()) {
            const std::string line(lines.substr(0, lines.find('\n')));
            lines.remove_prefix((std::min)(lines.size(), line.size() + 1));
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            std::optional<std::string> key;
            Tree result = answers.make([&] {
                const auto one = parse_body<BatchRequest::Line>(line, state_.options.strict);
                key = one.key;
                return answer(one.request.text());
            });
            if (key) result["key"] = *key;
            *answers.lines += result.dump() + '\n';
        }
        if (!input.requests) return answers;
        for (const auto& one : (*input.requests).requests) {
            Tree result = answers.make([&] { return answer(one.request.text()); });
            if (!one.metadata.text().empty()) result["metadata"] = Tree::parse(one.metadata.text());
            answers.inlined.push_back(std::move(result));
        }
        return answers;
    }

    void finish_batch(Tree& shown, const Answers& answers, bool embeddings) {
        Tree metadata = shown["metadata"];
        if (answers.lines) {
            metadata["output"] = {{"responsesFile", files_.add("", "application/jsonl",
                                                               FileContent(*answers.lines), "GENERATED", 0)}};
        } else {
            metadata["output"] = {{embeddings ? "inlinedEmbedContentResponses" : "inlinedResponses",
                                   {{"inlinedResponses", answers.inlined}}}};
        }
        metadata["state"] = "BATCH_STATE_SUCCEEDED";
        for (const char* field : {"endTime", "updateTime"}) metadata[field] = state_.now_text();
        metadata["batchStats"] = {{"requestCount", std::to_string(answers.count)},
                                  {"successfulRequestCount", std::to_string(answers.count - answers.failed)}};
        if (answers.failed != 0)
            metadata["batchStats"]["failedRequestCount"] = std::to_string(answers.failed);
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
