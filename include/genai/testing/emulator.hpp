#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <genai/options.hpp>
#include <genai/testing/instance.hpp>
#include <genai/testing/loopback_server.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/tool.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline v0::testing {

/// How an emulator behaves.
struct EmulatorOptions {
    std::string api_key{"test-key"};                  ///< the key it takes; empty takes any, and none
    std::vector<std::string> models{};                ///< names it knows beside everything that begins with `gemini-` or `gemma-`
    bool strict{true};                                ///< whether unknown fields are refused, as the service does
    std::uint16_t port{0};                            ///< where it listens; a free port for 0
    std::chrono::milliseconds chunk_delay{0};         ///< between two chunks of a stream
};

/// A reply of a test's own making, for one request. Unless it says otherwise it is as the emulator would have answered;
/// delay and fault apply to either.
struct Reply {
    std::optional<int> status{};                        ///< set: this reply is sent, not the emulator's own
    http::Headers headers{};                            ///< beside Content-Type
    std::string body{};                                 ///< of a whole answer
    std::vector<std::string> events{};                  ///< texts of a stream's events, instead of `body`
    std::string content_type{"application/json; charset=UTF-8"};
    std::chrono::milliseconds delay{0};                 ///< before the first byte
    std::chrono::milliseconds event_delay{0};           ///< between two events
    Fault fault{};                                      ///< what goes wrong, and at which byte
    std::optional<std::string> verbatim{};              ///< bytes to send as they are, head included

    /// An answer with this JSON text.
    static Reply json(std::string body, int status = 200) { return {.status = status, .body = std::move(body)}; }
    /// A model's answer with this text, whole or as one chunk, as asked.
    static Reply text(std::string_view text) {
        return answer(encode(GenerateContentResponse{.candidates = {Candidate{
                                 .content = Content{.parts = {Part::from_text(std::string(text))}, .role = "model"}, .finish_reason = FinishReason::stop, .index = 0}}}));
    }
    /// A model's call of a function.
    static Reply function_call(std::string name, Json args) {
        return answer(encode(GenerateContentResponse{.candidates = {Candidate{
                                 .content = Content{.parts = {Part::from_function_call(std::move(name), std::move(args))}, .role = "model"},
                                 .finish_reason = FinishReason::stop, .index = 0}}}));
    }
    /// A stream of these event texts.
    static Reply stream(std::vector<std::string> events) { return {.status = 200, .events = std::move(events)}; }
    /// An error in the service's form.
    static Reply error(int status, std::string_view name, std::string_view message, const Json& details = {}) {
        Json error{{"code", status}, {"message", message}, {"status", name}};
        if (!details.is_null()) error["details"] = details;
        return json(Json{{"error", error}}.dump(2), status);
    }
    /// The emulator's own answer, with something wrong.
    static Reply broken(Fault fault) { return {.fault = fault}; }
    /// The emulator's own answer, late.
    static Reply late(std::chrono::milliseconds delay) { return {.delay = delay}; }

private:
    static Reply answer(std::string body) { return {.status = 200, .body = body, .events = {body}}; }
};

/// A stand-in for the Gemini API: an HTTP server on this machine that answers as the service does, with no model behind
/// it. What it says is made from the prompt, always the same, and fits what was asked for: length, stop sequences,
/// schemas, functions. Thread-safe. https://ai.google.dev/api/generate-content
class Emulator {
public:
    explicit Emulator(EmulatorOptions options = {})
        : options_(std::move(options)), server_([this](const ReceivedRequest& request) { return respond(request); }, options_.port) {}

    /// Where it is: `http://127.0.0.1:PORT`.
    std::string url() const { return server_.url(); }
    /// Options for a client of it.
    ClientOptions client_options() const { return {.api_key = options_.api_key, .http_options = {.base_url = url()}, .proxy = ""}; }

    /// Queues a reply for a request to come; each is used once, in order.
    void enqueue(Reply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
    }
    /// All requests so far, in the order they came.
    std::vector<ReceivedRequest> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    /// Forgets the requests so far and the replies not used.
    void clear() {
        const std::lock_guard lock(mutex_);
        requests_.clear();
        replies_.clear();
    }
    /// How many connections were made so far.
    std::size_t connections() const noexcept { return server_.connections(); }
    /// How many are open now.
    std::size_t open_connections() const { return server_.open_connections(); }

private:
    using Tree = nlohmann::ordered_json;

