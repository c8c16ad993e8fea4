#pragma once

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI {

/// What models do, and which there are. One belongs to a client; copies share its connections.
/// https://ai.google.dev/api/models
class Models {
public:
    explicit Models(detail::Caller& caller) : caller_(caller) {}
    Models(const Models&) = default;

    /// Generates an answer, and waits for the whole of it. Throws InvalidArgument before anything is sent;
    /// ApiError, TransportError, DecodeError, Cancelled.
    /// https://ai.google.dev/api/generate-content#method:-models.generatecontent
    GENAI_LAZY GenerateContentResponse
    generate_content(std::string_view model, const Contents& contents,
                     const GenerateContentConfig& config = detail::no_config) const;

    /// Generates structured output of a type: `generate_content<Recipe>(…)`. The schema is made from the
    /// type where the config has none. Throws as above, DecodeError for an answer of another shape too.
    template <class R>
    Parsed<R> generate_content(std::string_view model, const Contents& contents,
                               const GenerateContentConfig& config = detail::no_config) const;

    /// Generates an answer and gives its chunks as they come: `for (const auto& chunk : …)`. The request is
    /// on its way when this returns. Throws InvalidArgument here; the rest, and StreamInterrupted, from the
    /// loop. https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
    GENAI_LAZY Stream<GenerateContentResponse> generate_content_stream(
        std::string_view model, const Contents& contents,
        const GenerateContentConfig& config = detail::no_config) const;

    /// The same, pushed: calls `on_chunk(const GenerateContentResponse&)` in this thread for each chunk, and
    /// returns when all have come. Where `on_chunk` returns a bool, false ends the request in good order.
    template <class OnChunk>
    requires std::invocable<OnChunk&, const GenerateContentResponse&>
    void generate_content_stream(std::string_view model, const Contents& contents,
                                 const GenerateContentConfig& config, OnChunk&& on_chunk) const {
        push_chunks(model, contents, config, detail::as_bool_callback<GenerateContentResponse>(on_chunk));
    }

    /// Counts tokens. With a system instruction, tools or a generation config, which the official SDKs refuse
    /// to count, the whole request is counted. https://ai.google.dev/api/tokens#method:-models.counttokens
    GENAI_LAZY CountTokensResponse count_tokens(std::string_view model, const Contents& contents,
                                                const CountTokensConfig& config = detail::no_config) const;

    /// Makes vectors of contents: of each part of a list, or, for the models of the embedding-2 family, of
    /// the list as one. More than the service takes at once, 100, are sent in several requests and come back
    /// in order, their tokens summed, what else the answers say as the first has it. Throws as
    /// generate_content does. https://ai.google.dev/api/embeddings#method:-models.batchembedcontents
    GENAI_LAZY EmbedContentResponse embed_content(std::string_view model, const Contents& contents,
                                                  const EmbedContentConfig& config = detail::no_config) const;

    /// Makes images from a prompt, by models that are served as `:predict`. Newer ones make them in
    /// generate_content.
    GENAI_LAZY GenerateImagesResponse
    generate_images(std::string_view model, std::string_view prompt,
                    const GenerateImagesConfig& config = detail::no_config) const;

    /// Begins to make videos from a prompt, an image or another video; see `operations.wait`.
    /// https://ai.google.dev/gemini-api/docs/video
    GENAI_LAZY GenerateVideosOperation
    generate_videos(std::string_view model, const GenerateVideosSource& source,
                    const GenerateVideosConfig& config = detail::no_config) const;
    /// Begins to make videos from a prompt.
    GENAI_LAZY GenerateVideosOperation
    generate_videos(std::string_view model, std::string_view prompt,
                    const GenerateVideosConfig& config = detail::no_config) const;

    /// What is known of a model. https://ai.google.dev/api/models#method:-models.get
    GENAI_LAZY [[nodiscard]] Model get(std::string_view model,
                                       const GetModelConfig& config = detail::no_config) const;

    /// The models there are; with `query_base` false, those the project has tuned.
    /// https://ai.google.dev/api/models#method:-models.list
    GENAI_LAZY Pager<Model> list(const ListModelsConfig& config = detail::no_config) const;

    /// Changes a tuned model's names. https://ai.google.dev/api/tuning#method:-tunedmodels.patch
    GENAI_LAZY Model update(std::string_view model, const UpdateModelConfig& config) const;

    /// Deletes a tuned model. https://ai.google.dev/api/tuning#method:-tunedmodels.delete
    GENAI_LAZY DeleteModelResponse delete_(std::string_view model,
                                           const DeleteModelConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Models& operator=(const Models&) = default;

    GENAI_LAZY void push_chunks(std::string_view model, const Contents& contents,
                                const GenerateContentConfig& config,
                                const std::function<bool(const GenerateContentResponse&)>& on_chunk) const;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/paging.hpp>
#include <genai/functions/tools_for_request.hpp>
#include <genai/generation/generation.hpp>
#include <genai/mapping/embedding.hpp>
#include <genai/mapping/generation_request.hpp>
#include <genai/mapping/predict.hpp>
#include <genai/parsed.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/embedding.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/media.hpp>
#include <genai/types/model.hpp>
#include <genai/types/operation.hpp>
#include <genai/types/tokens.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE GenerateContentResponse Models::generate_content(
    std::string_view model, const Contents& contents, const GenerateContentConfig& config) const {
    detail::Generation generation(
        {"models.generate_content", detail::ResourceName::model(model), ":generateContent"},
        contents.contents(), config);
    return detail::generate(*caller_, generation);
}

GENAI_LAZY_BODY GENAI_INLINE Stream<GenerateContentResponse> Models::generate_content_stream(
    std::string_view model, const Contents& contents, const GenerateContentConfig& config) const {
    const detail::Generation::Request request{"models.generate_content_stream",
                                              detail::ResourceName::model(model), ":streamGenerateContent"};
    return detail::generation_stream(
        caller_.share(), std::make_shared<detail::Generation>(request, contents.contents(), config));
}

GENAI_LAZY_BODY GENAI_INLINE void Models::push_chunks(
    std::string_view model, const Contents& contents, const GenerateContentConfig& config,
    const std::function<bool(const GenerateContentResponse&)>& on_chunk) const {
    detail::Generation generation(
        {"models.generate_content_stream", detail::ResourceName::model(model), ":streamGenerateContent"},
        contents.contents(), config);
    detail::generate_stream(
        *caller_, generation,
        [&on_chunk](const GenerateContentResponse& chunk, std::size_t) { return on_chunk(chunk); });
}

GENAI_LAZY_BODY GENAI_INLINE CountTokensResponse Models::count_tokens(std::string_view model,
                                                                      const Contents& contents,
                                                                      const CountTokensConfig& config) const {
    if (contents.contents().empty()) throw InvalidArgument("contents", "is empty");
    const bool whole = config.system_instruction || !config.tools.empty() || config.generation_config;
    const auto write = [input = contents.contents(), config, whole](const std::string& name) {
        return detail::json_object([&](wire::Writer& writer) {
            if (whole) {
                writer.key("\"generateContentRequest\":");
                writer.begin_object();
                writer.member("\"model\":", name);
            }
            writer.member("\"contents\":", input);
            detail::write_config(writer, config, [](std::string_view) { return true; });
            if (whole) writer.end_object();
            writer.unknown(config.extra);
        });
    };
    return caller_->call<CountTokensResponse>({.operation = "models.count_tokens",
                                               .resource = detail::ResourceName::model(model),
                                               .verb = ":countTokens",
                                               .body = detail::JsonBody(write),
                                               .options = config.http_options,
                                               .idempotent = true});
}

GENAI_LAZY_BODY GENAI_INLINE EmbedContentResponse Models::embed_content(
    std::string_view model, const Contents& contents, const EmbedContentConfig& config) const {
    constexpr std::size_t max_batch_size = 100;
    const std::vector<Content> each = detail::embedded_contents(model, contents);
    EmbedContentResponse all;
    for (std::size_t at = 0; at < each.size(); at += max_batch_size) {
        const std::size_t count = (std::min)(max_batch_size, each.size() - at);
        const auto first = each.begin() + static_cast<std::ptrdiff_t>(at);
        const auto write = [some = std::vector<Content>(first, first + static_cast<std::ptrdiff_t>(count)),
                            config](const std::string& name) {
            return detail::json_object([&](wire::Writer& writer) {
                detail::write_embed_requests(writer, some.data(), some.size(), config, name, false);
            });
        };
        auto some = caller_->call<EmbedContentResponse>({.operation = "models.embed_content",
                                                         .resource = detail::ResourceName::model(model),
                                                         .verb = ":batchEmbedContents",
                                                         .body = detail::JsonBody(write),
                                                         .options = config.http_options,
                                                         .idempotent = true});
        if (some.embeddings.size() != count)
            throw detail::misread(
                DecodeError("/embeddings", "the server gave " + std::to_string(some.embeddings.size()) +
                                               " vectors for " + std::to_string(count) + " contents"));
        detail::add_embeddings(all, std::move(some));
    }
    return all;
}

GENAI_LAZY_BODY GENAI_INLINE GenerateImagesResponse Models::generate_images(
    std::string_view model, std::string_view prompt, const GenerateImagesConfig& config) const {
    if (prompt.empty()) throw InvalidArgument("prompt", "is empty");
    return caller_->call<GenerateImagesResponse>({.operation = "models.generate_images",
                                                  .resource = detail::ResourceName::model(model),
                                                  .verb = ":predict",
                                                  .body = detail::images_body(std::string(prompt), config),
                                                  .options = config.http_options,
                                                  .idempotent = true},
                                                 detail::read_images);
}

GENAI_LAZY_BODY GENAI_INLINE GenerateVideosOperation Models::generate_videos(
    std::string_view model, const GenerateVideosSource& source, const GenerateVideosConfig& config) const {
    if (!source.prompt && !source.image && !source.video)
        throw InvalidArgument("source", "has neither a prompt nor an image nor a video");
    if (source.image && source.video)
        throw InvalidArgument("source.video", "is set beside image: choose one");
    return caller_->call<GenerateVideosOperation>({.operation = "models.generate_videos",
                                                   .resource = detail::ResourceName::model(model),
                                                   .verb = ":predictLongRunning",
                                                   .body = detail::videos_body(source, config),
                                                   .options = config.http_options},
                                                  detail::read_videos);
}

GENAI_LAZY_BODY GENAI_INLINE GenerateVideosOperation Models::generate_videos(
    std::string_view model, std::string_view prompt, const GenerateVideosConfig& config) const {
    if (prompt.empty()) throw InvalidArgument("prompt", "is empty");
    return generate_videos(model, GenerateVideosSource{.prompt = std::string(prompt)}, config);
}

GENAI_LAZY_BODY GENAI_INLINE Model Models::get(std::string_view model, const GetModelConfig& config) const {
    return caller_->call<Model>({.operation = "models.get",
                                 .method = "GET",
                                 .resource = detail::ResourceName::model(model),
                                 .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<Model> Models::list(const ListModelsConfig& config) const {
    detail::Call call{
        .operation = "models.list",
        .resource = detail::ResourceName::path(config.query_base.value_or(true) ? "models" : "tunedModels")};
    if (config.filter) call.query.emplace_back("filter", *config.filter);
    return detail::list<&ListModelsResponse::models>(caller_, std::move(call), config);
}

GENAI_LAZY_BODY GENAI_INLINE Model Models::update(std::string_view model,
                                                  const UpdateModelConfig& config) const {
    return caller_->call<Model>({.operation = "models.update",
                                 .method = "PATCH",
                                 .resource = detail::ResourceName::model(model),
                                 .body = detail::json_body(config),
                                 .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE DeleteModelResponse Models::delete_(std::string_view model,
                                                                 const DeleteModelConfig& config) const {
    return caller_->call<DeleteModelResponse>({.operation = "models.delete",
                                               .method = "DELETE",
                                               .resource = detail::ResourceName::model(model),
                                               .options = config.http_options},
                                              true);
}

}  // namespace genai::inline GENAI_ABI

#endif

#if defined(GENAI_COMPILED) && GENAI_BODIES
template genai::detail::NoConfig::operator const genai::GenerateContentConfig&() const;
#elif defined(GENAI_COMPILED)
extern template genai::detail::NoConfig::operator const genai::GenerateContentConfig&() const;
#endif
