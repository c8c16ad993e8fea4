#pragma once

#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/interactions/agent_config.hpp>
#include <genai/types/interactions/config.hpp>
#include <genai/types/interactions/content.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/types/interactions/environment.hpp>
#include <genai/types/interactions/steps.hpp>
#include <genai/types/interactions/tools.hpp>
#include <genai/types/interactions/usage.hpp>
#include <genai/values/box.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// What `interactions.get` looks for.
struct GetInteractionConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Flag include_input{};                               ///< whether what was said is given back too
    Text last_event_id{};                               ///< of a stream: what comes after this event

    static constexpr void fields(auto& self, auto&& visit) {
        visit("include_input", self.include_input);
        visit("last_event_id", self.last_event_id);
    }
};

/// Options of `interactions.auth_tokens.create`.
struct CreateInteractionAuthTokenConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<Timestamp> expire_time{};             ///< when it ends; the service's own choice when unset

    static constexpr void fields(auto& self, auto&& visit) { visit("expire_time", self.expire_time); }
};

/// A token for a device that must not hold the key; it may use one interaction alone.
struct InteractionAuthToken {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text auth_token{};                                 ///< `auth_tokens/…`: what a device uses as its key
    std::optional<Timestamp> expires_at{};             ///< when it ends
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("auth_token", self.auth_token);
        visit("expires_at", self.expires_at);
    }
};

/// What a model is asked. https://ai.google.dev/api/interactions-api
struct CreateModelInteraction {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Flag background{};                                 ///< whether to work on after the call has returned
    Text cached_content{};                             ///< a cache to build on
    Text continuation_token{};                         ///< to go on with an answer that was cut
    OneOf<Environment, std::string> environment{};     ///< where code runs
    Box<GenerationConfig> generation_config{};         ///< how to generate
    InteractionsInput input{};                         ///< what is said
    Dict<std::string> labels{};                        ///< keys and values for the caller's own accounts
    Model model{};                                     ///< the model; required
    Text previous_interaction_id{};                    ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    Text response_mime_type{};                                             ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};                   ///< what to answer with
    std::vector<SafetySetting> safety_settings{};                          ///< what to block
    ServiceTier service_tier{};                                            ///< how urgent it is
    Flag store{};                         ///< whether the service keeps it; true when unset
    Flag stream{};                        ///< set by the client
    Text system_instruction{};            ///< how the model shall behave
    std::vector<Tool> tools{};            ///< what the model may use
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("background", self.background);
        visit("cached_content", self.cached_content);
        visit("continuation_token", self.continuation_token);
        visit("environment", self.environment);
        visit("generation_config", self.generation_config);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("model", self.model);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("store", self.store);
        visit("stream", self.stream);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("webhook_config", self.webhook_config);
    }
};

/// What an agent is asked. https://ai.google.dev/api/interactions-api
struct CreateAgentInteraction {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    AgentOption agent{};                               ///< the agent; required
    AgentConfig agent_config{};                        ///< how the agent works
    Flag background{};                                 ///< whether to work on after the call has returned
    Text continuation_token{};                         ///< to go on with an answer that was cut
    OneOf<Environment, std::string> environment{};     ///< where code runs
    InteractionsInput input{};                         ///< what is said
    Dict<std::string> labels{};                        ///< keys and values for the caller's own accounts
    Text previous_interaction_id{};                    ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    Text response_mime_type{};                                             ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};                   ///< what to answer with
    std::vector<SafetySetting> safety_settings{};                          ///< what to block
    ServiceTier service_tier{};                                            ///< how urgent it is
    Flag store{};                         ///< whether the service keeps it; true when unset
    Flag stream{};                        ///< set by the client
    Text system_instruction{};            ///< how the model shall behave
    std::vector<Tool> tools{};            ///< what the model may use
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("agent_config", self.agent_config);
        visit("background", self.background);
        visit("continuation_token", self.continuation_token);
        visit("environment", self.environment);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("store", self.store);
        visit("stream", self.stream);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("webhook_config", self.webhook_config);
    }
};

