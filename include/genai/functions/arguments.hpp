#pragma once

#include <genai/config.hpp>
#include <genai/types/content.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Reads a call's arguments into the fresh object at `into`, which `table` is of, and validates them against
/// what the table's notes say; patterns and formats are for the model alone. Throws InvalidArgument with a
/// sentence for the model.
void read_arguments(const wire::StructTable& table, const FunctionCall& call, void* into);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/reader.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Looks for what a value of the right type may still lack.
class ArgumentCheck {
public:
    static void object(const wire::StructTable& table, const Json& value, const std::string& path) {
        for (const wire::Field& field : table.members()) {
            const std::string place = path + '/' + std::string(field.name);
            const Json* const given = find(table, field, value);
            if (given != nullptr) hold(*field.type, *given, place, field.note ? &*field.note : nullptr);
            else if (field.must_be_there()) throw InvalidArgument(place, "is missing");
        }
    }

private:
    /// What was given for a member, under any of its names; null when nothing was.
    static const Json* find(const wire::StructTable& table, const wire::Field& member, const Json& value) {
        const bool takes_null = member.type->kind == wire::Kind::json || member.type->kind == wire::Kind::raw;
        for (const wire::Field& name : table.fields) {
            if (name.offset != member.offset) continue;
            if (const auto at = value.find(name.name); at != value.end() && (takes_null || !at->is_null()))
                return &*at;
        }
        return nullptr;
    }

    static void hold(const wire::Type& type, const Json& value, const std::string& path, const Note* note) {
        switch (type.kind) {
            case wire::Kind::nullable: return value.is_null() ? void() : hold(*type.inner, value, path, note);
            case wire::Kind::structure: return object(type.table(), value, path);
            case wire::Kind::map:
                for (const auto& [key, one] : value.items())
                    hold(*type.inner, one, path + '/' + key, nullptr);
                return;
            case wire::Kind::list:
                if (note != nullptr) size(value.size(), note->min_items, note->max_items, path, " elements");
                for (std::size_t i = 0; i < value.size(); ++i) {
                    const Note within = note != nullptr ? wire::of_elements(*note) : Note{};
                    hold(*type.inner, value[i], path + '/' + std::to_string(i), &within);
                }
                return;
            case wire::Kind::integer:
            case wire::Kind::integer_text:
            case wire::Kind::milliseconds:
            case wire::Kind::real: return note != nullptr ? number(value, *note, path) : void();
            case wire::Kind::text:
                return note != nullptr ? size(characters(value.get_ref<const std::string&>()),
                                              note->min_length, note->max_length, path, " characters")
                                       : void();
            default: return;
        }
    }

    static void number(const Json& value, const Note& note, const std::string& path) {
        const auto number = decode<double>(encode(value));  // which may stand in quotes
        if (note.minimum && number < *note.minimum)
            throw InvalidArgument(path, "is less than " + encode(*note.minimum));
        if (note.maximum && number > *note.maximum)
            throw InvalidArgument(path, "is more than " + encode(*note.maximum));
    }

    static void size(std::size_t count, const std::optional<std::int64_t>& least,
                     const std::optional<std::int64_t>& most, const std::string& path, const char* what) {
        if (least && static_cast<std::int64_t>(count) < *least)
            throw InvalidArgument(path, "has fewer than " + std::to_string(*least) + what);
        if (most && static_cast<std::int64_t>(count) > *most)
            throw InvalidArgument(path, "has more than " + std::to_string(*most) + what);
    }

    static std::size_t characters(std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    }
};

GENAI_INLINE void read_arguments(const wire::StructTable& table, const FunctionCall& call, void* into) {
    const Json args = call.args.value_or(Json::object());
    if (!args.is_object()) throw InvalidArgument("args", "must be an object");
    for (const auto& [name, value] : args.items())
        if (table.find(name) == nullptr)
            throw InvalidArgument('/' + name, "is no parameter of this function");
    try {
        wire::Reader(encode(args)).document(table, into);
    } catch (const DecodeError& problem) {
        throw InvalidArgument(problem.pointer(), problem.problem());
    }
    ArgumentCheck::object(table, args, "");
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
