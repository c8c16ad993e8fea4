#pragma once

#include <cstdint>
#include <string>

#include <genai/config.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::openai {

/// What of a request its answers depend on.
struct AnswerOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::string model{};                                ///< named by answers that name no `modelVersion`
    std::int64_t created{};                             ///< when the answer was made, in seconds since 1970
    bool older_functions{false};   ///< `functions` were declared: calls are told as `function_call`
    bool include_usage{false};     ///< a last chunk tells the usage
    bool signatures_in_ids{true};  ///< see Options
    bool google_extra{false};      ///< see Options
};

/// The answer options of a request.
AnswerOptions answer_options(const CompletionCreateParams& params, const Options& options,
                             std::int64_t created);

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <string_view>

namespace genai::inline GENAI_ABI::openai {

GENAI_INLINE AnswerOptions answer_options(const CompletionCreateParams& params, const Options& options,
                                          std::int64_t created) {
    AnswerOptions made{.model = params.model.value_or(""),
                       .created = created,
                       .older_functions = !params.functions.empty(),
                       .signatures_in_ids = options.signatures_in_ids,
                       .google_extra = options.google_extra};
    for (const std::string_view prefix : {"gemini/", "models/"})
        if (made.model.starts_with(prefix)) made.model.erase(0, prefix.size());
    made.include_usage = params.stream_options && params.stream_options->include_usage.is_true();
    return made;
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
