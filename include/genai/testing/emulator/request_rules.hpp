#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/functions/names.hpp>
#include <genai/testing/emulator/generate_request.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/schema_rules.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/schema.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// What the service refuses in a request to generate content, in its words. The sources are listed in
/// docs/emulator.md.
class RequestRules {
public:
    /// Of a body that was read from this JSON text. All must outlive it.
    RequestRules(const GenerateContentRequest& body, const std::string& text, const ModelInfo& model,
                 bool strict)
        : body_(body), text_(text), model_(model), strict_(strict) {}

    /// Throws Refusal for what no model takes.
    void enforce() const {
        if (body_.contents.empty())
            throw bad_request("contents", "* GenerateContentRequest.contents: contents is not specified");
        for (std::size_t i = 0; i < body_.contents.size(); ++i) check_turn(i);
        if (strict_) {
            check_end();
            check_safety();
            check_tools();
        }
        if (body_.generation_config) check_config(*body_.generation_config);
    }

    /// Refuses function calls of the current turn that come back without what the model signed them with.
    /// https://ai.google.dev/gemini-api/docs/thought-signatures
    void check_signatures() const {
        if (!model_.signs_thoughts) return;
        std::size_t begin = body_.contents.size();
        while (begin > 0 && !said_by_user(body_.contents[begin - 1])) --begin;
        for (std::size_t i = begin; i < body_.contents.size(); ++i) {
            const Content& turn = body_.contents[i];
            for (std::size_t j = 0; j < turn.parts.size(); ++j) {
                const Part& part = turn.parts[j];
                if (!part.function_call) continue;
                if (!part.thought_signature || part.thought_signature->empty())
                    throw bad_request(
                        place(i, j),
                        "Function call is missing a thought_signature in functionCall parts. This is "
                        "required for tools to work correctly, and missing thought_signature may lead to "
                        "degraded model performance. Additional data, function call `default_api:" +
                            part.function_call->name.value_or("") + "`, position " + std::to_string(i + 1) +
                            ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for "
                            "more details.");
                break;  // the first of a step has it
            }
        }
    }

private:
    static std::string place(std::size_t turn, std::size_t part) {
        return "contents[" + std::to_string(turn) + "].parts[" + std::to_string(part) + ']';
    }
    static bool said_by_user(const Content& turn) {
        return turn.role.value_or("user") == "user" &&
               std::any_of(turn.parts.begin(), turn.parts.end(),
                           [](const Part& part) { return !part.function_response; });
    }
    template <class Member>
    std::ptrdiff_t count(std::size_t turn, Member member) const {
        if (turn >= body_.contents.size()) return 0;
        const auto& parts = body_.contents[turn].parts;
        return std::count_if(parts.begin(), parts.end(),
                             [member](const Part& part) { return bool(part.*member); });
    }

    void check_turn(std::size_t i) const {
        const Content& turn = body_.contents[i];
        const std::string where = "contents[" + std::to_string(i) + ']';
        if (turn.role && *turn.role != "user" && *turn.role != "model" && *turn.role != "function")
            throw bad_request(where + ".role", "Please use a valid role: user, model.");
        if (turn.parts.empty())
            throw bad_request(where + ".parts", "* GenerateContentRequest." + where +
                                                    ".parts: contents.parts must not be empty.");
        if (strict_)
            for (std::size_t j = 0; j < turn.parts.size(); ++j) check_part(turn.parts[j], place(i, j));
        const auto calls = count(i, &Part::function_call);
        if (calls != 0 && calls != count(i + 1, &Part::function_response))
            throw bad_request(where,
                              "Please ensure that the number of function response parts is equal to the "
                              "number of function call parts of the function call turn.");
        const bool orphan =
            count(i, &Part::function_response) != 0 && (i == 0 || count(i - 1, &Part::function_call) == 0);
        if (strict_ && orphan)
            throw bad_request(
                where,
                "Please ensure that function response turn comes immediately after a function call turn.");
    }

    // A part has one member of the union `data`. https://ai.google.dev/api/caching#Part
    static void check_part(const Part& part, const std::string& where) {
        const std::pair<bool, const char*> data[]{{part.text.has_value(), "text"},
                                                  {bool(part.inline_data), "inlineData"},
                                                  {bool(part.function_call), "functionCall"},
                                                  {bool(part.function_response), "functionResponse"},
                                                  {bool(part.file_data), "fileData"},
                                                  {bool(part.executable_code), "executableCode"},
                                                  {bool(part.code_execution_result), "codeExecutionResult"},
                                                  {bool(part.tool_call), "toolCall"},
                                                  {bool(part.tool_response), "toolResponse"},
                                                  {bool(part.audio_transcription), "audioTranscription"}};
        const char* found = nullptr;
        for (const auto& [is_set, name] : data) {
            if (!is_set) continue;
            if (found != nullptr)
                throw bad_request(where, "Invalid value at '" + where +
                                             "' (oneof), oneof field 'data' is already set. Cannot set '" +
                                             name + "'");
            found = name;
        }
        check_words(part, where);
        if (found == nullptr && part.extra.empty() && !part.thought_signature)
            throw bad_request(where + ".data",
                              "* GenerateContentRequest." + where +
                                  ".data: required oneof field 'data' must have one initialized field");
    }

