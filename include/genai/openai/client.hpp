#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/client.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/http_options.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types.hpp>
#include <genai/stream.hpp>
#include <genai/types/tokens.hpp>

namespace genai::inline GENAI_ABI::openai {

namespace detail {

class Service;
std::shared_ptr<Service> make_service(const genai::Client<>& client, Options options);

}  // namespace detail

/// Chat completions, answered by Gemini. Copies share the client's connections.
class Completions {
public:
    explicit Completions(std::shared_ptr<detail::Service> service) : service_(std::move(service)) {}

    /// Answers a conversation, and waits for the whole answer. Throws InvalidArgument before anything is sent
    /// for what is invalid, and for what Gemini has no place for (see Options::drop_params); ApiError,
    /// TransportError, DecodeError, ValidationError, Cancelled.
    /// https://platform.openai.com/docs/api-reference/chat/create
    GENAI_LAZY ChatCompletion create(const CompletionCreateParams& params,
                                     const CallConfig& config = {}) const;

    /// The same, and gives the chunks of the answer as they come: `for (const auto& chunk : …)`. The request
    /// is on its way when this returns. Throws InvalidArgument here; the rest, and StreamInterrupted, from
    /// the loop. https://platform.openai.com/docs/api-reference/chat/streaming
    GENAI_LAZY Stream<ChatCompletionChunk> create_stream(const CompletionCreateParams& params,
                                                         const CallConfig& config = {}) const;

    /// Counts the tokens of a conversation, as Gemini does. https://ai.google.dev/api/tokens
    GENAI_LAZY CountTokensResponse count_tokens(const CompletionCreateParams& params,
                                                const CallConfig& config = {}) const;

private:
    std::shared_ptr<detail::Service> service_;
};

/// What is under `chat` in OpenAI's SDKs.
struct Chat {
    Completions completions;  ///< answers to conversations
};

/// Vectors, made by Gemini's embedding models.
class Embeddings {
public:
    explicit Embeddings(std::shared_ptr<detail::Service> service) : service_(std::move(service)) {}

    /// Makes a vector of each input. Throws as Completions::create does.
    /// https://platform.openai.com/docs/api-reference/embeddings/create
    GENAI_LAZY CreateEmbeddingResponse create(const EmbeddingCreateParams& params,
                                              const CallConfig& config = {}) const;

private:
    std::shared_ptr<detail::Service> service_;
};

/// Images, made by Gemini and Imagen.
class Images {
public:
    explicit Images(std::shared_ptr<detail::Service> service) : service_(std::move(service)) {}

    /// Makes images of a prompt. Throws as Completions::create does; Error where the model made none.
    /// https://platform.openai.com/docs/api-reference/images/create
    GENAI_LAZY ImagesResponse generate(const ImageGenerateParams& params,
                                       const CallConfig& config = {}) const;

private:
    std::shared_ptr<detail::Service> service_;
};

/// Which models there are.
class Models {
public:
    explicit Models(std::shared_ptr<detail::Service> service) : service_(std::move(service)) {}

    /// All models, of all pages. https://platform.openai.com/docs/api-reference/models/list
    GENAI_LAZY ModelList list(const CallConfig& config = {}) const;
    /// One model. https://platform.openai.com/docs/api-reference/models/retrieve
    GENAI_LAZY Model retrieve(std::string_view model, const CallConfig& config = {}) const;
    /// Deletes a tuned model. https://platform.openai.com/docs/api-reference/models/delete
    GENAI_LAZY ModelDeleted delete_(std::string_view model, const CallConfig& config = {}) const;

private:
    std::shared_ptr<detail::Service> service_;
};

/// OpenAI's API over a client of Gemini's: OpenAI's shapes in, Gemini on the wire, OpenAI's shapes out.
///
///     genai::openai::Client ai(client);
///     auto completion = ai.chat.completions.create(
///         {.model = "gemini-2.5-flash", .messages = {{.role = "user", .content = "Hello"}}});
///
/// Messages and parts that are marked with `cache_control` are kept in an explicit cache; see PromptCache.
/// May be used from many threads at once; copies are cheap and share connections and caches. docs/openai.md
template <class T = AnyTransport>
class Client {
    std::shared_ptr<detail::Service> service_;

public:
    Chat chat{Completions(service_)};  ///< chat completions
    Embeddings embeddings{service_};   ///< vectors
    Images images{service_};           ///< images
    Models models{service_};           ///< which models there are

