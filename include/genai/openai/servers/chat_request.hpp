#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The body of a chat completion for the body of a generateContent request. Throws InvalidArgument with the
/// place of what OpenAI's shapes cannot say, or leaves it out where the dialect drops it.
Tree chat_request(const Tree& request, std::string_view model, const Dialect& dialect, bool stream);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <genai/openai/servers/json_schema.hpp>
#include <genai/openai/servers/messages.hpp>
#include <genai/openai/unsayable.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Writes what stands beside the messages.
class ChatOptions {
public:
    ChatOptions(Tree& body, const Dialect& dialect)
        : body_(body), dialect_(dialect), unsayable_(dialect.drop_params) {}

    void generation_config(const Tree& config) {
        std::string known =
            "temperature topP seed presencePenalty frequencyPenalty maxOutputTokens stopSequences "
            "candidateCount responseLogprobs logprobs responseMimeType responseSchema responseJsonSchema "
            "thinkingConfig responseModalities speechConfig mediaResolution";
        if (dialect_.top_k) known += " topK";
        unsayable_.others(config, at, known);
        for (const auto& [ours, theirs] :
             {std::pair("temperature", "temperature"), std::pair("topP", "top_p"), std::pair("seed", "seed"),
              std::pair("presencePenalty", "presence_penalty"),
              std::pair("frequencyPenalty", "frequency_penalty")})
            copy(config, ours, theirs);
        copy(config, "maxOutputTokens", dialect_.max_tokens.c_str());
        copy(config, "stopSequences", "stop");
        if (const Tree* const count = find(config, "candidateCount"); count != nullptr && *count != 1)
            body_["n"] = *count;
        if (dialect_.top_k) copy(config, "topK", "top_k");
        logprobs(config);
        response_format(config);
        if (const Tree* const thinking = find(config, "thinkingConfig")) thinking_config(*thinking);
        modalities(config);
    }
    void tools(const Tree& tools, const Tree& tool_config);
    void safety(const Tree& settings) {
        for (std::size_t i = 0; i < settings.size(); ++i)
            if (const auto threshold = text_at(settings[i], "threshold");
                threshold != "OFF" && threshold != "BLOCK_NONE")
                unsayable_("/safetySettings/" + std::to_string(i), "this server has no safety settings");
    }
    void cached_content(const Tree& name) {
        if (dialect_.google_extra) body_["extra_body"]["google"]["cached_content"] = name;
        else unsayable_("/cachedContent", "this server has no cached contents");
    }
    void service_tier(const Tree& tier) {
        const std::string word = lower(tier.is_string() ? tier.get<std::string>() : write_tree(tier));
        if (word == "standard") body_["service_tier"] = "default";
        else if (word == "flex" || word == "priority") body_["service_tier"] = word;
        else if (word != "unspecified") unsayable_("/serviceTier", "is no service tier of OpenAI's");
    }

private:
    static constexpr const char* at = "/generationConfig";

    void copy(const Tree& config, const char* ours, const char* theirs) {
        if (const Tree* const value = find(config, ours)) body_[theirs] = *value;
    }
    void logprobs(const Tree& config) {
        const Tree* const count = find(config, "logprobs");
        if (count != nullptr || is_set(config, "responseLogprobs")) body_["logprobs"] = true;
        if (count != nullptr) body_["top_logprobs"] = *count;
    }
    void response_format(const Tree& config);
    void thinking_config(const Tree& config);
    void modalities(const Tree& config);
    void declare(const Tree& tool, const std::string& pointer, const Tree& allowed, Tree& made);

    Tree& body_;
    const Dialect& dialect_;
    Unsayable unsayable_;
};

GENAI_INLINE void ChatOptions::response_format(const Tree& config) {
    const std::string type = lower(text_at(config, "responseMimeType"));
    const Tree* const own = find(config, "responseSchema");
    const Tree* const json = find(config, "responseJsonSchema");
    if (!type.empty() && type != "text/plain" && type != "application/json") {
        unsayable_(std::string(at) + "/responseMimeType", "this server answers in text or JSON");
        return;
    }
    const auto with_schema = [](Tree schema) {
        return Tree{{"type", "json_schema"},
                    {"json_schema", {{"name", "response"}, {"schema", std::move(schema)}}}};
    };
    if (own != nullptr || json != nullptr) {
        if (dialect_.json_schema) {
            body_["response_format"] = with_schema(json != nullptr ? *json : json_schema_of(*own));
            return;
        }
        unsayable_(std::string(at) + (json != nullptr ? "/responseJsonSchema" : "/responseSchema"),
                   "this server takes no schema; json_object is what it has");
    }
    if (type != "application/json") return;
    body_["response_format"] =
        dialect_.json_object ? Tree{{"type", "json_object"}} : with_schema({{"type", "object"}});
}

GENAI_INLINE void ChatOptions::thinking_config(const Tree& config) {
    const std::string pointer = std::string(at) + "/thinkingConfig";
    unsayable_.others(config, pointer, "thinkingLevel thinkingBudget includeThoughts");
    const std::string level = lower(text_at(config, "thinkingLevel"));
    const Tree* const budget = find(config, "thinkingBudget");
    if (!level.empty() && budget != nullptr)
        throw InvalidArgument(pointer, "has a level and a budget: one of them decides");
    if (dialect_.google_extra) {
        Tree& thinking = body_["extra_body"]["google"]["thinking_config"];
        if (!level.empty()) thinking["thinking_level"] = level;
        if (budget != nullptr) thinking["thinking_budget"] = *budget;
        if (const Tree* const thoughts = find(config, "includeThoughts"))
            thinking["include_thoughts"] = *thoughts;
        return;
    }
    std::string effort = level == "thinking_level_unspecified" ? "" : level;
    if (budget != nullptr) {
        const std::int64_t tokens = integer_at(config, "thinkingBudget");
        effort = tokens < 0       ? ""
                 : tokens == 0    ? "none"
                 : tokens <= 1024 ? "low"
                 : tokens <= 8192 ? "medium"
                                  : "high";
    }
    if (effort == "minimal" && dialect_.kind == Kind::ollama) effort = "low";
    if (!effort.empty()) body_["reasoning_effort"] = effort;
}