    static void check_words(const Part& part, const std::string& where) {
        if (part.executable_code)
            check_word(where + ".executable_code.language", "ExecutableCode.Language",
                       part.executable_code->language.text(), {"LANGUAGE_UNSPECIFIED", "PYTHON"});
        if (part.code_execution_result)
            check_word(where + ".code_execution_result.outcome", "CodeExecutionResult.Outcome",
                       part.code_execution_result->outcome.text(),
                       {"OUTCOME_UNSPECIFIED", "OUTCOME_OK", "OUTCOME_FAILED", "OUTCOME_DEADLINE_EXCEEDED"});
        if (part.function_response)
            check_word(where + ".function_response.scheduling", "FunctionResponse.Scheduling",
                       part.function_response->scheduling.text(),
                       {"SCHEDULING_UNSPECIFIED", "SILENT", "WHEN_IDLE", "INTERRUPT"});
        if (part.media_resolution)
            check_word(where + ".media_resolution.level", "MediaResolution.Level",
                       part.media_resolution->level.text(),
                       {"MEDIA_RESOLUTION_UNSPECIFIED", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM",
                        "MEDIA_RESOLUTION_HIGH", "MEDIA_RESOLUTION_ULTRA_HIGH"});
    }

    void check_end() const {
        if (model_.id.starts_with("gemma-") || body_.continuation_token) return;  // they go on from there
        if (body_.contents.back().role.value_or("user") != "model") return;
        throw bad_request("contents", body_.contents.size() == 1
                                          ? "Please ensure that single turn requests end with a user role or "
                                            "the role field is empty."
                                          : "Please ensure that multiturn requests end with a user turn or a "
                                            "function response.");
    }

    /// Refuses a text that is none of an enumeration's, in any case; a number stands for one of them.
    static void check_word(const std::string& field, const char* type, std::string_view text,
                           std::initializer_list<std::string_view> known) {
        if (text.find_first_not_of("0123456789") == std::string_view::npos) return;
        if (std::find(known.begin(), known.end(), upper_case(text)) == known.end())
            throw unknown_enumerator(field, type, text);
    }

    void check_safety() const {
        for (std::size_t i = 0; i < body_.safety_settings.size(); ++i) {
            const std::string where = "safety_settings[" + std::to_string(i) + ']';
            check_word(where + ".category", "HarmCategory", body_.safety_settings[i].category.text(),
                       {"HARM_CATEGORY_UNSPECIFIED", "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH",
                        "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT",
                        "HARM_CATEGORY_CIVIC_INTEGRITY", "HARM_CATEGORY_DEROGATORY", "HARM_CATEGORY_TOXICITY",
                        "HARM_CATEGORY_VIOLENCE", "HARM_CATEGORY_SEXUAL", "HARM_CATEGORY_MEDICAL",
                        "HARM_CATEGORY_DANGEROUS", "HARM_CATEGORY_JAILBREAK", "HARM_CATEGORY_IMAGE_HATE",
                        "HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT", "HARM_CATEGORY_IMAGE_HARASSMENT",
                        "HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT"});
            check_word(where + ".threshold", "SafetySetting.HarmBlockThreshold",
                       body_.safety_settings[i].threshold.text(),
                       {"HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE",
                        "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF"});
        }
    }

    /// Whether parameters are an object of which nothing is said, as LiteLLM sends it for a function without
    /// parameters; one that says it has no properties is refused.
    bool is_bare_object(const Schema& schema, std::size_t tool, std::size_t function) const {
        if (upper_case(schema.type.text()) != "OBJECT" || schema != Schema{.type = schema.type}) return false;
        const Tree json = Tree::parse(text_, nullptr, false);
        const Tree* at = &json;
        const auto go = [&at](const char* camel, const char* snake, std::size_t index) {
            if (at == nullptr || !at->is_object()) return;
            const auto found = at->contains(camel) ? at->find(camel) : at->find(snake);
            at = found == at->end() ? nullptr : &*found;
            if (at != nullptr && at->is_array()) at = index < at->size() ? &at->at(index) : nullptr;
        };
        go("tools", "tools", tool);
        go("functionDeclarations", "function_declarations", function);
        go("parameters", "parameters", 0);
        return at == nullptr || !at->is_object() || !at->contains("properties");
    }

