#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/http_response.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// How much a cache holds.
struct CachedContentUsageMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int64_t> total_token_count{};   ///< all of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("totalTokenCount", self.total_token_count);
    }
};

/// Content the service keeps ready for a model. https://ai.google.dev/api/caching#CachedContent
struct CachedContent {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< `cachedContents/…`
    Text display_name{};                               ///< a name for people
    Text model{};                                      ///< `models/…`; a cache serves this one alone
    std::optional<Timestamp> create_time{};            ///< when it was made
    std::optional<Timestamp> update_time{};            ///< when it last changed
    std::optional<Timestamp> expire_time{};            ///< when it ends
    Box<CachedContentUsageMetadata> usage_metadata{};  ///< tokens used
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("displayName", self.display_name);
        visit("model", self.model);
        visit("createTime", self.create_time);
        visit("updateTime", self.update_time);
        visit("expireTime", self.expire_time);
        visit("usageMetadata", self.usage_metadata);
    }
};

/// What `caches.create` keeps, and how long.
struct CreateCachedContentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Contents contents{};                                ///< what to keep
    Message system_instruction{};                       ///< how the model shall behave
    std::vector<Tool> tools{};                          ///< what the model may use
    Box<ToolConfig> tool_config{};                      ///< how tools may be used
    std::optional<Duration> ttl{};           ///< how long it lives from now; instead of `expire_time`
    std::optional<Timestamp> expire_time{};  ///< when it ends; instead of `ttl`
    Text display_name{};                     ///< a name for people
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("contents", self.contents);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("toolConfig", self.tool_config);
        visit("ttl", self.ttl);
        visit("expireTime", self.expire_time);
        visit("displayName", self.display_name);
    }
};

/// Options of `caches.get`.
using GetCachedContentConfig = CallConfig;

/// Options of `caches.delete_`.
using DeleteCachedContentConfig = CallConfig;

/// What `caches.delete_` gives.
struct DeleteCachedContentResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

/// What `caches.update` changes: one of the two.
struct UpdateCachedContentConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<Duration> ttl{};           ///< how long it lives from now; instead of `expire_time`
    std::optional<Timestamp> expire_time{};  ///< when it ends; instead of `ttl`
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("ttl", self.ttl);
        visit("expireTime", self.expire_time);
    }
};

/// Options of `caches.list`.
struct ListCachedContentsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("pageSize", self.page_size);
        visit("pageToken", self.page_token);
    }
};

/// One page of caches.
struct ListCachedContentsResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<CachedContent> cached_contents{};      ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("nextPageToken", self.next_page_token);
        visit("cachedContents", self.cached_contents);
    }
};

}  // namespace genai::inline GENAI_ABI
