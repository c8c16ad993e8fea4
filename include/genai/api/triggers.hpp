#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Schedules on which agents are asked. Experimental in the service.
class Triggers {
public:
    explicit Triggers(detail::Caller& caller) : caller_(caller) {}
    Triggers(const Triggers&) = default;

    /// Makes a trigger.
    GENAI_LAZY triggers::Trigger create(const triggers::TriggerCreateParams& trigger,
                                        const CallConfig& config = {}) const;
    /// A trigger as it is.
    GENAI_LAZY [[nodiscard]] triggers::Trigger get(std::string_view id, const CallConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<triggers::Trigger> list(
        const triggers::ListTriggersConfig& config = detail::no_config) const;
    /// Changes members of a trigger: those that are set.
    GENAI_LAZY triggers::Trigger update(std::string_view id, const triggers::TriggerUpdate& changes,
                                        const CallConfig& config = {}) const;
    /// Deletes a trigger.
    GENAI_LAZY void delete_(std::string_view id, const CallConfig& config = {}) const;
    /// Runs a trigger now.
    GENAI_LAZY triggers::TriggerExecution run(std::string_view id, const CallConfig& config = {}) const;
    /// The runs of a trigger.
    GENAI_LAZY Pager<triggers::TriggerExecution> list_executions(
        std::string_view id, const triggers::ListTriggerExecutionsConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Triggers& operator=(const Triggers&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/collection.hpp>
#include <genai/core/paging.hpp>
#include <genai/types/triggers.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::create(const triggers::TriggerCreateParams& trigger,
                                                                const CallConfig& config) const {
    return detail::Collection(caller_, "triggers")
        .create<triggers::Trigger>("triggers.create", trigger, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::get(std::string_view id,
                                                             const CallConfig& config) const {
    return detail::Collection(caller_, "triggers")
        .get<triggers::Trigger>("triggers.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<triggers::Trigger> Triggers::list(
    const triggers::ListTriggersConfig& config) const {
    http::Query query;
    detail::add_query(query, "filter", config.filter);
    return detail::Collection(caller_, "triggers")
        .list<&triggers::ListTriggersResponse::triggers>("triggers.list", config, std::move(query));
}

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::update(std::string_view id,
                                                                const triggers::TriggerUpdate& changes,
                                                                const CallConfig& config) const {
    return caller_->call<triggers::Trigger>({.operation = "triggers.update",
                                             .method = "PATCH",
                                             .resource = detail::ResourceName::of("triggers", id, "id"),
                                             .body = detail::json_body(changes),
                                             .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE void Triggers::delete_(std::string_view id, const CallConfig& config) const {
    detail::Collection(caller_, "triggers").remove("triggers.delete", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE triggers::TriggerExecution Triggers::run(std::string_view id,
                                                                      const CallConfig& config) const {
    return caller_->call<triggers::TriggerExecution>(
        {.operation = "triggers.run",
         .resource = detail::ResourceName::of("triggers", id, "id").child("executions"),
         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<triggers::TriggerExecution> Triggers::list_executions(
    std::string_view id, const triggers::ListTriggerExecutionsConfig& config) const {
    return detail::list<&triggers::ListTriggerExecutionsResponse::trigger_executions>(
        caller_,
        {.operation = "triggers.list_executions",
         .resource = detail::ResourceName::of("triggers", id, "id").child("executions")},
        config, detail::snake_paging);
}

}  // namespace genai::inline GENAI_ABI

#endif
