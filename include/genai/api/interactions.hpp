#pragma once

#include <concepts>
#include <functional>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/flow/bool_callback.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/stream.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {
struct Call;
}  // namespace detail

/// Tokens for devices that may only use one interaction.
class InteractionAuthTokens {
public:
    explicit InteractionAuthTokens(detail::Caller& caller) : caller_(caller) {}
    InteractionAuthTokens(const InteractionAuthTokens&) = default;

    /// Makes a token for an interaction.
    GENAI_LAZY interactions::InteractionAuthToken create(
        std::string_view interaction_id,
        const interactions::CreateInteractionAuthTokenConfig& config = detail::no_config) const;
    /// Makes a token invalid; `auth_token` with or without `auth_tokens/`.
    GENAI_LAZY void delete_(std::string_view interaction_id, std::string_view auth_token,
                            const CallConfig& config = {}) const;

private:
    friend class Interactions;
    InteractionAuthTokens& operator=(const InteractionAuthTokens&) = default;

    detail::CallerRef caller_;
};

/// Turns that the service remembers, of models and of agents. https://ai.google.dev/api/interactions-api
class Interactions {
public:
    /// What is remembered.
    using Interaction = interactions::Interaction;
    /// What streams are made of.
    using Event = interactions::InteractionSseEvent;

    explicit Interactions(detail::Caller& caller) : auth_tokens(caller), caller_(caller) {}
    Interactions(const Interactions&) = default;

    /// Tokens for devices that may only use one interaction.
    InteractionAuthTokens auth_tokens;

    /// Asks a model, and waits for the answer, or, with `background`, for it to be begun. Throws
    /// InvalidArgument before anything is sent; ApiError, TransportError, DecodeError, Cancelled.
    GENAI_LAZY Interaction create(const interactions::CreateModelInteraction& request,
                                  const CallConfig& config = {}) const;
    /// Asks an agent.
    GENAI_LAZY Interaction create(const interactions::CreateAgentInteraction& request,
                                  const CallConfig& config = {}) const;

    /// Asks a model and gives the events of its answer as they come. An ErrorEvent is an event like the
    /// others; a stream that breaks off throws, and goes on with `get_stream` behind the last `event_id`.
    /// Throws StreamInterrupted when it ends before the interaction does.
    GENAI_LAZY Stream<Event> create_stream(const interactions::CreateModelInteraction& request,
                                           const CallConfig& config = {}) const;
    /// Asks an agent, likewise.
    GENAI_LAZY Stream<Event> create_stream(const interactions::CreateAgentInteraction& request,
                                           const CallConfig& config = {}) const;
    /// Asks a model and pushes the events to `on_event(const Event&)` in this thread; where that returns a
    /// bool, false ends the request.
    template <class OnEvent>
    requires std::invocable<OnEvent&, const Event&>
    void create_stream(const interactions::CreateModelInteraction& request, const CallConfig& config,
                       OnEvent&& on_event) const {
        push_created(request, config, detail::as_bool_callback<Event>(on_event));
    }
    /// Asks an agent, likewise.
    template <class OnEvent>
    requires std::invocable<OnEvent&, const Event&>
    void create_stream(const interactions::CreateAgentInteraction& request, const CallConfig& config,
                       OnEvent&& on_event) const {
        push_created(request, config, detail::as_bool_callback<Event>(on_event));
    }

    /// An interaction as it stands now.
    GENAI_LAZY [[nodiscard]] Interaction get(
        std::string_view id, const interactions::GetInteractionConfig& config = detail::no_config) const;
    /// The events of an interaction, from its first or from behind `last_event_id`.
    GENAI_LAZY Stream<Event> get_stream(
        std::string_view id, const interactions::GetInteractionConfig& config = detail::no_config) const;
    /// The same, pushed to `on_event(const Event&)` in this thread; where that returns a bool, false ends the
    /// request.
    template <class OnEvent>
    requires std::invocable<OnEvent&, const Event&>
    void get_stream(std::string_view id, const interactions::GetInteractionConfig& config,
                    OnEvent&& on_event) const {
        push_got(id, config, detail::as_bool_callback<Event>(on_event));
    }

    /// Stops an interaction that works in the background.
    GENAI_LAZY Interaction cancel(std::string_view id, const CallConfig& config = {}) const;

    /// Makes the service forget an interaction.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;

private:
    friend class SubApis;
    Interactions& operator=(const Interactions&) = default;

