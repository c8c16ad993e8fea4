#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content_config.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What stands between a call's id and the thought signature that is kept there, as LiteLLM has it.
inline constexpr std::string_view signature_mark = "__thought__";
/// The signature that Gemini takes where none was kept.
/// https://ai.google.dev/gemini-api/docs/thought-signatures
inline constexpr std::string_view any_signature = "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=";

/// Turns messages into contents and the system instruction. Throws InvalidArgument with a pointer into
/// `messages` for roles that are not known, results without a call, arguments that are no object, and media
/// that cannot be read. Bytes of media are copied, or `borrowed` from the messages.
void set_turns(std::vector<Content>& contents, GenerateContentConfig& config,
               const std::vector<ChatCompletionMessage>& messages, const ModelTraits& model, bool borrowed);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/media_part.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Gathers the contents of a request, message by message.
class Turns {
public:
    Turns(const ModelTraits& model, bool borrowed) : model_(model), borrowed_(borrowed) {}

    void add(const ChatCompletionMessage& message, const std::string& pointer) {
        const std::string& role = message.role.text();
        if (role == "system" || role == "developer") add_system(message, pointer);
        else if (role == "user") add_user(message, pointer);
        else if (role == "assistant") add_assistant(message, pointer);
        else if (role == "tool" || role == "function") add_result(message, pointer);
        else throw InvalidArgument(pointer + "/role", role.empty() ? "is missing" : "is not known: " + role);
    }

    void move_to(std::vector<Content>& contents, GenerateContentConfig& config) && {
        if (contents_.empty() && !system_.empty()) open("user").push_back(Part::from_text("."));
        if (resolution_ != 0) config.media_resolution = MediaResolution(resolutions[resolution_]);
        if (model_.is_gemma() && !system_.empty()) {
            if (contents_.front().role != "user")
                contents_.insert(contents_.begin(), Content{.role = "user"});
            std::vector<Part>& first = contents_.front().parts;
            first.insert(first.begin(), system_.begin(), system_.end());
        } else if (!system_.empty()) {
            config.system_instruction = Content{.parts = std::move(system_)};
        }
        contents = std::move(contents_);
    }

private:
    struct Call {
        std::string id{};  // without a signature
        std::string name{};
        bool answered{false};
    };

    static constexpr std::string_view resolutions[] = {"", "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM",
                                                       "MEDIA_RESOLUTION_HIGH",
                                                       "MEDIA_RESOLUTION_ULTRA_HIGH"};

    /// The parts of the turn that goes on, or of a new one.
    std::vector<Part>& open(std::string_view role) {
        if (contents_.empty() || contents_.back().role != role || results_) {
            contents_.push_back({.role = std::string(role)});
            results_ = false;
        }
        return contents_.back().parts;
    }

    void add_system(const ChatCompletionMessage& message, const std::string& pointer) {
        if (message.content.unknown() != nullptr || message.content.empty())
            throw InvalidArgument(pointer + "/content", "is neither a text nor a list of parts");
        for (const Part& part : content_parts(message.content, pointer + "/content"))
            if (!part.text) throw InvalidArgument(pointer + "/content", "has media: instructions are texts");
        if (std::string text = message.content.text(); !text.empty())
            system_.push_back(Part::from_text(std::move(text)));
    }

    void add_user(const ChatCompletionMessage& message, const std::string& pointer) {
        std::vector<Part> parts = content_parts(message.content, pointer + "/content");
        if (parts.empty()) throw InvalidArgument(pointer + "/content", "is empty");
        const auto has_text = [](const Part& part) { return part.text.has_value(); };
        if (std::none_of(parts.begin(), parts.end(), has_text))  // older models take no media alone
            parts.push_back(Part::from_text(" "));
        append(open("user"), std::move(parts));
    }

