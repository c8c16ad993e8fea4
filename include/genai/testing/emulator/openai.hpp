#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/api_error.hpp>
#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/http/message.hpp>
#include <genai/http/transport.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator/api.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/request_body.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator_options.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// Carries the requests of a client to the emulator that it is part of, without a socket.
class InnerTransport {
public:
    explicit InnerTransport(EmulatedApi& api) : api_(&api) {}

    void send(const http::Request& request, http::Sink& sink) {
        ReceivedRequest received{.method = request.method, .headers = request.headers};
        received.set_target(request.url.substr(request.url.find('/', request.url.find("://") + 3)));
        char buffer[4096];
        for (std::size_t count = 0; (count = request.body.read(received.body.size(), buffer)) != 0;)
            received.body.append(buffer, count);
        const RawReply reply = api_->answer(std::move(received));
        if (sink.head({.status = reply.status, .headers = reply.headers}) == http::Flow::stop) return;
        for (const std::string& piece : reply.pieces)
            if (sink.data(piece) == http::Flow::stop) return;
    }

private:
    EmulatedApi* api_;
};

/// Gemini's OpenAI-compatible endpoint, `/v1beta/openai/`: well-behaved, or as Google's is where the options
/// say so. https://ai.google.dev/gemini-api/docs/openai
class EmulatedOpenAi {
public:
    EmulatedOpenAi(EmulatedApi& api, const EmulatorOptions& options) : api_(api), options_(options) {}

    /// Whether a path behind the version is for it.
    static bool handles(std::string_view path) { return path.starts_with("openai/"); }

    RawReply answer(const ReceivedRequest& request, std::string_view path) const {
        path.remove_prefix(std::string_view("openai/").size());
        try {
            if (request.method == "POST" && path == "chat/completions") return complete(request);
            if (request.method == "POST" && path == "embeddings") return embed(request);
            if (request.method == "POST" && path == "images/generations") return draw(request);
            if (request.method == "GET" && path == "models") return models();
            if (request.method == "GET" && path.starts_with("models/")) return model(path.substr(7));
        } catch (const ApiError& error) {
            return refused(error.code(), error.status(), error.message(), "");
        } catch (const InvalidArgument& error) {
            return refused(400, "INVALID_ARGUMENT", error.what(), error.parameter());
        } catch (const DecodeError& error) {
            return refused(400, "INVALID_ARGUMENT", error.what(), error.pointer());
        } catch (const Error& error) {
            return refused(500, "INTERNAL", error.what(), "");
        }
        return not_found();
    }

    /// A refusal in OpenAI's form; in Google's, a list.
    RawReply refused(int code, const std::string& status, const std::string& message,
                     const std::string& parameter) const {
        if (options_.openai_as_google)
            return whole(
                code, Tree::array({{{"error", {{"code", code}, {"message", message}, {"status", status}}}}}));
        const char* const type = code == 401 || code == 403 ? "authentication_error"
                                 : code == 429              ? "rate_limit_error"
                                 : code < 500               ? "invalid_request_error"
                                                            : "server_error";
        Tree error{{"message", message}, {"type", type}, {"param", nullptr}, {"code", nullptr}};
        if (!parameter.empty()) error["param"] = parameter;
        if (!status.empty()) error["code"] = lower_case(status);
        return whole(code, {{"error", error}});
    }

private:
    using Pieces = std::vector<std::string>;

    openai::Client<> client() const {
        ClientOptions options{.api_key = options_.api_key.empty() ? "key" : options_.api_key,
                              .http_options = {.base_url = "http://emulator", .retry = {.attempts = 1}}};
        return openai::Client<>(genai::Client<>(options, InnerTransport(api_)),
                                {.drop_params = !options_.openai_as_google,
                                 .effort_table = openai::EffortTable::google,
                                 .signatures_in_ids = false,
                                 .google_extra = true});
    }

