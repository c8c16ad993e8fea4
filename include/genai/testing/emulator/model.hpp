#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/schema_instance.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing {

/// The part of a request's body that the API calls GenerationConfig.
struct GenerationRequestConfig {
    std::optional<double> temperature{};
    std::optional<double> top_p{};
    std::optional<double> top_k{};
    std::optional<std::int32_t> candidate_count{};
    std::optional<std::int32_t> max_output_tokens{};
    std::vector<std::string> stop_sequences{};
    std::optional<bool> response_logprobs{};
    std::optional<std::int32_t> logprobs{};
    std::optional<double> presence_penalty{};
    std::optional<double> frequency_penalty{};
    std::optional<std::int32_t> seed{};
    std::optional<std::string> response_mime_type{};
    RawJson response_schema{};
    RawJson response_json_schema{};
    std::vector<std::string> response_modalities{};
    MediaResolution media_resolution{};
    Box<SpeechConfig> speech_config{};
    Box<ThinkingConfig> thinking_config{};
    Box<AudioTranscriptionConfig> audio_transcription_config{};
    Box<ImageConfig> image_config{};
    std::optional<bool> enable_enhanced_civic_answers{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("temperature", self.temperature);
        visit("topP", self.top_p);
        visit("topK", self.top_k);
        visit("candidateCount", self.candidate_count);
        visit("maxOutputTokens", self.max_output_tokens);
        visit("stopSequences", self.stop_sequences);
        visit("responseLogprobs", self.response_logprobs);
        visit("logprobs", self.logprobs);
        visit("presencePenalty", self.presence_penalty);
        visit("frequencyPenalty", self.frequency_penalty);
        visit("seed", self.seed);
        visit("responseMimeType", self.response_mime_type);
        visit("responseSchema", self.response_schema);
        visit("responseJsonSchema", self.response_json_schema);
        visit("responseModalities", self.response_modalities);
        visit("mediaResolution", self.media_resolution);
        visit("speechConfig", self.speech_config);
        visit("thinkingConfig", self.thinking_config);
        visit("audioTranscriptionConfig", self.audio_transcription_config);
        visit("imageConfig", self.image_config);
        visit("enableEnhancedCivicAnswers", self.enable_enhanced_civic_answers);
    }
};

/// A request's body. https://ai.google.dev/api/generate-content#request-body
struct GenerateContentRequest {
    std::optional<std::string> model{};
    std::vector<Content> contents{};
    Box<Content> system_instruction{};
    std::vector<Tool> tools{};
    Box<ToolConfig> tool_config{};
    std::vector<SafetySetting> safety_settings{};
    Box<GenerationRequestConfig> generation_config{};
    std::optional<std::string> cached_content{};
    ServiceTier service_tier{};
    Dict<std::string> labels{};
    std::optional<bool> store{};
    std::optional<std::string> continuation_token{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("contents", self.contents);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("toolConfig", self.tool_config);
        visit("safetySettings", self.safety_settings);
        visit("generationConfig", self.generation_config);
        visit("cachedContent", self.cached_content);
        visit("serviceTier", self.service_tier);
        visit("labels", self.labels);
        visit("store", self.store);
        visit("continuationToken", self.continuation_token);
    }
};

/// Something that was found for a prompt, to be answered from and cited.
struct Finding {
    std::string text{};                                           ///< the chunk
    std::string title{};                                          ///< of its document
    std::string store{};                                          ///< where it lies
    std::vector<GroundingChunkCustomMetadata> custom_metadata{};  ///< of its document
};

