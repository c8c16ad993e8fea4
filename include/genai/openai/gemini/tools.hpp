#pragma once

#include <genai/config.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/openai/unsayable.hpp>
#include <genai/types/generate_content_config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What the model may use, and whether it must. Throws InvalidArgument for tools that are not known, names of
/// functions that are not there, and schemas that are none.
void set_tools(GenerateContentConfig& config, const CompletionCreateParams& params, const ModelTraits& model,
               const Unsayable& unsayable);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/gemini/schema_cleanup.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Gathers the tools of a request.
class Tools {
public:
    Tools(GenerateContentConfig& config, const ModelTraits& model, const Unsayable& unsayable)
        : config_(config), model_(model), unsayable_(unsayable) {}

    void add_function(const FunctionDefinition& function, const std::string& pointer) {
        if (!function.name || function.name->empty()) throw InvalidArgument(pointer + "/name", "is missing");
        FunctionDeclaration made{.description = function.description, .name = function.name};
        if (const std::string& given = function.parameters.text(); !given.empty()) {
            Tree schema = try_parse_tree(given);
            if (schema == "") schema = Tree::object();
            const SchemaCleanup how{.integer_enums = model_.is_gemini_3()};
            made.parameters = gemini_schema(schema, pointer + "/parameters", how);
        }
        functions_.push_back(std::move(made));
    }

    void add(const ChatCompletionTool& tool, const std::string& pointer) {
        const std::string type = tool.type.value_or("");
        const std::string* const raw = tool.extra.raw();
        const Tree others = raw == nullptr ? Tree::object() : parse_tree('{' + *raw + '}');
        if (tool.function) {
            add_function(*tool.function, pointer + "/function");
            for (const auto& [name, settings] : others.items())
                if (is_googles(camel_case(name)) && !settings.is_null())
                    add_google(camel_case(name), settings, pointer + '/' + name);
            return;
        }
        if (type == "function") {  // in the form of OpenAI's Responses, beside the type
            try {
                return add_function(decode<FunctionDefinition>(write_tree(others)), pointer);
            } catch (const DecodeError& problem) {
                throw InvalidArgument(pointer + problem.pointer(), problem.problem());
            }
        }
        if (tool.custom || type == "custom")
            return unsayable_(pointer, "is a custom tool, which Gemini has none of: declare a function");
        if (type.empty()) {
            for (const auto& [name, settings] : others.items())
                if (!settings.is_null()) add_google(camel_case(name), settings, pointer + '/' + name);
        } else if (type.starts_with("web_search")) {
            add_google("googleSearch", Tree::object(), pointer);
        } else {
            const Tree* const within = find(others, type.c_str());
            add_google(camel_case(type), within != nullptr && within->is_object() ? *within : others,
                       pointer);
        }
    }

    void finish() {
        if (!functions_.empty())
            config_.tools.insert(config_.tools.begin(), Tool{.function_declarations = std::move(functions_)});
    }

    /// Leaves Google's own tools out, which have no mode in which they are not called.
    void drop_googles() {
        config_.tools.clear();
        searches_ = false;
    }

    bool has_functions() const { return !functions_.empty(); }
    bool has_function(std::string_view name) const {
        return std::any_of(functions_.begin(), functions_.end(),
                           [name](const FunctionDeclaration& one) { return one.name == name; });
    }
    std::size_t functions() const { return functions_.size(); }
    bool searches() const { return searches_; }

private:
    static bool is_googles(std::string_view name) {
        return is_one_of(name,
                         "googleSearch googleSearchRetrieval enterpriseWebSearch codeExecution urlContext "
                         "googleMaps computerUse fileSearch");
    }

    /// One of Google's own tools.
    void add_google(const std::string& name, const Tree& settings, const std::string& pointer) {
        if (!is_googles(name)) return unsayable_(pointer, "is no tool that Gemini knows");
        Tree made = settings.is_object() ? settings : Tree::object();
        if (name == "googleMaps") take_location(made, pointer);
        if (name == "computerUse") made = computer_use(made);
        searches_ = searches_ || is_one_of(name, "googleSearch googleSearchRetrieval enterpriseWebSearch");
        try {
            config_.tools.push_back(decode<Tool>(write_tree({{name, std::move(made)}})));
        } catch (const DecodeError& problem) {
            throw InvalidArgument(pointer + problem.pointer(), problem.problem());
        }
    }

    /// Where a map is asked from belongs beside the tools.
    void take_location(Tree& maps, const std::string& pointer) {
        RetrievalConfig retrieval;
        const Tree* const latitude = find(maps, "latitude");
        const Tree* const longitude = find(maps, "longitude");
        if (latitude != nullptr && longitude != nullptr) {
            if (!latitude->is_number() || !longitude->is_number())
                throw InvalidArgument(pointer, "has a latitude or longitude that is no number");
            retrieval.lat_lng =
                LatLng{.latitude = latitude->get<double>(), .longitude = longitude->get<double>()};
        }
        if (const auto language = text_at(maps, "languageCode"); !language.empty())
            retrieval.language_code = language;
        for (const char* const key : {"latitude", "longitude", "languageCode"}) maps.erase(key);
        if (!retrieval.lat_lng && !retrieval.language_code) return;
        if (!config_.tool_config) config_.tool_config.emplace();
        config_.tool_config->retrieval_config = std::move(retrieval);
    }