    RawReply complete(const ReceivedRequest& request) const {
        const auto params = decode<openai::CompletionCreateParams>(request.body);
        if (options_.openai_as_google && !params.extra.empty()) {
            const Json unknown = params.extra.json();
            return refused(400, "INVALID_ARGUMENT",
                           "Invalid JSON payload received. Unknown name \"" + unknown.begin().key() +
                               "\": Cannot find field.",
                           "");
        }
        if (params.stream) return stream(params);
        Tree made = Tree::parse(encode(client().chat.completions.create(params)));
        for (Tree& choice : made["choices"]) reshape(choice, "message");
        return ok(made);
    }

    /// What the clients of either form expect of a choice.
    void reshape(Tree& choice, const char* said) const {
        choice.erase("provider_specific_fields");
        Tree& message = choice[said];
        message.erase("provider_specific_fields");
        message.erase("thinking_blocks");
        if (message.contains("tool_calls"))
            for (Tree& call : message["tool_calls"]) {
                call.erase("provider_specific_fields");
                if (options_.openai_as_google || std::string_view(said) == "message") call.erase("index");
            }
        if (std::string_view(said) == "message" && !message.contains("content")) message["content"] = nullptr;
        if (!options_.openai_as_google || !message.contains("reasoning_content")) return;
        const std::string thought =
            "<thought>" + message["reasoning_content"].get<std::string>() + "</thought>";
        message["content"] = thought + (message.contains("content") && message["content"].is_string()
                                            ? message["content"].get<std::string>()
                                            : "");
        message.erase("reasoning_content");
        message["extra_content"] = {{"google", {{"thought", true}}}};
    }

    RawReply stream(openai::CompletionCreateParams params) const {
        const bool wanted = params.stream_options && params.stream_options->include_usage;
        if (options_.openai_as_google) params.stream_options = openai::StreamOptions{.include_usage = true};
        std::vector<Tree> chunks;
        for (const auto& chunk : client().chat.completions.create_stream(params))
            chunks.push_back(Tree::parse(encode(chunk)));
        if (options_.openai_as_google) spread_usage(chunks);
        RawReply reply{.headers = {{"Content-Type", "text/event-stream"}},
                       .chunked = true,
                       .piece_delay = options_.chunk_delay};
        for (Tree& chunk : chunks) {
            for (Tree& choice : chunk["choices"]) {
                reshape(choice, "delta");
                if (options_.openai_as_google && choice.value("finish_reason", "") == "tool_calls")
                    choice["finish_reason"] = "stop";
                if (!choice.contains("finish_reason")) choice["finish_reason"] = nullptr;
            }
            if (wanted && !chunk.contains("usage")) chunk["usage"] = nullptr;
            reply.pieces.push_back("data: " + chunk.dump(-1, ' ', false, Tree::error_handler_t::replace) +
                                   "\n\n");
        }
        reply.pieces.emplace_back("data: [DONE]\n\n");
        return reply;
    }

    /// Usage in every chunk, and none of its own for it.
    static void spread_usage(std::vector<Tree>& chunks) {
        if (chunks.empty() || !chunks.back().contains("usage")) return;
        const Tree usage = chunks.back()["usage"];
        chunks.pop_back();
        for (Tree& chunk : chunks) chunk["usage"] = usage;
    }

    RawReply embed(const ReceivedRequest& request) const {
        return ok(Tree::parse(
            encode(client().embeddings.create(decode<openai::EmbeddingCreateParams>(request.body)))));
    }

    RawReply draw(const ReceivedRequest& request) const {
        return ok(
            Tree::parse(encode(client().images.generate(decode<openai::ImageGenerateParams>(request.body)))));
    }

    RawReply models() const {
        Tree list = Tree::parse(encode(client().models.list()));
        for (Tree& one : list["data"]) name_model(one);
        return ok(list);
    }

    RawReply model(std::string_view name) const {
        Tree one = Tree::parse(encode(client().models.retrieve(name)));
        name_model(one);
        return ok(one);
    }

    /// Google's ids have a prefix that requests may leave out.
    void name_model(Tree& one) const {
        if (options_.openai_as_google) one["id"] = "models/" + one["id"].get<std::string>();
    }

    EmulatedApi& api_;
    const EmulatorOptions& options_;
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
