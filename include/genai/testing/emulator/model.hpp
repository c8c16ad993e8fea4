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
#include <genai/testing/emulator/generate_request.hpp>
#include <genai/testing/emulator/grounding.hpp>
#include <genai/testing/emulator/media_samples.hpp>
#include <genai/testing/emulator/model_table.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/schema_instance.hpp>
#include <genai/testing/emulator/token_count.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/schema.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// What stands in for a model: it answers from the prompt, always the same, and within what was asked for.
/// The request must outlive it.
class EmulatedModel {
public:
    /// For a request that RequestRules accepted. `cached` is what a cache adds to the prompt.
    EmulatedModel(const GenerateContentRequest& body, const ModelInfo& model,
                  std::vector<Finding> findings = {}, TokenCount cached = {})
        : body_(body), model_(model), findings_(std::move(findings)), cached_(std::move(cached)) {}

    /// A response as JSON.
    static Tree tree(const GenerateContentResponse& response) { return Tree::parse(encode(response)); }

    /// The text of the last turn.
    static std::string last_text(const GenerateContentRequest& body) {
        std::string text;
        for (const Part& part : body.contents.back().parts)
            if (part.text) text += (text.empty() ? "" : " ") + *part.text;
        return text;
    }

    /// The chunks of an answer that names the model `name`; joined they are the whole. Throws Refusal for
    /// schemas that nothing fits.
    std::vector<GenerateContentResponse> answer(const std::string& name) const {
        TokenCount prompt = cached_;
        prompt.add(body_.contents);
        if (body_.system_instruction) prompt.add({*body_.system_instruction});
        Chunks chunks(name, "emulated-" + std::to_string(std::hash<std::string>()(encode(body_.contents)) %
                                                         1'000'000'007U));
        TokenCount said;
        TokenCount thought;
        const std::int32_t candidates = config() != nullptr ? config()->candidate_count.value_or(1) : 1;
        for (std::int32_t index = 0; index < candidates; ++index) {
            std::vector<Part> parts = say(index);
            const FinishReason reason = limit(parts);
            for (const Part& part : parts) count(part, part.thought ? thought : said);
            Candidate last = chunks.add(std::move(parts), index, logprobs());
            last.finish_reason = reason;
            chunks.finish(described(std::move(last), chunks.text(), chunks.text_part()));
        }
        GenerateContentResponseUsageMetadata usage{.candidates_token_count = said.total(),
                                                   .candidates_tokens_details = said.details(),
                                                   .prompt_token_count = prompt.total(),
                                                   .prompt_tokens_details = prompt.details()};
        if (cached_.total() != 0) {
            usage.cached_content_token_count = cached_.total();
            usage.cache_tokens_details = cached_.details();
        }
        if (thought.total() != 0) usage.thoughts_token_count = thought.total();
        usage.total_token_count = prompt.total() + said.total() + thought.total();
        return std::move(chunks).with(usage);
    }

    /// The whole that a stream's chunks are pieces of.
    static GenerateContentResponse joined(const std::vector<GenerateContentResponse>& chunks) {
        GenerateContentResponse whole = chunks.back();
        whole.candidates.clear();
        for (const auto& chunk : chunks)
            for (const Candidate& piece : chunk.candidates) {
                if (whole.candidates.empty() || whole.candidates.back().index != piece.index)
                    whole.candidates.push_back({.index = piece.index});
                join(whole.candidates.back(), piece);
            }
        return whole;
    }

private:
    /// The chunks of a stream while they are made.
    class Chunks {
    public:
        Chunks(std::string model, std::string id) : model_(std::move(model)), id_(std::move(id)) {}

        /// Adds a candidate's parts, texts in pieces; gives its last chunk's candidate, taken
        /// off, to be completed and finished. `likely` is how many log probabilities a token has.
        Candidate add(std::vector<Part> parts, std::int32_t index, std::optional<std::int32_t> likely) {
            std::vector<Candidate> made;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                Part& part = parts[i];
                if (!part.text) {
                    made.push_back(of(std::move(part), index));
                    continue;
                }
                if (!part.thought) {
                    text_ = *part.text;
                    part_ = i;
                }
                const auto pieces = tokens_of(*part.text);
                for (std::size_t at = 0; at < pieces.size(); at += tokens_a_chunk) {
                    const std::size_t end = (std::min)(pieces.size(), at + tokens_a_chunk);
                    Part piece{.text = text_of(pieces, at, tokens_a_chunk), .thought = part.thought};
                    if (end == pieces.size()) piece.thought_signature = part.thought_signature;
                    made.push_back(of(std::move(piece), index));
                    if (likely && !part.thought)
                        made.back().logprobs_result = log_probabilities(pieces, at, end, *likely);
                }
            }
            if (made.empty()) made.push_back({.index = index});
            Candidate last = std::move(made.back());
            made.pop_back();
            for (Candidate& one : made) finish(std::move(one));
            return last;
        }
        /// Adds a chunk.
        void finish(Candidate candidate) {
            GenerateContentResponse chunk{.model_version = model_, .response_id = id_};
            chunk.candidates.push_back(std::move(candidate));
            chunks_.push_back(std::move(chunk));
        }
        /// The text of the candidate added last, and which of its parts it is.
        const std::string& text() const { return text_; }
        std::size_t text_part() const { return part_; }

        /// All of them, each with its usage: the last has it whole.
        std::vector<GenerateContentResponse> with(const GenerateContentResponseUsageMetadata& usage) && {
            for (auto& chunk : chunks_)
                chunk.usage_metadata =
                    GenerateContentResponseUsageMetadata{.prompt_token_count = usage.prompt_token_count,
                                                         .total_token_count = usage.prompt_token_count};
            chunks_.back().usage_metadata = usage;
            return std::move(chunks_);
        }

    private:
        static Candidate of(Part part, std::int32_t index) {
            return {.content = Content{.parts = {std::move(part)}, .role = "model"}, .index = index};
        }

        static LogprobsResult log_probabilities(const std::vector<std::string>& pieces, std::size_t begin,
                                                std::size_t end, std::int32_t likely) {
            LogprobsResult result;
            const auto one = [](std::string token, std::size_t rank) {
                return LogprobsResultCandidate{
                    .log_probability = -0.125 - static_cast<double>(rank),
                    .token = token,
                    .token_id = static_cast<std::int32_t>(std::hash<std::string>()(token) % 262'144U)};
            };
            for (std::size_t i = begin; i < end; ++i) {
                result.chosen_candidates.push_back(one(pieces[i], 0));
                if (likely == 0) continue;
                LogprobsResultTopCandidates top{.candidates = {one(pieces[i], 0)}};
                for (std::int32_t rank = 1; rank < likely; ++rank)
                    top.candidates.push_back(
                        one(pieces[i] + std::to_string(rank), static_cast<std::size_t>(rank)));
                result.top_candidates.push_back(std::move(top));
            }
            return result;
        }

        std::string model_;
        std::string id_;
        std::string text_{};
        std::size_t part_{0};
        std::vector<GenerateContentResponse> chunks_{};
    };

    const GenerationRequestConfig* config() const {
        return body_.generation_config ? &*body_.generation_config : nullptr;
    }
    std::optional<std::int32_t> logprobs() const {
        if (config() == nullptr || !config()->response_logprobs.value_or(false)) return std::nullopt;
        return config()->logprobs.value_or(0);
    }

    static void count(const Part& part, TokenCount& into) {
        if (!part.inline_data) return into.add(part);
        if (part.inline_data->mime_type.value_or("").starts_with("audio/"))
            into.add("AUDIO", (std::max<std::size_t>)(1, part.inline_data->data->size() / (2 * 24000 / 25)));
        else into.add("IMAGE", 1290);
    }

    /// A candidate with what tools found for it, and its mean log probability.
    Candidate described(Candidate last, const std::string& text, std::size_t part) const {
        const std::string prompt = last_text(body_);
        GroundingMetadata grounding;
        if (!findings_.empty()) grounding = store_grounding(findings_, text, part);
        for (const Tool& tool : body_.tools) {
            if (tool.google_search || tool.google_search_retrieval)
                add_web_grounding(grounding, prompt, text, part);
            if (tool.google_maps)
                add_maps_grounding(grounding, tool.google_maps->enable_widget.is_true(), text, part);
            if (tool.url_context) last.url_context_metadata = url_context(prompt);
        }
        if (!grounding.grounding_chunks.empty() || !findings_.empty())
            last.grounding_metadata = std::move(grounding);
        if (logprobs()) last.avg_logprobs = -0.125;
        return last;
    }

    static void join(Candidate& candidate, const Candidate& piece) {
        candidate.finish_reason = piece.finish_reason;
        candidate.grounding_metadata = piece.grounding_metadata;
        candidate.url_context_metadata = piece.url_context_metadata;
        candidate.avg_logprobs = piece.avg_logprobs;
        if (piece.logprobs_result) {
            if (!candidate.logprobs_result) candidate.logprobs_result = LogprobsResult{};
            auto& into = *candidate.logprobs_result;
            for (const auto& one : piece.logprobs_result->chosen_candidates)
                into.chosen_candidates.push_back(one);
            for (const auto& one : piece.logprobs_result->top_candidates) into.top_candidates.push_back(one);
        }
        if (!piece.content) return;
        if (!candidate.content) candidate.content = Content{.role = "model"};
        for (const Part& part : piece.content->parts) {
            auto& parts = candidate.content->parts;
            const bool goes_on = part.text && !parts.empty() && parts.back().text &&
                                 parts.back().thought == part.thought && !parts.back().thought_signature;
            if (!goes_on) {
                parts.push_back(part);
                continue;
            }
            *parts.back().text += *part.text;
            parts.back().thought_signature = part.thought_signature;
        }
    }

    /// The parts of one candidate, before limits.
    std::vector<Part> say(std::int32_t candidate) const {
        const std::string prompt = last_text(body_);
        std::vector<Part> parts;
        const bool thinks = config() != nullptr && config()->thinking_config &&
                            config()->thinking_config->include_thoughts.is_true();
        if (thinks)
            parts.push_back({.text = "The prompt has " + std::to_string(tokens_of(prompt).size()) +
                                     " words; I shall answer from them.",
                             .thought = true});
        const auto& last = body_.contents.back().parts;
        const bool answered = std::any_of(last.begin(), last.end(),
                                          [](const Part& part) { return bool(part.function_response); });
        if (answered && !must_call()) {
            parts.push_back(Part::from_text(told_by_functions()));
        } else if (auto calls = choose_calls(prompt); !calls.empty()) {
            parts.insert(parts.end(), calls.begin(), calls.end());
            return parts;
        } else if (auto structured = structured_answer(prompt)) {
            parts.push_back(Part::from_text(std::move(*structured)));
        } else if (!findings_.empty()) {
            parts.push_back(Part::from_text(quoted(findings_)));
        } else if (model_.kind == ModelKind::speech || wants("AUDIO")) {
            parts.push_back(
                Part::from_bytes(Bytes(spoken(tokens_of(prompt).size() + 1)), std::string(speech_type)));
            return parts;
        } else {
            add_tool_parts(parts);
            parts.push_back(Part::from_text(plain_answer(prompt, candidate)));
        }
        if (thinks && model_.signs_thoughts)
            parts.back().thought_signature = wire::to_base64("signature of thoughts");
        return parts;
    }

    /// What the code execution tool did, and a picture where one is wanted.
    void add_tool_parts(std::vector<Part>& parts) const {
        const bool runs_code = std::any_of(body_.tools.begin(), body_.tools.end(),
                                           [](const Tool& tool) { return bool(tool.code_execution); });
        if (runs_code) {
            parts.push_back(Part::from_executable_code("print(6 * 7)\n", Language::python));
            parts.push_back(Part::from_code_execution_result(Outcome::ok, "42\n"));
        }
        const bool unasked =
            model_.kind == ModelKind::image && (config() == nullptr || config()->response_modalities.empty());
        if (unasked || wants("IMAGE"))
            parts.push_back(Part::from_bytes(*wire::from_base64(tiny_png), "image/png"));
    }

    std::string plain_answer(const std::string& prompt, std::int32_t candidate) const {
        std::string text = "You said: \"" + prompt + "\".";
        std::size_t media = 0;
        for (const Part& part : body_.contents.back().parts)
            media += part.inline_data || part.file_data ? 1U : 0U;
        if (media != 0)
            text += " I see " + std::to_string(media) + (media == 1 ? " attachment." : " attachments.");
        if (body_.system_instruction && !body_.system_instruction->parts.empty())
            text += " I was told: \"" + body_.system_instruction->parts.front().text.value_or("") + "\".";
        const auto turns =
            std::count_if(body_.contents.begin(), body_.contents.end(),
                          [](const Content& turn) { return turn.role.value_or("user") == "user"; });
        text += " This is turn " + std::to_string(turns) + "; no model is behind this answer.";
        if (candidate != 0) text += " (candidate " + std::to_string(candidate + 1) + ")";
        return text;
    }

    std::string told_by_functions() const {
        std::string text;
        for (const Part& part : body_.contents.back().parts)
            if (part.function_response)
                text += (text.empty() ? "" : " ") + part.function_response->name.value_or("the function") +
                        " gave " + encode(part.function_response->response.value_or(Json::object())) + '.';
        return text;
    }

    /// Whether that modality was asked for.
    bool wants(std::string_view modality) const {
        if (config() == nullptr) return false;
        const auto& modalities = config()->response_modalities;
        return std::any_of(modalities.begin(), modalities.end(),
                           [modality](const std::string& one) { return upper_case(one) == modality; });
    }

    /// An instance of the schema that was asked for; nothing when none was.
    std::optional<std::string> structured_answer(const std::string& prompt) const {
        if (config() == nullptr) return std::nullopt;
        const std::string mime = config()->response_mime_type.value_or("");
        std::string schema = config()->response_json_schema.text();
        if (schema.empty() && !config()->response_schema.text().empty())
            schema = encode(parse_body<Schema>(config()->response_schema.text(), false,
                                               "generation_config.response_schema"));
        if (schema.empty())
            return mime == "application/json" ? std::optional(Tree{{"answer", prompt}}.dump()) : std::nullopt;
        const Tree root = Tree::parse(schema);
        const Tree made = InstanceMaker(root, prompt).make();
        return mime == "text/x.enum" && made.is_string() ? made.get<std::string>() : made.dump();
    }

    /// How functions are called, in upper case; empty where that is not said.
    std::string calling_mode() const {
        const bool said = body_.tool_config && body_.tool_config->function_calling_config;
        return said ? upper_case(body_.tool_config->function_calling_config->mode.text()) : std::string();
    }
    /// Whether it may not but call a function.
    bool must_call() const { return calling_mode() == "ANY"; }

    /// The functions to call: those the prompt names, else the first. None when none may be called.
    std::vector<Part> choose_calls(const std::string& prompt) const {
        std::vector<const FunctionDeclaration*> declared;
        for (const Tool& tool : body_.tools)
            for (const FunctionDeclaration& declaration : tool.function_declarations)
                declared.push_back(&declaration);
        const FunctionCallingConfig* calling = body_.tool_config && body_.tool_config->function_calling_config
                                                   ? &*body_.tool_config->function_calling_config
                                                   : nullptr;
        if (calling_mode() == "NONE") return {};
        if (calling != nullptr && !calling->allowed_function_names.empty())
            std::erase_if(declared, [&](const FunctionDeclaration* one) {
                const auto& allowed = calling->allowed_function_names;
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
    FinishReason limit(std::vector<Part>& parts) const {
        FinishReason reason = FinishReason::stop;
        if (config() == nullptr) return reason;
        Part& last = parts.back();
        if (last.text) {
            std::size_t cut = std::string::npos;
            for (const std::string& stop : config()->stop_sequences)
                if (!stop.empty()) cut = (std::min)(cut, last.text->find(stop));
            if (cut != std::string::npos) last.text->resize(cut);
        }
        if (!config()->max_output_tokens) return reason;
        auto left = static_cast<std::size_t>(*config()->max_output_tokens);
        std::vector<Part> kept;
        for (Part& part : parts) {
            if (!part.text) {
                kept.push_back(std::move(part));
                continue;
            }
            const auto pieces = tokens_of(*part.text);
            if (pieces.size() > left) {
                part.text = text_of(pieces, 0, left);
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

    const GenerateContentRequest& body_;
    const ModelInfo& model_;
    std::vector<Finding> findings_;
    TokenCount cached_;
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