    void add_assistant(const ChatCompletionMessage& message, const std::string& pointer) {
        std::vector<Part> parts = thoughts(message);
        append(parts, tool_parts(message, pointer + "/provider_specific_fields"));
        const bool signed_call = message.function_call || has_signed_call(message);
        std::vector<Part> said = content_parts(message.content, pointer + "/content");
        if (message.refusal && !message.refusal->empty()) said.push_back(Part::from_text(*message.refusal));
        if (!said.empty() && !signed_call)
            if (const std::string* const signature = message_signature(message))
                said.front().thought_signature = *signature;
        append(parts, std::move(said));
        for (std::size_t i = 0; i < message.images.size(); ++i)
            parts.push_back(media_part({.type = "image_url", .image_url = message.images[i].image_url},
                                       pointer + "/images/" + std::to_string(i), borrowed_));
        calls_.clear();
        for (std::size_t i = 0; i < message.tool_calls.size(); ++i)
            parts.push_back(call_part(message.tool_calls[i], pointer + "/tool_calls/" + std::to_string(i)));
        if (message.function_call) {
            calls_.push_back({.name = message.function_call->name.value_or("")});
            parts.push_back(function_part(*message.function_call, pointer + "/function_call"));
            if (const std::string* const signature = message_signature(message))
                parts.back().thought_signature = *signature;
            else if (model_.is_gemini_3() && calls_.size() == 1)
                parts.back().thought_signature = any_signature;
        }
        if (parts.empty() && message.audio)
            throw InvalidArgument(pointer + "/audio", "is not kept by Gemini: send what was said as content");
        if (!parts.empty()) append(open("model"), std::move(parts));
    }

    /// The model's thinking, in the one form of those that are there that has signatures, else in another.
    static std::vector<Part> thoughts(const ChatCompletionMessage& message) {
        std::vector<Part> parts;
        const auto add = [&parts](const Text& text, const Text& signature) {
            if (!text || text->empty()) return;
            parts.push_back({.text = text, .thought = true, .thought_signature = signature});
        };
        for (const ThinkingBlock& block : message.thinking_blocks) add(block.thinking, block.signature);
        if (parts.empty()) add(message.reasoning_content ? message.reasoning_content : message.reasoning, {});
        return parts;
    }

    static const std::string* signature_of(const ChatCompletionMessageToolCall& call) {
        if (call.provider_specific_fields && call.provider_specific_fields->thought_signature)
            return &*call.provider_specific_fields->thought_signature;
        if (call.extra_content && call.extra_content->google && call.extra_content->google->thought_signature)
            return &*call.extra_content->google->thought_signature;
        return nullptr;
    }

    /// The signature of a message's text: one that is neither of its thinking nor of a call.
    static const std::string* message_signature(const ChatCompletionMessage& message) {
        const auto is_taken = [&message](const std::string& signature) {
            return std::any_of(message.thinking_blocks.begin(), message.thinking_blocks.end(),
                               [&](const ThinkingBlock& block) { return block.signature == signature; }) ||
                   std::any_of(message.tool_calls.begin(), message.tool_calls.end(), [&](const auto& call) {
                       const std::string* const own = signature_of(call);
                       return own != nullptr && *own == signature;
                   });
        };
        if (message.provider_specific_fields)
            for (const std::string& signature : message.provider_specific_fields->thought_signatures)
                if (!is_taken(signature)) return &signature;
        if (message.extra_content && message.extra_content->google &&
            message.extra_content->google->thought_signature)
            return &*message.extra_content->google->thought_signature;
        return nullptr;
    }

    /// What Google's own tools were asked and gave, and code that ran, as an answer told it.
    static std::vector<Part> tool_parts(const ChatCompletionMessage& message, const std::string& pointer) {
        std::vector<Part> parts;
        if (!message.provider_specific_fields) return parts;
        const ProviderSpecificFields& fields = *message.provider_specific_fields;
        const auto each = [&](const RawJson& list, const char* name, auto add) {
            if (list.text().empty()) return;
            try {
                for (const Json& one : decode<std::vector<Json>>(list.text())) add(one);
            } catch (const DecodeError& problem) {
                throw InvalidArgument(pointer + '/' + name + problem.pointer(), problem.problem());
            }
        };
        each(fields.server_side_tool_invocations, "server_side_tool_invocations", [&parts](const Json& one) {
            Json call = Json::object();
            Json response = Json::object();
            for (const auto& [name, value] : one.items()) {
                if (name == "id") call["id"] = response["id"] = value;
                else if (name == "tool_type") call["toolType"] = response["toolType"] = value;
                else if (name == "args") call["args"] = value;
                else if (name == "response" && value.is_object()) response["response"] = value;
            }
            Part asked{.tool_call = decode<ToolCall>(call.dump())};
            if (one.contains("thought_signature") && one["thought_signature"].is_string())
                asked.thought_signature = one["thought_signature"].get<std::string>();
            parts.push_back(std::move(asked));
            if (response.contains("response"))
                parts.push_back({.tool_response = decode<ToolResponse>(response.dump())});
        });
        each(fields.code_execution, "code_execution", [&parts](const Json& one) {
            if (one.contains("code"))
                parts.push_back({.executable_code = decode<ExecutableCode>(one.dump())});
            else parts.push_back({.code_execution_result = decode<CodeExecutionResult>(one.dump())});
        });
        return parts;
    }

