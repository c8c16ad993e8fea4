#pragma once

/// A client with everything for `client.models`, and for chats.

#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/client.hpp>
#include <genai/parsed.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/embedding.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/media.hpp>
#include <genai/types/model.hpp>
#include <genai/types/operation.hpp>
#include <genai/types/tokens.hpp>

namespace genai::inline GENAI_ABI {

template <class R>
Parsed<R> Models::generate_content(std::string_view model, const Contents& contents,
                                   const GenerateContentConfig& config) const {
    Parsed<R> answer{.response =
                         generate_content(model, contents, detail::asking_for(wire::type_of<R>, config))};
    answer.value = answer.response.template parsed<R>();
    return answer;
}

}  // namespace genai::inline GENAI_ABI
