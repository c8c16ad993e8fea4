#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Tuning of models, as far as the service still offers it. https://ai.google.dev/api/tuning
class Tunings {
public:
    explicit Tunings(detail::Caller& caller) : caller_(caller) {}
    Tunings(const Tunings&) = default;

    /// Begins to tune a model on examples. https://ai.google.dev/api/tuning#method:-tunedmodels.create
    GENAI_LAZY TuningJob tune(std::string_view base_model, const TuningDataset& training_dataset,
                              const CreateTuningJobConfig& config = detail::no_config) const;

    /// The tuning as it stands now. https://ai.google.dev/api/tuning#method:-tunedmodels.get
    GENAI_LAZY [[nodiscard]] TuningJob get(std::string_view name,
                                           const GetTuningJobConfig& config = detail::no_config) const;

    /// All tunings of the project. https://ai.google.dev/api/tuning#method:-tunedmodels.list
    GENAI_LAZY Pager<TuningJob> list(const ListModelsConfig& config = detail::no_config) const;

    /// Asks a tuning to stop.
    GENAI_LAZY CancelTuningJobResponse cancel(std::string_view name,
                                              const CancelTuningJobConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Tunings& operator=(const Tunings&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/caller.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/mapping/tuning.hpp>
#include <genai/types/model.hpp>
#include <genai/types/tuning.hpp>

namespace genai::inline GENAI_ABI {

GENAI_LAZY_BODY GENAI_INLINE TuningJob Tunings::tune(std::string_view base_model,
                                                     const TuningDataset& training_dataset,
                                                     const CreateTuningJobConfig& config) const {
    return caller_->call<TuningJob>({.operation = "tunings.tune",
                                     .resource = detail::ResourceName::path("tunedModels"),
                                     .body = detail::tuning_body(base_model, training_dataset, config),
                                     .options = config.http_options},
                                    detail::read_tuning_begun);
}

GENAI_LAZY_BODY GENAI_INLINE TuningJob Tunings::get(std::string_view name,
                                                    const GetTuningJobConfig& config) const {
    return caller_->call<TuningJob>({.operation = "tunings.get",
                                     .method = "GET",
                                     .resource = detail::ResourceName::of("tunedModels", name),
                                     .options = config.http_options},
                                    detail::read_tuning);
}

GENAI_LAZY_BODY GENAI_INLINE Pager<TuningJob> Tunings::list(const ListModelsConfig& config) const {
    detail::Call call{.operation = "tunings.list", .resource = detail::ResourceName::path("tunedModels")};
    if (config.filter) call.query.emplace_back("filter", *config.filter);
    return detail::list<TuningJob>(caller_, std::move(call), config, detail::read_tunings);
}

GENAI_LAZY_BODY GENAI_INLINE CancelTuningJobResponse
Tunings::cancel(std::string_view name, const CancelTuningJobConfig& config) const {
    return caller_->call<CancelTuningJobResponse>({.operation = "tunings.cancel",
                                                   .resource = detail::ResourceName::of("tunedModels", name),
                                                   .verb = ":cancel",
                                                   .options = config.http_options},
                                                  true);
}

}  // namespace genai::inline GENAI_ABI

#endif
