#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/values/box.hpp>
#include <genai/values/bytes.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/json.hpp>
#include <genai/values/note.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/wire/raw.hpp>
#include <genai/wire/type.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI {

/// How a type that is not one's own, or has no members, is read and written. Specialize it with `fields`, as
/// in a struct, for a struct of others; or with another type's form: `using Wire = std::string; static Wire
/// to_wire(const T&); static T from_wire(Wire&&);`, which may throw DecodeError. `genai/adapter.hpp` has
/// those of the standard library's types.
template <class T>
struct Adapter;

namespace wire {

/// A hint a `fields` visitor may add to an integer: on the wire it is a string, as protobuf's JSON form has
/// 64-bit ones.
struct AsString {};
/// See AsString.
inline constexpr AsString as_string{};

/// A hint for a list or a text that is written even when it is empty.
struct EvenEmpty {};
/// See EvenEmpty.
inline constexpr EvenEmpty even_empty{};

/// A hint for a member that some servers, or the service itself, write under another name: read there too.
struct AlternativeName {
    std::string_view name{};
};
/// See AlternativeName.
constexpr AlternativeName alternative_name(std::string_view name) { return {name}; }

/// What an enum with texts looks like: beside it stands `constexpr void enumerators(E, auto&& visit)`, which
/// calls `visit("text", E::value)` once a value.
template <class E>
concept Enumerated = std::is_enum_v<E> && requires(E value) {
    enumerators(value, [](auto&&...) {});
};

/// What a struct with wire names looks like: `static constexpr void fields(auto& self, auto&& visit)`, which
/// calls `visit("wireName", self.member)` once a member, in the API's order.
template <class T>
concept OwnFields = requires(T& value) {
    T::fields(value, [](auto&&...) {});
};
/// The same for a struct of others, with the `fields` of its Adapter.
template <class T>
concept AdaptedFields = !OwnFields<T> && requires(T & value) {
    Adapter<T>::fields(value, [](auto&&...) {});
};
/// The same with a function `fields(T&, visit)` beside the struct.
template <class T>
concept FreeFields = !OwnFields<T> && !AdaptedFields<T> && std::is_class_v<T> && requires(T & value) {
    fields(value, [](auto&&...) {});
};
/// A struct whose members can be visited.
template <class T>
concept Struct = OwnFields<T> || AdaptedFields<T> || FreeFields<T>;

/// Calls `visit` once a member.
template <Struct T, class Visit>
void visit_fields(T& value, Visit& visit) {
    if constexpr (OwnFields<T>) T::fields(value, visit);
    else if constexpr (AdaptedFields<T>) Adapter<T>::fields(value, visit);
    else fields(value, visit);
}

/// A struct of the API, as against one of the user's: it keeps unknown members, and its empty strings, lists
/// and maps are left out.
template <class T>
concept ApiStruct = Struct<T> && requires(T& value) {
    requires std::derived_from<std::remove_reference_t<decltype(value.extra)>, RawMembers>;
};

/// Whether a struct has something named `fields`, callable or not.
template <class T>
concept HasMemberFields = requires {
    &T::template fields<T&, void (&)()>;
};

/// Takes members and does nothing with them.
struct NoVisit {
    constexpr void operator()(auto&&...) const noexcept {}
};
/// Whether a struct's `fields` are those of its base: for any `self`, or for one of a named type.
template <class T, class Base>
concept SameFields = requires {
    requires& Base::template fields<T, const NoVisit&> == &T::template fields<T, const NoVisit&>;
}
|| requires { requires& Base::template fields<const NoVisit&> == &T::template fields<const NoVisit&>; };
/// Becomes a `T`, and none of its bases.
template <class T>
struct Exactly {
    template <std::same_as<T> U>
    operator U&() const;
};
/// Stands for a base of `T` whose `fields` are used for it.
template <class T>
struct BaseWithFields {
    template <class Base>
    requires(std::is_base_of_v<Base, T> && !std::same_as<Base, T> &&
             (SameFields<T, Base> ||
              (FreeFields<T> && !requires(Exactly<T> & exactly) { fields(exactly, NoVisit()); })))
    operator Base() const;
};
/// Whether a struct has no `fields` but a base's, which know nothing of its own members. Seen of aggregates.
template <class T>
concept InheritsFields = Struct<T> && !ApiStruct<T> && std::is_aggregate_v<T> && requires {
    T{BaseWithFields<T>()};
};

/// A character, which is no number; of these only char has an Adapter.
template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
    std::same_as<T, char16_t> || std::same_as<T, char32_t>;

/// Whether a type is a future.
template <class T>
concept Awaitable = requires(T& value) {
    value.wait();
    value.get();
};

template <class T>
const StructTable& struct_table();

/// The values of an enum, as its `enumerators` says them.
template <class E>
const std::vector<Choice>& choices_of() {
    // never destroyed, as every table: threads may encode and decode while statics are destroyed
    static const auto& choices = *[] {
        auto* const made = new std::vector<Choice>();
        enumerators(E{}, [made](std::string_view text, E value, const auto&...) {
            made->push_back({text, static_cast<std::int64_t>(value)});
        });
        return made;
    }();
    return choices;
}

template <class T>
struct TypeOf {
    static_assert(!std::is_enum_v<T> || Enumerated<T>,
                  "genai: this enum has no texts; put `constexpr void enumerators(E, auto&& visit) { "
                  "visit(\"text\", E::value); ... }` beside it");
    static_assert(
        !HasMemberFields<T> || Struct<T>,
        "genai: this struct's `fields` cannot be called: it must be public and static, "
        "`static constexpr void fields(auto& self, auto&& visit) { visit(\"name\", self.name); ... }`");
    static_assert(!InheritsFields<T>,
                  "genai: this struct has its base's `fields`, which leave out its own members: give it some "
                  "that call them, `static constexpr void fields(auto& self, auto&& visit) { "
                  "Base::fields(self, visit); visit(\"name\", self.name); ... }`");
    static_assert(!Character<T>,
                  "genai: this character has no wire form: use std::string, or char with "
                  "<genai/adapter.hpp>; for a small number std::int8_t or std::uint8_t");
    static_assert(!Awaitable<T>,
                  "genai: a future has no wire form: let the function wait, and return its value");
    static_assert(HasMemberFields<T> || Awaitable<T> || std::is_enum_v<T> || Struct<T> || std::integral<T> ||
                      std::floating_point<T>,
                  "genai: this type has no wire form; give a struct `static constexpr void fields(auto& "
                  "self, auto&& visit) { visit(\"name\", self.name); ... }`, or use bool, an integer, float, "
                  "double, std::string, std::vector, std::map<std::string, T>, std::unordered_map, "
                  "std::optional, std::variant, std::chrono::milliseconds, genai::Bytes, genai::Json, "
                  "an enum with `enumerators`");
    static_assert((!std::integral<T> || sizeof(T) <= 8) &&
                      (!std::floating_point<T> || std::same_as<T, float> || std::same_as<T, double>),
                  "genai: this number is wider than JSON's; use a double or a 64-bit integer");
    static constexpr Type make() {
        if constexpr (std::same_as<T, bool>) {
            return {.kind = Kind::boolean};
        } else if constexpr (std::is_enum_v<T>) {
            return {.kind = Kind::choice,
                    .width = sizeof(T),
                    .is_signed = std::is_signed_v<std::underlying_type_t<T>>,
                    .choices = &choices_of<T>};
        } else if constexpr (std::integral<T>) {
            return {.kind = Kind::integer, .width = sizeof(T), .is_signed = std::is_signed_v<T>};
        } else if constexpr (std::floating_point<T>) {
            return {.kind = Kind::real, .width = sizeof(T)};
        } else {
            return {.kind = Kind::structure, .table = &struct_table<T>};
        }
    }
};

template <>
struct TypeOf<Flag> {
    static constexpr Type make() { return {.kind = Kind::flag}; }
};
template <>
struct TypeOf<std::string> {
    static constexpr Type make() { return {.kind = Kind::text}; }
};
template <>
struct TypeOf<Bytes> {
    static constexpr Type make() { return {.kind = Kind::bytes}; }
};
template <>
struct TypeOf<Duration> {
    static constexpr Type make() { return {.kind = Kind::duration}; }
};
template <>
struct TypeOf<Timestamp> {
    static constexpr Type make() { return {.kind = Kind::timestamp}; }
};
template <>
struct TypeOf<std::chrono::milliseconds> {
    static constexpr Type make() { return {.kind = Kind::milliseconds}; }
};
template <>
struct TypeOf<Json> {
    static constexpr Type make() { return {.kind = Kind::json}; }
};

template <std::derived_from<RawValue> T>
struct TypeOf<T> {
    static_assert(sizeof(T) == sizeof(RawValue), "a raw value holds its text and nothing else");
    static constexpr Type make() { return {.kind = Kind::raw}; }
};

template <std::derived_from<OpenEnumBase> T>
struct TypeOf<T> {
    static_assert(sizeof(T) == sizeof(OpenEnumBase), "an enumeration holds its text and nothing else");
    static constexpr Type make() { return {.kind = Kind::enumeration}; }
};

template <class T>
inline constexpr Type type_of = TypeOf<T>::make();
template <class T>
inline constexpr Type text_type_of{
    .kind = Kind::integer_text, .width = sizeof(T), .is_signed = std::is_signed_v<T>};

template <class N>
inline constexpr bool is_box = false;
template <class T>
inline constexpr bool is_box<Box<T>> = true;

/// What can be done to an optional value. Functions, not lambdas, which are three functions each.
template <class N>
struct NullableOps {
    static void* emplace(void* at) { return &static_cast<N*>(at)->emplace(); }
    static void clear(void* at) { static_cast<N*>(at)->reset(); }
    static const void* first(const void* at) {
        const N& value = *static_cast<const N*>(at);
        if constexpr (is_box<N>) {
            return value.get();
        } else {
            return value.has_value() ? &*value : nullptr;
        }
    }
};

/// Wraps `inner` for a type that is an optional value.
template <class N>
constexpr Type nullable_type(const Type* inner) {
    return {.kind = Kind::nullable,
            .boxed = is_box<N>,
            .inner = inner,
            .emplace = &NullableOps<N>::emplace,
            .clear = &NullableOps<N>::clear,
            .first = &NullableOps<N>::first};
}

/// An optional value: std::optional, Box, and what derives from them.
template <class T>
concept Nullable = requires(T& value, const T& constant) {
    typename T::value_type;
    value.emplace();
    value.reset();
    static_cast<bool>(constant);
    *constant;
};

template <Nullable T>
struct TypeOf<T> {
    static constexpr Type make() { return nullable_type<T>(&type_of<typename T::value_type>); }
};

template <class T>
requires(!std::same_as<T, bool>)  // whose elements are no objects: see genai/adapter.hpp
    struct TypeOf<std::vector<T>> {
    using List = std::vector<T>;
    static constexpr Type make() {
        return {.kind = Kind::list,
                .size = sizeof(T),
                .inner = &type_of<T>,
                .emplace = &emplace,
                .clear = &clear,
                .first = &first,
                .count = &count};
    }
    static void* emplace(void* at) { return &static_cast<List*>(at)->emplace_back(); }
    static void clear(void* at) { static_cast<List*>(at)->clear(); }
    static const void* first(const void* at) { return static_cast<const List*>(at)->data(); }
    static std::size_t count(const void* at) { return static_cast<const List*>(at)->size(); }
};

/// Of a map whose keys are texts.
template <class Map, class Value>
struct TypeOfMap {
    static constexpr Type make() {
        return {.kind = Kind::map,
                .inner = &type_of<Value>,
                .emplace_key = &emplace_key,
                .clear = &clear,
                .count = &count,
                .each = &each};
    }
    static void* emplace_key(void* at, std::string_view key) {
        Value& value = (*static_cast<Map*>(at))[std::string(key)];
        value = Value{};
        return &value;
    }
    static void clear(void* at) { static_cast<Map*>(at)->clear(); }
    static std::size_t count(const void* at) { return static_cast<const Map*>(at)->size(); }
    static void each(const void* at, void* context, void (*use)(void*, std::string_view, const void*)) {
        for (const auto& [key, value] : *static_cast<const Map*>(at)) use(context, key, &value);
    }
};

template <class T>
struct TypeOf<Dict<T>> : TypeOfMap<Dict<T>, T> {};
template <class T, class... Rest>
struct TypeOf<std::map<std::string, T, Rest...>> : TypeOfMap<std::map<std::string, T, Rest...>, T> {};
template <class T, class... Rest>
struct TypeOf<std::unordered_map<std::string, T, Rest...>>
    : TypeOfMap<std::unordered_map<std::string, T, Rest...>, T> {};

/// Builds a struct's table by visiting an object and taking its members' places.
class FieldCollector {
public:
    FieldCollector(StructTable& table, const void* base, std::size_t size);
    FieldCollector(const FieldCollector&) = delete;
    FieldCollector& operator=(const FieldCollector&) = delete;
    ~FieldCollector();

