#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/paging.hpp>
#include <genai/core/resource_name.hpp>
#include <genai/error.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/codec.hpp>
#include <genai/values/dict.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The names of an object's members, but for the type, which only says which kind it is.
std::string members_set(std::string_view object);

/// What the newer parts of the API have in common: resources of one collection, created, read, changed and
/// deleted.
class Collection {
public:
    /// `caller` must outlive it; `name` is a literal; so are the operations that the methods take.
    Collection(const CallerRef& caller, const char* name) : caller_(caller), name_(name) {}

    /// A resource by its id or its name. Throws InvalidArgument.
    ResourceName at(std::string_view id) const { return ResourceName::of(name_, id, "id"); }
    /// The collection itself.
    ResourceName all() const { return ResourceName::path(name_); }

    /// Creates a resource.
    template <class R, class Body>
    R create(std::string_view operation, const Body& body, const HttpOptions& options) const {
        return caller_->call<R>(
            {.operation = operation, .resource = all(), .body = json_body(body), .options = options});
    }
    /// A resource as it is.
    template <class R>
    R get(std::string_view operation, std::string_view id, const HttpOptions& options) const {
        return caller_->call<R>(
            {.operation = operation, .method = "GET", .resource = at(id), .options = options});
    }
    /// Changes members of a resource: those of the mask, else those that are set.
    template <class R, class Body>
    R update(std::string_view operation, std::string_view id, const Body& body,
             const std::optional<std::string>& mask, const HttpOptions& options) const {
        auto text = json_body(body);
        const std::string members = mask ? *mask : members_set(text->whole());
        if (members.empty()) throw InvalidArgument("update", "changes nothing");
        return caller_->call<R>({.operation = operation,
                                 .method = "PATCH",
                                 .resource = at(id),
                                 .query = {{"update_mask", members}},
                                 .body = std::move(text),
                                 .options = options});
    }
    /// Deletes a resource.
    void remove(std::string_view operation, std::string_view id, const HttpOptions& options) const {
        caller_->call_void(
            {.operation = operation, .method = "DELETE", .resource = at(id), .options = options});
    }
    /// The pager over resources.
    template <auto items, class Config>
    Pager<decltype(item_of(items))> list(std::string_view operation, const Config& config,
                                         http::Query query = {}) const {
        return detail::list<items>(caller_,
                                   {.operation = operation, .resource = all(), .query = std::move(query)},
                                   config, snake_paging);
    }

private:
    const CallerRef& caller_;
    const char* name_;
};

/// Adds a parameter where it is set.
inline void add_query(http::Query& query, const char* name, const std::optional<std::string>& value) {
    if (value) query.emplace_back(name, *value);
}
/// Adds a parameter where it is set.
inline void add_query(http::Query& query, const char* name, Flag value) {
    if (value.has_value()) query.emplace_back(name, value ? "true" : "false");
}

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE std::string members_set(std::string_view object) {
    std::string names;
    for (const auto& [name, value] : decode<Dict<RawJson>>(object))
        if (name != "type") names += (names.empty() ? "" : ",") + name;
    return names;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
