#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// A model in the API's form.
Tree model_of(const Tree& model);
/// A list of them. Throws DecodeError for what is none.
Tree models_of(const Tree& response);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstdint>
#include <utility>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Tree model_of(const Tree& model) {
    const std::string id(text_at(model, "id"));
    Tree made{{"name", id.starts_with("models/") ? id : "models/" + id}, {"displayName", id}};
    for (const char* name : {"name", "display_name"})
        if (const auto text = text_at(model, name); !text.empty()) {
            made["displayName"] = text;
            break;
        }
    if (const auto text = text_at(model, "description"); !text.empty()) made["description"] = text;
    const auto limit = [&made](const char* ours, const Tree& object,
                               std::initializer_list<const char*> theirs) {
        for (const char* name : theirs)
            if (const std::int64_t tokens = integer_at(object, name); tokens > 0 && !made.contains(ours))
                made[ours] = tokens;
    };
    limit("inputTokenLimit", model,
          {"max_model_len", "context_length", "context_window", "max_context_length", "max_input_tokens"});
    limit("outputTokenLimit", model, {"max_completion_tokens", "max_output_tokens"});
    if (const Tree* const meta = find(model, "meta")) limit("inputTokenLimit", *meta, {"n_ctx_train"});
    if (const Tree* const provider = find(model, "top_provider"))
        limit("outputTokenLimit", *provider, {"max_completion_tokens"});
    return made;
}

GENAI_INLINE Tree models_of(const Tree& response) {
    const Tree& list = response.is_array() ? response : list_at(response, "data");
    if (!response.is_array() && find(response, "data") == nullptr)
        throw DecodeError({}, "expected a list of models, with `data`");
    Tree models = Tree::array();
    for (const Tree& model : list) models.push_back(model_of(model));
    return {{"models", std::move(models)}};
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
