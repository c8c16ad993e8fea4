#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Where a tuned model comes from.
struct TunedModelInfo {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text base_model{};                                 ///< what it was tuned from
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::optional<Timestamp> update_time{};            ///< when it last changed
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("baseModel", self.base_model);
        visit("createTime", self.create_time);
        visit("updateTime", self.update_time);
    }
};

/// A model the service has. https://ai.google.dev/api/models#Model
struct Model {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< `models/…`
    Text display_name{};                               ///< a name for people
    Text description{};                                ///< what it is, in words
    Text version{};                                    ///< of the model
    Dict<std::string> labels{};                        ///< keys and values for the caller's own accounts
    Box<TunedModelInfo> tuned_model_info{};            ///< present for a tuned model
    std::optional<std::int32_t> input_token_limit{};   ///< most tokens a prompt may have
    std::optional<std::int32_t> output_token_limit{};  ///< most tokens an answer may have
    std::vector<std::string> supported_actions{};      ///< methods it serves, such as `generateContent`
    Text default_checkpoint_id{};                      ///< the checkpoint that is used
    std::optional<double> temperature{};               ///< randomness, 0 to 2
    std::optional<double> max_temperature{};           ///< the highest temperature it takes
    std::optional<double> top_p{};  ///< nucleus sampling: the share of probability to draw from
    std::optional<double> top_k{};  ///< how many of the likeliest tokens to draw from
    Flag thinking{};                ///< whether it can think
    Extra extra{};                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("description", self.description);
        visit("version", self.version);
        visit("labels", self.labels);
        visit("tunedModelInfo", self.tuned_model_info);
        visit("inputTokenLimit", self.input_token_limit);
        visit("outputTokenLimit", self.output_token_limit);
        visit("supportedActions", self.supported_actions,
              wire::alternative_name("supportedGenerationMethods"));
        visit("defaultCheckpointId", self.default_checkpoint_id);
        visit("temperature", self.temperature);
        visit("maxTemperature", self.max_temperature);
        visit("topP", self.top_p);
        visit("topK", self.top_k);
        visit("thinking", self.thinking);
    }
};

/// Options of `models.get`.
using GetModelConfig = CallConfig;

/// Options of `models.list`.
struct ListModelsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`
    Text filter{};                            ///< a condition in the service's filter language (AIP-160)
    Flag query_base{};                        ///< true lists base models, false tuned ones; true when unset

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
        visit("filter", self.filter);
        visit("queryBase", self.query_base);
    }
};

/// What `models.update` changes.
struct UpdateModelConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text display_name{};                                ///< a name for people
    Text description{};                                 ///< what it is, in words
    Text default_checkpoint_id{};                       ///< the checkpoint that is used
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("displayName", self.display_name);
        visit("description", self.description);
        visit("defaultCheckpointId", self.default_checkpoint_id);
    }
};

/// Options of `models.delete_`.
using DeleteModelConfig = CallConfig;

/// What `models.delete_` gives.
struct DeleteModelResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

/// One page of models.
struct ListModelsResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Model> models{};                       ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("nextPageToken", self.next_page_token);
        visit("models", self.models, wire::alternative_name("tunedModels"));
    }
};

}  // namespace genai::inline GENAI_ABI
