#pragma once

#include <genai/config.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The JSON Schema of a type.
RawJson json_schema(const wire::Type& type);
/// The JSON Schema of an object with these members.
RawJson json_schema(const wire::StructTable& table);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/note.hpp>

namespace genai::inline GENAI_ABI::detail {

/// An object of a JSON Schema, its members in the order they are put in.
class SchemaObject {
public:
    SchemaObject() = default;
    /// One that says the type.
    explicit SchemaObject(const char* type) { put("type", std::string(type)); }

    /// Puts a member of any kind `encode` takes.
    template <class T>
    SchemaObject& put(std::string_view name, const T& value) {
        members_.set(name, RawJson::from(value));
        return *this;
    }
    SchemaObject& put(std::string_view name, const SchemaObject& value) { return put(name, value.members_); }
    SchemaObject& put(std::string_view name, const std::vector<SchemaObject>& values) {
        std::vector<RawJson> texts;
        for (const SchemaObject& value : values) texts.push_back(value.text());
        return put(name, texts);
    }
    bool empty() const noexcept { return members_.empty(); }
    RawJson text() const { return RawJson::from(members_); }

private:
    Dict<RawJson> members_{};
};

/// Makes a JSON Schema of a type's tables. A recursive struct becomes a definition.
class SchemaMaker {
public:
    RawJson document(const wire::Type& type) { return with_definitions(make(type, nullptr)); }
    RawJson document(const wire::StructTable& table) { return with_definitions(structure(table)); }

private:
    RawJson with_definitions(SchemaObject root) const {
        if (!definitions_.empty()) root.put("$defs", definitions_);
        return root.text();
    }

    static std::string short_name(const wire::StructTable& table) {
        std::string_view whole =
            table.maker;  // "... struct_table() [with T = app::Node]", or "... struct_table<app::Node>(void)"
        const auto with = whole.find("T = ");
        if (with != std::string_view::npos) {
            whole.remove_prefix(with + 4);
            whole = whole.substr(0, whole.find_first_of(";]"));
        } else if (const auto open = whole.find("struct_table<"); open != std::string_view::npos) {
            whole.remove_prefix(open + 13);
            whole = whole.substr(0, whole.rfind('>'));
        }
        // app::Tree<std::__cxx11::basic_string<char> > is Tree_string
        std::string name;
        std::string word;
        std::size_t begin = 0;  // of the name that is read now, in `name`
        const auto end_word = [&] {
            if (word == "basic_string") word = "string";
            const bool said = word.empty() || word == "struct" || word == "class" || word == "char" ||
                              word == "char_traits" || word == "allocator";
            if (!said) name += (name.empty() ? "" : "_") + word;
            word.clear();
        };
        for (const char c : whole) {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
                word += c;
            } else if (c == ':') {  // what stands before it is a namespace
                word.clear();
                name.resize(begin);
            } else {
                end_word();
                if (c == '<' || c == ',') begin = name.size();
            }
        }
        end_word();
        return name.empty() ? "Struct" : name;
    }

    /// The schema of a type, with what a note says of it.
    SchemaObject make(const wire::Type& type, const Note* note) {
        SchemaObject schema = plain(type, note);
        if (note == nullptr) return schema;
        if (!note->description.empty()) schema.put("description", note->description);
        if (type.kind == wire::Kind::list) {
            if (note->min_items) schema.put("minItems", *note->min_items);
            if (note->max_items) schema.put("maxItems", *note->max_items);
            return schema;
        }
        // whose bounds are their values'
        if (type.kind == wire::Kind::map || type.kind == wire::Kind::one_of) return schema;
        put_number(schema, "minimum", note->minimum);
        put_number(schema, "maximum", note->maximum);
        if (note->min_length) schema.put("minLength", *note->min_length);
        if (note->max_length) schema.put("maxLength", *note->max_length);
        if (!note->pattern.empty()) schema.put("pattern", note->pattern);
        if (!note->format.empty()) schema.put("format", note->format);
        return schema;
    }

    /// An alternative with those bounds that mean something to it.
    SchemaObject bounded(const wire::Type& type, Note note) {
        const bool number = type.kind == wire::Kind::integer || type.kind == wire::Kind::real;
        const bool text = type.kind == wire::Kind::text;
        if (!number) note.minimum = note.maximum = std::nullopt;
        if (!text) {
            note.min_length = note.max_length = std::nullopt;
            note.pattern.clear();
            note.format.clear();
        }
        return make(type, &note);
    }

