#pragma once

#include <string_view>

#include <genai/config.hpp>
#include <genai/core/caller_ref.hpp>
#include <genai/fwd.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI {

/// Content that the service keeps ready, so that prompts over it cost less. https://ai.google.dev/api/caching
class Caches {
public:
    explicit Caches(detail::Caller& caller) : caller_(caller) {}
    Caches(const Caches&) = default;

    /// Makes a cache for one model. https://ai.google.dev/api/caching#method:-cachedcontents.create
    GENAI_LAZY CachedContent create(std::string_view model,
                                    const CreateCachedContentConfig& config = detail::no_config) const;

    /// What is known of a cache. https://ai.google.dev/api/caching#method:-cachedcontents.get
    GENAI_LAZY [[nodiscard]] CachedContent get(
        std::string_view name, const GetCachedContentConfig& config = detail::no_config) const;

    /// All caches of the project. https://ai.google.dev/api/caching#method:-cachedcontents.list
    GENAI_LAZY Pager<CachedContent> list(const ListCachedContentsConfig& config = detail::no_config) const;

    /// Changes when a cache ends, and nothing else.
    /// https://ai.google.dev/api/caching#method:-cachedcontents.patch
    GENAI_LAZY CachedContent update(std::string_view name, const UpdateCachedContentConfig& config) const;

    /// Deletes a cache. https://ai.google.dev/api/caching#method:-cachedcontents.delete
    GENAI_LAZY DeleteCachedContentResponse
    delete_(std::string_view name, const DeleteCachedContentConfig& config = detail::no_config) const;

private:
    friend class SubApis;
    Caches& operator=(const Caches&) = default;

    detail::CallerRef caller_;
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

#include <utility>

#include <genai/core/caller.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/functions/tools_for_request.hpp>
#include <genai/types/cache.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_LAZY GENAI_INLINE void check_cache_end(bool ttl, bool expire_time) {
    if (ttl && expire_time) throw InvalidArgument("config.expire_time", "is set beside ttl: choose one");
}

GENAI_LAZY GENAI_INLINE ResourceName cache_name(std::string_view name) {
    return ResourceName::of("cachedContents", name);
}

}  // namespace detail

GENAI_LAZY_BODY GENAI_INLINE CachedContent Caches::create(std::string_view model,
                                                          const CreateCachedContentConfig& config) const {
    detail::check_cache_end(config.ttl.has_value(), config.expire_time.has_value());
    auto body = detail::json_object([&](wire::Writer& writer) {
        writer.member("\"model\":", detail::ResourceName::model(model).full());
        detail::write_config(writer, config, [](std::string_view) { return true; });
        writer.unknown(config.extra);
    });
    return caller_->call<CachedContent>({.operation = "caches.create",
                                         .resource = detail::ResourceName::path("cachedContents"),
                                         .body = std::move(body),
                                         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE CachedContent Caches::get(std::string_view name,
                                                       const GetCachedContentConfig& config) const {
    return caller_->call<CachedContent>({.operation = "caches.get",
                                         .method = "GET",
                                         .resource = detail::cache_name(name),
                                         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE Pager<CachedContent> Caches::list(const ListCachedContentsConfig& config) const {
    return detail::list<&ListCachedContentsResponse::cached_contents>(
        caller_, {.operation = "caches.list", .resource = detail::ResourceName::path("cachedContents")},
        config);
}

GENAI_LAZY_BODY GENAI_INLINE CachedContent Caches::update(std::string_view name,
                                                          const UpdateCachedContentConfig& config) const {
    detail::check_cache_end(config.ttl.has_value(), config.expire_time.has_value());
    if (!config.ttl && !config.expire_time && config.extra.empty())
        throw InvalidArgument("config", "changes nothing: set ttl or expire_time");
    return caller_->call<CachedContent>({.operation = "caches.update",
                                         .method = "PATCH",
                                         .resource = detail::cache_name(name),
                                         .body = detail::json_body(config),
                                         .options = config.http_options});
}

GENAI_LAZY_BODY GENAI_INLINE DeleteCachedContentResponse
Caches::delete_(std::string_view name, const DeleteCachedContentConfig& config) const {
    return caller_->call<DeleteCachedContentResponse>({.operation = "caches.delete",
                                                       .method = "DELETE",
                                                       .resource = detail::cache_name(name),
                                                       .options = config.http_options},
                                                      true);
}

}  // namespace genai::inline GENAI_ABI

#endif
