#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing {

/// The first member that no field stands for: the place of its object and its name.
inline std::optional<std::pair<std::string, std::string>> find_unknown(const wire::Type& type, const void* at,
                                                                       const std::string& pointer) {
    switch (type.kind) {
        case wire::Kind::nullable: {
            const void* const held = type.first(at);
            return held == nullptr ? std::nullopt : find_unknown(*type.inner, held, pointer);
        }
        case wire::Kind::list: {
            const auto* element = static_cast<const char*>(type.first(at));
            for (std::size_t i = 0; i < type.count(at); ++i, element += type.size)
                if (auto found = find_unknown(*type.inner, element, pointer + '/' + std::to_string(i)))
                    return found;
            return std::nullopt;
        }
        case wire::Kind::map:
            for (const auto& [key, value] : wire::entries(type, at))
                if (auto found = find_unknown(*type.inner, value, pointer + '/' + std::string(key)))
                    return found;
            return std::nullopt;
        case wire::Kind::structure: {
            const wire::StructTable& table = type.table();
            const auto* base = static_cast<const char*>(at);
            if (table.extra_offset) {
                const auto& extra = *reinterpret_cast<const Extra*>(base + *table.extra_offset);
                if (!extra.empty()) return std::pair(pointer, extra.json().begin().key());
            }
            for (const wire::Field& field : table.members())
                if (auto found = find_unknown(*field.type, base + field.offset,
                                              pointer + '/' + std::string(field.name)))
                    return found;
            return std::nullopt;
        }
        case wire::Kind::one_of: {
            const wire::Typed held = type.held(at);
            return held.value == nullptr ? std::nullopt : find_unknown(*held.type, held.value, pointer);
        }
        default: return std::nullopt;
    }
}

/// A request's body as a JSON object; empty text counts as `{}`. Throws Refusal for anything else.
inline Tree parsed(const std::string& text) {
    Tree tree = Tree::parse(text.empty() ? "{}" : text, nullptr, false);
    if (tree.is_object()) return tree;
    throw Refusal{400, "INVALID_ARGUMENT", "Invalid JSON payload received. Expected an object."};
}

/// Puts a list around each object that stands where `type` has a list of them, as the service's older
/// examples do.
inline void wrap_single(const wire::Type& type, Tree& tree) {
    switch (type.kind) {
        case wire::Kind::nullable: return wrap_single(*type.inner, tree);
        case wire::Kind::list:
            if (tree.is_object()) tree = Tree::array({std::move(tree)});
            if (tree.is_array())
                for (Tree& element : tree) wrap_single(*type.inner, element);
            return;
        case wire::Kind::map:
            if (tree.is_object())
                for (auto& [key, value] : tree.items()) wrap_single(*type.inner, value);
            return;
        case wire::Kind::structure: {
            if (!tree.is_object()) return;
            const wire::StructTable& table = type.table();
            for (auto& [key, value] : tree.items()) {
                const wire::Field* field = table.find(key);
                if (field == nullptr) field = table.find_respelled(key);
                if (field != nullptr) wrap_single(*field->type, value);
            }
            return;
        }
        default: return;
    }
}

/// JSON text as a `T`, whose members may have either spelling of their names. `place` is where it stands in
/// the body, such as `generation_config.response_schema`. Throws Refusal where it is none, and, strictly,
/// for members that `T` does not have.
template <class T>
T parse_body(const std::string& text, bool strict, const std::string& place = {}) {
    const auto at = [&place](const std::string& field) {
        return place.empty() || field.empty() ? place + field
                                              : place + (field.front() == '[' ? "" : ".") + field;
    };
    T body;
    try {
        try {
            body = decode<T>(text.empty() ? "{}" : text);
        } catch (const DecodeError&) {
            Tree tree = Tree::parse(text, nullptr, false);
            if (tree.is_discarded()) throw;
            wrap_single(wire::type_of<T>, tree);
            body = decode<T>(tree.dump());
        }
    } catch (const DecodeError& problem) {
        const std::string field = at(field_path(problem.pointer()));
        throw bad_request(field, field.empty() ? "Invalid JSON payload received. " + problem.problem()
                                               : "Invalid value at '" + field + "': " + problem.problem());
    }
    if (!strict) return body;
    if (const auto unknown = find_unknown(wire::type_of<T>, &body, "")) {
        const std::string field = at(field_path(unknown->first));
        throw bad_request(field, "Invalid JSON payload received. Unknown name \"" + unknown->second + "\"" +
                                     (field.empty() ? "" : " at '" + field + "'") + ": Cannot find field.");
    }
    return body;
}

/// The same as JSON, each member by the name that the API's types give it.
template <class T>
Tree canonical_body(const std::string& text, bool strict) {
    return Tree::parse(encode(parse_body<T>(text, strict)));
}

}  // namespace genai::inline GENAI_ABI::testing