GENAI_INLINE void ChatOptions::modalities(const Tree& config) {
    bool audio = false;
    bool image = false;
    for (const Tree& one : list_at(config, "responseModalities")) {
        audio = audio || one == "AUDIO";
        image = image || one == "IMAGE";
    }
    if (image) {
        if (dialect_.kind == Kind::openrouter || dialect_.kind == Kind::litellm)
            body_["modalities"] = Tree::array({"image", "text"});
        else
            unsayable_(std::string(at) + "/responseModalities", "this server makes no images in its answers");
    }
    const Tree* const speech = find(config, "speechConfig");
    if (!audio) {
        if (speech != nullptr) unsayable_(std::string(at) + "/speechConfig", "is for answers in AUDIO");
        return;
    }
    const Tree* const prebuilt = find(config, "speechConfig", "voiceConfig", "prebuiltVoiceConfig");
    const auto voice = prebuilt == nullptr ? std::string_view() : text_at(*prebuilt, "voiceName");
    if (voice.empty())
        throw InvalidArgument(std::string(at) + "/speechConfig", "names no voice, which this server wants");
    body_["modalities"] = Tree::array({"text", "audio"});
    body_["audio"] = {{"voice", voice}, {"format", "wav"}};
}

GENAI_INLINE void ChatOptions::declare(const Tree& tool, const std::string& pointer, const Tree& allowed,
                                       Tree& made) {
    unsayable_.others(tool, pointer, "functionDeclarations");
    std::size_t index = 0;
    for (const Tree& declaration : list_at(tool, "functionDeclarations")) {
        const std::string place = pointer + "/functionDeclarations/" + std::to_string(index++);
        unsayable_.others(declaration, place,
                          "name description parameters parametersJsonSchema behavior response "
                          "responseJsonSchema");
        if (text_at(declaration, "behavior") == "NON_BLOCKING")
            unsayable_(place + "/behavior", "this server waits for every function");
        const Tree name = std::string(text_at(declaration, "name"));
        if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), name) == allowed.end()) continue;
        Tree function{{"name", name}};
        if (const Tree* const description = find(declaration, "description"))
            function["description"] = *description;
        const Tree* const json = find(declaration, "parametersJsonSchema");
        const Tree* const own = find(declaration, "parameters");
        function["parameters"] = json != nullptr  ? *json
                                 : own != nullptr ? json_schema_of(*own)
                                                  : Tree{{"type", "object"}, {"properties", Tree::object()}};
        made.push_back({{"type", "function"}, {"function", std::move(function)}});
    }
}

GENAI_INLINE void ChatOptions::tools(const Tree& tools, const Tree& tool_config) {
    const std::string pointer = "/toolConfig";
    unsayable_.others(tool_config, pointer, "functionCallingConfig");
    const Tree none;
    const Tree* const found = find(tool_config, "functionCallingConfig");
    const Tree& calling = found == nullptr ? none : *found;
    unsayable_.others(calling, pointer + "/functionCallingConfig", "mode allowedFunctionNames");
    const Tree& allowed = list_at(calling, "allowedFunctionNames");
    Tree made = Tree::array();
    for (std::size_t i = 0; i < tools.size(); ++i)
        declare(tools[i], "/tools/" + std::to_string(i), allowed, made);
    for (const Tree& name : allowed)
        if (std::none_of(made.begin(), made.end(),
                         [&](const Tree& one) { return one["function"]["name"] == name; }))
            throw InvalidArgument(pointer + "/functionCallingConfig/allowedFunctionNames",
                                  "names a function that no tool declares: " + write_tree(name));
    const std::string mode = upper(text_at(calling, "mode"));
    if (mode == "ANY" && made.empty())
        throw InvalidArgument(pointer + "/functionCallingConfig/mode",
                              "is ANY, and no tool declares a function");
    if (made.empty()) return;
    body_["tools"] = std::move(made);
    if (mode == "AUTO" || mode == "VALIDATED") body_["tool_choice"] = "auto";
    else if (mode == "ANY") body_["tool_choice"] = "required";
    else if (mode == "NONE") body_["tool_choice"] = "none";
    else if (!mode.empty() && mode != "MODE_UNSPECIFIED")
        unsayable_(pointer + "/functionCallingConfig/mode", "is no mode that this server has");
}

GENAI_INLINE Tree chat_request(const Tree& request, std::string_view model, const Dialect& dialect,
                               bool stream) {
    Tree body{{"model", std::string(model)}, {"messages", messages_of(request, dialect)}};
    ChatOptions options(body, dialect);
    Unsayable(dialect.drop_params)
        .others(
            request, "",
            "model contents systemInstruction generationConfig tools toolConfig safetySettings cachedContent "
            "serviceTier");
    if (const Tree* const config = find(request, "generationConfig")) options.generation_config(*config);
    const Tree* const tool_config = find(request, "toolConfig");
    options.tools(list_at(request, "tools"), tool_config == nullptr ? Tree() : *tool_config);
    options.safety(list_at(request, "safetySettings"));
    if (const Tree* const name = find(request, "cachedContent")) options.cached_content(*name);
    if (const Tree* const tier = find(request, "serviceTier")) options.service_tier(*tier);
    if (!stream) return body;
    body["stream"] = true;
    if (dialect.stream_usage) body["stream_options"] = {{"include_usage", true}};
    return body;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
