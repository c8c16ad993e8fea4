#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/detail/core.hpp>
#include <genai/detail/listing.hpp>
#include <genai/detail/names.hpp>

namespace genai::inline v0::detail {

/// The names of an object's members, but for the type, which only says which kind it is.
std::string members_set(std::string_view object);

/// What the newer parts of the API have in common: resources of one collection, made, looked at, changed and deleted.
template <http::Transport T>
class Collection {
public:
    Collection(std::shared_ptr<Core<T>> core, std::string name) : core_(std::move(core)), name_(std::move(name)) {}

    /// The core it calls through.
    const std::shared_ptr<Core<T>>& core() const noexcept { return core_; }
    /// A resource's path by its id or its name. Throws InvalidArgument.
    std::string path(std::string_view id) const { return resource("id", id, name_); }

    /// Makes a resource.
    template <class R, class Body>
    R create(const Body& body, const HttpOptions& options) const {
        return core_->template ask<R>({.path = name_, .body = json_body(body), .options = core_->protocol().merged(options)});
    }
    /// A resource as it is.
    template <class R>
    R get(std::string_view id, const HttpOptions& options) const {
        return core_->template ask<R>({.method = "GET", .path = path(id), .options = core_->protocol().merged(options)});
    }
    /// Changes members of a resource: those of the mask, else those that are set.
    template <class R, class Body>
    R update(std::string_view id, const Body& body, const std::optional<std::string>& mask, const HttpOptions& options) const {
        Call call{.method = "PATCH", .path = path(id), .body = json_body(body), .options = core_->protocol().merged(options)};
        const std::string members = mask ? *mask : members_set(call.body->whole());
        if (members.empty()) throw InvalidArgument("update", "changes nothing");
        call.query = {{"update_mask", members}};
        return core_->template ask<R>(call);
    }
    /// Deletes a resource.
    void remove(std::string_view id, const HttpOptions& options) const {
        core_->tell({.method = "DELETE", .path = path(id), .options = core_->protocol().merged(options)});
    }
    /// The pager over resources.
    template <class Answer, class Config, class Item>
    Pager<Item> list(const Config& config, std::vector<Item> Answer::*items, http::Query query = {}) const {
        return detail::list<Answer>(core_, name_, config, items, std::move(query), snake_paging);
    }

private:
    std::shared_ptr<Core<T>> core_;
    std::string name_;
};

/// Adds a parameter where it is set.
inline void add_query(http::Query& query, const char* name, const std::optional<std::string>& value) {
    if (value) query.emplace_back(name, *value);
}
/// Adds a parameter where it is set.
inline void add_query(http::Query& query, const char* name, const std::optional<bool>& value) {
    if (value) query.emplace_back(name, *value ? "true" : "false");
}

}  // namespace genai::inline v0::detail

#if GENAI_BODIES

namespace genai::inline v0::detail {

GENAI_INLINE std::string members_set(std::string_view object) {
    std::string names;
    const auto tree = nlohmann::ordered_json::parse(object);
    for (const auto& [name, value] : tree.items())
        if (name != "type") names += (names.empty() ? "" : ",") + name;
    return names;
}

}  // namespace genai::inline v0::detail

#endif
