#pragma once

#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/options.hpp>
#include <genai/openai/types/completion_params.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content_config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::openai {

/// The arguments of `models.generate_content`.
struct GeminiRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::string model{};                                ///< without a prefix
    std::vector<Content> contents{};                    ///< the conversation
    GenerateContentConfig config{};                     ///< everything else
};

/// What a request for a chat completion is to Gemini. Does no I/O. Throws InvalidArgument with a JSON pointer
/// into the request for what is invalid, and for what Gemini has no place for unless Options::drop_params is
/// set. docs/openai.md says what becomes what.
GeminiRequest to_gemini(const CompletionCreateParams& params, const Options& options = {});

namespace detail {

/// The same, with bytes of media that are borrowed from the parameters, which must outlive it, or copied.
GeminiRequest gemini_request(const CompletionCreateParams& params, const Options& options, bool borrowed);

}  // namespace detail

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <utility>

#include <genai/error.hpp>
#include <genai/openai/gemini/model_traits.hpp>
#include <genai/openai/gemini/parameters.hpp>
#include <genai/openai/gemini/response_format.hpp>
#include <genai/openai/gemini/thinking.hpp>
#include <genai/openai/gemini/tools.hpp>
#include <genai/openai/gemini/turns.hpp>
#include <genai/openai/unsayable.hpp>

namespace genai::inline GENAI_ABI::openai {

GENAI_INLINE GeminiRequest to_gemini(const CompletionCreateParams& params, const Options& options) {
    return detail::gemini_request(params, options, false);
}

GENAI_INLINE GeminiRequest detail::gemini_request(const CompletionCreateParams& params,
                                                  const Options& options, bool borrowed) {
    const detail::ModelTraits model(params.model.value_or(""));
    const detail::Unsayable unsayable(options.drop_params);
    GeminiRequest request{.model = model.name()};
    request.config = detail::passed_through(params, unsayable);
    detail::set_parameters(request.config, params, model, unsayable);
    detail::set_tools(request.config, params, model, unsayable);
    detail::set_thinking(request.config, params, model, options.effort_table, unsayable);
    detail::set_response_format(request.config, params, model, options.validator);
    detail::set_turns(request.contents, request.config, params.messages, model, borrowed);
    detail::merge_extra_body(request.config, params);
    if (request.config.cached_content && (request.config.system_instruction || !request.config.tools.empty()))
        throw InvalidArgument("cached_content",
                              "is set beside system messages or tools: they belong into the cache");
    return request;
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
