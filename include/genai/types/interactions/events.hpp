#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/deltas.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/types/interactions/steps.hpp>
#include <genai/types/interactions/usage.hpp>
#include <genai/values/box.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Something went wrong.
struct ErrorEvent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "error"};
    Box<InteractionError> error{};      ///< what went wrong
    Text event_id{};                    ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("error", self.error);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
    }
};

/// The interaction, as events carry it.
struct InteractionSseEventInteraction {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text agent{};                                      ///< the agent
    Text continuation_token{};                         ///< to go on with an answer that was cut
    std::optional<Timestamp> created{};                ///< when it was made
    std::string id{};                                  ///< its id
    Text model{};                                      ///< the model
    Text object{};                                     ///< always `interaction`
    ServiceTier service_tier{};                        ///< how urgent it is
    InteractionStatus status{};                        ///< how far it has come
    std::vector<Step> steps{};                         ///< what was said and done, in order
    std::optional<Timestamp> updated{};                ///< when it last changed
    Box<Usage> usage{};                                ///< tokens used
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("continuation_token", self.continuation_token);
        visit("created", self.created);
        visit("id", self.id);
        visit("model", self.model);
        visit("object", self.object);
        visit("service_tier", self.service_tier);
        visit("status", self.status);
        visit("steps", self.steps);
        visit("updated", self.updated);
        visit("usage", self.usage);
    }
};

/// The last event: the interaction is complete.
struct InteractionCompletedEvent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.completed"};
    Text event_id{};                                    ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};                  ///< which event this is
    Box<InteractionSseEventInteraction> interaction{};  ///< the interaction so far
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction", self.interaction);
    }
};

/// The first event.
struct InteractionCreatedEvent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.created"};
    Text event_id{};                                    ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};                  ///< which event this is
    Box<InteractionSseEventInteraction> interaction{};  ///< the interaction so far
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction", self.interaction);
    }
};

/// How far it has come.
struct InteractionStatusUpdate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "interaction.status_update"};
    Text continuation_token{};          ///< to go on with an answer that was cut
    Text event_id{};                    ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};  ///< which event this is
    Text interaction_id{};              ///< the interaction
    InteractionStatus status{};         ///< how far it has come
    Box<Usage> usage{};                 ///< tokens used
    Extra extra{};                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("continuation_token", self.continuation_token);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("interaction_id", self.interaction_id);
        visit("status", self.status);
        visit("usage", self.usage);
    }
};

/// More of a step.
struct StepDelta {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.delta"};
    StepDeltaData delta{};                ///< what is added
    Text event_id{};                      ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};    ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Box<StepDeltaMetadata> metadata{};    ///< what the service says about its progress, an object
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("delta", self.delta);
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("metadata", self.metadata);
    }
};

/// A step begins.
struct StepStart {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.start"};
    Text event_id{};                      ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};    ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Step step{};                          ///< the step as it begins
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("step", self.step);
    }
};

/// A step is over.
struct StepStop {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"event_type", "step.stop"};
    Text event_id{};                      ///< to resume from, see `last_event_id`
    std::string event_type{tag.value};    ///< which event this is
    std::optional<std::int32_t> index{};  ///< the step's place in the interaction
    Box<Usage> step_usage{};              ///< tokens of this step
    Box<Usage> usage{};                   ///< tokens used
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("event_id", self.event_id);
        visit("event_type", self.event_type);
        visit("index", self.index);
        visit("step_usage", self.step_usage);
        visit("usage", self.usage);
    }
};

/// One event of a stream; `get_if<StepDelta>()` and so on say which.
struct InteractionSseEvent : OneOf<ErrorEvent, InteractionCompletedEvent, InteractionCreatedEvent,
                                   InteractionStatusUpdate, StepDelta, StepStart, StepStop> {
    using OneOf::OneOf;
};

}  // namespace genai::inline GENAI_ABI::interactions
