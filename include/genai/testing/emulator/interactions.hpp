#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/model.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/interactions.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The interactions of an emulator. https://ai.google.dev/api/interactions-api
class EmulatedInteractions {
public:
    /// `state` must outlive it.
    explicit EmulatedInteractions(EmulatorState& state) : state_(state) {}

    /// Answers a request for `interactions` (`listed`) or for one interaction.
    RawReply answer(const ReceivedRequest& request, const std::string& name, bool listed) {
        if (listed && request.method == "POST") return create(request);
        if (listed) return not_found();
        const bool cancel = name.ends_with("/cancel");
        const std::string id = name.substr(13, name.size() - 13 - (cancel ? 7 : 0));
        const auto found = interactions_.find(id);
        if (found == interactions_.end()) throw missing("Interaction " + id);
        Stored& one = found->second;
        if (cancel && request.method == "POST") {
            if (one.finish) {
                one.finish = nullptr;
                one.shown["status"] = "cancelled";
            }
            return ok(one.shown);
        }
        if (request.method == "DELETE") {
            interactions_.erase(found);
            return ok();
        }
        if (request.method != "GET") return not_found();
        if (query(request, "stream") == "true") {
            if (one.finish) std::exchange(one.finish, nullptr)(one);
            return events_after(one, query(request, "last_event_id"));
        }
        if (one.finish && one.polls_until_done-- <= 0) std::exchange(one.finish, nullptr)(one);
        Tree shown = one.shown;
        if (query(request, "include_input") == "true") shown["input"] = one.input;
        return ok(shown);
    }

private:
    struct Stored {
        Tree shown{};  // the resource as it is returned
        Tree input{};
        std::vector<std::string> events{};      // of its stream
        std::vector<Content> turns{};           // with those of the interactions before
        int polls_until_done{0};                // polls that still find it in progress
        std::function<void(Stored&)> finish{};  // completes it; empty once it ran or was cancelled
    };

    struct Creation {
        interactions::CreateModelInteraction asked{};
        std::string speaker{};  // the model or the agent
    };

    // Reads a request for a model or an agent; the latter as if it were for a model.
    Creation read_creation(const std::string& text, bool agent_asked) const {
        Creation creation;
        if (agent_asked) {
            const auto agent = parse_body<interactions::CreateAgentInteraction>(text, state_.options.strict);
            creation.speaker = agent.agent.text();
            creation.asked.input = agent.input;
            creation.asked.system_instruction = agent.system_instruction;
            creation.asked.tools = agent.tools;
            creation.asked.previous_interaction_id = agent.previous_interaction_id;
            creation.asked.background = agent.background;
            creation.asked.stream = agent.stream;
            creation.asked.store = agent.store;
        } else {
            creation.asked = parse_body<interactions::CreateModelInteraction>(text, state_.options.strict);
            creation.speaker = creation.asked.model.text();
            state_.check_model("models/" + creation.speaker, "interactions");
        }
        if (creation.asked.input.empty()) throw bad_request("input", "input is required");
        return creation;
    }

    RawReply create(const ReceivedRequest& request) {
        const Tree body = parsed(request.body);
        const bool agent_asked = body.contains("agent");
        const Creation creation = read_creation(request.body, agent_asked);
        const interactions::CreateModelInteraction& asked = creation.asked;
        Stored one{.input = body.value("input", Tree()), .polls_until_done = state_.options.polls_until_done};
        if (asked.previous_interaction_id) {
            const auto before = interactions_.find(*asked.previous_interaction_id);
            if (before == interactions_.end()) throw missing("Interaction " + *asked.previous_interaction_id);
            one.turns = before->second.turns;
        }
        for (Content& turn : contents_of(asked.input)) one.turns.push_back(std::move(turn));
        const std::string made = state_.id('i');
        one.shown = {{"id", made},
                     {"object", "interaction"},
                     {"status", "in_progress"},
                     {"created", state_.now_text()},
                     {"updated", state_.now_text()}};
        one.shown[agent_asked ? "agent" : "model"] = creation.speaker;
        if (asked.previous_interaction_id)
            one.shown["previous_interaction_id"] = *asked.previous_interaction_id;
        one.finish = [this, creation](Stored& open) { finish(open, creation); };

        const bool stream = asked.stream.is_true();
        if (!asked.background) std::exchange(one.finish, nullptr)(one);
        Stored& kept = interactions_[made] = std::move(one);
        if (stream && kept.finish) std::exchange(kept.finish, nullptr)(kept);
        RawReply reply = stream ? events_after(kept, "") : ok(kept.shown);
        if (asked.store.is_false()) interactions_.erase(made);
        return reply;
    }

