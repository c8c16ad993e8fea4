#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The resource a call is about: checked, and not yet part of a URL, so that each attempt can go to another
/// service or name another model.
class ResourceName {
public:
    ResourceName() = default;

    /// A model: `models/` goes before anything but a tuned model. Throws InvalidArgument.
    static ResourceName model(std::string_view name, const std::string& parameter = "model");
    /// A resource of a collection, by its full name or its bare id. Throws InvalidArgument.
    static ResourceName of(std::string_view collection, std::string_view name,
                           const std::string& parameter = "name");
    /// A file by its name, its bare id or any of its URLs. Throws InvalidArgument.
    static ResourceName file(std::string_view file, const std::string& parameter = "file");
    /// A document by its full name. Throws InvalidArgument for anything else that has a `/`; a bare id goes
    /// as it is.
    static ResourceName document(std::string_view name, bool bare_allowed);
    /// A name of any kind, as the service gave it. Throws InvalidArgument for what would change the URL it
    /// becomes part of.
    static ResourceName any(std::string_view name, const std::string& parameter);
    /// A collection, or a path that was checked before.
    static ResourceName path(std::string path) { return ResourceName(std::move(path)); }

    /// The full name: `models/gemini-2.5-flash`.
    const std::string& full() const noexcept { return full_; }
    /// The name of the model it is, or is below, without `models/`; empty where there is none.
    std::string_view model_id() const noexcept;
    /// What lies below it: `fileSearchStores/a` and `documents` give `fileSearchStores/a/documents`.
    ResourceName child(std::string_view part) const { return ResourceName(full_ + '/' + std::string(part)); }

private:
    explicit ResourceName(std::string full) : full_(std::move(full)) {}

    std::string full_{};
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::detail {

/// Refuses resource names that would change the URL they become part of.
GENAI_INLINE void check_resource(const std::string& parameter, std::string_view name) {
    if (name.empty()) throw InvalidArgument(parameter, "is empty");
    if (name.find("..") != std::string_view::npos) throw InvalidArgument(parameter, "must not hold '..'");
    if (name.starts_with('/') || name.ends_with('/') || name.find("//") != std::string_view::npos)
        throw InvalidArgument(parameter, "has an empty part");
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '?' || c == '&' || c == '#' ||
            c == '\\' || c == '%')
            throw InvalidArgument(parameter, "holds a character that no resource name has");
}

/// Refuses the name of a resource of another kind. `collection` is the kind wanted, without its slash.
GENAI_INLINE void check_kind(const std::string& parameter, std::string_view name,
                             std::string_view collection) {
    constexpr std::array<std::string_view, 14> collections{
        "models",      "tunedModels", "files",        "cachedContents", "fileSearchStores",
        "batches",     "auth_tokens", "interactions", "agents",         "environments",
        "credentials", "triggers",    "webhooks",     "voices"};
    const std::string_view first = name.substr(0, name.find('/'));
    if (first.size() == name.size() || first == collection) return;
    for (const std::string_view other : collections)
        if (first == other)
            throw InvalidArgument(parameter, "is the name of another kind of resource: wanted " +
                                                 std::string(collection) + "/...");
}

GENAI_INLINE ResourceName ResourceName::model(std::string_view name, const std::string& parameter) {
    check_resource(parameter, name);
    if (name.starts_with("tunedModels/") || name.starts_with("models/"))
        return ResourceName(std::string(name));
    check_kind(parameter, name, "models");
    return ResourceName("models/" + std::string(name));
}

GENAI_INLINE ResourceName ResourceName::of(std::string_view collection, std::string_view name,
                                           const std::string& parameter) {
    check_resource(parameter, name);
    check_kind(parameter, name, collection);
    if (name.find('/') == std::string_view::npos)
        return ResourceName(std::string(collection) + '/' + std::string(name));
    const bool fits = name.starts_with(std::string(collection) + '/') &&
                      name.find('/', collection.size() + 1) == std::string_view::npos;
    if (!fits) throw InvalidArgument(parameter, "is no name of the form " + std::string(collection) + "/...");
    return ResourceName(std::string(name));
}

GENAI_INLINE ResourceName ResourceName::file(std::string_view file, const std::string& parameter) {
    if (file.starts_with("https://") || file.starts_with("http://")) {
        file = file.substr(0, file.find_first_of("?#"));
        const auto at = file.rfind("/files/");  // the last: a gateway's own path may have one too
        if (at == std::string_view::npos)
            throw InvalidArgument(parameter, "is no address of a file of the service");
        file.remove_prefix(at + 1);
        file = file.substr(0, file.find_first_of(":/", 6));
    }
    return of("files", file, parameter);
}

GENAI_INLINE ResourceName ResourceName::document(std::string_view name, bool bare_allowed) {
    check_resource("name", name);
    if (bare_allowed && name.find('/') == std::string_view::npos) return ResourceName(std::string(name));
    constexpr std::string_view stores = "fileSearchStores/";
    const auto end = name.find('/', stores.size());
    const bool fits = name.starts_with(stores) && end != std::string_view::npos &&
                      name.substr(end).starts_with("/documents/") &&
                      name.find('/', end + 11) == std::string_view::npos;
    if (!fits) throw InvalidArgument("name", "is no name of the form fileSearchStores/.../documents/...");
    return ResourceName(std::string(name));
}

GENAI_INLINE ResourceName ResourceName::any(std::string_view name, const std::string& parameter) {
    check_resource(parameter, name);
    return ResourceName(std::string(name));
}

GENAI_INLINE std::string_view ResourceName::model_id() const noexcept {
    const std::string_view full = full_;
    constexpr std::string_view models = "models/";
    constexpr std::string_view tuned = "tunedModels/";
    if (full.starts_with(models))
        return full.substr(models.size(), full.find_first_of("/:", models.size()) - models.size());
    return full.starts_with(tuned) ? full.substr(0, full.find_first_of("/:", tuned.size()))
                                   : std::string_view();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
