#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/detail/core.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>
#include <genai/detail/sent_tools.hpp>
#include <genai/types/cache.hpp>

namespace genai::inline v0 {

/// Content that the service keeps ready, so that prompts over it cost less. https://ai.google.dev/api/caching
template <http::Transport T>
class Caches {
public:
    explicit Caches(std::shared_ptr<detail::Core<T>> core) : core_(std::move(core)) {}

    /// Makes a cache for one model. https://ai.google.dev/api/caching#method:-cachedcontents.create
    CachedContent create(std::string_view model, const CreateCachedContentConfig& config = {}) const {
        check_end(config.ttl.has_value(), config.expire_time.has_value());
        auto body = std::make_shared<wire::JsonText>();
        wire::Writer writer(*body);
        writer.begin_object();
        writer.member("\"model\":", detail::model_path(model));
        detail::write_config(writer, config, [](std::string_view) { return true; });
        writer.unknown(config.extra);
        writer.end_object();
        return core_->template ask<CachedContent>({.path = "cachedContents", .body = std::move(body), .options = core_->protocol().merged(config.http_options)});
    }

    /// What is known of a cache. https://ai.google.dev/api/caching#method:-cachedcontents.get
    CachedContent get(std::string_view name, const GetCachedContentConfig& config = {}) const {
        return core_->template ask<CachedContent>(call("GET", name, config.http_options));
    }

    /// All caches of the project. https://ai.google.dev/api/caching#method:-cachedcontents.list
    Pager<CachedContent> list(const ListCachedContentsConfig& config = {}) const {
        return detail::list<ListCachedContentsResponse>(core_, "cachedContents", config, &ListCachedContentsResponse::cached_contents);
    }

    /// Changes when a cache ends, and nothing else. https://ai.google.dev/api/caching#method:-cachedcontents.patch
    CachedContent update(std::string_view name, const UpdateCachedContentConfig& config) const {
        check_end(config.ttl.has_value(), config.expire_time.has_value());
        if (!config.ttl && !config.expire_time && config.extra.empty()) throw InvalidArgument("config", "changes nothing: set ttl or expire_time");
        detail::Call patch = call("PATCH", name, config.http_options);
        patch.body = detail::json_body(config);
        return core_->template ask<CachedContent>(patch);
    }

    /// Deletes a cache. https://ai.google.dev/api/caching#method:-cachedcontents.delete
    DeleteCachedContentResponse delete_(std::string_view name, const DeleteCachedContentConfig& config = {}) const {
        return core_->template ask<DeleteCachedContentResponse>(call("DELETE", name, config.http_options), true);
    }

private:
    static void check_end(bool ttl, bool expire_time) {
        if (ttl && expire_time) throw InvalidArgument("config.expire_time", "is set beside ttl: choose one");
    }
    detail::Call call(std::string method, std::string_view name, const HttpOptions& options) const {
        return core_->protocol().call(std::move(method), detail::resource("name", name, "cachedContents"), options);
    }

    std::shared_ptr<detail::Core<T>> core_;
};

}  // namespace genai::inline v0
