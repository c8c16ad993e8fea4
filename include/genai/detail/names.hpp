#pragma once

#include <array>
#include <string>
#include <string_view>

#include <genai/error.hpp>

namespace genai::inline v0::detail {

/// Refuses resource names that would change the address they become part of.
inline void check_resource(const std::string& parameter, std::string_view name) {
    if (name.empty()) throw InvalidArgument(parameter, "is empty");
    if (name.find("..") != std::string_view::npos) throw InvalidArgument(parameter, "must not hold '..'");
    if (name.starts_with('/') || name.ends_with('/') || name.find("//") != std::string_view::npos) throw InvalidArgument(parameter, "has an empty part");
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '?' || c == '&' || c == '#' || c == '\\' || c == '%')
            throw InvalidArgument(parameter, "holds a character that no resource name has");
}

/// Refuses the name of a resource of another kind. `collection` is the kind wanted, without its slash.
inline void check_kind(const std::string& parameter, std::string_view name, std::string_view collection) {
    constexpr std::array<std::string_view, 14> collections{"models", "tunedModels", "files", "cachedContents", "fileSearchStores", "batches", "auth_tokens",
                                                           "interactions", "agents", "environments", "credentials", "triggers", "webhooks", "voices"};
    const std::string_view first = name.substr(0, name.find('/'));
    if (first.size() == name.size() || first == collection) return;
    for (const std::string_view other : collections)
        if (first == other) throw InvalidArgument(parameter, "is the name of another kind of resource: wanted " + std::string(collection) + "/...");
}

/// The full name of a resource of that collection: a bare id gets the collection before it. Throws InvalidArgument.
inline std::string resource(const std::string& parameter, std::string_view name, std::string_view collection) {
    check_resource(parameter, name);
    check_kind(parameter, name, collection);
    if (name.find('/') == std::string_view::npos) return std::string(collection) + '/' + std::string(name);
    const bool fits = name.starts_with(std::string(collection) + '/') && name.find('/', collection.size() + 1) == std::string_view::npos;
    if (!fits) throw InvalidArgument(parameter, "is no name of the form " + std::string(collection) + "/...");
    return std::string(name);
}

/// A model's resource name: `models/` goes before anything but a tuned model. Throws InvalidArgument.
inline std::string model_path(std::string_view model, const std::string& parameter = "model") {
    check_resource(parameter, model);
    if (model.starts_with("tunedModels/") || model.starts_with("models/")) return std::string(model);
    check_kind(parameter, model, "models");
    return "models/" + std::string(model);
}

/// The name of a file by its name, its bare id or any of its addresses. Throws InvalidArgument.
inline std::string file_path(std::string_view file, const std::string& parameter = "file") {
    if (file.starts_with("https://") || file.starts_with("http://")) {
        const auto at = file.find("/files/");
        if (at == std::string_view::npos) throw InvalidArgument(parameter, "is no address of a file of the service");
        file.remove_prefix(at + 1);
        const auto end = file.find_first_of(":?/#", 6);
        file = file.substr(0, end);
    }
    return resource(parameter, file, "files");
}

/// The full name of a document. Throws InvalidArgument for anything else that is a name in full.
inline std::string document_path(std::string_view name) {
    check_resource("name", name);
    constexpr std::string_view stores = "fileSearchStores/";
    const auto end = name.find('/', stores.size());
    const bool fits = name.starts_with(stores) && end != std::string_view::npos && name.substr(end).starts_with("/documents/") &&
                      name.find('/', end + 11) == std::string_view::npos;
    if (!fits) throw InvalidArgument("name", "is no name of the form fileSearchStores/.../documents/...");
    return std::string(name);
}

}  // namespace genai::inline v0::detail