    /// Over a client, whose connections, options and hooks it uses.
    explicit Client(const genai::Client<T>& client, Options options = {})
        : service_(detail::make_service(client, std::move(options))) {}
};

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_OPENAI_BODIES

#include <chrono>
#include <cstddef>

#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/generation/generation.hpp>
#include <genai/openai/from_gemini.hpp>
#include <genai/openai/gemini/embedding_request.hpp>
#include <genai/openai/gemini/image_request.hpp>
#include <genai/openai/service.hpp>
#include <genai/types/model.hpp>

namespace genai::inline GENAI_ABI::openai {

namespace detail {

GENAI_INLINE std::shared_ptr<Service> make_service(const genai::Client<>& client, Options options) {
    return std::make_shared<Service>(client, std::move(options));
}

/// The generation that a request is.
GENAI_LAZY GENAI_INLINE std::shared_ptr<genai::detail::Generation> generation_of(
    const PreparedRequest& prepared, bool stream) {
    const genai::detail::Generation::Request asked{
        stream ? "chat.completions.create_stream" : "chat.completions.create",
        genai::detail::ResourceName::model(prepared.request.model),
        stream ? ":streamGenerateContent" : ":generateContent"};
    return std::make_shared<genai::detail::Generation>(asked, prepared.request.contents,
                                                       prepared.request.config);
}

/// Tells in the usage what was written to a cache for the call.
GENAI_INLINE void add_created_tokens(Box<CompletionUsage>& usage, std::int64_t tokens) {
    if (!usage || tokens == 0) return;
    usage->cache_creation_input_tokens = tokens;
    if (!usage->prompt_tokens_details) usage->prompt_tokens_details.emplace();
    usage->prompt_tokens_details->cache_write_tokens = tokens;
    usage->prompt_tokens_details->cache_creation_tokens = tokens;
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE ChatCompletion Completions::create(const CompletionCreateParams& params,
                                                                const CallConfig& config) const {
    detail::PreparedRequest prepared = service_->prepare(params, config, true);
    const auto caller = service_->caller();
    const AnswerOptions options = answer_options(params, service_->options(), service_->now());
    for (;;) {
        const auto generation = detail::generation_of(prepared, false);
        try {
            ChatCompletion made = from_gemini(genai::detail::generate(*caller, *generation), options);
            detail::add_created_tokens(made.usage, prepared.created_tokens);
            return made;
        } catch (const ApiError& error) {
            if (!service_->mend(prepared, error, params, config)) throw;
        }
    }
}

GENAI_LAZY_BODY GENAI_INLINE Stream<ChatCompletionChunk> Completions::create_stream(
    const CompletionCreateParams& params, const CallConfig& config) const {
    detail::PreparedRequest prepared = service_->prepare(params, config, false);
    auto first = detail::generation_of(prepared, true);
    genai::detail::Generation::Step step = first->next();
    const AnswerOptions options = answer_options(params, service_->options(), service_->now());
    // for another request, should a cache be gone
    const auto again =
        std::make_shared<const CompletionCreateParams>(prepared.cached ? params : CompletionCreateParams());
    const auto produce = [service = service_, prepared = std::move(prepared), first, options, again, config](
                             genai::detail::Caller& through,
                             const std::shared_ptr<genai::detail::Exchange>& exchange,
                             const auto& deliver) mutable {
        ChunkReader reader(options);
        bool begun = false;
        const auto give = [&](std::vector<ChatCompletionChunk> chunks, std::size_t bytes) {
            for (ChatCompletionChunk& chunk : chunks) {
                begun = true;
                detail::add_created_tokens(chunk.usage, prepared.created_tokens);
                if (!deliver(std::move(chunk), bytes)) return false;
            }
            return true;
        };
        const auto take = [&](const GenerateContentResponse& chunk, std::size_t bytes) {
            return give(reader.take(chunk), bytes);
        };
        const auto run = [&] {
            try {
                return genai::detail::generate_stream(through, *first, exchange, take);
            } catch (const ApiError& error) {
                if (begun || !service->mend(prepared, error, *again, config)) throw;
            }
            for (;;) {
                const auto second = detail::generation_of(prepared, true);
                try {
                    return genai::detail::generate_stream(through, *second, take);
                } catch (const ApiError& error) {
                    if (begun || !service->mend(prepared, error, *again, config)) throw;
                }
            }
        };
        if (run()) give(reader.finish(), 0);
    };
    return genai::detail::worker_stream<ChatCompletionChunk>(service_->caller(), std::move(step.call),
                                                             produce);
}

GENAI_LAZY_BODY GENAI_INLINE CountTokensResponse
Completions::count_tokens(const CompletionCreateParams& params, const CallConfig& config) const {
    GeminiRequest request = to_gemini(params, service_->options());
    CountTokensConfig counted{.http_options = config.http_options,
                              .system_instruction = std::move(request.config.system_instruction),
                              .tools = std::move(request.config.tools)};
    return service_->client().models.count_tokens(request.model, request.contents, counted);
}

GENAI_LAZY_BODY GENAI_INLINE CreateEmbeddingResponse Embeddings::create(const EmbeddingCreateParams& params,
                                                                        const CallConfig& config) const {
    detail::EmbeddingRequest request = detail::embedding_request(params, service_->options());
    request.config.http_options = config.http_options;
    return detail::embedding_response(
        service_->client().models.embed_content(request.model, request.contents, request.config), params);
}

GENAI_LAZY_BODY GENAI_INLINE ImagesResponse Images::generate(const ImageGenerateParams& params,
                                                             const CallConfig& config) const {
    const detail::ImageRequest request = detail::image_request(params, service_->options());
    const auto& models = service_->client().models;
    if (request.predicted) {
        GenerateImagesConfig asked = request.images;
        asked.http_options = config.http_options;
        return detail::images_response(models.generate_images(request.model, request.prompt, asked),
                                       service_->now());
    }
    GenerateContentConfig asked = request.content;
    asked.http_options = config.http_options;
    const std::vector<Content> contents{{.parts = {Part::from_text(request.prompt)}}};
    return detail::images_response(models.generate_content(request.model, contents, asked), service_->now());
}

namespace detail {

/// A model in OpenAI's shape: of what Gemini tells of it, its name.
GENAI_INLINE Model openai_model(const genai::Model& model) {
    std::string id = model.name;
    if (id.starts_with("models/")) id.erase(0, 7);
    return {.id = id, .object = "model", .owned_by = "google"};
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE ModelList Models::list(const CallConfig& config) const {
    ModelList all{.object = "list"};
    for (const genai::Model& model : service_->client().models.list({.http_options = config.http_options}))
        all.data.push_back(detail::openai_model(model));
    return all;
}

GENAI_LAZY_BODY GENAI_INLINE Model Models::retrieve(std::string_view model, const CallConfig& config) const {
    const detail::ModelTraits named(model);
    return detail::openai_model(
        service_->client().models.get(named.name(), {.http_options = config.http_options}));
}

GENAI_LAZY_BODY GENAI_INLINE ModelDeleted Models::delete_(std::string_view model,
                                                          const CallConfig& config) const {
    const detail::ModelTraits named(model);
    static_cast<void>(service_->client().models.delete_(named.name(), {.http_options = config.http_options}));
    return {.id = named.name(), .object = "model", .deleted = true};
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
