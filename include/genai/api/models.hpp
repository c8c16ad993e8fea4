#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/detail/embedding.hpp>
#include <genai/detail/generation.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/predict.hpp>
#include <genai/detail/sent_tools.hpp>
#include <genai/schema_of.hpp>
#include <genai/types/embedding.hpp>
#include <genai/types/media.hpp>
#include <genai/types/model.hpp>
#include <genai/types/operation.hpp>
#include <genai/types/tokens.hpp>

namespace genai::inline v0 {

/// What models do, and which there are. One belongs to a client; copies share its connections.
/// https://ai.google.dev/api/models
template <http::Transport T>
class Models {
public:
    explicit Models(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Generates an answer, and waits for the whole of it. Throws InvalidArgument before anything is sent; ApiError,
    /// TransportError, DecodeError, Cancelled. https://ai.google.dev/api/generate-content#method:-models.generatecontent
    GenerateContentResponse generate_content(std::string_view model, const ContentListUnion& contents,
                                             const GenerateContentConfig& config = {}) const {
        return detail::Generation<T>(core_, model, ":generateContent", contents.contents(), config).whole();
    }

    /// Generates an answer in the shape of a type: `generate_content<Recipe>(…)`. The schema is made from the type where the
    /// config has none. Throws as above, DecodeError for an answer of another shape too.
    template <class R>
    Parsed<R> generate_content(std::string_view model, const ContentListUnion& contents, const GenerateContentConfig& config = {}) const {
        Parsed<R> answer{.response = generate_content(model, contents, detail::asking_for(wire::type_of<R>, config))};
        answer.value = answer.response.template parsed<R>();
        return answer;
    }

    /// Generates an answer and gives its chunks as they come: `for (const auto& chunk : …)`. The request is on its way
    /// when this returns. Throws InvalidArgument here; the rest, and StreamInterrupted, from the loop.
    /// https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
    Stream<GenerateContentResponse> generate_content_stream(std::string_view model, const ContentListUnion& contents,
                                                            const GenerateContentConfig& config = {}) const {
        return detail::Generation<T>::stream(std::make_shared<detail::Generation<T>>(core_, model, ":streamGenerateContent", contents.contents(), config));
    }

    /// The same, pushed: calls `on_chunk(const GenerateContentResponse&)` in this thread for each chunk, and returns
    /// when all have come. Where `on_chunk` returns a bool, false ends the request in good order.
    template <class OnChunk>
        requires std::invocable<OnChunk&, const GenerateContentResponse&>
    void generate_content_stream(std::string_view model, const ContentListUnion& contents, const GenerateContentConfig& config,
                                 OnChunk&& on_chunk) const {
        detail::Generation<T>(core_, model, ":streamGenerateContent", contents.contents(), config).run(detail::going_on<GenerateContentResponse>(on_chunk));
    }

    /// Counts tokens. With a system instruction, tools or a generation config, which the official SDKs refuse to count,
    /// the whole request is counted. https://ai.google.dev/api/tokens#method:-models.counttokens
    CountTokensResponse count_tokens(std::string_view model, const ContentListUnion& contents, const CountTokensConfig& config = {}) const {
        if (contents.contents().empty()) throw InvalidArgument("contents", "is empty");
        auto body = std::make_shared<wire::JsonText>();
        wire::Writer writer(*body);
        writer.begin_object();
        const bool whole = config.system_instruction || !config.tools.empty() || config.generation_config;
        if (whole) {
            writer.key("\"generateContentRequest\":");
            writer.begin_object();
            writer.member("\"model\":", detail::model_path(model));
        }
        writer.member("\"contents\":", contents.contents());
        detail::write_config(writer, config, [](std::string_view) { return true; });
        if (whole) writer.end_object();
        writer.unknown(config.extra);
        writer.end_object();
        return core_->template ask<CountTokensResponse>(post(model, ":countTokens", std::move(body), config.http_options));
    }

    /// Makes vectors of contents: of each part of a list, or, for the models of the embedding-2 family, of the list as
    /// one. More than the service takes at once, 100, are sent in several requests and come back in order, their tokens
    /// summed, what else the answers say as the first has it. Throws as generate_content does. https://ai.google.dev/api/embeddings#method:-models.batchembedcontents
    EmbedContentResponse embed_content(std::string_view model, const ContentListUnion& contents, const EmbedContentConfig& config = {}) const {
        constexpr std::size_t most = 100;
        const std::vector<Content> each = detail::embedded_contents(model, contents);
        EmbedContentResponse all;
        for (std::size_t at = 0; at < each.size(); at += most) {
            const std::size_t count = (std::min)(most, each.size() - at);
            auto body = std::make_shared<wire::JsonText>();
            wire::Writer writer(*body);
            writer.begin_object();
            detail::write_embed_requests(writer, each.data() + at, count, config, detail::model_path(model), false);
            writer.end_object();
            auto some = core_->template ask<EmbedContentResponse>(post(model, ":batchEmbedContents", std::move(body), config.http_options));
            if (some.embeddings.size() != count)
                throw DecodeError("/embeddings", "the server gave " + std::to_string(some.embeddings.size()) + " vectors for " + std::to_string(count) + " contents");
            detail::add_embeddings(all, std::move(some));
        }
        return all;
    }

    /// Makes images from a prompt, by models that are served as `:predict`. Newer ones make them in generate_content.
    GenerateImagesResponse generate_images(std::string_view model, std::string_view prompt, const GenerateImagesConfig& config = {}) const {
        if (prompt.empty()) throw InvalidArgument("prompt", "is empty");
        return core_->ask(post(model, ":predict", detail::images_body(std::string(prompt), config), config.http_options), detail::read_images);
    }

    /// Begins to make videos from a prompt, an image or another video; see `operations.wait`.
    /// https://ai.google.dev/gemini-api/docs/video
    GenerateVideosOperation generate_videos(std::string_view model, const GenerateVideosSource& source, const GenerateVideosConfig& config = {}) const {
        if (!source.prompt && !source.image && !source.video) throw InvalidArgument("source", "has neither a prompt nor an image nor a video");
        if (source.image && source.video) throw InvalidArgument("source.video", "is set beside image: choose one");
        return core_->ask(post(model, ":predictLongRunning", detail::videos_body(source, config), config.http_options), detail::read_videos);
    }
    /// Begins to make videos from a prompt.
    template <std::convertible_to<std::string_view> Text>
    GenerateVideosOperation generate_videos(std::string_view model, const Text& prompt, const GenerateVideosConfig& config = {}) const {
        if (std::string_view(prompt).empty()) throw InvalidArgument("prompt", "is empty");
        return generate_videos(model, GenerateVideosSource{.prompt = std::string(std::string_view(prompt))}, config);
    }

    /// What is known of a model. https://ai.google.dev/api/models#method:-models.get
    Model get(std::string_view model, const GetModelConfig& config = {}) const {
        return core_->template ask<Model>(core_->protocol().call("GET", detail::model_path(model), config.http_options));
    }

    /// The models there are; with `query_base` false, those the project has tuned.
    /// https://ai.google.dev/api/models#method:-models.list
    Pager<Model> list(const ListModelsConfig& config = {}) const {
        http::Query query;
        if (config.filter) query.emplace_back("filter", *config.filter);
        return detail::list<ListModelsResponse>(core_, config.query_base.value_or(true) ? "models" : "tunedModels", config, &ListModelsResponse::models, std::move(query));
    }

    /// Changes a tuned model's names. https://ai.google.dev/api/tuning#method:-tunedmodels.patch
    Model update(std::string_view model, const UpdateModelConfig& config) const {
        return core_->template ask<Model>(
            {.method = "PATCH", .path = detail::model_path(model), .body = detail::json_body(config), .options = core_->protocol().merged(config.http_options)});
    }

    /// Deletes a tuned model. https://ai.google.dev/api/tuning#method:-tunedmodels.delete
    DeleteModelResponse delete_(std::string_view model, const DeleteModelConfig& config = {}) const {
        return core_->template ask<DeleteModelResponse>(core_->protocol().call("DELETE", detail::model_path(model), config.http_options), true);
    }

private:
    detail::Call post(std::string_view model, std::string_view verb, std::shared_ptr<wire::JsonText> body, const HttpOptions& options) const {
        return {.path = detail::model_path(model) + std::string(verb), .body = std::move(body), .options = core_->protocol().merged(options), .repeatable = verb != ":predictLongRunning"};
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