    static bool has_signed_call(const ChatCompletionMessage& message) {
        return std::any_of(message.tool_calls.begin(), message.tool_calls.end(), [](const auto& call) {
            return signature_of(call) != nullptr ||
                   call.id.value_or("").find(signature_mark) != std::string::npos;
        });
    }

    Part call_part(const ChatCompletionMessageToolCall& call, const std::string& pointer) {
        std::string id = call.id.value_or("");
        std::string signature;
        if (const auto at = id.find(signature_mark); at != std::string::npos) {
            signature = id.substr(at + signature_mark.size());
            id.resize(at);
        }
        if (const std::string* const given = signature_of(call)) signature = *given;
        if (signature.empty() && model_.is_gemini_3() && calls_.empty()) signature = any_signature;

        Part part;
        if (call.custom) {
            if (!call.custom->name) throw InvalidArgument(pointer + "/custom/name", "is missing");
            part = Part::from_function_call(*call.custom->name, {{"input", call.custom->input.value_or("")}});
        } else if (call.function) {
            part = function_part(*call.function, pointer + "/function");
        } else {
            throw InvalidArgument(pointer + "/function", "is missing");
        }
        calls_.push_back({.id = id, .name = *part.function_call->name});
        if (model_.is_gemini_3() && !id.empty()) part.function_call->id = std::move(id);
        if (!signature.empty()) part.thought_signature = std::move(signature);
        return part;
    }

    static Part function_part(const FunctionCall& function, const std::string& pointer) {
        if (!function.name || function.name->empty()) throw InvalidArgument(pointer + "/name", "is missing");
        const std::string arguments = function.arguments.value_or("");
        if (arguments.find_first_not_of(" \t\r\n") == std::string::npos)
            return Part::from_function_call(*function.name, Json::object());
        Json args;
        try {
            args = decode<Json>(arguments);
        } catch (const DecodeError& problem) {
            throw InvalidArgument(pointer + "/arguments", std::string("is no JSON: ") + problem.what());
        }
        if (!args.is_object()) throw InvalidArgument(pointer + "/arguments", "is JSON, but no object");
        return Part::from_function_call(*function.name, std::move(args));
    }

    void add_result(const ChatCompletionMessage& message, const std::string& pointer) {
        std::string id = message.tool_call_id.value_or("");
        id.resize((std::min)(id.size(), id.find(signature_mark)));
        std::string name = message.name.value_or("");
        std::size_t place = calls_.size();
        for (std::size_t i = calls_.size(); i-- > 0;)  // the first that has no result, else the first
            if ((message.tool_call_id ? calls_[i].id == id : calls_[i].name == name) &&
                (place == calls_.size() || !calls_[i].answered || calls_[place].answered))
                place = i;
        if (place < calls_.size()) {
            name = calls_[place].name;
            calls_[place].answered = true;
        }
        if (name.empty())
            throw InvalidArgument(pointer + "/tool_call_id",
                                  "is of no call in the message before: \"" + id + '"');

        Json given;
        std::vector<Part> media;
        if (const auto* const other = message.content.unknown()) {
            given = decode<Json>(other->text());
            if (!given.is_object()) given = Json{{"content", std::move(given)}};
        } else if (message.content.is<std::vector<ContentPart>>()) {
            std::string text;
            for (Part& part : content_parts(message.content, pointer + "/content"))
                if (part.text) text += *part.text;
                else media.push_back(std::move(part));
            given = result_of(text);
        } else {
            given = result_of(message.content.text());
        }
        Part result = Part::from_function_response(std::move(name), std::move(given));
        if (model_.is_gemini_3()) {
            if (!id.empty()) result.function_response->id = std::move(id);
            for (Part& part : media) result.function_response->parts.push_back(result_part(std::move(part)));
            media.clear();
        }
        media.insert(media.begin(), std::move(result));
        add_in_order(std::move(media), place);
    }

