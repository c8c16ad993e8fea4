#pragma once

#include <optional>

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Validates a whole response against the schema that was asked for.
class ResponseValidation {
public:
    /// Nothing where the config does not ask for it. Throws InvalidArgument where it has no schema.
    static std::optional<ResponseValidation> of(const GenerateContentConfig& config);

    /// Notes how an answer ended, by the response or by a chunk of it.
    void take(const GenerateContentResponse& response);
    /// Throws ValidationError. An answer that calls functions is not looked at, nor one that a filter
    /// stopped, which its finish reason or the prompt's block reason tells.
    void validate(const Content& answer) const;

private:
    Validator validator_{};
    Json schema_{};
    bool bare_{false};      // whether an answer is a text without quotes
    bool filtered_{false};  // whether a filter stopped it
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <string>
#include <utility>
#include <vector>

#include <genai/schema/api_schema.hpp>
#include <genai/error.hpp>
#include <genai/generation/content_filter.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/embedded.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::optional<ResponseValidation> ResponseValidation::of(const GenerateContentConfig& config) {
    if (!config.enforce_validation) return std::nullopt;
    ResponseValidation made;
    made.validator_ = config.enforce_validation;
    made.bare_ = config.response_mime_type == "text/x.enum";
    if (!config.response_json_schema.text().empty()) made.schema_ = config.response_json_schema.json();
    else if (config.response_schema)
        made.schema_ = json_schema_of_api(decode<Json>(encode(*config.response_schema)));
    else
        throw InvalidArgument("config.enforce_validation",
                              "is set, but there is no response_schema and no response_json_schema");
    return made;
}

GENAI_INLINE void ResponseValidation::take(const GenerateContentResponse& response) {
    filtered_ = filtered_ || stopped_by_filter(response);
}

GENAI_INLINE void ResponseValidation::validate(const Content& answer) const {
    if (filtered_) return;
    std::string text;
    for (const Part& part : answer.parts) {
        if (part.function_call) return;
        if (part.text && !part.thought) text += *part.text;
    }
    std::vector<Violation> violations;
    try {
        const std::string json = wire::embedded_json(
            bare_ ? wire::type_of<FinishReason> : wire::type_of<Json>, text);  // a word, or any JSON
        wire::Reader(json).validate();
        violations = validator_(json, schema_);
    } catch (const DecodeError& problem) {
        violations.push_back({problem.pointer(), problem.problem()});
    }
    if (!violations.empty()) throw ValidationError(std::move(text), std::move(violations));
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
