#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include <genai/config.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI {

namespace wire {

/// Whether two values of one type say the same: member by member, unknown members included.
bool equal(const Type& type, const void* a, const void* b);

/// A struct with members that are not on the wire, itself or in its config.
template <class T>
concept HasLocalMembers = ApiStruct<T> &&(
    requires(const T& value) { value.http_options; } || requires(const T& value) { value.handlers; } ||
    requires(const T& value) { value.config.http_options; } ||
    requires(const T& value) { value.config->http_options; });

}  // namespace wire

/// Whether two structs of the API say the same, unknown members included.
template <wire::ApiStruct T>
requires(!wire::HasLocalMembers<T>) bool operator==(const T& a, const T& b) {
    return wire::equal(wire::type_of<T>, &a, &b);
}
template <wire::HasLocalMembers T>
bool operator==(const T&, const T&) = delete;  // has members that are not sent, such as functions

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

/// Whether two values of a type are equal.
template <class T>
bool same(const void* a, const void* b) {
    return *static_cast<const T*>(a) == *static_cast<const T*>(b);
}

GENAI_INLINE bool equal(const Type& type, const void* a, const void* b) {
    switch (type.kind) {
        case Kind::text: return same<std::string>(a, b);
        case Kind::enumeration:
            return static_cast<const OpenEnumBase*>(a)->text() == static_cast<const OpenEnumBase*>(b)->text();
        case Kind::bytes: return same<Bytes>(a, b);
        case Kind::json: return same<Json>(a, b);
        case Kind::raw: return same<RawJson>(a, b);
        case Kind::boolean: return same<bool>(a, b);
        case Kind::flag: return same<Flag>(a, b);
        case Kind::integer:
        case Kind::choice:
        case Kind::integer_text: return std::memcmp(a, b, type.width) == 0;
        case Kind::real: return type.width == sizeof(double) ? same<double>(a, b) : same<float>(a, b);
        case Kind::duration: return same<Duration>(a, b);
        case Kind::timestamp: return same<Timestamp>(a, b);
        case Kind::milliseconds: return same<std::chrono::milliseconds>(a, b);
        case Kind::nullable: {
            const void* const x = type.first(a);
            const void* const y = type.first(b);
            return x != nullptr && y != nullptr ? equal(*type.inner, x, y) : x == y;
        }
        case Kind::one_of: {
            const Typed x = type.held(a);
            const Typed y = type.held(b);
            if (x.value == nullptr || y.value == nullptr) return x.value == y.value;
            return x.type == y.type && equal(*x.type, x.value, y.value);
        }
        case Kind::adapted: return type.render(a) == type.render(b);
        case Kind::list: {
            const std::size_t count = type.count(a);
            if (count != type.count(b)) return false;
            const auto* x = static_cast<const char*>(type.first(a));
            const auto* y = static_cast<const char*>(type.first(b));
            for (std::size_t i = 0; i < count; ++i, x += type.size, y += type.size)
                if (!equal(*type.inner, x, y)) return false;
            return true;
        }
        case Kind::map: {
            const std::size_t count = type.count(a);
            if (count != type.count(b)) return false;
            const auto x = entries(type, a);
            const auto y = entries(type, b);
            return std::equal(x.begin(), x.end(), y.begin(), [&](const auto& one, const auto& other) {
                return one.first == other.first && equal(*type.inner, one.second, other.second);
            });
        }
        case Kind::structure: {
            const StructTable& table = type.table();
            const auto* x = static_cast<const char*>(a);
            const auto* y = static_cast<const char*>(b);
            for (const Field& field : table.members())
                if (!equal(*field.type, x + field.offset, y + field.offset)) return false;
            return !table.extra_offset || *reinterpret_cast<const Extra*>(x + *table.extra_offset) ==
                                              *reinterpret_cast<const Extra*>(y + *table.extra_offset);
        }
    }
    return false;
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
