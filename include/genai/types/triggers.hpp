#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/interactions.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::triggers {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// How a trigger is doing.
struct TriggerStatus : OpenEnum<TriggerStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator active{"active"};  ///< in use
    static constexpr Enumerator paused{"paused"};  ///< rests
    static constexpr Enumerator error{"error"};    ///< it could not be read
};

/// What a trigger shall do.
struct TriggerUpdateStatus : OpenEnum<TriggerUpdateStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator active{"active"};  ///< in use
    static constexpr Enumerator paused{"paused"};  ///< rests
    static constexpr Enumerator error{"error"};    ///< it could not be read
};

/// How a run went.
struct TriggerExecutionStatus : OpenEnum<TriggerExecutionStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator in_progress{"in_progress"};  ///< works
    static constexpr Enumerator completed{"completed"};      ///< done
    static constexpr Enumerator failed{"failed"};            ///< ended with an error
    static constexpr Enumerator skipped{"skipped"};          ///< was not run
    static constexpr Enumerator timed_out{"timed_out"};      ///< took too long
};

/// A schedule on which an agent is asked.
struct Trigger {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    std::optional<std::int64_t> consecutive_failure_count{};  ///< how often it failed in a row
    std::optional<Timestamp> create_time{};                   ///< when it was made
    Text display_name{};                                      ///< a name for people
    Text environment_id{};                                    ///< an environment that exists
    std::optional<std::int32_t> execution_timeout_seconds{};  ///< how long one run may take
    std::string id{};                                         ///< its id
    Box<interactions::CreateAgentInteraction> interaction{};  ///< what the agent is asked
    std::optional<Timestamp> last_pause_time{};               ///< when it was paused last
    std::optional<Timestamp> last_resume_time{};              ///< when it was resumed last
    std::optional<Timestamp> last_run_time{};                 ///< when it ran last
    std::optional<std::int32_t> max_consecutive_failures{};   ///< after how many failures in a row it pauses
    std::optional<Timestamp> next_run_time{};                 ///< when it runs next
    Text previous_interaction_id{};                           ///< the interaction it goes on from
    Text schedule{};                                          ///< when it runs, as a cron expression
    TriggerStatus status{};                                   ///< how far it has come
    Text time_zone{};                                         ///< the schedule's zone, an IANA name
    std::optional<Timestamp> update_time{};                   ///< when it last changed
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("consecutive_failure_count", self.consecutive_failure_count);
        visit("create_time", self.create_time);
        visit("display_name", self.display_name);
        visit("environment_id", self.environment_id);
        visit("execution_timeout_seconds", self.execution_timeout_seconds);
        visit("id", self.id);
        visit("interaction", self.interaction);
        visit("last_pause_time", self.last_pause_time);
        visit("last_resume_time", self.last_resume_time);
        visit("last_run_time", self.last_run_time);
        visit("max_consecutive_failures", self.max_consecutive_failures);
        visit("next_run_time", self.next_run_time);
        visit("previous_interaction_id", self.previous_interaction_id);
        visit("schedule", self.schedule);
        visit("status", self.status);
        visit("time_zone", self.time_zone);
        visit("update_time", self.update_time);
    }
};

/// What a trigger is made from.
struct TriggerCreateParams {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};         ///< see NamedOnly
    Text display_name{};                                      ///< a name for people
    Text environment_id{};                                    ///< an environment that exists
    std::optional<std::int32_t> execution_timeout_seconds{};  ///< how long one run may take
    Box<interactions::CreateAgentInteraction> interaction{};  ///< what the agent is asked
    std::optional<std::int32_t> max_consecutive_failures{};   ///< after how many failures in a row it pauses
    Text schedule{};                                          ///< when it runs, as a cron expression
    Text time_zone{};                                         ///< the schedule's zone, an IANA name
    Extra extra{};                                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("display_name", self.display_name);
        visit("environment_id", self.environment_id);
        visit("execution_timeout_seconds", self.execution_timeout_seconds);
        visit("interaction", self.interaction);
        visit("max_consecutive_failures", self.max_consecutive_failures);
        visit("schedule", self.schedule);
        visit("time_zone", self.time_zone);
    }
};

/// What changes of a trigger.
struct TriggerUpdate {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text display_name{};                               ///< a name for people
    TriggerUpdateStatus status{};                      ///< how far it has come
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("display_name", self.display_name);
        visit("status", self.status);
    }
};

/// One run of a trigger.
struct TriggerExecution {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> end_time{};               ///< when it ended
    Text environment_id{};                             ///< an environment that exists
    Text error{};                                      ///< why it failed
    std::string id{};                                  ///< its id
    Text interaction_id{};                             ///< the interaction
    std::optional<Timestamp> scheduled_time{};         ///< when it was to run
    std::optional<Timestamp> start_time{};             ///< when work began
    TriggerExecutionStatus status{};                   ///< how far it has come
    Text trigger_id{};                                 ///< its trigger
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("end_time", self.end_time);
        visit("environment_id", self.environment_id);
        visit("error", self.error);
        visit("id", self.id);
        visit("interaction_id", self.interaction_id);
        visit("scheduled_time", self.scheduled_time);
        visit("start_time", self.start_time);
        visit("status", self.status);
        visit("trigger_id", self.trigger_id);
    }
};

/// One page of triggers.
struct ListTriggersResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Trigger> triggers{};                   ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("triggers", self.triggers);
    }
};

/// One page of runs.
struct ListTriggerExecutionsResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::string next_page_token{};                       ///< where the next page begins; empty on the last
    std::vector<TriggerExecution> trigger_executions{};  ///< one page of them
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("trigger_executions", self.trigger_executions);
    }
};

/// Options of `triggers.list`.
struct ListTriggersConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text filter{};                            ///< a condition in the service's filter language (AIP-160)
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("filter", self.filter);
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

/// Options of `triggers.list_executions`.
struct ListTriggerExecutionsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

}  // namespace genai::inline GENAI_ABI::triggers