    // The input as the contents of a generation request.
    static std::vector<Content> contents_of(const interactions::InteractionsInput& input) {
        Content said{.role = "user"};
        const auto add = [&said](const interactions::Content& content) {
            if (const auto* text = content.get_if<interactions::TextContent>())
                said.parts.push_back(Part::from_text(text->text.value_or("")));
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
                    said.parts.push_back(
                        Part::from_function_response(result->name.value_or("the function"), response));
                }
            }
        return {said};
    }

    static std::vector<Tool> tools_of(const std::vector<interactions::Tool>& tools) {
        std::vector<Tool> made;
        for (const auto& tool : tools)
            if (const auto* function = tool.get_if<interactions::Function>())
                made.push_back({.function_declarations = {{.description = function->description,
                                                           .name = function->name,
                                                           .parameters_json_schema = function->parameters}}});
        return made;
    }

    // The model's response to an interaction.
    static GenerateContentResponse respond(const Stored& one, const Creation& creation) {
        const interactions::CreateModelInteraction& asked = creation.asked;
        GenerateContentRequest body{.contents = one.turns, .tools = tools_of(asked.tools)};
        if (asked.system_instruction)
            body.system_instruction = Content{.parts = {Part::from_text(*asked.system_instruction)}};
        if (asked.generation_config)
            body.generation_config =
                GenerationRequestConfig{.max_output_tokens = asked.generation_config->max_output_tokens,
                                        .stop_sequences = asked.generation_config->stop_sequences};
        EmulatedModel::validate(body);
        return EmulatedModel::joined(EmulatedModel::answer(body, creation.speaker));
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

    // Emits the start and the deltas, of four tokens each, of a step with text; returns the step.
    static Tree text_step(Stored& one, int index, const std::string& text) {
        deliver(one, {{"event_type", "step.start"}, {"index", index}, {"step", {{"type", "model_output"}}}});
        const auto tokens = EmulatedModel::tokens(text);
        for (std::size_t at = 0; at < tokens.size(); at += 4) {
            std::string piece;
            for (std::size_t i = at; i < tokens.size() && i < at + 4; ++i) piece += tokens[i];
            deliver(one, {{"event_type", "step.delta"},
                          {"index", index},
                          {"delta", {{"type", "text"}, {"text", piece}}}});
        }
        return {{"type", "model_output"}, {"content", Tree::array({{{"type", "text"}, {"text", text}}})}};
    }

    void finish(Stored& one, const Creation& creation) {
        const GenerateContentResponse response = respond(one, creation);
        deliver(one, {{"event_type", "interaction.created"}, {"interaction", one.shown}});
        Tree steps = Tree::array();
        bool action = false;
        int index = 0;
        for (const Part& part : response.parts()) {
            action = action || part.function_call;
            steps.push_back(part.function_call ? call_step(one, index, *part.function_call)
                                               : text_step(one, index, part.text.value_or("")));
            deliver(one, {{"event_type", "step.stop"}, {"index", index++}});
        }
        const auto& content = response.candidates.front().content;
        one.turns.push_back(content ? *content : Content{.parts = {Part::from_text("")}, .role = "model"});
        const auto& usage = *response.usage_metadata;
        const auto number = [](const std::optional<std::int32_t>& count) { return count.value_or(0); };
        one.shown["status"] = action ? "requires_action" : "completed";
        one.shown["updated"] = state_.now_text();
        one.shown["steps"] = steps;
        one.shown["usage"] = {{"total_input_tokens", number(usage.prompt_token_count)},
                              {"total_output_tokens", number(usage.candidates_token_count)},
                              {"total_tokens", number(usage.total_token_count)}};
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
    std::map<std::string, Stored> interactions_{};  // by id
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
