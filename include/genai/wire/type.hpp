#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/box.hpp>
#include <genai/values/note.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Levels of nesting that reading and writing allow unless told otherwise: enough for any answer, too few to
/// exhaust a stack in a later copy or comparison.
inline constexpr unsigned default_max_depth = 128;

/// What a list's note says of its elements: all but how many there are, and what the list is.
inline Note of_elements(Note note) {
    note.description = {};
    note.min_items.reset();
    note.max_items.reset();
    return note;
}

/// The shapes a member can have. One interpreter over these serves every struct: an instance a struct cost
/// three times the compile time at the same speed.
enum class Kind : std::uint8_t {
    boolean,
    integer,
    integer_text,
    real,
    text,
    bytes,
    enumeration,
    flag,
    choice,
    duration,
    timestamp,
    milliseconds,
    json,
    raw,
    structure,
    nullable,
    list,
    map,
    one_of,
    adapted
};

struct StructTable;

/// A value of an enum and its text.
struct Choice {
    std::string_view text{};
    std::int64_t value{};
};

struct Type;

/// A value and how to read and write it.
struct Typed {
    const Type* type{};
    void* value{};
};

/// How to read and write a C++ type behind a pointer.
struct Type {
    Kind kind{};
    std::uint8_t width{};             ///< bytes of an integer or a real
    bool is_signed{};                 ///< of an integer
    bool boxed{};                     ///< whether a nullable is a Box: a pointer, null when it is empty
    std::uint32_t size{};             ///< of one element of a list
    const Type* inner{};              ///< of a nullable, a list, a map
    const StructTable& (*table)(){};  ///< of a structure
    void* (*emplace)(void*){};        ///< engages a nullable anew; adds an element to a list
    void* (*emplace_key)(void*, std::string_view){};  ///< a fresh value under a key of a map
    void (*clear)(void*){};                           ///< empties a nullable, a list, a map
    const void* (*first)(const void*){};  ///< of a nullable: the value or null; of a list: its first element
    std::size_t (*count)(const void*){};  ///< of a list or a map
    void (*each)(const void*, void* context,
                 void (*use)(void* context, std::string_view key,
                             const void* value)){};  ///< entry of a map, in order
    const std::vector<Choice>& (*choices)(){};       ///< of a choice
    std::span<const Type* const> alternatives{};     ///< of a one_of that knows them all
    void (*adopt)(void*, std::string_view){};        ///< of what is adapted: takes the value of a JSON text
    std::string (*render)(const void*){};            ///< of what is adapted: its JSON text
    /// Of a one_of: the alternative for a JSON text, made anew; null when there is none. `trials` is how many
    /// more levels of alternatives may be tried whole.
    Typed (*choose)(void*, std::string_view, unsigned trials){};
    Typed (*held)(const void*){};  ///< of a one_of: what it holds, not to be changed; null when empty
};

/// Calls `use(key, value)` for each entry of a map.
template <class Use>
void for_each_entry(const Type& type, const void* map, Use&& use) {
    type.each(map, &use, [](void* context, std::string_view key, const void* value) {
        (*static_cast<std::remove_reference_t<Use>*>(context))(key, value);
    });
}

/// The entries of a map, in order, for as long as it does not change.
inline std::vector<std::pair<std::string_view, const void*>> entries(const Type& type, const void* map) {
    std::vector<std::pair<std::string_view, const void*>> all;
    for_each_entry(type, map,
                   [&all](std::string_view key, const void* value) { all.emplace_back(key, value); });
    return all;
}

/// Calls `use` with the C++ type of an integer, as a std::type_identity.
template <class Use>
void with_integer(const Type& type, Use&& use) {
    switch (type.width * 2 + (type.is_signed ? 1 : 0)) {
        case 3: return use(std::type_identity<std::int8_t>());
        case 2: return use(std::type_identity<std::uint8_t>());
        case 5: return use(std::type_identity<std::int16_t>());
        case 4: return use(std::type_identity<std::uint16_t>());
        case 9: return use(std::type_identity<std::int32_t>());
        case 8: return use(std::type_identity<std::uint32_t>());
        case 17: return use(std::type_identity<std::int64_t>());
        default: return use(std::type_identity<std::uint64_t>());
    }
}

/// One member of a struct.
struct Field {
    std::string_view name{};    ///< on the wire
    std::string quoted{};       ///< `"name":`
    std::uint32_t offset{};     ///< of the member in the struct
    std::uint64_t head{};       ///< the first bytes of `name"`, as they lie in memory
    std::uint64_t head_mask{};  ///< which of them count
    std::uint16_t next{};       ///< the next field of its bucket, counted from 1; 0 for none
    const Type* type{};
    void (*assign)(void*, const void*){};  ///< copies a member that cannot be empty; null for the others
    bool even_empty{false};                ///< written even when it is empty
    Box<Note> note{};                      ///< what a schema says of it
    /// Whether a schema says that it must be there: as its note says, else when it cannot be unset.
    bool must_be_there() const noexcept {
        if (note && note->required.has_value()) return note->required.is_true();
        return type->kind != Kind::nullable && type->kind != Kind::flag && type->kind != Kind::enumeration;
    }
};

/// All members of a struct, in the API's order.
struct StructTable {
    std::vector<Field> fields{};  ///< the members, behind them the other names they are read under
    std::size_t count{};          ///< of fields, at hand without a division
    std::size_t named{};          ///< how many of them are members
    std::optional<std::uint32_t> extra_offset{};  ///< present in structs of the API
    const void* defaults{};                       ///< a struct as it is before anything is read
    std::array<std::uint16_t, 64> buckets{};  ///< the first field of each bucket, counted from 1; 0 for none
    std::string_view maker{};        ///< the name of the function that made it, which has the struct's in it
    std::string_view description{};  ///< what the struct says of itself
    bool sparse() const noexcept { return extra_offset.has_value(); }
    /// The members, each once.
    std::span<const Field> members() const noexcept { return {fields.data(), named}; }

    /// Where a field whose quoted name begins at `name` is looked for: its first two bytes tell, the quote
    /// being one.
    static std::size_t bucket(const char* name) noexcept {
        return (static_cast<unsigned char>(name[0]) * 5U + static_cast<unsigned char>(name[1])) % 64;
    }

    /// The field of that wire name, or null.
    const Field* find(std::string_view name) const noexcept {
        for (const Field& field : fields)
            if (field.name == name) return &field;
        return nullptr;
    }
    /// The field whose wire name is the other of the two spellings that a name has in the JSON form of
    /// protocol buffers, `mimeType` and `mime_type`; null when there is none, and for structs that are not of
    /// the API. https://protobuf.dev/programming-guides/json
    const Field* find_respelled(std::string_view name) const;
};

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

/// `mime_type` as `mimeType`.
GENAI_INLINE std::string lower_camel(std::string_view name) {
    std::string camel;
    bool upper = false;
    for (const char c : name) {
        if (c != '_') camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
        upper = c == '_';
    }
    return camel;
}

GENAI_INLINE const Field* StructTable::find_respelled(std::string_view name) const {
    if (!extra_offset) return nullptr;
    const bool snake = name.find('_') != std::string_view::npos;
    if (!snake && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return nullptr;
    const std::string camel = lower_camel(name);
    for (const Field& field : fields) {
        const bool same =
            snake ? field.name == camel
                  : field.name.find('_') != std::string_view::npos && lower_camel(field.name) == name;
        if (same) return &field;
    }
    return nullptr;
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
