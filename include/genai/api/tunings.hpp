#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/types/model.hpp>
#include <genai/types/operation.hpp>
#include <genai/types/tuning.hpp>

namespace genai::inline v0 {

namespace detail {

/// When the tuning began and ended.
struct TuningTask {
    std::optional<Timestamp> start_time{};
    std::optional<Timestamp> complete_time{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("startTime", self.start_time);
        visit("completeTime", self.complete_time);
    }
};

/// A tuned model as the service has it, which says of its tuning what a TuningJob does.
struct TunedModelAnswer {
    Box<HttpResponse> sdk_http_response{};
    std::string name{};
    std::optional<std::string> display_name{};
    std::optional<std::string> description{};
    std::optional<std::string> state{};
    std::optional<Timestamp> create_time{};
    std::optional<Timestamp> update_time{};
    std::optional<std::string> base_model{};
    Box<TuningTask> tuning_task{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("description", self.description);
        visit("state", self.state);
        visit("createTime", self.create_time);
        visit("updateTime", self.update_time);
        visit("baseModel", self.base_model);
        visit("tuningTask", self.tuning_task);
    }
};

/// One page of them.
struct TunedModelAnswers {
    Box<HttpResponse> sdk_http_response{};
    std::vector<TunedModelAnswer> tuned_models{};
    std::string next_page_token{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("tunedModels", self.tuned_models);
        visit("nextPageToken", self.next_page_token);
    }
};

/// The operation that tuning begins with.
struct TuningOperation {
    struct Metadata {
        std::optional<std::string> tuned_model{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("tunedModel", self.tuned_model); }
    };
    Box<HttpResponse> sdk_http_response{};
    std::string name{};
    Box<Metadata> metadata{};
    Extra extra{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
    }
};

/// A tuned model in the types' words.
template <class Answer>
TuningJob read_tuning(Answer&& answer) {
    TuningJob job{.sdk_http_response = std::move(answer.sdk_http_response),
                  .name = answer.name,
                  .create_time = answer.create_time,
                  .update_time = answer.update_time,
                  .description = std::move(answer.description),
                  .base_model = std::move(answer.base_model),
                  .tuned_model = TunedModel{.model = answer.name, .endpoint = answer.name},
                  .tuned_model_display_name = std::move(answer.display_name),
                  .extra = std::move(answer.extra)};
    if (answer.tuning_task) {
        job.start_time = answer.tuning_task->start_time;
        job.end_time = answer.tuning_task->complete_time;
        if (!answer.tuning_task->extra.empty()) job.extra.set("tuningTask", answer.tuning_task->extra.json());
    }
    if (answer.state == "CREATING") job.state = JobState::running;
    else if (answer.state == "ACTIVE") job.state = JobState::succeeded;
    else if (answer.state == "FAILED") job.state = JobState::failed;
    else if (answer.state) job.state = JobState(*answer.state);
    return job;
}

}  // namespace detail

/// Tuning of models, as far as the service still offers it. https://ai.google.dev/api/tuning
template <http::Transport T>
class Tunings {
public:
    explicit Tunings(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Begins to tune a model on examples. https://ai.google.dev/api/tuning#method:-tunedmodels.create
    TuningJob tune(std::string_view base_model, const TuningDataset& training_dataset, const CreateTuningJobConfig& config = {}) const {
        if (training_dataset.examples.empty()) throw InvalidArgument("training_dataset.examples", "is empty");
        auto body = std::make_shared<wire::Buffer>();
        wire::Writer writer(*body);
        writer.begin_object();
        writer.member("\"displayName\":", config.tuned_model_display_name);
        writer.member("\"baseModel\":", detail::model_path(base_model, "base_model"));
        writer.key("\"tuningTask\":");
        writer.begin_object();
        wire::Buffer hyperparameters;
        wire::Writer nested(hyperparameters);
        nested.begin_object();
        nested.members(wire::struct_table<CreateTuningJobConfig>(), &config, [](std::string_view name) { return name != "tunedModelDisplayName"; });
        nested.end_object();
        if (hyperparameters.size() > 2) writer.raw("\"hyperparameters\":", hyperparameters.view());
        writer.key("\"trainingData\":");
        writer.begin_object();
        writer.key("\"examples\":");
        writer.value(training_dataset);
        writer.end_object();
        writer.end_object();
        writer.unknown(config.extra);
        writer.end_object();
        auto begun = core_->template ask<detail::TuningOperation>({.path = "tunedModels", .body = std::move(body), .options = core_->protocol().merged(config.http_options)});
        TuningJob job{.sdk_http_response = std::move(begun.sdk_http_response), .state = JobState::queued};
        job.name = begun.metadata && begun.metadata->tuned_model ? *begun.metadata->tuned_model : begun.name.substr(0, begun.name.find("/operations/"));
        return job;
    }

    /// The tuning as it stands now. https://ai.google.dev/api/tuning#method:-tunedmodels.get
    TuningJob get(std::string_view name, const GetTuningJobConfig& config = {}) const {
        return detail::read_tuning(core_->template ask<detail::TunedModelAnswer>(
            {.method = "GET", .path = detail::resource("name", name, "tunedModels"), .options = core_->protocol().merged(config.http_options)}));
    }

    /// All tunings of the project. https://ai.google.dev/api/tuning#method:-tunedmodels.list
    Pager<TuningJob> list(const ListModelsConfig& config = {}) const {
        http::Query query;
        if (config.filter) query.emplace_back("filter", *config.filter);
        return detail::list<detail::TunedModelAnswers>(
            core_, "tunedModels", config,
            [](detail::TunedModelAnswers&& answer) {
                Page<TuningJob> page{.next_page_token = std::move(answer.next_page_token), .sdk_http_response = std::move(answer.sdk_http_response)};
                for (auto& one : answer.tuned_models) page.items.push_back(detail::read_tuning(std::move(one)));
                return page;
            },
            std::move(query));
    }

    /// Asks a tuning to stop.
    CancelTuningJobResponse cancel(std::string_view name, const CancelTuningJobConfig& config = {}) const {
        return core_->template ask_if_any<CancelTuningJobResponse>(
            {.path = detail::resource("name", name, "tunedModels") + ":cancel", .options = core_->protocol().merged(config.http_options)});
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