    /// The part of a request's body that the API calls GenerationConfig.
    struct GenerationConfig {
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
        std::optional<MediaResolution> media_resolution{};
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
        Box<GenerationConfig> generation_config{};
        std::optional<std::string> cached_content{};
        std::optional<ServiceTier> service_tier{};
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

    /// A refusal on its way out.
    struct Refusal {
        int status{};
        std::string name{};
        std::string message{};
        Tree details{};
    };

    // ---- requests

    RawReply respond(const ReceivedRequest& request) {
        Reply script;
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
            if (!replies_.empty()) {
                script = std::move(replies_.front());
                replies_.pop_front();
            }
        }
        RawReply reply;
        if (script.status) reply = scripted(request, script);
        else reply = serve(request);
        reply.delay = script.delay;
        if (script.event_delay.count() > 0) reply.piece_delay = script.event_delay;
        reply.fault = script.fault;
        reply.verbatim = script.verbatim;
        return reply;
    }

    static bool is_stream(const ReceivedRequest& request) { return request.path.ends_with(":streamGenerateContent"); }

    static RawReply scripted(const ReceivedRequest& request, const Reply& script) {
        if (script.events.empty() || (!script.body.empty() && !is_stream(request))) {
            RawReply reply{.status = *script.status, .headers = script.headers, .pieces = {script.body}};
            reply.headers.add("Content-Type", script.content_type);
            return reply;
        }
        RawReply reply = event_stream(script.events);
        for (const auto& [name, value] : script.headers) reply.headers.add(name, value);
        return reply;
    }

    static RawReply event_stream(const std::vector<std::string>& events) {
        RawReply reply{.headers = {{"Content-Type", "text/event-stream"}}, .chunked = true};
        for (const std::string& event : events) reply.pieces.push_back("data: " + event + "\r\n\r\n");
        return reply;
    }

    RawReply serve(const ReceivedRequest& request) {
        try {
            return route(request);
        } catch (const Refusal& refusal) {
            Tree error{{"code", refusal.status}, {"message", refusal.message}, {"status", refusal.name}};
            if (!refusal.details.is_null()) error["details"] = refusal.details;
            const Tree body{{"error", error}};
            const bool listed = is_stream(request) && !asks_for_events(request);
            return whole(refusal.status, listed ? Tree::array({body}) : body);
        }
    }

    static RawReply whole(int status, const Tree& body) {
        return {.status = status,
                .headers = {{"Content-Type", "application/json; charset=UTF-8"}, {"Vary", "Origin"}, {"Server", "emulator"}},
                .pieces = {body.dump(2) + '\n'}};
    }

    static bool asks_for_events(const ReceivedRequest& request) {
        return std::find(request.query.begin(), request.query.end(), std::pair<std::string, std::string>("alt", "sse")) != request.query.end();
    }

    RawReply route(const ReceivedRequest& request) {
        // /VERSION/models/NAME:VERB
        std::string_view path = request.path;
        const auto version_end = path.find('/', 1);
        const auto colon = path.rfind(':');
        const bool models = version_end != std::string_view::npos &&
                            (path.substr(version_end).starts_with("/models/") || path.substr(version_end).starts_with("/tunedModels/"));
        if (!models || colon == std::string_view::npos || request.method != "POST") return not_found();
        const std::string model(path.substr(version_end + 1, colon - version_end - 1));
        const std::string_view verb = path.substr(colon + 1);
        if (verb != "generateContent" && verb != "streamGenerateContent") return not_found();
        check_key(request);
        check_model(model, std::string(path.substr(1, version_end - 1)), std::string(verb));
        const GenerateContentRequest body = parse(request.body);
        validate(body);
        const std::vector<GenerateContentResponse> answers = answer(body, model.substr(model.find('/') + 1));
        if (verb == "generateContent") return whole(200, tree(joined(answers)));
        if (asks_for_events(request)) {
            std::vector<std::string> events;
            for (const auto& chunk : answers) events.push_back(tree(chunk).dump());
            RawReply reply = event_stream(events);
            reply.piece_delay = options_.chunk_delay;
            return reply;
        }
        Tree list = Tree::array();
        for (const auto& chunk : answers) list.push_back(tree(chunk));
        return whole(200, list);
    }