    GENAI_LAZY static detail::Call create_call(const interactions::CreateModelInteraction& request,
                                               const CallConfig& config, bool streamed);
    GENAI_LAZY static detail::Call create_call(const interactions::CreateAgentInteraction& request,
                                               const CallConfig& config, bool streamed);
    GENAI_LAZY static detail::Call get_call(std::string_view id,
                                            const interactions::GetInteractionConfig& config, bool streamed);
    GENAI_LAZY Stream<Event> stream(detail::Call call) const;
    GENAI_LAZY void push(detail::Call call, const std::function<bool(const Event&)>& on_event) const;
    GENAI_LAZY void push_created(const interactions::CreateModelInteraction& request,
                                 const CallConfig& config,
                                 const std::function<bool(const Event&)>& on_event) const;
    GENAI_LAZY void push_created(const interactions::CreateAgentInteraction& request,
                                 const CallConfig& config,
                                 const std::function<bool(const Event&)>& on_event) const;
    GENAI_LAZY void push_got(std::string_view id, const interactions::GetInteractionConfig& config,
                             const std::function<bool(const Event&)>& on_event) const;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <cstddef>
#include <memory>

#include <genai/core/caller.hpp>
#include <genai/core/event_stream.hpp>
#include <genai/error.hpp>
#include <genai/types/interactions.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// Knows by the events whether the interaction came to an end.
class InteractionEnd {
public:
    explicit InteractionEnd(bool required) : required_(required) {}

