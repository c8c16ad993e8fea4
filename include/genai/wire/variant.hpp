#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <genai/config.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::wire {

/// The alternative that a JSON text is: of those that it may be at the first look, the one that reads it
/// whole with the fewest members left over, the first of several. Nothing when it can be none. `make` puts a
/// fresh value of an alternative into `variant`.
std::optional<std::size_t> best_alternative(std::span<const Type* const> types, std::string_view text,
                                            unsigned trials, void* variant,
                                            void* (*make)(void* variant, std::size_t index));

/// Whether a well-formed JSON text may be a value of `type`: by its first character, a text by whether it is
/// one of an enum's, an object by whether it has what must be there, a list by its first element that is not
/// null.
bool fits(const Type& type, std::string_view text);

template <class... Alternatives>
struct TypeOf<std::variant<Alternatives...>> {
    using Variant = std::variant<Alternatives...>;
    static constexpr const Type* types[] = {&type_of<Alternatives>...};

    template <std::size_t... I>
    static void* emplace(Variant& value, std::size_t index, std::index_sequence<I...>) {
        void* made = nullptr;
        static_cast<void>(((I == index && (made = &value.template emplace<I>(), true)) || ...));
        return made;
    }

    static constexpr Type make() {
        return {.kind = Kind::one_of,
                .clear = [](void* at) { *static_cast<Variant*>(at) = Variant(); },
                .alternatives = types,
                .choose = [](void* at, std::string_view text, unsigned trials) -> Typed {
                    const auto make = [](void* variant, std::size_t index) {
                        return emplace(*static_cast<Variant*>(variant), index,
                                       std::index_sequence_for<Alternatives...>());
                    };
                    const auto index = best_alternative(types, text, trials, at, make);
                    if (!index) return {};
                    return {types[*index], make(at, *index)};
                },
                .held = [](const void* at) -> Typed {
                    const auto& value = *static_cast<const Variant*>(at);
                    if (value.valueless_by_exception()) return {};
                    return {types[value.index()],
                            std::visit(
                                [](const auto& held) -> void* {
                                    return const_cast<void*>(static_cast<const void*>(&held));
                                },
                                value)};
                }};
    }
};

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

#include <genai/wire/document.hpp>
#include <genai/wire/reader.hpp>

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE std::optional<std::size_t> best_alternative(std::span<const Type* const> types,
                                                         std::string_view text, unsigned trials,
                                                         void* variant,
                                                         void* (*make)(void* variant, std::size_t index)) {
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < types.size(); ++i)
        if (fits(*types[i], text)) candidates.push_back(i);
    if (candidates.empty()) return std::nullopt;
    if (candidates.size() == 1 || trials == 0) return candidates.front();
    std::optional<std::size_t> best;
    std::optional<std::size_t> fewest;
    for (const std::size_t index : candidates) {
        const auto left = Reader(text).trial(*types[index], make(variant, index), trials - 1);
        if (!left || (fewest && *left >= *fewest)) continue;
        fewest = left;
        best = index;
    }
    return best ? best : candidates.front();  // whose reader says what is wrong
}

GENAI_INLINE bool fits(const Type& type, std::string_view text) {
    const char first = text.empty() ? '\0' : text.front();
    switch (type.kind) {
        case Kind::boolean:
        case Kind::flag: return first == 't' || first == 'f';
        case Kind::integer:
        case Kind::milliseconds:
            return (first == '-' || (first >= '0' && first <= '9')) &&
                   text.find_first_of(".eE") == std::string_view::npos;
        case Kind::real: return first == '-' || (first >= '0' && first <= '9');
        case Kind::choice: {
            if (first != '"') return false;
            const auto& all = type.choices();
            return std::any_of(all.begin(), all.end(), [&](const Choice& one) {
                return text.size() == one.text.size() + 2 && text.substr(1, one.text.size()) == one.text;
            });
        }
        case Kind::integer_text:
        case Kind::text:
        case Kind::bytes:
        case Kind::enumeration:
        case Kind::duration:
        case Kind::timestamp: return first == '"';
        case Kind::adapted: return fits(*type.inner, text);
        case Kind::nullable: return first == 'n' || fits(*type.inner, text);
        case Kind::list: {
            if (first != '[') return false;
            constexpr std::string_view between = " \t\r\n,";
            auto at = text.find_first_not_of(between, 1);
            while (text.substr(at).starts_with("null")) at = text.find_first_not_of(between, at + 4);
            return text[at] == ']' || fits(*type.inner, first_value(text.substr(at)));
        }
        case Kind::map: return first == '{';
        case Kind::structure: {
            if (first != '{') return false;
            const StructTable& table = type.table();
            return table.sparse() ||
                   std::all_of(table.members().begin(), table.members().end(), [&](const Field& field) {
                       return !field.must_be_there() || !member_text(text, field.name).empty();
                   });
        }
        case Kind::one_of:
            return type.alternatives.empty() ||
                   std::any_of(type.alternatives.begin(), type.alternatives.end(),
                               [&](const Type* one) { return fits(*one, text); });
        case Kind::json:
        case Kind::raw: return true;
    }
    return false;
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