    static Tree computer_use(const Tree& given) {
        Tree made = Tree::object();
        for (const auto& [name, value] : given.items()) {
            const std::string camel = camel_case(name);
            if (camel == "type") continue;
            if (camel == "environment" && value.is_string() && !value.get<std::string>().starts_with("ENV"))
                made[camel] = "ENVIRONMENT_" + upper(value.get<std::string>());
            else made[camel] = value;
        }
        return made;
    }

    GenerateContentConfig& config_;
    const ModelTraits& model_;
    const Unsayable& unsayable_;
    std::vector<FunctionDeclaration> functions_{};
    bool searches_{false};
};

/// What `tool_choice`, or the older `function_call`, says: a word, or a function's name.
struct CallChoice {
    std::string mode{};                    // none, auto, required
    std::vector<std::string> functions{};  // the only ones that may be called
};

/// The functions among tools that are allowed, and whether one must be called.
GENAI_INLINE CallChoice allowed_of(const AllowedTools& allowed) {
    CallChoice choice{.mode = allowed.mode == "required" ? "required" : "auto"};
    for (std::size_t i = 0; i < allowed.tools.size(); ++i) {
        const Json& tool = allowed.tools[i];
        const Json& function = tool.is_object() && tool.contains("function") ? tool["function"] : tool;
        if (!function.is_object() || !function.contains("name") || !function["name"].is_string())
            throw InvalidArgument("/tool_choice/allowed_tools/tools/" + std::to_string(i),
                                  "names no function");
        choice.functions.push_back(function["name"].get<std::string>());
    }
    return choice;
}

GENAI_INLINE CallChoice choice_of(const CompletionCreateParams& params) {
    const ToolChoice& choice = params.tool_choice;
    if (const auto* const word = choice.get_if<std::string>()) return {.mode = *word};
    if (const auto* const named = choice.get_if<NamedToolChoice>()) {
        if (named->function && named->function->name)
            return {.mode = "required", .functions = {*named->function->name}};
        if (named->allowed_tools) return allowed_of(*named->allowed_tools);
        return {.mode = named->type.value_or("")};
    }
    if (!choice.empty()) return {.mode = choice.unknown()->text()};
    if (const auto* const word = params.function_call.get_if<std::string>()) return {.mode = *word};
    if (const auto* const named = params.function_call.get_if<ToolName>())
        return {.mode = "required", .functions = {named->name.value_or("")}};
    return {};
}

GENAI_INLINE void set_choice(GenerateContentConfig& config, const Tools& tools, const CallChoice& choice) {
    if (choice.mode.empty()) return;
    FunctionCallingConfig calling;
    if (choice.mode == "none") calling.mode = FunctionCallingConfigMode::none;
    else if (choice.mode == "auto") calling.mode = FunctionCallingConfigMode::auto_;
    else if (choice.mode == "required") calling.mode = FunctionCallingConfigMode::any;
    else throw InvalidArgument("tool_choice", "is not one that Gemini has: " + choice.mode);
    for (const std::string& name : choice.functions)
        if (!tools.has_function(name))
            throw InvalidArgument("tool_choice", "names a function that is not declared: " + name);
    if (!choice.functions.empty() && choice.mode == "auto")
        calling.mode = FunctionCallingConfigMode::validated;  // the one in which a choice of some is free
    calling.allowed_function_names = choice.functions;
    if (!tools.has_functions()) return;  // the service takes no choice without
    if (!config.tool_config) config.tool_config.emplace();
    config.tool_config->function_calling_config = std::move(calling);
}

GENAI_INLINE void set_tools(GenerateContentConfig& config, const CompletionCreateParams& params,
                            const ModelTraits& model, const Unsayable& unsayable) {
    Tools tools(config, model, unsayable);
    for (std::size_t i = 0; i < params.tools.size(); ++i)
        tools.add(params.tools[i], "/tools/" + std::to_string(i));
    for (std::size_t i = 0; i < params.functions.size(); ++i)
        tools.add_function(params.functions[i], "/functions/" + std::to_string(i));
    if (params.web_search_options) tools.add({.type = "web_search"}, "/web_search_options");
    if (params.parallel_tool_calls.is_false() && tools.functions() > 1)
        unsayable("parallel_tool_calls", "cannot be promised: Gemini may call several functions at once");
    const CallChoice choice = choice_of(params);
    if (choice.mode == "none") tools.drop_googles();
    if (tools.searches() && tools.has_functions()) {
        if (!model.is_gemini_3())
            throw InvalidArgument("tools", model.name() + " takes no search beside functions");
        if (!config.tool_config) config.tool_config.emplace();
        config.tool_config->include_server_side_tool_invocations = true;
    }
    set_choice(config, tools, choice);
    tools.finish();
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