    static RawReply not_found() {
        return {.status = 404,
                .headers = {{"Content-Type", "text/html; charset=UTF-8"}},
                .pieces = {"<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p>The requested URL was not found on this server.\n</html>\n"}};
    }

    void check_key(const ReceivedRequest& request) const {
        if (options_.api_key.empty()) return;
        std::string given(request.headers.get("x-goog-api-key"));
        for (const char* name : {"x-api-key", "api-key"})
            if (given.empty()) given = request.headers.get(name);
        if (const auto authorization = request.headers.get("authorization"); given.empty() && authorization.starts_with("Bearer "))
            given = authorization.substr(7);
        for (const auto& [name, value] : request.query)
            if (given.empty() && name == "key") given = value;
        if (given == options_.api_key) return;
        if (given.empty())
            throw Refusal{403, "PERMISSION_DENIED",
                          "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API "
                          "consumer identity to call this API."};
        throw Refusal{400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                      Tree::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                                    {"reason", "API_KEY_INVALID"},
                                    {"domain", "googleapis.com"},
                                    {"metadata", {{"service", "generativelanguage.googleapis.com"}}}}})};
    }

    void check_model(const std::string& model, const std::string& version, const std::string& verb) const {
        const std::string_view id = std::string_view(model).substr(model.find('/') + 1);
        if (id.starts_with("gemini-") || id.starts_with("gemma-")) return;
        if (std::find(options_.models.begin(), options_.models.end(), id) != options_.models.end()) return;
        throw Refusal{404, "NOT_FOUND",
                      model + " is not found for API version " + version + ", or is not supported for " + verb +
                          ". Call ListModels to see the list of available models and their supported methods."};
    }

    // ---- validation

    static Refusal bad_request(const std::string& field, const std::string& message) {
        return {400, "INVALID_ARGUMENT", message,
                Tree::array({{{"@type", "type.googleapis.com/google.rpc.BadRequest"}, {"fieldViolations", Tree::array({{{"field", field}, {"description", message}}})}}})};
    }

    /// "/generationConfig/topK" as the service writes a field's path: "generation_config.top_k".
    static std::string field_path(std::string_view pointer) {
        std::string path;
        while (!pointer.empty()) {
            pointer.remove_prefix(1);
            const auto end = pointer.find('/');
            const std::string_view token = pointer.substr(0, end);
            pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
            if (token.find_first_not_of("0123456789") == std::string_view::npos && !token.empty()) {
                path += '[' + std::string(token) + ']';
                continue;
            }
            if (!path.empty()) path += '.';
            for (const char c : token) {
                if (c >= 'A' && c <= 'Z') path += {'_', static_cast<char>(c + ('a' - 'A'))};
                else path += c;
            }
        }
        return path;
    }

    GenerateContentRequest parse(const std::string& text) const {
        GenerateContentRequest body;
        try {
            body = decode<GenerateContentRequest>(text);
        } catch (const DecodeError& problem) {
            const std::string field = field_path(problem.pointer());
            throw bad_request(field, field.empty() ? "Invalid JSON payload received. " + problem.problem()
                                                   : "Invalid value at '" + field + "': " + problem.problem());
        }
        if (options_.strict) {
            if (const auto unknown = find_unknown(wire::type_of<GenerateContentRequest>, &body, ""))
                throw bad_request(field_path(unknown->first), "Invalid JSON payload received. Unknown name \"" + unknown->second + "\"" +
                                                                  (unknown->first.empty() ? "" : " at '" + field_path(unknown->first) + "'") +
                                                                  ": Cannot find field.");
        }
        return body;
    }

    /// The first member that no field stands for: the place of its object and its name.
    static std::optional<std::pair<std::string, std::string>> find_unknown(const wire::Type& type, const void* at, const std::string& pointer) {
        switch (type.kind) {
            case wire::Kind::nullable: {
                const void* const held = type.first(at);
                return held == nullptr ? std::nullopt : find_unknown(*type.inner, held, pointer);
            }
            case wire::Kind::list: {
                const auto* element = static_cast<const char*>(type.first(at));
                for (std::size_t i = 0; i < type.count(at); ++i, element += type.size)
                    if (auto found = find_unknown(*type.inner, element, pointer + '/' + std::to_string(i))) return found;
                return std::nullopt;
            }
            case wire::Kind::map:
                for (std::size_t i = 0; i < type.count(at); ++i) {
                    const auto entry = type.entry(at, i);
                    if (auto found = find_unknown(*type.inner, entry.value, pointer + '/' + std::string(entry.key))) return found;
                }
                return std::nullopt;
            case wire::Kind::structure: {
                const wire::StructTable& table = type.table();
                const auto* base = static_cast<const char*>(at);
                if (table.extra_offset) {
                    const auto& extra = *reinterpret_cast<const Extra*>(base + *table.extra_offset);
                    if (!extra.empty()) return std::pair(pointer, extra.json().begin().key());
                }
                for (const wire::Field& field : table.members())
                    if (auto found = find_unknown(*field.type, base + field.offset, pointer + '/' + std::string(field.name))) return found;
                return std::nullopt;
            }
            default: return std::nullopt;
        }
    }

    static void validate(const GenerateContentRequest& body) {
        if (body.contents.empty()) throw bad_request("contents", "* GenerateContentRequest.contents: contents is not specified");
        for (std::size_t i = 0; i < body.contents.size(); ++i) {
            const Content& turn = body.contents[i];
            const std::string where = "contents[" + std::to_string(i) + "]";
            if (turn.role && *turn.role != "user" && *turn.role != "model" && *turn.role != "function")
                throw bad_request(where + ".role", "Please use a valid role: user, model.");
            if (turn.parts.empty()) throw bad_request(where + ".parts", "* GenerateContentRequest." + where + ".parts: contents.parts must not be empty.");
        }
        if (!body.generation_config) return;
        const GenerationConfig& config = *body.generation_config;
        const auto within = [](const char* field, const std::optional<double>& value, double least, double most) {
            if (value && (*value < least || *value > most))
                throw bad_request(std::string("generation_config.") + field, std::string("* GenerateContentRequest.generation_config.") + field + ": must be in the range [" +
                                                                                 nlohmann::json(least).dump() + ", " + nlohmann::json(most).dump() + "]");
        };
        within("temperature", config.temperature, 0, 2);
        within("top_p", config.top_p, 0, 1);
        if (config.candidate_count) within("candidate_count", static_cast<double>(*config.candidate_count), 1, 8);
        if (config.max_output_tokens) within("max_output_tokens", static_cast<double>(*config.max_output_tokens), 1, 1'000'000);
        if (config.stop_sequences.size() > 5)
            throw bad_request("generation_config.stop_sequences", "* GenerateContentRequest.generation_config.stop_sequences: at most 5 are allowed");
        const bool schema = !config.response_schema.text().empty() || !config.response_json_schema.text().empty();
        const std::string mime = config.response_mime_type.value_or("text/plain");
        if (schema && mime != "application/json" && mime != "text/x.enum")
            throw bad_request("generation_config.response_mime_type", "Function calling with a response mime type: 'text/plain' is unsupported with a response schema");
    }

    // ---- answers

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

    static std::string last_text(const GenerateContentRequest& body) {
        std::string text;
        for (const Part& part : body.contents.back().parts)
            if (part.text) text += (text.empty() ? "" : " ") + *part.text;
        return text;
    }

    /// The parts of one candidate, before limits.
    std::vector<Part> say(const GenerateContentRequest& body, std::int32_t candidate) const {
        const std::string prompt = last_text(body);
        std::vector<Part> parts;
        const bool thinks = body.generation_config && body.generation_config->thinking_config && body.generation_config->thinking_config->include_thoughts.value_or(false);
        if (thinks) parts.push_back({.text = "The prompt has " + std::to_string(tokens(prompt).size()) + " words; I shall answer from them.", .thought = true});

        const bool answered = std::any_of(body.contents.back().parts.begin(), body.contents.back().parts.end(), [](const Part& part) { return bool(part.function_response); });
        if (answered) {
            std::string text;
            for (const Part& part : body.contents.back().parts)
                if (part.function_response) text += (text.empty() ? "" : " ") + part.function_response->name.value_or("the function") + " gave " + encode(part.function_response->response.value_or(Json::object())) + '.';
            parts.push_back(Part::from_text(std::move(text)));
            return parts;
        }
        if (auto call = choose_call(body, prompt)) {
            parts.push_back(std::move(*call));
            return parts;
        }
        if (auto structured = structured_answer(body, prompt)) {
            parts.push_back(Part::from_text(std::move(*structured)));
            return parts;
        }
        if (wants(body, "IMAGE")) parts.push_back(Part::from_bytes(*wire::from_base64(tiny_png), "image/png"));
        std::string text = "You said: \"" + prompt + "\".";
        std::size_t media = 0;
        for (const Part& part : body.contents.back().parts) media += part.inline_data || part.file_data ? 1 : 0;
        if (media != 0) text += " I see " + std::to_string(media) + (media == 1 ? " attachment." : " attachments.");
        if (body.system_instruction && !body.system_instruction->parts.empty()) text += " I was told: \"" + body.system_instruction->parts.front().text.value_or("") + "\".";
        const auto turns = std::count_if(body.contents.begin(), body.contents.end(), [](const Content& turn) { return turn.role.value_or("user") == "user"; });
        text += " This is turn " + std::to_string(turns) + "; no model is behind this answer.";
        if (candidate != 0) text += " (candidate " + std::to_string(candidate + 1) + ")";
        parts.push_back(Part::from_text(std::move(text)));
        return parts;
    }

    static constexpr std::string_view tiny_png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    static bool wants(const GenerateContentRequest& body, std::string_view modality) {
        if (!body.generation_config) return false;
        const auto& modalities = body.generation_config->response_modalities;
        return std::find(modalities.begin(), modalities.end(), modality) != modalities.end();
    }

    static std::optional<std::string> structured_answer(const GenerateContentRequest& body, const std::string& prompt) {
        if (!body.generation_config) return std::nullopt;
        const GenerationConfig& config = *body.generation_config;
        const std::string mime = config.response_mime_type.value_or("");
        const std::string& schema = config.response_json_schema.text().empty() ? config.response_schema.text() : config.response_json_schema.text();
        if (schema.empty()) return mime == "application/json" ? std::optional(Tree{{"answer", prompt}}.dump()) : std::nullopt;
        const Tree root = Tree::parse(schema);
        const Tree made = InstanceMaker(root, prompt).make();
        return mime == "text/x.enum" && made.is_string() ? made.get<std::string>() : made.dump();
    }

    /// The function to call: one the prompt names, else the first. Nothing when none may be called.
    static std::optional<Part> choose_call(const GenerateContentRequest& body, const std::string& prompt) {
        std::vector<const FunctionDeclaration*> declared;
        for (const Tool& tool : body.tools)
            for (const FunctionDeclaration& declaration : tool.function_declarations) declared.push_back(&declaration);
        const FunctionCallingConfig* config = body.tool_config && body.tool_config->function_calling_config ? &*body.tool_config->function_calling_config : nullptr;
        if (config != nullptr && config->mode == FunctionCallingConfigMode::none) return std::nullopt;
        if (config != nullptr && !config->allowed_function_names.empty())
            std::erase_if(declared, [&](const FunctionDeclaration* one) {
                const auto& allowed = config->allowed_function_names;
                return std::find(allowed.begin(), allowed.end(), one->name.value_or("")) == allowed.end();
            });
        if (declared.empty()) return std::nullopt;
        const FunctionDeclaration* chosen = declared.front();
        for (const FunctionDeclaration* one : declared)
            if (one->name && prompt.find(*one->name) != std::string::npos) chosen = one;
        Json args = Json::object();
        std::string schema = chosen->parameters_json_schema.text();
        if (schema.empty() && chosen->parameters) schema = encode(*chosen->parameters);
        if (!schema.empty()) {
            const Tree root = Tree::parse(schema);
            args = Json::parse(InstanceMaker(root, prompt).make().dump());
        }
        Part part = Part::from_function_call(chosen->name.value_or(""), std::move(args));
        part.function_call->id = "call-" + chosen->name.value_or("");
        part.thought_signature = wire::to_base64("signature of " + chosen->name.value_or(""));
        return part;
    }

    /// Cuts a candidate's answer to what was allowed; says why it ended.
    static FinishReason limit(std::vector<Part>& parts, const GenerateContentRequest& body) {
        FinishReason reason = FinishReason::stop;
        if (!body.generation_config) return reason;
        const GenerationConfig& config = *body.generation_config;
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
    std::vector<GenerateContentResponse> answer(const GenerateContentRequest& body, const std::string& model) const {
        GenerateContentResponseUsageMetadata usage;
        std::int32_t prompt = count_tokens(body.contents);
        if (body.system_instruction) prompt += count_tokens({*body.system_instruction});
        usage.prompt_token_count = prompt;
        usage.prompt_tokens_details = {{.modality = MediaModality::text, .token_count = prompt}};

        std::vector<GenerateContentResponse> chunks;
        const std::string id = "emulated-" + std::to_string(std::hash<std::string>()(encode(body.contents)) % 1'000'000'007U);
        const auto begin_chunk = [&]() -> GenerateContentResponse& {
            return chunks.emplace_back(GenerateContentResponse{.model_version = model, .response_id = id});
        };
        std::int32_t said = 0;
        std::int32_t thought = 0;
        const std::int32_t candidates = body.generation_config ? body.generation_config->candidate_count.value_or(1) : 1;
        for (std::int32_t index = 0; index < candidates; ++index) {
            std::vector<Part> parts = say(body, index);
            const FinishReason reason = limit(parts, body);
            const auto add = [&](Part part) {
                begin_chunk().candidates.push_back({.content = Content{.parts = {std::move(part)}, .role = "model"}, .index = index});
            };
            for (Part& part : parts) {
                if (!part.text) {
                    add(std::move(part));
                    continue;
                }
                const auto pieces = tokens(*part.text);
                (part.thought.value_or(false) ? thought : said) += static_cast<std::int32_t>(pieces.size());
                constexpr std::size_t words_a_chunk = 4;
                std::string text;
                for (std::size_t i = 0; i < pieces.size(); ++i) {
                    text += pieces[i];
                    if ((i + 1) % words_a_chunk == 0 || i + 1 == pieces.size()) add({.text = std::exchange(text, {}), .thought = part.thought});
                }
            }
            if (parts.empty() || chunks.empty() || chunks.back().candidates.front().index != index) begin_chunk().candidates.push_back({.index = index});
            chunks.back().candidates.front().finish_reason = reason;
        }
        usage.candidates_token_count = said;
        if (thought != 0) usage.thoughts_token_count = thought;
        usage.total_token_count = prompt + said + thought;
        for (auto& chunk : chunks) {
            chunk.usage_metadata = GenerateContentResponseUsageMetadata{.prompt_token_count = prompt, .total_token_count = prompt};
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
                if (whole.candidates.empty() || whole.candidates.back().index != piece.index) whole.candidates.push_back({.index = piece.index});
                Candidate& candidate = whole.candidates.back();
                candidate.finish_reason = piece.finish_reason;
                if (!piece.content) continue;
                if (!candidate.content) candidate.content = Content{.role = "model"};
                for (const Part& part : piece.content->parts) {
                    auto& parts = candidate.content->parts;
                    const bool goes_on = part.text && !parts.empty() && parts.back().text && parts.back().thought == part.thought;
                    if (goes_on) *parts.back().text += *part.text;
                    else parts.push_back(part);
                }
            }
        }
        return whole;
    }

    EmulatorOptions options_;
    mutable std::mutex mutex_{};
    std::deque<Reply> replies_{};
    std::vector<ReceivedRequest> requests_{};
    LoopbackServer server_;
};

}  // namespace genai::inline v0::testing
