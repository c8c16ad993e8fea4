#pragma once

#include <concepts>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/events.hpp>
#include <genai/detail/names.hpp>
#include <genai/stream.hpp>
#include <genai/types/interactions.hpp>

namespace genai::inline v0 {

/// Turns that the service remembers, of models and of agents. https://ai.google.dev/api/interactions-api
template <http::Transport T>
class Interactions {
public:
    /// What is remembered.
    using Interaction = interactions::Interaction;
    /// What streams are made of.
    using Event = interactions::InteractionSSEEvent;

    explicit Interactions(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Asks a model, and waits for the answer, or, with `background`, for it to be begun. Throws InvalidArgument before
    /// anything is sent; ApiError, TransportError, DecodeError, Cancelled.
    Interaction create(const interactions::CreateModelInteraction& request, const RequestConfig& config = {}) const {
        return core_->template ask<Interaction>(begin(request, config, false));
    }
    /// Asks an agent.
    Interaction create(const interactions::CreateAgentInteraction& request, const RequestConfig& config = {}) const {
        return core_->template ask<Interaction>(begin(request, config, false));
    }

    /// Asks a model and gives the events of its answer as they come. An ErrorEvent is an event like the others; a stream
    /// that breaks off throws, and goes on with `get_stream` behind the last `event_id`. Throws StreamInterrupted when
    /// it ends before the interaction does.
    Stream<Event> create_stream(const interactions::CreateModelInteraction& request, const RequestConfig& config = {}) const {
        return stream(begin(request, config, true));
    }
    /// Asks an agent, likewise.
    Stream<Event> create_stream(const interactions::CreateAgentInteraction& request, const RequestConfig& config = {}) const {
        return stream(begin(request, config, true));
    }
    /// Asks a model and pushes the events to `on_event(const Event&)` in this thread; where that returns a bool, false
    /// ends the request.
    template <class OnEvent>
        requires std::invocable<OnEvent&, const Event&>
    void create_stream(const interactions::CreateModelInteraction& request, const RequestConfig& config, OnEvent&& on_event) const {
        push(begin(request, config, true), on_event);
    }
    /// Asks an agent, likewise.
    template <class OnEvent>
        requires std::invocable<OnEvent&, const Event&>
    void create_stream(const interactions::CreateAgentInteraction& request, const RequestConfig& config, OnEvent&& on_event) const {
        push(begin(request, config, true), on_event);
    }

    /// An interaction as it stands now.
    Interaction get(std::string_view id, const interactions::GetInteractionConfig& config = {}) const {
        return core_->template ask<Interaction>(look(id, config, false));
    }
    /// The events of an interaction, from its first or from behind `last_event_id`.
    Stream<Event> get_stream(std::string_view id, const interactions::GetInteractionConfig& config = {}) const { return stream(look(id, config, true)); }
    /// The same, pushed to `on_event(const Event&)` in this thread; where that returns a bool, false ends the request.
    template <class OnEvent>
        requires std::invocable<OnEvent&, const Event&>
    void get_stream(std::string_view id, const interactions::GetInteractionConfig& config, OnEvent&& on_event) const {
        push(look(id, config, true), on_event);
    }

    /// Stops an interaction that works in the background.
    Interaction cancel(std::string_view id, const RequestConfig& config = {}) const {
        return core_->template ask<Interaction>(core_->protocol().call("POST", path(id) + "/cancel", config.http_options));
    }

    /// Makes the service forget an interaction.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { core_->tell(core_->protocol().call("DELETE", path(id), config.http_options)); }

private:
    /// Knows by the events whether the interaction came to an end.
    class End {
    public:
        explicit End(bool wanted) : wanted_(wanted) {}

        void see(const Event& event) {
            if (event.is<interactions::InteractionCompletedEvent>() || event.is<interactions::ErrorEvent>()) seen_ = true;
            if (const auto* update = event.get_if<interactions::InteractionStatusUpdate>(); update != nullptr && update->status)
                seen_ = *update->status != interactions::InteractionStatus::in_progress && *update->status != interactions::InteractionStatus::queued;
        }
        void require() const {
            if (wanted_ && !seen_) throw StreamInterrupted("the events ended before the interaction did: go on with get_stream behind the last event_id");
        }

    private:
        bool wanted_;
        bool seen_{false};
    };

    static std::string path(std::string_view id) { return detail::resource("id", id, "interactions"); }

    template <class Request>
    detail::Call begin(const Request& request, const RequestConfig& config, bool streamed) const {
        if constexpr (requires { request.model; }) {
            if (request.model.empty()) throw InvalidArgument("model", "is empty");
        } else {
            if (request.agent.empty()) throw InvalidArgument("agent", "is empty");
        }
        if (request.input.empty() && !request.continuation_token) throw InvalidArgument("input", "is empty");
        detail::Call made = core_->protocol().call("POST", "interactions", config.http_options);
        Request sent = request;
        if (streamed) sent.stream = true;
        else sent.stream.reset();
        made.body = detail::json_body(sent);
        made.headers.set("Accept", streamed ? "text/event-stream" : "application/json");
        return made;
    }

    detail::Call look(std::string_view id, const interactions::GetInteractionConfig& config, bool streamed) const {
        if (config.last_event_id && !streamed) throw InvalidArgument("config.last_event_id", "is for get_stream");
        detail::Call made = core_->protocol().call("GET", path(id), config.http_options);
        if (config.include_input) made.query.emplace_back("include_input", *config.include_input ? "true" : "false");
        if (config.last_event_id) made.query.emplace_back("last_event_id", *config.last_event_id);
        made.query.emplace_back("stream", streamed ? "true" : "false");
        made.headers.set("Accept", streamed ? "text/event-stream" : "application/json");
        return made;
    }

    Stream<Event> stream(const detail::Call& call) const {
        return detail::stream_of<Event>(
            core_, call,
            [end = End(call.options.require_finish_reason.value_or(true))](detail::Core<T>& core, const detail::Prepared& request, const auto& emit) mutable {
                detail::run_events<Event>(
                    core, request,
                    [&](Event&& event) {
                        end.see(event);
                        return emit(std::move(event));
                    },
                    [&end] { end.require(); });
            });
    }

    template <class OnEvent>
    void push(const detail::Call& call, OnEvent& on_event) const {
        End end(call.options.require_finish_reason.value_or(true));
        auto hand_on = detail::going_on<Event>(on_event);
        detail::run_events<Event>(
            *core_, core_->protocol().request(call),
            [&](Event&& event) {
                end.see(event);
                return hand_on(event);
            },
            [&end] { end.require(); });
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
