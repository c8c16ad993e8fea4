#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generation_config.hpp>
#include <genai/types/http_response.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// What `models.count_tokens` counts beside the contents. https://ai.google.dev/api/tokens
struct CountTokensConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Message system_instruction{};                       ///< counted too
    std::vector<Tool> tools{};                          ///< counted too
    Box<GenerationConfig> generation_config{};          ///< counted too
    Extra extra{};                                      ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("generationConfig", self.generation_config);
    }
};

/// What `models.count_tokens` gives. https://ai.google.dev/api/tokens
struct CountTokensResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};          ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};                     ///< set by the client
    std::optional<std::int64_t> total_tokens{};                ///< all of them
    std::optional<std::int64_t> cached_content_token_count{};  ///< tokens that came from a cache
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("totalTokens", self.total_tokens);
        visit("cachedContentTokenCount", self.cached_content_token_count);
    }
};

}  // namespace genai::inline GENAI_ABI