    void see(const interactions::InteractionSseEvent& event) {
        if (event.is<interactions::InteractionCompletedEvent>() || event.is<interactions::ErrorEvent>())
            seen_ = true;
        if (const auto* update = event.get_if<interactions::InteractionStatusUpdate>();
            update != nullptr && update->status)
            seen_ = update->status != interactions::InteractionStatus::in_progress &&
                    update->status != interactions::InteractionStatus::queued;
    }
    void require() const {
        if (required_ && !seen_)
            throw StreamInterrupted(
                "the events ended before the interaction did: go on with get_stream behind the last "
                "event_id");
    }

private:
    bool required_;
    bool seen_{false};
};

/// Runs the request of a stream of an interaction's events.
template <class Emit>
void run_interaction(Caller& caller, Exchange& exchange, const Emit& deliver) {
    InteractionEnd end(exchange.options().require_finish_reason.value_or(true));
    ItemSink<interactions::InteractionSseEvent> sink(
        [&](interactions::InteractionSseEvent&& event, std::size_t bytes) {
            end.see(event);
            return deliver(std::move(event), bytes);
        },
        [&end] { end.require(); });
    caller.run(exchange, sink);
}

GENAI_LAZY GENAI_INLINE ResourceName interaction(std::string_view id) {
    return ResourceName::of("interactions", id, "id");
}

GENAI_LAZY GENAI_INLINE const char* accepted(bool streamed) {
    return streamed ? "text/event-stream" : "application/json";
}

/// The call that creates an interaction.
template <class Request>
Call create_interaction(Request request, const CallConfig& config, bool streamed) {
    if (request.input.empty() && !request.continuation_token) throw InvalidArgument("input", "is empty");
    if (streamed) request.stream = true;
    else request.stream.reset();
    return {.operation = streamed ? "interactions.create_stream" : "interactions.create",
            .resource = ResourceName::path("interactions"),
            .body = json_body(request),
            .options = config.http_options,
            .headers = {{"Accept", accepted(streamed)}}};
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE detail::Call Interactions::create_call(
    const interactions::CreateModelInteraction& request, const CallConfig& config, bool streamed) {
    if (request.model.empty()) throw InvalidArgument("model", "is empty");
    return detail::create_interaction(request, config, streamed);
}
GENAI_LAZY_BODY GENAI_INLINE detail::Call Interactions::create_call(
    const interactions::CreateAgentInteraction& request, const CallConfig& config, bool streamed) {
    if (request.agent.empty()) throw InvalidArgument("agent", "is empty");
    return detail::create_interaction(request, config, streamed);
}

GENAI_LAZY_BODY GENAI_INLINE detail::Call Interactions::get_call(
    std::string_view id, const interactions::GetInteractionConfig& config, bool streamed) {
    if (config.last_event_id && !streamed) throw InvalidArgument("config.last_event_id", "is for get_stream");
    detail::Call call{.operation = streamed ? "interactions.get_stream" : "interactions.get",
                      .method = "GET",
                      .resource = detail::interaction(id),
                      .options = config.http_options,
                      .headers = {{"Accept", detail::accepted(streamed)}}};
    detail::add_query(call.query, "include_input", config.include_input);
    if (config.last_event_id) call.query.emplace_back("last_event_id", *config.last_event_id);
    call.query.emplace_back("stream", streamed ? "true" : "false");
    return call;
}

GENAI_LAZY_BODY GENAI_INLINE Stream<Interactions::Event> Interactions::stream(detail::Call call) const {
    return detail::worker_stream<Event>(
        caller_.share(), std::move(call),
        [](detail::Caller& caller, const std::shared_ptr<detail::Exchange>& exchange, const auto& deliver) {
            detail::run_interaction(caller, *exchange, deliver);
        });
}

GENAI_LAZY_BODY GENAI_INLINE void Interactions::push(
    detail::Call call, const std::function<bool(const Event&)>& on_event) const {
    const auto exchange = caller_->begin(std::move(call));
    detail::run_interaction(*caller_, *exchange,
                            [&on_event](const Event& event, std::size_t) { return on_event(event); });
}

GENAI_LAZY_BODY GENAI_INLINE interactions::Interaction Interactions::create(
    const interactions::CreateModelInteraction& request, const CallConfig& config) const {
    return caller_->call<Interaction>(create_call(request, config, false));
}
GENAI_LAZY_BODY GENAI_INLINE interactions::Interaction Interactions::create(
    const interactions::CreateAgentInteraction& request, const CallConfig& config) const {
    return caller_->call<Interaction>(create_call(request, config, false));
}

GENAI_LAZY_BODY GENAI_INLINE Stream<Interactions::Event> Interactions::create_stream(
    const interactions::CreateModelInteraction& request, const CallConfig& config) const {
    return stream(create_call(request, config, true));
}
GENAI_LAZY_BODY GENAI_INLINE Stream<Interactions::Event> Interactions::create_stream(
    const interactions::CreateAgentInteraction& request, const CallConfig& config) const {
    return stream(create_call(request, config, true));
}

GENAI_LAZY_BODY GENAI_INLINE interactions::Interaction Interactions::get(
    std::string_view id, const interactions::GetInteractionConfig& config) const {
    return caller_->call<Interaction>(get_call(id, config, false));
}

GENAI_LAZY_BODY GENAI_INLINE Stream<Interactions::Event> Interactions::get_stream(
    std::string_view id, const interactions::GetInteractionConfig& config) const {
    return stream(get_call(id, config, true));
}

GENAI_LAZY_BODY GENAI_INLINE interactions::Interaction Interactions::cancel(std::string_view id,
                                                                            const CallConfig& config) const {
    return caller_->call<Interaction>({.operation = "interactions.cancel",
                                       .resource = detail::interaction(id),
                                       .verb = "/cancel",
                                       .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE void Interactions::delete_(std::string_view id, const CallConfig& config) const {
    caller_->call_void({.operation = "interactions.delete",
                        .method = "DELETE",
                        .resource = detail::interaction(id),
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE interactions::InteractionAuthToken InteractionAuthTokens::create(
    std::string_view interaction_id, const interactions::CreateInteractionAuthTokenConfig& config) const {
    return caller_->call<interactions::InteractionAuthToken>(
        {.operation = "interactions.auth_tokens.create",
         .resource = detail::interaction(interaction_id).child("auth_tokens"),
         .body = detail::json_body(config),
         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE void InteractionAuthTokens::delete_(std::string_view interaction_id,
                                                                 std::string_view auth_token,
                                                                 const CallConfig& config) const {
    const auto token = detail::ResourceName::of("auth_tokens", auth_token, "auth_token");
    caller_->call_void({.operation = "interactions.auth_tokens.delete",
                        .method = "DELETE",
                        .resource = detail::interaction(interaction_id).child(token.full()),
                        .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE void Interactions::push_created(
    const interactions::CreateModelInteraction& request, const CallConfig& config,
    const std::function<bool(const Event&)>& on_event) const {
    push(create_call(request, config, true), on_event);
}

GENAI_LAZY_BODY GENAI_INLINE void Interactions::push_created(
    const interactions::CreateAgentInteraction& request, const CallConfig& config,
    const std::function<bool(const Event&)>& on_event) const {
    push(create_call(request, config, true), on_event);
}

GENAI_LAZY_BODY GENAI_INLINE void Interactions::push_got(
    std::string_view id, const interactions::GetInteractionConfig& config,
    const std::function<bool(const Event&)>& on_event) const {
    push(get_call(id, config, true), on_event);
}

}  // namespace genai::inline GENAI_ABI

#endif
