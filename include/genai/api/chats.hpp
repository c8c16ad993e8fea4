#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
struct ChatState;
}  // namespace detail

/// A conversation that is sent whole with each message. A turn that fails, or whose stream is left before its
/// end, leaves no trace. For one thread at a time; copies are the same conversation; may outlive the client.
/// https://ai.google.dev/gemini-api/docs/text-generation#multi-turn-conversations
class Chat {
public:
    Chat(const Chat&) = default;  // which moving is too: a chat that was moved from is as good as its copy
    Chat& operator=(const Chat&) = default;
    ~Chat() = default;

    /// Sends a message and waits for the whole answer. Throws as models.generate_content does.
    GENAI_LAZY GenerateContentResponse send_message(const Message& message);
    /// The same with another config, in place of the chat's, for this message.
    GENAI_LAZY GenerateContentResponse send_message(const Message& message,
                                                    const GenerateContentConfig& config);

    /// Sends a message and gives the answer's chunks as they come. The turn counts when the loop has come to
    /// the end.
    GENAI_LAZY Stream<GenerateContentResponse> send_message_stream(const Message& message);
    /// The same with another config, in place of the chat's, for this message.
    GENAI_LAZY Stream<GenerateContentResponse> send_message_stream(const Message& message,
                                                                   const GenerateContentConfig& config);
    /// The same, pushed to `on_chunk(const GenerateContentResponse&)` in this thread; where that returns a
    /// bool, false ends the request, and the turn does not count.
    template <class OnChunk>
    requires std::invocable<OnChunk&, const GenerateContentResponse&>
    void send_message_stream(const Message& message, const GenerateContentConfig& config,
                             OnChunk&& on_chunk) {
        push_chunks(message, config, detail::as_bool_callback<GenerateContentResponse>(on_chunk));
    }

    /// What was said so far, in turns. Curated, it leaves out the turns that got no answer, such as a blocked
    /// one's: that is what is sent with the next message.
    GENAI_LAZY std::vector<Content> history(bool curated = false) const;

private:
    friend class Chats;
    explicit Chat(std::shared_ptr<detail::ChatState> state) : state_(std::move(state)) {}

    GENAI_LAZY void push_chunks(const Message& message, const GenerateContentConfig& config,
                                const std::function<bool(const GenerateContentResponse&)>& on_chunk);

    std::shared_ptr<detail::ChatState> state_;
};

/// Conversations.
class Chats {
public:
    explicit Chats(detail::Caller& caller) : caller_(caller) {}
    Chats(const Chats&) = default;

    /// A conversation with a model; nothing is sent yet. `config` is for every message; it begins with the
    /// config's `history`. Throws InvalidArgument for a history with other roles than `user` and `model`.
    GENAI_LAZY Chat create(std::string_view model,
                           const GenerateContentConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Chats& operator=(const Chats&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <cstddef>

#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/generation/conversation.hpp>
#include <genai/generation/generation.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// What the copies of a chat share.
struct ChatState {
    std::shared_ptr<Caller> caller{};
    ResourceName model{};
    GenerateContentConfig config{};
    Conversation conversation{};
    std::weak_ptr<bool> open{};  // alive while an answer is not at its end
};

/// A message on its way.
struct ChatMessage {
    std::shared_ptr<Generation> generation{};
    std::shared_ptr<bool> open{};
};

GENAI_INLINE ChatMessage begin_message(ChatState& state, std::string_view operation, std::string_view verb,
                                       const Message& message, const GenerateContentConfig& config) {
    if (!message || message->parts.empty()) throw InvalidArgument("message", "is empty");
    if (!config.history.empty())
        throw InvalidArgument("config.history", "is for chats.create: a chat keeps its own history");
    if (!state.open.expired())
        throw InvalidArgument(
            "message", "comes before the last one's answer is there to its end, or its stream destroyed");
    ChatMessage sent{.open = std::make_shared<bool>(true)};
    sent.generation = state.conversation.with(*message, [&](const std::vector<Content>& contents) {
        return std::make_shared<Generation>(Generation::Request{operation, state.model, verb, true}, contents,
                                            config);
    });
    state.open = sent.open;
    return sent;
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE GenerateContentResponse Chat::send_message(const Message& message) {
    return send_message(message, state_->config);
}

GENAI_LAZY_BODY GENAI_INLINE GenerateContentResponse Chat::send_message(const Message& message,
                                                                        const GenerateContentConfig& config) {
    const detail::ChatMessage sent =
        detail::begin_message(*state_, "chats.send_message", ":generateContent", message, config);
    auto response = detail::generate(*state_->caller, *sent.generation);
    state_->conversation.record(*message, sent.generation->new_turns());
    return response;
}

GENAI_LAZY_BODY GENAI_INLINE Stream<GenerateContentResponse> Chat::send_message_stream(
    const Message& message) {
    return send_message_stream(message, state_->config);
}

GENAI_LAZY_BODY GENAI_INLINE Stream<GenerateContentResponse> Chat::send_message_stream(
    const Message& message, const GenerateContentConfig& config) {
    const detail::ChatMessage sent = detail::begin_message(*state_, "chats.send_message_stream",
                                                           ":streamGenerateContent", message, config);
    return detail::generation_stream(state_->caller, sent.generation,
                                     [sent, state = state_, said = *message] {
                                         state->conversation.record(said, sent.generation->new_turns());
                                     });
}

GENAI_LAZY_BODY GENAI_INLINE void Chat::push_chunks(
    const Message& message, const GenerateContentConfig& config,
    const std::function<bool(const GenerateContentResponse&)>& on_chunk) {
    const detail::ChatMessage sent = detail::begin_message(*state_, "chats.send_message_stream",
                                                           ":streamGenerateContent", message, config);
    const bool whole = detail::generate_stream(
        *state_->caller, *sent.generation,
        [&on_chunk](const GenerateContentResponse& chunk, std::size_t) { return on_chunk(chunk); });
    if (whole) state_->conversation.record(*message, sent.generation->new_turns());
}

GENAI_LAZY_BODY GENAI_INLINE std::vector<Content> Chat::history(bool curated) const {
    return curated ? state_->conversation.curated() : state_->conversation.whole();
}

GENAI_LAZY_BODY GENAI_INLINE Chat Chats::create(std::string_view model,
                                                const GenerateContentConfig& config) const {
    GenerateContentConfig own = config;
    detail::Conversation conversation(std::exchange(own.history, {}));
    return Chat(std::make_shared<detail::ChatState>(detail::ChatState{
        caller_.share(), detail::ResourceName::model(model), std::move(own), std::move(conversation), {}}));
}

}  // namespace genai::inline GENAI_ABI

#endif
