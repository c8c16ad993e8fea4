#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/interaction_request.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/models.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/interactions.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The interactions of an emulator. https://ai.google.dev/api/interactions-api
class EmulatedInteractions {
public:
    /// Both must outlive it.
    EmulatedInteractions(EmulatorState& state, EmulatedModels& models) : state_(state), models_(models) {}

    /// Answers a request for one interaction or for its tokens.
    RawReply answer(const ReceivedRequest& request, const std::string& name) {
        if (const auto at = name.find("/auth_tokens"); at != std::string::npos)
            return tokens(request, name.substr(13, at - 13), name.substr(at + 12));
        const bool cancel = name.ends_with("/cancel");
        const std::string id = name.substr(13, name.size() - 13 - (cancel ? 7 : 0));
        const auto found = interactions_.find(id);
        if (found == interactions_.end()) throw missing("Interaction " + id);
        Stored& one = found->second;
        if (cancel && request.method == "POST") {
            if (one.pending) {
                one.pending.reset();
                one.shown["status"] = "cancelled";
            }
            return ok(one.shown);
        }
        if (request.method == "DELETE") {
            interactions_.erase(found);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (query_true(request, "stream")) {
            finish(one);
            return events_after(one, query(request, "last_event_id"));
        }
        if (one.pending && one.polls_until_done-- <= 0) finish(one);
        Tree shown = one.shown;
        if (query_true(request, "include_input")) shown["input"] = one.input;
        return ok(shown);
    }

    /// Makes an interaction. The lock is not held.
    RawReply create(const ReceivedRequest& request) {
        const Tree body = parsed(request.body);
        const bool agent_asked = body.contains("agent");
        const Creation creation = read_creation(request.body, agent_asked);
        const interactions::CreateModelInteraction& asked = creation.asked;
        Stored one{.input = body.value("input", Tree()), .polls_until_done = state_.options.polls_until_done};
        std::string made;
        std::string now;
        {
            const std::lock_guard lock(state_.mutex);
            if (asked.previous_interaction_id) {
                const auto before = interactions_.find(*asked.previous_interaction_id);
                if (before == interactions_.end())
                    throw missing("Interaction " + *asked.previous_interaction_id);
                finish(before->second);
                one.turns = before->second.turns;
            }
            made = state_.id('i');
            now = state_.now_text();
        }
        for (Content& turn : InteractionRequest::turns_of(asked.input)) one.turns.push_back(std::move(turn));
        one.shown = {{"id", made},
                     {"object", "interaction"},
                     {"status", "in_progress"},
                     {"created", now},
                     {"updated", now}};
        one.shown[agent_asked ? "agent" : "model"] = creation.speaker;
        if (asked.previous_interaction_id)
            one.shown["previous_interaction_id"] = *asked.previous_interaction_id;
        one.pending =
            EmulatedModel::joined(models_.generated(InteractionRequest::of(asked, one.turns), request.body,
                                                    "models/" + creation.speaker, *creation.model));

        const bool stream = asked.stream.is_true();
        const std::lock_guard lock(state_.mutex);
        if (stream || !asked.background) finish(one);
        Stored& kept = interactions_[made] = std::move(one);
        RawReply reply = stream ? events_after(kept, "") : ok(kept.shown);
        if (asked.store.is_false()) interactions_.erase(made);
        return reply;
    }

private:
    struct Stored {
        Tree shown{};  // the resource as it is returned
        Tree input{};
        std::vector<std::string> events{};                 // of its stream
        std::vector<Content> turns{};                      // with those of the interactions before
        int polls_until_done{0};                           // polls that still find it in progress
        std::optional<GenerateContentResponse> pending{};  // what it will say; none once said or cancelled
        std::set<std::string> auth_tokens{};
    };

    struct Creation {
        interactions::CreateModelInteraction asked{};
        std::string speaker{};  // the model or the agent
        const ModelInfo* model{nullptr};
    };

    struct TokenRequest {
        std::optional<Timestamp> expire_time{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("expire_time", self.expire_time); }
    };

    // Reads a request for a model or an agent; the latter as if it were for a model.
    Creation read_creation(const std::string& text, bool agent_asked) const {
        Creation creation;
        if (agent_asked) {
            const auto agent = parse_body<interactions::CreateAgentInteraction>(text, state_.options.strict);
            creation.speaker = agent.agent.text();
            creation.model = find_model(newest_model);
            creation.asked.input = agent.input;
            creation.asked.system_instruction = agent.system_instruction;
            creation.asked.tools = agent.tools;
            creation.asked.response_format = agent.response_format;
            creation.asked.previous_interaction_id = agent.previous_interaction_id;
            creation.asked.background = agent.background;
            creation.asked.stream = agent.stream;
            creation.asked.store = agent.store;
        } else {
            creation.asked = parse_body<interactions::CreateModelInteraction>(text, state_.options.strict);
            creation.speaker = creation.asked.model.text();
            if (creation.speaker.starts_with("models/")) creation.speaker.erase(0, 7);
            creation.model = &models_.model_with("models/" + creation.speaker, "interactions");
        }
        if (creation.asked.input.empty()) throw bad_request("input", "input is required");
        return creation;
    }

    RawReply tokens(const ReceivedRequest& request, const std::string& id, const std::string& rest) {
        const auto found = interactions_.find(id);
        if (found == interactions_.end()) throw missing("Interaction " + id);
        auto& known = found->second.auth_tokens;
        if (request.method == "POST" && rest.empty()) {
            const auto body = parse_body<TokenRequest>(request.body, state_.options.strict);
            const std::string token = state_.id('a');
            known.insert(token);
            return ok(
                {{"auth_token", "auth_tokens/" + token},
                 {"expires_at", body.expire_time ? body.expire_time->text()
                                                 : time_text(state_.now() + std::chrono::minutes(30))}});
        }
        if (request.method != "DELETE" || !rest.starts_with('/')) return not_found();
        if (known.erase(rest.substr(1)) == 0) throw missing("The token");
        return ok();
    }

    static void deliver(Stored& one, Tree event) {
        event["event_id"] = "event-" + std::to_string(one.events.size() + 1);
        one.events.push_back(event.dump());
    }

    // Emits the start and the delta of a step with a function call; returns the step.
    static Tree call_step(Stored& one, int index, const FunctionCall& call) {
        Tree step{{"type", "function_call"},
                  {"id", call.id.value_or("")},
                  {"name", call.name.value_or("")},
                  {"arguments", Tree::parse(encode(call.args.value_or(Json::object())))}};
        Tree begun = step;
        begun["arguments"] = Tree::object();
        deliver(one, {{"event_type", "step.start"}, {"index", index}, {"step", begun}});
        const Tree delta{{"type", "arguments_delta"}, {"arguments", step["arguments"].dump()}};
        deliver(one, {{"event_type", "step.delta"}, {"index", index}, {"delta", delta}});
        return step;
    }

    // Emits the start and the deltas, of a step with text; returns the step.
    static Tree text_step(Stored& one, int index, const std::string& text) {
        deliver(one, {{"event_type", "step.start"}, {"index", index}, {"step", {{"type", "model_output"}}}});
        const auto tokens = tokens_of(text);
        for (std::size_t at = 0; at < tokens.size(); at += tokens_a_chunk)
            deliver(one, {{"event_type", "step.delta"},
                          {"index", index},
                          {"delta", {{"type", "text"}, {"text", text_of(tokens, at, tokens_a_chunk)}}}});
        return {{"type", "model_output"}, {"content", Tree::array({{{"type", "text"}, {"text", text}}})}};
    }

    // Emits the start and the one delta of a step that comes whole; returns the step.
    static Tree whole_step(Stored& one, int index, const Tree& step, Tree delta) {
        deliver(one, {{"event_type", "step.start"}, {"index", index}, {"step", {{"type", step["type"]}}}});
        deliver(one, {{"event_type", "step.delta"}, {"index", index}, {"delta", std::move(delta)}});
        return step;
    }

    // The step of a part.
    static Tree step_of(Stored& one, int index, const Part& part) {
        if (part.function_call) return call_step(one, index, *part.function_call);
        if (part.executable_code) {
            const Tree arguments{{"code", part.executable_code->code.value_or("")}, {"language", "python"}};
            return whole_step(one, index,
                              {{"type", "code_execution_call"}, {"id", "code-1"}, {"arguments", arguments}},
                              {{"type", "code_execution_call"}, {"arguments", arguments}});
        }
        if (part.code_execution_result) {
            const std::string output = part.code_execution_result->output.value_or("");
            return whole_step(one, index,
                              {{"type", "code_execution_result"}, {"call_id", "code-1"}, {"result", output}},
                              {{"type", "code_execution_result"}, {"result", output}});
        }
        if (part.inline_data) {
            const std::string mime_type = part.inline_data->mime_type.value_or("");
            const Tree content{{"type", mime_type.starts_with("audio/") ? "audio" : "image"},
                               {"data", wire::to_base64(part.inline_data->data->view())},
                               {"mime_type", mime_type}};
            return whole_step(one, index, {{"type", "model_output"}, {"content", Tree::array({content})}},
                              content);
        }
        if (part.thought) {
            const Tree content{{"type", "text"}, {"text", part.text.value_or("")}};
            return whole_step(one, index, {{"type", "thought"}, {"summary", Tree::array({content})}},
                              {{"type", "thought_summary"}, {"content", content}});
        }
        return text_step(one, index, part.text.value_or(""));
    }

    // Lets it say what it was going to.
    void finish(Stored& one) const {
        if (!one.pending) return;
        const GenerateContentResponse response = *std::exchange(one.pending, std::nullopt);
        deliver(one, {{"event_type", "interaction.created"}, {"interaction", one.shown}});
        Tree steps = Tree::array();
        bool action = false;
        int index = 0;
        for (const Part& part : response.parts()) {
            action = action || part.function_call;
            steps.push_back(step_of(one, index, part));
            deliver(one, {{"event_type", "step.stop"}, {"index", index++}});
        }
        const auto& content = response.candidates.front().content;
        one.turns.push_back(content ? *content : Content{.parts = {Part::from_text("")}, .role = "model"});
        const auto& usage = *response.usage_metadata;
        one.shown["status"] = action ? "requires_action" : "completed";
        one.shown["updated"] = state_.now_text();
        one.shown["steps"] = steps;
        one.shown["usage"] = {{"total_input_tokens", usage.prompt_token_count.value_or(0)},
                              {"total_output_tokens", usage.candidates_token_count.value_or(0)},
                              {"total_thought_tokens", usage.thoughts_token_count.value_or(0)},
                              {"total_cached_tokens", usage.cached_content_token_count.value_or(0)},
                              {"total_tokens", usage.total_token_count.value_or(0)}};
        Tree last = one.shown;
        last.erase("steps");
        deliver(one, {{"event_type", "interaction.completed"}, {"interaction", last}});
    }

    // The stream's events after the one with this id; all of them for an empty id.
    RawReply events_after(const Stored& one, const std::string& after) const {
        RawReply reply{.headers = {{"Content-Type", "text/event-stream"}},
                       .chunked = true,
                       .piece_delay = state_.options.chunk_delay};
        bool reached = after.empty();
        for (const std::string& event : one.events) {
            const Tree tree = Tree::parse(event);
            if (reached)
                reply.pieces.push_back("event: " + tree["event_type"].get<std::string>() +
                                       "\ndata: " + event + "\n\n");
            reached = reached || tree["event_id"] == after;
        }
        if (!reached) throw Refusal{400, "INVALID_ARGUMENT", "last_event_id is invalid."};
        reply.pieces.push_back("data: [DONE]\n\n");
        return reply;
    }

    EmulatorState& state_;
    EmulatedModels& models_;
    std::map<std::string, Stored> interactions_{};  // by id
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