    template <class M, class... Hints>
    void operator()(std::string_view name, M&& member, const Hints&... hints) {
        static_assert(std::is_lvalue_reference_v<M>,
                      "genai: `visit` takes a member itself, `visit(\"name\", self.name)`, not a copy of it");
        static_assert(
            !std::is_const_v<std::remove_reference_t<M>>,
            "genai: `visit` takes a member that can be read into: neither a const one, nor one of a "
            "`const auto& self`");
        add_member(name, member, hints...);
    }
    /// A member, whatever it was visited through. Throws InvalidArgument for one that is no part of the
    /// object.
    template <class M, class... Hints>
    void add_member(std::string_view name, const M& member, const Hints&... hints) {
        check_place(name, &member, sizeof(M));
        add(name, &member, type_for<M, Hints...>(), assign_for<M>());
        (take(hints, table_->fields.size() - 1), ...);
    }

    /// To be called when all members have been visited.
    void finish();

private:
    template <class M, class... Hints>
    static constexpr const Type* type_for() {
        if constexpr ((std::same_as<Hints, AsString> || ...)) {
            return text_type<M>();
        } else {
            return &type_of<M>;
        }
    }

    template <class M>
    static constexpr const Type* text_type() {
        if constexpr (std::integral<M>) {
            return &text_type_of<M>;
        } else {
            return &optional_text<M>;
        }
    }