    /// Adds a result, and media that belong to it, where its call stands among the calls.
    void add_in_order(std::vector<Part> parts, std::size_t place) {
        if (!results_) {
            contents_.push_back({.role = "user"});
            places_.clear();
        }
        results_ = true;
        const auto at = std::upper_bound(places_.begin(), places_.end(), place) - places_.begin();
        places_.insert(places_.begin() + at, parts.size(), place);
        std::vector<Part>& to = contents_.back().parts;
        to.insert(to.begin() + at, std::make_move_iterator(parts.begin()),
                  std::make_move_iterator(parts.end()));
    }

    /// A result as an object: as it is where it is one.
    static Json result_of(const std::string& text) {
        if (text.find('{') != std::string::npos) {
            try {
                if (Json object = decode<Json>(text); object.is_object()) return object;
            } catch (const DecodeError&) {  // a text that looks like one
            }
        }
        return {{"content", text}};
    }

    static FunctionResponsePart result_part(Part part) {
        FunctionResponsePart made;
        if (part.inline_data)
            made.inline_data = FunctionResponseBlob{.data = std::move(part.inline_data->data),
                                                    .mime_type = std::move(part.inline_data->mime_type)};
        if (part.file_data)
            made.file_data = FunctionResponseFileData{.file_uri = std::move(part.file_data->file_uri),
                                                      .mime_type = std::move(part.file_data->mime_type)};
        return made;
    }

    /// Texts that say something, and media.
    std::vector<Part> content_parts(const MessageContent& content, const std::string& pointer) {
        if (content.unknown() != nullptr)
            throw InvalidArgument(pointer, "is neither a text nor a list of parts");
        std::vector<Part> parts;
        const auto add_text = [&parts](const Text& text) {
            if (text && !text->empty()) parts.push_back(Part::from_text(*text));
        };
        if (const auto* const text = content.get_if<std::string>()) add_text(*text);
        const auto* const list = content.get_if<std::vector<ContentPart>>();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            const ContentPart& part = (*list)[i];
            const std::string place = pointer + '/' + std::to_string(i);
            const std::string type = part.type.value_or(part.text ? "text" : "");
            if (type == "text" || type == "input_text" || type == "output_text") add_text(part.text);
            else if (type == "refusal") add_text(part.refusal);
            else if (is_one_of(type, "image_url input_audio file")) parts.push_back(seen(part, place));
            else
                throw InvalidArgument(place + "/type", type.empty() ? "is missing" : "is not known: " + type);
        }
        return parts;
    }

    /// Media, and how closely it is looked at: by part where the model can, else by the closest of all.
    Part seen(const ContentPart& given, const std::string& pointer) {
        Part part = media_part(given, pointer, borrowed_);
        const ImageDetail detail = detail_of(given);
        const std::size_t level = detail == "low"          ? 1
                                  : detail == "medium"     ? 2
                                  : detail == "high"       ? 3
                                  : detail == "ultra_high" ? 4
                                                           : 0;
        if (level == 0) return part;
        if (model_.is_gemini_3())
            part.media_resolution =
                PartMediaResolution{.level = PartMediaResolutionLevel(resolutions[level])};
        else resolution_ = (std::max)(resolution_, (std::min)(level, std::size_t{3}));
        return part;
    }

    static void append(std::vector<Part>& to, std::vector<Part> parts) {
        std::move(parts.begin(), parts.end(), std::back_inserter(to));
    }

    const ModelTraits& model_;
    bool borrowed_;
    std::vector<Content> contents_{};
    std::vector<Part> system_{};
    std::vector<Call> calls_{};          // of the last message of the model
    bool results_{false};                // whether the last turn holds results, which stay apart
    std::vector<std::size_t> places_{};  // of the parts of that turn, the places of their calls
    std::size_t resolution_{0};          // the closest that was asked for
};

GENAI_INLINE void set_turns(std::vector<Content>& contents, GenerateContentConfig& config,
                            const std::vector<ChatCompletionMessage>& messages, const ModelTraits& model,
                            bool borrowed) {
    if (messages.empty()) throw InvalidArgument("messages", "is empty");
    Turns turns(model, borrowed);
    for (std::size_t i = 0; i < messages.size(); ++i)
        turns.add(messages[i], "/messages/" + std::to_string(i));
    std::move(turns).move_to(contents, config);
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
