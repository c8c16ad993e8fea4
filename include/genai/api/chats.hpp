#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/conversation.hpp>
#include <genai/detail/core.hpp>
#include <genai/detail/generation.hpp>
#include <genai/stream.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline v0 {

/// A conversation that is sent whole with each message. A turn that fails, or whose stream is left before its end, leaves
/// no trace. For one thread at a time; copies are the same conversation; may outlive the client.
/// https://ai.google.dev/gemini-api/docs/text-generation#multi-turn-conversations
template <http::Transport T>
class Chat {
public:
    Chat(std::shared_ptr<detail::Core<T>> core, std::string model, GenerateContentConfig config, std::vector<Content> history)
        : core_(std::move(core)), state_(std::make_shared<State>(State{std::move(model), std::move(config), detail::Conversation(std::move(history))})) {}

    /// Sends a message and waits for the whole answer. Throws as models.generate_content does.
    GenerateContentResponse send_message(const ContentUnion& message) { return send_message(message, state_->config); }
    /// The same with another config, in place of the chat's, for this message.
    GenerateContentResponse send_message(const ContentUnion& message, const GenerateContentConfig& config) {
        const Sending sending = begin(":generateContent", message, config);
        auto response = sending.generation->whole();
        record(*state_, *message, *sending.generation);
        return response;
    }

    /// Sends a message and gives the answer's chunks as they come. The turn counts when the loop has come to the end.
    Stream<GenerateContentResponse> send_message_stream(const ContentUnion& message) { return send_message_stream(message, state_->config); }
    /// The same with another config, in place of the chat's, for this message.
    Stream<GenerateContentResponse> send_message_stream(const ContentUnion& message, const GenerateContentConfig& config) {
        const Sending sending = begin(":streamGenerateContent", message, config);
        return detail::Generation<T>::stream(sending.generation, [sending, state = state_, said = *message] { record(*state, said, *sending.generation); });
    }
    /// The same, pushed to `on_chunk(const GenerateContentResponse&)` in this thread; where that returns a bool, false
    /// ends the request, and the turn does not count.
    template <class OnChunk>
        requires std::invocable<OnChunk&, const GenerateContentResponse&>
    void send_message_stream(const ContentUnion& message, const GenerateContentConfig& config, OnChunk&& on_chunk) {
        const Sending sending = begin(":streamGenerateContent", message, config);
        bool whole = true;
        auto push = detail::going_on<GenerateContentResponse>(on_chunk);
        sending.generation->run([&](const GenerateContentResponse& chunk) { return whole = push(chunk); });
        if (whole) record(*state_, *message, *sending.generation);
    }

    /// What was said so far, in turns. Curated, it leaves out the turns that got no answer, such as a blocked one's: that
    /// is what is sent with the next message.
    std::vector<Content> history(bool curated = false) const { return curated ? state_->conversation.curated() : state_->conversation.whole(); }

private:
    struct State {
        std::string model{};
        GenerateContentConfig config{};
        detail::Conversation conversation{};
        std::weak_ptr<bool> open{};  // alive while an answer is not at its end
    };

    /// A message on its way.
    struct Sending {
        std::shared_ptr<detail::Generation<T>> generation{};
        std::shared_ptr<bool> open{};
    };

    Sending begin(std::string_view verb, const ContentUnion& message, const GenerateContentConfig& config) const {
        if (!message || message->parts.empty()) throw InvalidArgument("message", "is empty");
        if (!state_->open.expired()) throw InvalidArgument("message", "comes before the last one's answer is there to its end, or its stream destroyed");
        Sending sending{.open = std::make_shared<bool>(true)};
        sending.generation = state_->conversation.with(*message, [&](const std::vector<Content>& contents) {
            return std::make_shared<detail::Generation<T>>(core_, state_->model, verb, contents, config, true);
        });
        state_->open = sending.open;
        return sending;
    }

    static void record(State& state, Content message, detail::Generation<T>& generation) { state.conversation.record(std::move(message), generation.said()); }

    std::shared_ptr<detail::Core<T>> core_;
    std::shared_ptr<State> state_;
};

/// Conversations.
template <http::Transport T>
class Chats {
public:
    explicit Chats(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// A conversation with a model; nothing is sent yet. `config` is for every message, `history` what was said before.
    /// Throws InvalidArgument for a history with other roles than `user` and `model`.
    Chat<T> create(std::string_view model, GenerateContentConfig config = {}, std::vector<Content> history = {}) const {
        static_cast<void>(detail::model_path(model));
        return Chat<T>(core_, std::string(model), std::move(config), std::move(history));
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