    template <class N>
    static constexpr Type optional_text = nullable_type<N>(&text_type_of<typename N::value_type>);

    template <class M>
    static constexpr auto assign_for() -> void (*)(void*, const void*) {
        constexpr Kind kind = type_of<M>.kind;
        if constexpr (kind == Kind::nullable || kind == Kind::list || kind == Kind::map ||
                      kind == Kind::one_of) {
            return nullptr;
        } else if constexpr (kind == Kind::enumeration) {  // all alike: one function, not one a type
            return &assign_enumeration;
        } else {
            return [](void* to, const void* from) { *static_cast<M*>(to) = *static_cast<const M*>(from); };
        }
    }

    /// Refuses what is no part of the object: it would be read past the object's end.
    void check_place(std::string_view name, const void* member, std::size_t size) const;
    void add(std::string_view name, const void* member, const Type* type, void (*assign)(void*, const void*));

    static void assign_enumeration(void* to, const void* from) {
        *static_cast<OpenEnumBase*>(to) = *static_cast<const OpenEnumBase*>(from);
    }

    void take(const AsString&, std::size_t) {}
    void take(const EvenEmpty&, std::size_t index) { table_->fields[index].even_empty = true; }
    void take(const AlternativeName& other, std::size_t index);
    void take(const Note& note, std::size_t index);
    template <class Hint>
    void take(const Hint&, std::size_t) {
        static_assert(!std::same_as<Hint, Hint>,
                      "genai: `visit` takes the name, the member and notes on it: describe a member with "
                      "genai::Note{.description = \"...\"}");
    }

