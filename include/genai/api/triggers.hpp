#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/collection.hpp>
#include <genai/http_options.hpp>
#include <genai/pager.hpp>
#include <genai/types/triggers.hpp>

namespace genai::inline GENAI_ABI {

/// Schedules on which agents are asked. Experimental in the service.
class Triggers {
public:
    explicit Triggers(detail::Caller& caller) : all_(caller, "triggers") {}
    Triggers(const Triggers&) = default;

    /// Makes a trigger.
    GENAI_LAZY triggers::Trigger create(const triggers::TriggerCreateParams& trigger,
                                        const RequestConfig& config = {}) const;
    /// A trigger as it is.
    GENAI_LAZY [[nodiscard]] triggers::Trigger get(std::string_view id,
                                                   const RequestConfig& config = {}) const;
    /// All of them.
    GENAI_LAZY Pager<triggers::Trigger> list(const triggers::ListTriggersConfig& config = {}) const;
    /// Changes members of a trigger: those that are set.
    GENAI_LAZY triggers::Trigger update(std::string_view id, const triggers::TriggerUpdate& changes,
                                        const RequestConfig& config = {}) const;
    /// Deletes a trigger.
    GENAI_LAZY void delete_(std::string_view id, const RequestConfig& config = {}) const;
    /// Runs a trigger now.
    GENAI_LAZY triggers::TriggerExecution run(std::string_view id, const RequestConfig& config = {}) const;
    /// The runs of a trigger.
    GENAI_LAZY Pager<triggers::TriggerExecution> list_executions(
        std::string_view id, const triggers::ListTriggerExecutionsConfig& config = {}) const;

private:
    friend class SubApis;
    Triggers& operator=(const Triggers&) = default;

    detail::Collection all_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/paging.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::create(const triggers::TriggerCreateParams& trigger,
                                                                const RequestConfig& config) const {
    return all_.create<triggers::Trigger>("triggers.create", trigger, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::get(std::string_view id,
                                                             const RequestConfig& config) const {
    return all_.get<triggers::Trigger>("triggers.get", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<triggers::Trigger> Triggers::list(
    const triggers::ListTriggersConfig& config) const {
    http::Query query;
    detail::add_query(query, "filter", config.filter);
    return all_.list("triggers.list", config, &triggers::ListTriggersResponse::triggers, std::move(query));
}

GENAI_LAZY_BODY GENAI_INLINE triggers::Trigger Triggers::update(std::string_view id,
                                                                const triggers::TriggerUpdate& changes,
                                                                const RequestConfig& config) const {
    return all_.caller()->call<triggers::Trigger>({.operation = "triggers.update",
                                                   .method = "PATCH",
                                                   .resource = all_.at(id),
                                                   .body = detail::json_body(changes),
                                                   .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE void Triggers::delete_(std::string_view id, const RequestConfig& config) const {
    all_.remove("triggers.delete", id, config.http_options);
}

GENAI_LAZY_BODY GENAI_INLINE triggers::TriggerExecution Triggers::run(std::string_view id,
                                                                      const RequestConfig& config) const {
    return all_.caller()->call<triggers::TriggerExecution>({.operation = "triggers.run",
                                                            .resource = all_.at(id).child("executions"),
                                                            .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<triggers::TriggerExecution> Triggers::list_executions(
    std::string_view id, const triggers::ListTriggerExecutionsConfig& config) const {
    return detail::list<triggers::ListTriggerExecutionsResponse>(
        all_.caller(), {.operation = "triggers.list_executions", .resource = all_.at(id).child("executions")},
        config, &triggers::ListTriggerExecutionsResponse::trigger_executions, detail::snake_paging);
}

}  // namespace genai::inline GENAI_ABI

#endif
