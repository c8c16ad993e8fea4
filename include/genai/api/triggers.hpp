#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/collection.hpp>
#include <genai/options.hpp>
#include <genai/types/triggers.hpp>

namespace genai::inline v0 {

/// Schedules on which agents are asked. Experimental in the service.
template <http::Transport T>
class Triggers {
public:
    explicit Triggers(std::shared_ptr<detail::Core<T>> core) : all_(std::move(core), "triggers") {}

    /// Makes a trigger.
    triggers::Trigger create(const triggers::TriggerCreateParams& trigger, const RequestConfig& config = {}) const {
        return all_.template create<triggers::Trigger>(trigger, config.http_options);
    }
    /// A trigger as it is.
    triggers::Trigger get(std::string_view id, const RequestConfig& config = {}) const { return all_.template get<triggers::Trigger>(id, config.http_options); }
    /// All of them.
    Pager<triggers::Trigger> list(const triggers::ListTriggersConfig& config = {}) const {
        http::Query query;
        detail::add_query(query, "filter", config.filter);
        return all_.list(config, &triggers::ListTriggersResponse::triggers, std::move(query));
    }
    /// Changes members of a trigger: those that are set.
    triggers::Trigger update(std::string_view id, const triggers::TriggerUpdate& changes, const RequestConfig& config = {}) const {
        return all_.core()->template ask<triggers::Trigger>(
            {.method = "PATCH", .path = all_.path(id), .body = detail::json_body(changes), .options = all_.core()->protocol().merged(config.http_options)});
    }
    /// Deletes a trigger.
    void delete_(std::string_view id, const RequestConfig& config = {}) const { all_.remove(id, config.http_options); }
    /// Runs a trigger now.
    triggers::TriggerExecution run(std::string_view id, const RequestConfig& config = {}) const {
        return all_.core()->template ask<triggers::TriggerExecution>({.path = all_.path(id) + "/executions", .options = all_.core()->protocol().merged(config.http_options)});
    }
    /// The runs of a trigger.
    Pager<triggers::TriggerExecution> list_executions(std::string_view id, const triggers::ListTriggerExecutionsConfig& config = {}) const {
        return detail::list<triggers::ListTriggerExecutionsResponse>(all_.core(), all_.path(id) + "/executions", config, &triggers::ListTriggerExecutionsResponse::trigger_executions, {},
                                                                     detail::snake_paging);
    }

private:
    detail::Collection<T> all_;
};

}  // namespace genai::inline v0