    void check_tools() const {
        std::set<std::string> names;
        for (std::size_t i = 0; i < body_.tools.size(); ++i) {
            const auto& functions = body_.tools[i].function_declarations;
            for (std::size_t j = 0; j < functions.size(); ++j) {
                const std::string where =
                    "tools[" + std::to_string(i) + "].function_declarations[" + std::to_string(j) + ']';
                const std::string name = functions[j].name.value_or("");
                if (!detail::is_function_name(name))
                    throw bad_request(where + ".name",
                                      "* GenerateContentRequest." + where +
                                          ".name: [Invalid function name. Must start with a letter or an "
                                          "underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), "
                                          "dots (.), colons (:), or dashes (-), with a maximum length of "
                                          "64.]");
                check_word(where + ".behavior", "FunctionDeclaration.Behavior", functions[j].behavior.text(),
                           {"UNSPECIFIED", "BLOCKING", "NON_BLOCKING"});
                if (!names.insert(name).second)
                    throw bad_request(where + ".name", "Duplicate function declaration found: " + name);
                if (functions[j].parameters && !is_bare_object(*functions[j].parameters, i, j))
                    check_schema(*functions[j].parameters, where + ".parameters");
            }
        }
        if (!body_.tool_config || !body_.tool_config->function_calling_config) return;
        const FunctionCallingConfig& calling = *body_.tool_config->function_calling_config;
        const std::string where = "tool_config.function_calling_config.";
        check_word(where + "mode", "FunctionCallingConfig.Mode", calling.mode.text(),
                   {"MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED"});
        for (const std::string& name : calling.allowed_function_names)
            if (names.count(name) == 0)
                throw bad_request(where + "allowed_function_names",
                                  "* GenerateContentRequest." + where +
                                      "allowed_function_names: the function " + name +
                                      " is not among the function declarations");
    }

    void check_config(const GenerationRequestConfig& config) const {
        const auto within = [](const char* field, const std::optional<double>& value, double least,
                               double most) {
            if (value && !(*value >= least && *value <= most))
                throw bad_request(std::string("generation_config.") + field,
                                  std::string("* GenerateContentRequest.generation_config.") + field +
                                      ": must be in the range [" + nlohmann::json(least).dump() + ", " +
                                      nlohmann::json(most).dump() + "]");
        };
        within("temperature", config.temperature, 0, 2);
        within("top_p", config.top_p, 0, 1);
        if (config.candidate_count)
            within("candidate_count", static_cast<double>(*config.candidate_count), 1, 8);
        if (config.max_output_tokens)
            within("max_output_tokens", static_cast<double>(*config.max_output_tokens), 1, 1'000'000);
        if (config.logprobs) within("logprobs", static_cast<double>(*config.logprobs), 0, 20);
        if (config.stop_sequences.size() > 5)
            throw bad_request(
                "generation_config.stop_sequences",
                "* GenerateContentRequest.generation_config.stop_sequences: at most 5 are allowed");
        if (strict_) check_words(config);
        const bool schema =
            !config.response_schema.text().empty() || !config.response_json_schema.text().empty();
        const std::string mime = config.response_mime_type.value_or("text/plain");
        if (schema && mime != "application/json" && mime != "text/x.enum")
            throw bad_request("generation_config.response_mime_type",
                              "Function calling with a response mime type: 'text/plain' is unsupported with "
                              "a response schema");
    }

    void check_words(const GenerationRequestConfig& config) const {
        const std::string where = "generation_config.";
        if (config.response_mime_type) {
            constexpr std::string_view kinds[]{"text/plain", "application/json", "application/xml",
                                               "application/yaml", "text/x.enum"};
            if (std::find(std::begin(kinds), std::end(kinds), *config.response_mime_type) == std::end(kinds))
                throw bad_request(where + "response_mime_type",
                                  "* GenerateContentRequest.generation_config.response_mime_type: allowed "
                                  "mimetypes are `text/plain`, `application/json`, `application/xml`, "
                                  "`application/yaml` and `text/x.enum`.");
        }
        for (std::size_t i = 0; i < config.response_modalities.size(); ++i)
            check_word(where + "response_modalities[" + std::to_string(i) + ']', "GenerationConfig.Modality",
                       config.response_modalities[i],
                       {"MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO", "VIDEO"});
        check_word(where + "media_resolution", "GenerationConfig.MediaResolution",
                   config.media_resolution.text(),
                   {"MEDIA_RESOLUTION_UNSPECIFIED", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM",
                    "MEDIA_RESOLUTION_HIGH", "MEDIA_RESOLUTION_ULTRA_HIGH"});
        if (config.thinking_config)
            check_word(where + "thinking_config.thinking_level", "ThinkingConfig.ThinkingLevel",
                       config.thinking_config->thinking_level.text(),
                       {"THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH", "XHIGH"});
        if (!config.response_schema.text().empty())
            check_schema(parse_body<Schema>(config.response_schema.text(), true, where + "response_schema"),
                         where + "response_schema");
    }

    const GenerateContentRequest& body_;
    const std::string& text_;
    const ModelInfo& model_;
    bool strict_;
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