    SchemaObject plain(const wire::Type& type, const Note* note) {
        switch (type.kind) {
            case wire::Kind::boolean:
            case wire::Kind::flag: return SchemaObject("boolean");
            case wire::Kind::integer:
            case wire::Kind::integer_text:
            case wire::Kind::milliseconds: {
                SchemaObject schema("integer");
                if (type.kind != wire::Kind::milliseconds && !type.is_signed) schema.put("minimum", 0);
                return schema;
            }
            case wire::Kind::real: return SchemaObject("number");
            case wire::Kind::timestamp: return SchemaObject("string").put("format", std::string("date-time"));
            case wire::Kind::text:
            case wire::Kind::bytes:
            case wire::Kind::enumeration:
            case wire::Kind::duration: return SchemaObject("string");
            case wire::Kind::choice: {
                std::vector<std::string> texts;
                for (const wire::Choice& one : type.choices()) texts.emplace_back(one.text);
                return SchemaObject("string").put("enum", texts);
            }
            case wire::Kind::nullable:
                return SchemaObject().put("anyOf",
                                          std::vector{make(*type.inner, nullptr), SchemaObject("null")});
            case wire::Kind::list: {
                const Note elements = note == nullptr ? Note{} : wire::of_elements(*note);
                return SchemaObject("array").put("items", make(*type.inner, &elements));
            }
            case wire::Kind::map: {
                const Note values = note == nullptr ? Note{} : wire::of_elements(*note);
                return SchemaObject("object").put("additionalProperties", make(*type.inner, &values));
            }
            case wire::Kind::one_of: {
                std::vector<SchemaObject> any;
                const Note values = note == nullptr ? Note{} : wire::of_elements(*note);
                for (const wire::Type* one : type.alternatives) any.push_back(bounded(*one, values));
                return any.empty() ? SchemaObject() : SchemaObject().put("anyOf", any);
            }
            case wire::Kind::structure: return structure(type.table());
            case wire::Kind::adapted: return plain(*type.inner, note);
            case wire::Kind::json:
            case wire::Kind::raw: return {};
        }
        return {};
    }

    static void put_number(SchemaObject& schema, const char* name, const std::optional<double>& value) {
        if (!value) return;
        const bool whole = std::fabs(*value) < 9007199254740992.0 && *value == std::trunc(*value);
        if (whole) schema.put(name, static_cast<std::int64_t>(*value));
        else schema.put(name, *value);
    }

    /// The name of a struct's definition; one that another struct has gets a number.
    std::string definition_name(const wire::StructTable& table) {
        const std::string plain = short_name(table);
        std::string name = plain;
        for (int i = 2; names_.contains(name) && names_[name] != &table; ++i)
            name = plain + std::to_string(i);
        names_[name] = &table;
        return name;
    }

    SchemaObject reference(const wire::StructTable& table) {
        return SchemaObject().put("$ref", "#/$defs/" + definition_name(table));
    }

    SchemaObject structure(const wire::StructTable& table) {
        const auto open =
            std::find_if(open_.begin(), open_.end(), [&](const Open& one) { return one.table == &table; });
        if (open != open_.end()) open->named = true;
        if (open != open_.end() || defined_.contains(&table)) return reference(table);
        open_.push_back({&table});
        SchemaObject schema("object");
        if (!table.description.empty()) schema.put("description", std::string(table.description));
        SchemaObject properties;
        std::vector<std::string> required;
        for (const wire::Field& field : table.members()) {
            const bool optional = field.type->kind == wire::Kind::nullable;
            const bool nullable = optional && field.must_be_there();  // it must be there, and may be null
            SchemaObject member = make(optional ? *field.type->inner : *field.type, field.note.get());
            if (nullable)
                member = SchemaObject().put("anyOf", std::vector{std::move(member), SchemaObject("null")});
            properties.put(field.name, member);
            if (field.must_be_there()) required.emplace_back(field.name);
        }
        schema.put("properties", properties);
        if (!required.empty()) schema.put("required", required);
        const bool named = open_.back().named;
        open_.pop_back();
        if (!named) return schema;
        const SchemaObject named_so = reference(table);
        defined_.insert(&table);
        definitions_.put(definition_name(table), schema);
        return named_so;
    }

    struct Open {
        const wire::StructTable* table{};
        bool named{false};
    };

    std::vector<Open> open_{};
    std::map<std::string, const wire::StructTable*> names_{};
    std::set<const wire::StructTable*> defined_{};
    SchemaObject definitions_{};
};

GENAI_INLINE RawJson json_schema(const wire::Type& type) { return SchemaMaker().document(type); }
GENAI_INLINE RawJson json_schema(const wire::StructTable& table) { return SchemaMaker().document(table); }

}  // namespace genai::inline GENAI_ABI::detail

#endif