/// A turn the service remembers, with all that was said and done in it.
/// https://ai.google.dev/api/interactions-api
struct Interaction {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    AgentOption agent{};                               ///< the agent
    AgentConfig agent_config{};                        ///< how the agent works
    Text cached_content{};                             ///< a cache to build on
    std::vector<std::string> continuation_ids{};       ///< interactions it was continued from
    Text continuation_token{};                         ///< to go on with an answer that was cut
    std::optional<Timestamp> created{};                ///< when it was made
    OneOf<Environment, std::string> environment{};     ///< where code runs
    Text environment_id{};                             ///< an environment that exists
    std::vector<InteractionError> errors{};            ///< what went wrong
    Box<GenerationConfig> generation_config{};         ///< how to generate
    std::string id{};                                  ///< its id
    InteractionsInput input{};                         ///< what is said
    Dict<std::string> labels{};                        ///< keys and values for the caller's own accounts
    Model model{};                                     ///< the model
    Text previous_interaction_id{};                    ///< the interaction it goes on from
    OneOf<std::vector<ResponseFormat>, ResponseFormat> response_format{};  ///< the form of the answer
    Text response_mime_type{};                                             ///< media type of the answer
    std::vector<ResponseModality> response_modalities{};                   ///< what to answer with
    std::vector<SafetySetting> safety_settings{};                          ///< what to block
    ServiceTier service_tier{};                                            ///< how urgent it is
    InteractionStatus status{};                                            ///< how far it has come
    std::vector<Step> steps{};            ///< what was said and done, in order
    Text system_instruction{};            ///< how the model shall behave
    std::vector<Tool> tools{};            ///< what the model may use
    std::optional<Timestamp> updated{};   ///< when it last changed
    Box<Usage> usage{};                   ///< tokens used
    Box<WebhookConfig> webhook_config{};  ///< whom to call when it is done
    Extra extra{};                        ///< members this version does not know

    /// The text the model ended with: that of the last outputs, thoughts left out; empty when it ended
    /// otherwise.
    std::string output_text() const {
        std::string joined;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            if (step->is<ThoughtStep>()) continue;
            const auto* said = step->get_if<ModelOutputStep>();
            if (said == nullptr) break;
            for (auto content = said->content.rbegin(); content != said->content.rend(); ++content) {
                const auto* text = content->get_if<TextContent>();
                if (text == nullptr && !joined.empty()) return joined;
                if (text != nullptr) joined.insert(0, text->text.value_or(""));
            }
        }
        return joined;
    }

    /// The last image of the model since the user's last input; null when there is none.
    const ImageContent* output_image() const { return last<ImageContent>(); }
    /// The last sound of the model since the user's last input; null when there is none.
    const AudioContent* output_audio() const { return last<AudioContent>(); }
    /// The last video of the model since the user's last input; null when there is none.
    const VideoContent* output_video() const { return last<VideoContent>(); }

    /// The last content of a kind since the user's last input; null when there is none.
    template <class Kind>
    const Kind* last() const {
        for (auto step = steps.rbegin(); step != steps.rend() && !step->is<UserInputStep>(); ++step) {
            const auto* said = step->get_if<ModelOutputStep>();
            if (said == nullptr) continue;
            for (auto content = said->content.rbegin(); content != said->content.rend(); ++content)
                if (const auto* found = content->get_if<Kind>()) return found;
        }
        return nullptr;
    }

    static constexpr void fields(auto& self, auto&& visit) {
        visit("agent", self.agent);
        visit("agent_config", self.agent_config);
        visit("cached_content", self.cached_content);
        visit("continuation_ids", self.continuation_ids);
        visit("continuation_token", self.continuation_token);
        visit("created", self.created);
        visit("environment", self.environment);
        visit("environment_id", self.environment_id);
        visit("errors", self.errors);
        visit("generation_config", self.generation_config);
        visit("id", self.id);
        visit("input", self.input);
        visit("labels", self.labels);
        visit("model", self.model);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("response_format", self.response_format);
        visit("response_mime_type", self.response_mime_type);
        visit("response_modalities", self.response_modalities);
        visit("safety_settings", self.safety_settings);
        visit("service_tier", self.service_tier);
        visit("status", self.status);
        visit("steps", self.steps);
        visit("system_instruction", self.system_instruction);
        visit("tools", self.tools);
        visit("updated", self.updated);
        visit("usage", self.usage);
        visit("webhook_config", self.webhook_config);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