    Field field(std::string_view name, const void* member, const Type* type,
                void (*assign)(void*, const void*)) const;

    StructTable* table_;
    const char* base_;
    std::size_t size_;
    std::vector<Field> aliases_{};
};

/// What makes a table: the struct as it is by default, and what its type says.
struct TableSource {
    const void* defaults{};
    std::size_t size{};
    void (*collect)(FieldCollector&){};
    std::string_view maker{};
    std::string_view description{};
    std::optional<std::uint32_t> extra_offset{};
};

/// Builds a table, which is never destroyed: other statics may be read by it until the process ends.
const StructTable& build_table(const TableSource& source);

/// The table of `T`, built on first use; safe from any thread.
template <class T>
const StructTable& struct_table() {
    static T& defaults = *new T{};
    static const StructTable& table = [](std::string_view maker) -> const StructTable& {
        TableSource source{.defaults = &defaults,
                           .size = sizeof(T),
                           .collect = [](FieldCollector& collector) { visit_fields(defaults, collector); },
                           .maker = maker};
        if constexpr (requires { std::string_view(T::description); }) source.description = T::description;
        if constexpr (ApiStruct<T>)
            source.extra_offset = static_cast<std::uint32_t>(reinterpret_cast<const char*>(&defaults.extra) -
                                                             reinterpret_cast<const char*>(&defaults));
        return build_table(source);
    }(std::source_location::current().function_name());
    return table;
}

}  // namespace wire
}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE FieldCollector::FieldCollector(StructTable& table, const void* base, std::size_t size)
    : table_(&table), base_(static_cast<const char*>(base)), size_(size) {}