/// What stands in for a model: it answers from the prompt, always the same, and within what was asked for.
class EmulatedModel {
public:
    /// Throws Refusal for what no model takes.
    static void validate(const GenerateContentRequest& body) {
        if (body.contents.empty())
            throw bad_request("contents", "* GenerateContentRequest.contents: contents is not specified");
        for (std::size_t i = 0; i < body.contents.size(); ++i) {
            const Content& turn = body.contents[i];
            const std::string where = "contents[" + std::to_string(i) + "]";
            if (turn.role && *turn.role != "user" && *turn.role != "model" && *turn.role != "function")
                throw bad_request(where + ".role", "Please use a valid role: user, model.");
            if (turn.parts.empty())
                throw bad_request(where + ".parts", "* GenerateContentRequest." + where +
                                                        ".parts: contents.parts must not be empty.");
            const auto count = [&](std::size_t at, auto member) {
                if (at == body.contents.size()) return std::ptrdiff_t{0};
                const auto& parts = body.contents[at].parts;
                return std::count_if(parts.begin(), parts.end(),
                                     [member](const Part& part) { return bool(part.*member); });
            };
            const auto calls = count(i, &Part::function_call);
            if (calls != 0 && calls != count(i + 1, &Part::function_response))
                throw bad_request(where,
                                  "Please ensure that the number of function response parts is equal to the "
                                  "number of function call parts of the function call turn.");
        }
        if (!body.generation_config) return;
        const GenerationRequestConfig& config = *body.generation_config;
        const auto within = [](const char* field, const std::optional<double>& value, double least,
                               double most) {
            if (value && (*value < least || *value > most))
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
        if (config.stop_sequences.size() > 5)
            throw bad_request(
                "generation_config.stop_sequences",
                "* GenerateContentRequest.generation_config.stop_sequences: at most 5 are allowed");
        const bool schema =
            !config.response_schema.text().empty() || !config.response_json_schema.text().empty();
        const std::string mime = config.response_mime_type.value_or("text/plain");
        if (schema && mime != "application/json" && mime != "text/x.enum")
            throw bad_request("generation_config.response_mime_type",
                              "Function calling with a response mime type: 'text/plain' is unsupported with "
                              "a response schema");
    }

    /// A response as JSON.
    static Tree tree(const GenerateContentResponse& response) { return Tree::parse(encode(response)); }

    /// The tokens of a text, as this model has them: words with the blanks before them.
    static std::vector<std::string> tokens(std::string_view text) {
        std::vector<std::string> pieces;
        std::size_t at = 0;
        while (at < text.size()) {
            std::size_t end = text.find_first_not_of(" \n\t", at);
            end = end == std::string_view::npos ? text.size() : text.find_first_of(" \n\t", end);
            if (end == std::string_view::npos) end = text.size();
            pieces.emplace_back(text.substr(at, end - at));
            at = end;
        }
        return pieces;
    }

    /// The tokens of contents: words, 258 for a medium, 8 for anything else.
    static std::int32_t count_tokens(const std::vector<Content>& contents) {
        std::size_t count = 0;
        for (const Content& turn : contents)
            for (const Part& part : turn.parts) {
                if (part.text) count += tokens(*part.text).size();
                else if (part.inline_data || part.file_data) count += 258;
                else count += 8;
            }
        return static_cast<std::int32_t>(count);
    }

    /// The text of the last turn.
    static std::string last_text(const GenerateContentRequest& body) {
        std::string text;
        for (const Part& part : body.contents.back().parts)
            if (part.text) text += (text.empty() ? "" : " ") + *part.text;
        return text;
    }

    /// The parts of one candidate, before limits.
    static std::vector<Part> say(const GenerateContentRequest& body, const std::vector<Finding>& findings,
                                 std::int32_t candidate) {
        const std::string prompt = last_text(body);
        std::vector<Part> parts;
        const bool thinks = body.generation_config && body.generation_config->thinking_config &&
                            body.generation_config->thinking_config->include_thoughts.is_true();
        if (thinks)
            parts.push_back({.text = "The prompt has " + std::to_string(tokens(prompt).size()) +
                                     " words; I shall answer from them.",
                             .thought = true});

        const bool answered =
            std::any_of(body.contents.back().parts.begin(), body.contents.back().parts.end(),
                        [](const Part& part) { return bool(part.function_response); });
        if (answered && !must_call(body)) {
            std::string text;
            for (const Part& part : body.contents.back().parts)
                if (part.function_response)
                    text += (text.empty() ? "" : " ") +
                            part.function_response->name.value_or("the function") + " gave " +
                            encode(part.function_response->response.value_or(Json::object())) + '.';
            parts.push_back(Part::from_text(std::move(text)));
            return parts;
        }
        if (auto calls = choose_calls(body, prompt); !calls.empty()) {
            parts.insert(parts.end(), calls.begin(), calls.end());
            return parts;
        }
        if (auto structured = structured_answer(body, prompt)) {
            parts.push_back(Part::from_text(std::move(*structured)));
            return parts;
        }
        if (!findings.empty()) {
            parts.push_back(Part::from_text(quoted(findings)));
            return parts;
        }
        if (wants(body, "IMAGE"))
            parts.push_back(Part::from_bytes(*wire::from_base64(tiny_png), "image/png"));
        std::string text = "You said: \"" + prompt + "\".";
        std::size_t media = 0;
        for (const Part& part : body.contents.back().parts)
            media += part.inline_data || part.file_data ? 1U : 0U;
        if (media != 0)
            text += " I see " + std::to_string(media) + (media == 1 ? " attachment." : " attachments.");
        if (body.system_instruction && !body.system_instruction->parts.empty())
            text += " I was told: \"" + body.system_instruction->parts.front().text.value_or("") + "\".";
        const auto turns = std::count_if(body.contents.begin(), body.contents.end(), [](const Content& turn) {
            return turn.role.value_or("user") == "user";
        });
        text += " This is turn " + std::to_string(turns) + "; no model is behind this answer.";
        if (candidate != 0) text += " (candidate " + std::to_string(candidate + 1) + ")";
        parts.push_back(Part::from_text(std::move(text)));
        return parts;
    }

    /// What was found, passage by passage.
    static std::string quoted(const std::vector<Finding>& findings) {
        std::string text;
        for (const Finding& finding : findings)
            text += (text.empty() ? "\"" : "\n\"") + finding.title + "\" says: " + finding.text;
        return text;
    }

    /// Which stretch of the answer rests on what.
    static GroundingMetadata grounding(const std::vector<Finding>& findings) {
        GroundingMetadata metadata;
        std::int32_t at = 0;
        for (const Finding& finding : findings) {
            metadata.grounding_chunks.push_back({.retrieved_context = GroundingChunkRetrievedContext{
                                                     .text = finding.text,
                                                     .title = finding.title,
                                                     .custom_metadata = finding.custom_metadata,
                                                     .file_search_store = finding.store}});
            const std::string line = '"' + finding.title + "\" says: " + finding.text;
            const auto end = at + static_cast<std::int32_t>(line.size());
            metadata.grounding_supports.push_back(
                {.grounding_chunk_indices = {static_cast<std::int32_t>(metadata.grounding_chunks.size() - 1)},
                 .segment = Segment{.start_index = at, .end_index = end, .text = line}});
            at = end + 1;
        }
        return metadata;
    }

    /// One pixel.
    static constexpr std::string_view tiny_png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    /// Whether that modality was asked for.
    static bool wants(const GenerateContentRequest& body, std::string_view modality) {
        if (!body.generation_config) return false;
        const auto& modalities = body.generation_config->response_modalities;
        return std::find(modalities.begin(), modalities.end(), modality) != modalities.end();
    }

    /// An instance of the schema that was asked for; nothing when none was.
    static std::optional<std::string> structured_answer(const GenerateContentRequest& body,
                                                        const std::string& prompt) {
        if (!body.generation_config) return std::nullopt;
        const GenerationRequestConfig& config = *body.generation_config;
        const std::string mime = config.response_mime_type.value_or("");
        const std::string& schema = config.response_json_schema.text().empty()
                                        ? config.response_schema.text()
                                        : config.response_json_schema.text();
        if (schema.empty())
            return mime == "application/json" ? std::optional(Tree{{"answer", prompt}}.dump()) : std::nullopt;
        const Tree root = Tree::parse(schema);
        const Tree made = InstanceMaker(root, prompt).make();
        return mime == "text/x.enum" && made.is_string() ? made.get<std::string>() : made.dump();
    }

    /// Whether it may not but call a function.
    static bool must_call(const GenerateContentRequest& body) {
        return body.tool_config && body.tool_config->function_calling_config &&
               body.tool_config->function_calling_config->mode == FunctionCallingConfigMode::any;
    }

    /// The functions to call: those the prompt names, else the first. None when none may be called.
    static std::vector<Part> choose_calls(const GenerateContentRequest& body, const std::string& prompt) {
        std::vector<const FunctionDeclaration*> declared;
        for (const Tool& tool : body.tools)
            for (const FunctionDeclaration& declaration : tool.function_declarations)
                declared.push_back(&declaration);
        const FunctionCallingConfig* config = body.tool_config && body.tool_config->function_calling_config
                                                  ? &*body.tool_config->function_calling_config
                                                  : nullptr;
        if (config != nullptr && config->mode == FunctionCallingConfigMode::none) return {};
        if (config != nullptr && !config->allowed_function_names.empty())
            std::erase_if(declared, [&](const FunctionDeclaration* one) {
                const auto& allowed = config->allowed_function_names;
                return std::find(allowed.begin(), allowed.end(), one->name.value_or("")) == allowed.end();
            });
        if (declared.empty()) return {};
        const auto is_named = [&](const FunctionDeclaration* one) {
            return one->name && prompt.find(*one->name) != std::string::npos;
        };
        if (std::none_of(declared.begin(), declared.end(), is_named)) declared.resize(1);
        else std::erase_if(declared, [&](const FunctionDeclaration* one) { return !is_named(one); });
        std::vector<Part> calls;
        for (const FunctionDeclaration* one : declared) calls.push_back(call_of(*one, prompt));
        calls.front().thought_signature = wire::to_base64(
            "signature of " + declared.front()->name.value_or(""));  // the first of a turn has it
        return calls;
    }

    /// A call with arguments made from the function's schema.
    static Part call_of(const FunctionDeclaration& function, const std::string& prompt) {
        Json args = Json::object();
        std::string schema = function.parameters_json_schema.text();
        if (schema.empty() && function.parameters) schema = encode(*function.parameters);
        if (!schema.empty()) {
            const Tree root = Tree::parse(schema);
            args = Json::parse(InstanceMaker(root, prompt).make().dump());
        }
        Part part = Part::from_function_call(function.name.value_or(""), std::move(args));
        part.function_call->id = "call-" + function.name.value_or("");
        return part;
    }

    /// Cuts a candidate's answer to what was allowed; says why it ended.
    static FinishReason limit(std::vector<Part>& parts, const GenerateContentRequest& body) {
        FinishReason reason = FinishReason::stop;
        if (!body.generation_config) return reason;
        const GenerationRequestConfig& config = *body.generation_config;
        Part& last = parts.back();
        if (last.text) {
            std::size_t cut = std::string::npos;
            for (const std::string& stop : config.stop_sequences)
                if (!stop.empty()) cut = (std::min)(cut, last.text->find(stop));
            if (cut != std::string::npos) last.text->resize(cut);
        }
        if (!config.max_output_tokens) return reason;
        auto left = static_cast<std::size_t>(*config.max_output_tokens);
        std::vector<Part> kept;
        for (Part& part : parts) {
            if (!part.text) {
                kept.push_back(std::move(part));
                continue;
            }
            const auto pieces = tokens(*part.text);
            if (pieces.size() > left) {
                part.text->clear();
                for (std::size_t i = 0; i < left; ++i) *part.text += pieces[i];
                reason = FinishReason::max_tokens;
            }
            const std::size_t used = (std::min)(left, pieces.size());
            left -= used;
            if (used != 0 || pieces.empty()) kept.push_back(std::move(part));
            if (reason == FinishReason::max_tokens) break;
        }
        parts = std::move(kept);
        return reason;
    }

    /// The chunks of an answer; joined they are the whole.
    static std::vector<GenerateContentResponse> answer(const GenerateContentRequest& body,
                                                       const std::string& model,
                                                       const std::vector<Finding>& findings = {},
                                                       std::int32_t cached = 0) {
        GenerateContentResponseUsageMetadata usage;
        std::int32_t prompt = cached + count_tokens(body.contents);
        if (body.system_instruction) prompt += count_tokens({*body.system_instruction});
        usage.prompt_token_count = prompt;
        usage.prompt_tokens_details = {{.modality = MediaModality::text, .token_count = prompt}};

        std::vector<GenerateContentResponse> chunks;
        const std::string id =
            "emulated-" + std::to_string(std::hash<std::string>()(encode(body.contents)) % 1'000'000'007U);
        const auto begin_chunk = [&]() -> GenerateContentResponse& {
            return chunks.emplace_back(GenerateContentResponse{.model_version = model, .response_id = id});
        };
        std::int32_t said = 0;
        std::int32_t thought = 0;
        const std::int32_t candidates =
            body.generation_config ? body.generation_config->candidate_count.value_or(1) : 1;
        for (std::int32_t index = 0; index < candidates; ++index) {
            std::vector<Part> parts = say(body, findings, index);
            const FinishReason reason = limit(parts, body);
            const auto add = [&](Part part) {
                begin_chunk().candidates.push_back(
                    {.content = Content{.parts = {std::move(part)}, .role = "model"}, .index = index});
            };
            for (Part& part : parts) {
                if (!part.text) {
                    add(std::move(part));
                    continue;
                }
                const auto pieces = tokens(*part.text);
                (part.thought ? thought : said) += static_cast<std::int32_t>(pieces.size());
                constexpr std::size_t words_a_chunk = 4;
                std::string text;
                for (std::size_t i = 0; i < pieces.size(); ++i) {
                    text += pieces[i];
                    if ((i + 1) % words_a_chunk == 0 || i + 1 == pieces.size())
                        add({.text = std::exchange(text, {}), .thought = part.thought});
                }
            }
            if (parts.empty() || chunks.empty() || chunks.back().candidates.front().index != index)
                begin_chunk().candidates.push_back({.index = index});
            chunks.back().candidates.front().finish_reason = reason;
            if (!findings.empty()) chunks.back().candidates.front().grounding_metadata = grounding(findings);
        }
        if (cached != 0) usage.cached_content_token_count = cached;
        usage.candidates_token_count = said;
        if (thought != 0) usage.thoughts_token_count = thought;
        usage.total_token_count = prompt + said + thought;
        for (auto& chunk : chunks) {
            chunk.usage_metadata = GenerateContentResponseUsageMetadata{.prompt_token_count = prompt,
                                                                        .total_token_count = prompt};
        }
        chunks.back().usage_metadata = usage;
        return chunks;
    }

    /// The whole that a stream's chunks are pieces of.
    static GenerateContentResponse joined(const std::vector<GenerateContentResponse>& chunks) {
        GenerateContentResponse whole = chunks.back();
        whole.candidates.clear();
        for (const auto& chunk : chunks) {
            for (const Candidate& piece : chunk.candidates) {
                if (whole.candidates.empty() || whole.candidates.back().index != piece.index)
                    whole.candidates.push_back({.index = piece.index});
                Candidate& candidate = whole.candidates.back();
                candidate.finish_reason = piece.finish_reason;
                candidate.grounding_metadata = piece.grounding_metadata;
                if (!piece.content) continue;
                if (!candidate.content) candidate.content = Content{.role = "model"};
                for (const Part& part : piece.content->parts) {
                    auto& parts = candidate.content->parts;
                    const bool goes_on = part.text && !parts.empty() && parts.back().text &&
                                         parts.back().thought == part.thought;
                    if (goes_on) *parts.back().text += *part.text;
                    else parts.push_back(part);
                }
            }
        }
        return whole;
    }
};

}  // namespace genai::inline GENAI_ABI::testing
