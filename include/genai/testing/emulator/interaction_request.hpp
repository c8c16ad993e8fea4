#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/generate_request.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/types/content.hpp>
#include <genai/types/interactions.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/raw.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// What an interaction asks of a model, as a request to generate content.
class InteractionRequest {
public:
    /// The turns of an input.
    static std::vector<Content> turns_of(const interactions::InteractionsInput& input) {
        InteractionRequest made;
        if (const auto* text = input.get_if<std::string>()) made.add("user", Part::from_text(*text));
        if (const auto* one = input.get_if<interactions::Content>()) made.add_content("user", *one);
        if (const auto* several = input.get_if<std::vector<interactions::Content>>())
            for (const auto& content : *several) made.add_content("user", content);
        if (const auto* steps = input.get_if<std::vector<interactions::Step>>())
            for (const auto& step : *steps) made.add_step(step);
        return std::move(made.turns_);
    }

    /// The request, behind the turns before it.
    static GenerateContentRequest of(const interactions::CreateModelInteraction& asked,
                                     std::vector<Content> turns) {
        GenerateContentRequest body{.contents = std::move(turns)};
        if (asked.cached_content) body.cached_content = *asked.cached_content;
        if (asked.system_instruction)
            body.system_instruction = Content{.parts = {Part::from_text(*asked.system_instruction)}};
        for (const auto& tool : asked.tools) add_tool(body, tool);
        GenerationRequestConfig config;
        if (asked.generation_config) take(*asked.generation_config, config, body);
        for (const auto& modality : asked.response_modalities) {
            config.response_modalities.push_back(upper_case(format_as(modality)));
        }
        if (asked.response_mime_type) config.response_mime_type = *asked.response_mime_type;
        if (const auto* one = asked.response_format.get_if<interactions::ResponseFormat>())
            take(*one, config);
        if (const auto* several = asked.response_format.get_if<std::vector<interactions::ResponseFormat>>())
            for (const auto& one : *several) take(one, config);
        body.generation_config = std::move(config);
        return body;
    }

private:
    void add(const char* role, Part part) {
        if (turns_.empty() || turns_.back().role != role) turns_.push_back({.role = role});
        turns_.back().parts.push_back(std::move(part));
    }

    void add_content(const char* role, const interactions::Content& content) {
        if (const auto* text = content.get_if<interactions::TextContent>())
            return add(role, Part::from_text(text->text.value_or("")));
        const auto medium = [&](const auto* one, const char* type) {
            if (one == nullptr) return;
            const std::string mime_type = one->mime_type.empty() ? type : std::string(one->mime_type.text());
            add(role, one->uri ? Part::from_uri(*one->uri, mime_type)
                               : Part::from_bytes(one->data.value_or(Bytes()), mime_type));
        };
        medium(content.get_if<interactions::ImageContent>(), "image/png");
        medium(content.get_if<interactions::AudioContent>(), "audio/wav");
        medium(content.get_if<interactions::VideoContent>(), "video/mp4");
        medium(content.get_if<interactions::DocumentContent>(), "application/pdf");
    }

    void add_step(const interactions::Step& step) {
        if (const auto* user = step.get_if<interactions::UserInputStep>())
            for (const auto& content : user->content) add_content("user", content);
        if (const auto* model = step.get_if<interactions::ModelOutputStep>())
            for (const auto& content : model->content) add_content("model", content);
        if (const auto* call = step.get_if<interactions::FunctionCallStep>())
            add("model",
                {.function_call = FunctionCall{
                     .args = call->arguments.value_or(Json::object()), .id = call->id, .name = call->name}});
        if (const auto* result = step.get_if<interactions::FunctionResultStep>()) {
            Json response = Json::object();
            if (const auto* text = result->result.get_if<std::string>()) response["result"] = *text;
            if (const auto* tree = result->result.get_if<Json>())
                response = tree->is_object() ? *tree : Json{{"result", *tree}};
            add("user", Part::from_function_response(result->name.value_or("the function"), response));
        }
    }

    static void add_tool(GenerateContentRequest& body, const interactions::Tool& tool) {
        Tool made;
        if (const auto* function = tool.get_if<interactions::Function>())
            made.function_declarations = {{.description = function->description,
                                           .name = function->name,
                                           .parameters_json_schema = function->parameters}};
        if (tool.is<interactions::GoogleSearch>()) made.google_search = GoogleSearch{};
        if (tool.is<interactions::CodeExecution>()) made.code_execution = ToolCodeExecution{};
        if (tool.is<interactions::UrlContext>()) made.url_context = UrlContext{};
        if (const auto* search = tool.get_if<interactions::FileSearch>())
            made.file_search = FileSearch{.file_search_store_names = search->file_search_store_names,
                                          .metadata_filter = search->metadata_filter,
                                          .top_k = search->top_k};
        body.tools.push_back(std::move(made));
    }

    static void take(const interactions::GenerationConfig& from, GenerationRequestConfig& to,
                     GenerateContentRequest& body) {
        to.max_output_tokens = from.max_output_tokens;
        to.stop_sequences = from.stop_sequences;
        to.temperature = from.temperature;
        to.top_p = from.top_p;
        to.seed = from.seed;
        if (from.thinking_summaries == interactions::ThinkingSummaries::auto_)
            to.thinking_config = ThinkingConfig{.include_thoughts = true};
        FunctionCallingConfig calling;
        if (const auto* kind = from.tool_choice.get_if<interactions::ToolChoiceType>())
            calling.mode = mode_of(*kind);
        if (const auto* choice = from.tool_choice.get_if<interactions::ToolChoiceConfig>();
            choice != nullptr && choice->allowed_tools) {
            calling.mode = mode_of(choice->allowed_tools->mode);
            calling.allowed_function_names = choice->allowed_tools->tools;
        }
        if (!calling.mode.empty()) body.tool_config = ToolConfig{.function_calling_config = calling};
    }

    static FunctionCallingConfigMode mode_of(const interactions::ToolChoiceType& kind) {
        if (kind == interactions::ToolChoiceType::none) return FunctionCallingConfigMode::none;
        if (kind == interactions::ToolChoiceType::any) return FunctionCallingConfigMode::any;
        if (kind == interactions::ToolChoiceType::validated) return FunctionCallingConfigMode::validated;
        return FunctionCallingConfigMode::auto_;
    }

    static void take(const interactions::ResponseFormat& format, GenerationRequestConfig& to) {
        if (const auto* text = format.get_if<interactions::TextResponseFormat>()) {
            if (!text->mime_type.empty()) to.response_mime_type = text->mime_type.text();
            to.response_json_schema = text->schema;
            if (!text->schema.text().empty() && !to.response_mime_type)
                to.response_mime_type = "application/json";
        }
        if (format.is<interactions::ImageResponseFormat>()) to.response_modalities.push_back("IMAGE");
        if (format.is<interactions::AudioResponseFormat>()) to.response_modalities.push_back("AUDIO");
    }

    std::vector<Content> turns_{};
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
