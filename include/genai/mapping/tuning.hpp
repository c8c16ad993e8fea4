#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/pager.hpp>
#include <genai/types/tuning.hpp>
#include <genai/values/text.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The body that begins a tuning. Throws InvalidArgument.
GENAI_LAZY std::shared_ptr<wire::JsonText> tuning_body(std::string_view base_model,
                                                       const TuningDataset& training_dataset,
                                                       const CreateTuningJobConfig& config);

/// A tuning, which the service has as the tuned model that comes of it.
GENAI_LAZY TuningJob read_tuning(std::string_view text, const http::ResponseHead& head);

/// One page of them.
GENAI_LAZY Page<TuningJob> read_tunings(std::string_view text, const http::ResponseHead& head);

/// A tuning from the operation that it begins with.
GENAI_LAZY TuningJob read_tuning_begun(std::string_view text, const http::ResponseHead& head);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_LAZY_BODY GENAI_INLINE std::shared_ptr<wire::JsonText> tuning_body(
    std::string_view base_model, const TuningDataset& training_dataset, const CreateTuningJobConfig& config) {
    if (training_dataset.examples.empty()) throw InvalidArgument("training_dataset.examples", "is empty");
    return json_object([&](wire::Writer& writer) {
        writer.member("\"displayName\":", config.tuned_model_display_name);
        writer.member("\"baseModel\":", ResourceName::model(base_model, "base_model").full());
        writer.key("\"tuningTask\":");
        writer.begin_object();
        wire::Buffer hyperparameters;
        wire::Writer nested(hyperparameters);
        nested.begin_object();
        nested.members(wire::struct_table<CreateTuningJobConfig>(), &config,
                       [](std::string_view name) { return name != "tunedModelDisplayName"; });
        nested.end_object();
        if (hyperparameters.size() > 2) writer.raw("\"hyperparameters\":", hyperparameters.view());
        writer.key("\"trainingData\":");
        writer.begin_object();
        writer.key("\"examples\":");
        writer.value(training_dataset);
        writer.end_object();
        writer.end_object();
        writer.unknown(config.extra);
    });
}

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
    Text display_name{};
    Text description{};
    Text state{};
    std::optional<Timestamp> create_time{};
    std::optional<Timestamp> update_time{};
    Text base_model{};
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
        Text tuned_model{};
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
GENAI_LAZY GENAI_INLINE TuningJob tuning_job(TunedModelAnswer&& answer) {
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

GENAI_LAZY_BODY GENAI_INLINE TuningJob read_tuning(std::string_view text, const http::ResponseHead& head) {
    return tuning_job(decode_response<TunedModelAnswer>(text, head));
}

GENAI_LAZY_BODY GENAI_INLINE Page<TuningJob> read_tunings(std::string_view text,
                                                          const http::ResponseHead& head) {
    auto answer = decode_response<TunedModelAnswers>(text, head);
    Page<TuningJob> page{.next_page_token = std::move(answer.next_page_token),
                         .sdk_http_response = std::move(answer.sdk_http_response)};
    for (auto& one : answer.tuned_models) page.items.push_back(tuning_job(std::move(one)));
    return page;
}

GENAI_LAZY_BODY GENAI_INLINE TuningJob read_tuning_begun(std::string_view text,
                                                         const http::ResponseHead& head) {
    auto begun = decode_response<TuningOperation>(text, head);
    TuningJob job{.sdk_http_response = std::move(begun.sdk_http_response), .state = JobState::queued};
    job.name = begun.metadata && begun.metadata->tuned_model
                   ? *begun.metadata->tuned_model
                   : begun.name.substr(0, begun.name.find("/operations/"));
    return job;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
