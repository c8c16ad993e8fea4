#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/batch.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// A question and its answer.
struct TuningExample {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text output{};                                     ///< what is expected
    Text text_input{};                                 ///< what is asked
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("output", self.output);
        visit("textInput", self.text_input);
    }
};

/// What a model is tuned on.
struct TuningDataset {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::vector<TuningExample> examples{};             ///< what to learn from
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("examples", self.examples); }
};

/// A model that was tuned.
struct TunedModel {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text model{};                                      ///< the model
    Text endpoint{};                                   ///< where it is served
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("model", self.model);
        visit("endpoint", self.endpoint);
    }
};

/// The tuning of a model. https://ai.google.dev/api/tuning
struct TuningJob {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string name{};                                ///< `tunedModels/…`
    JobState state{};                                  ///< how far it has come
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::optional<Timestamp> start_time{};             ///< when work began
    std::optional<Timestamp> end_time{};               ///< when it ended
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Text description{};                                ///< what it is, in words
    Text base_model{};                                 ///< what it was tuned from
    Box<TunedModel> tuned_model{};                     ///< what came of it
    Text tuned_model_display_name{};                   ///< a name for people
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("name", self.name);
        visit("state", self.state);
        visit("createTime", self.create_time);
        visit("startTime", self.start_time);
        visit("endTime", self.end_time);
        visit("updateTime", self.update_time);
        visit("description", self.description);
        visit("baseModel", self.base_model);
        visit("tunedModel", self.tuned_model);
        visit("tunedModelDisplayName", self.tuned_model_display_name);
    }
};

/// Options of `tunings.tune`.
struct CreateTuningJobConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text tuned_model_display_name{};                    ///< a name for people
    std::optional<std::int32_t> epoch_count{};          ///< passes over the examples
    std::optional<double> learning_rate_multiplier{};   ///< factor on the usual learning rate
    std::optional<std::int32_t> batch_size{};           ///< examples a step
    std::optional<double> learning_rate{};              ///< size of a step
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("tunedModelDisplayName", self.tuned_model_display_name);
        visit("epochCount", self.epoch_count);
        visit("learningRateMultiplier", self.learning_rate_multiplier);
        visit("batchSize", self.batch_size);
        visit("learningRate", self.learning_rate);
    }
};

/// Options of `tunings.get`.
using GetTuningJobConfig = CallConfig;

/// Options of `tunings.cancel`.
using CancelTuningJobConfig = CallConfig;

/// What `tunings.cancel` gives.
struct CancelTuningJobResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

}  // namespace genai::inline GENAI_ABI
