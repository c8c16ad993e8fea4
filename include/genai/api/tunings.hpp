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
#include <genai/detail/tuning.hpp>
#include <genai/types/model.hpp>
#include <genai/types/operation.hpp>
#include <genai/types/tuning.hpp>

namespace genai::inline v0 {

/// Tuning of models, as far as the service still offers it. https://ai.google.dev/api/tuning
template <http::Transport T>
class Tunings {
public:
    explicit Tunings(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Begins to tune a model on examples. https://ai.google.dev/api/tuning#method:-tunedmodels.create
    TuningJob tune(std::string_view base_model, const TuningDataset& training_dataset, const CreateTuningJobConfig& config = {}) const {
        if (training_dataset.examples.empty()) throw InvalidArgument("training_dataset.examples", "is empty");
        auto body = std::make_shared<wire::JsonText>();
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
        return core_->ask({.path = "tunedModels", .body = std::move(body), .options = core_->protocol().merged(config.http_options)}, detail::read_tuning_begun);
    }

    /// The tuning as it stands now. https://ai.google.dev/api/tuning#method:-tunedmodels.get
    TuningJob get(std::string_view name, const GetTuningJobConfig& config = {}) const {
        return core_->ask(core_->protocol().call("GET", detail::resource("name", name, "tunedModels"), config.http_options), detail::read_tuning);
    }

    /// All tunings of the project. https://ai.google.dev/api/tuning#method:-tunedmodels.list
    Pager<TuningJob> list(const ListModelsConfig& config = {}) const {
        http::Query query;
        if (config.filter) query.emplace_back("filter", *config.filter);
        return detail::list(core_, "tunedModels", config, detail::read_tunings, std::move(query));
    }

    /// Asks a tuning to stop.
    CancelTuningJobResponse cancel(std::string_view name, const CancelTuningJobConfig& config = {}) const {
        return core_->template ask<CancelTuningJobResponse>(
            core_->protocol().call("POST", detail::resource("name", name, "tunedModels") + ":cancel", config.http_options), true);
    }

private:
    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