GENAI_INLINE FieldCollector::~FieldCollector() = default;

GENAI_INLINE void FieldCollector::finish() {
    table_->named = table_->fields.size();
    for (Field& other : aliases_) table_->fields.push_back(std::move(other));
    table_->count = table_->fields.size();
    for (std::size_t i = table_->count; i > 0;
         --i) {  // from the last, so that a bucket begins with the first
        Field& field = table_->fields[i - 1];
        field.next = std::exchange(table_->buckets[StructTable::bucket(field.quoted.data() + 1)],
                                   static_cast<std::uint16_t>(i));
    }
}

GENAI_INLINE void FieldCollector::check_place(std::string_view name, const void* member,
                                              std::size_t size) const {
    const auto offset = reinterpret_cast<std::uintptr_t>(member) - reinterpret_cast<std::uintptr_t>(base_);
    if (offset > size_ || size > size_ - offset)
        throw InvalidArgument("fields",
                              "\"" + std::string(name) +
                                  "\" is no part of the struct: visit its own members, not what they "
                                  "point to, nor a local or a static");
}

GENAI_INLINE void FieldCollector::add(std::string_view name, const void* member, const Type* type,
                                      void (*assign)(void*, const void*)) {
    table_->fields.push_back(field(name, member, type, assign));
}

GENAI_INLINE void FieldCollector::take(const AlternativeName& other, std::size_t index) {
    const Field& field = table_->fields[index];
    aliases_.push_back(this->field(other.name, base_ + field.offset, field.type, field.assign));
}
GENAI_INLINE void FieldCollector::take(const Note& note, std::size_t index) {
    table_->fields[index].note = note;
}

GENAI_INLINE Field FieldCollector::field(std::string_view name, const void* member, const Type* type,
                                         void (*assign)(void*, const void*)) const {
    Field field{.name = name,
                .quoted = '"' + std::string(name) + "\":",
                .offset = static_cast<std::uint32_t>(static_cast<const char*>(member) - base_),
                .type = type,
                .assign = assign};
    char head[8] = {};
    char mask[8] = {};
    const std::size_t length = (std::min<std::size_t>)(8, name.size() + 1);
    std::memcpy(head, field.quoted.data() + 1, length);
    std::memset(mask, 0xFF, length);
    std::memcpy(&field.head, head, 8);
    std::memcpy(&field.head_mask, mask, 8);
    return field;
}

GENAI_INLINE const StructTable& build_table(const TableSource& source) {
    StructTable built{.extra_offset = source.extra_offset,
                      .defaults = source.defaults,
                      .maker = source.maker,
                      .description = source.description};
    FieldCollector collector(built, source.defaults, source.size);
    source.collect(collector);
    collector.finish();
    return *new StructTable(std::move(built));
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
