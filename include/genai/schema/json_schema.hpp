#pragma once

#include <genai/config.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::detail {

/// The JSON Schema of a type.
nlohmann::ordered_json json_schema(const wire::Type& type);
/// The JSON Schema of an object with these members.
nlohmann::ordered_json json_schema(const wire::StructTable& table);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Makes a JSON Schema of a type's tables. A struct that is met within itself becomes a definition.
class SchemaMaker {
public:
    using Tree = nlohmann::ordered_json;

    Tree document(const wire::Type& type) { return with_definitions(make(type)); }
    Tree document(const wire::StructTable& table) { return with_definitions(structure(table)); }

private:
    Tree with_definitions(Tree root) const {
        if (definitions_.empty()) return root;
        root["$defs"] = definitions_;
        return root;
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
        const auto colon = whole.rfind(':');
        if (colon != std::string_view::npos) whole.remove_prefix(colon + 1);
        if (const auto blank = whole.rfind(' '); blank != std::string_view::npos)
            whole.remove_prefix(blank + 1);
        std::string name;
        for (const char c : whole) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        return name.empty() ? "Struct" : name;
    }

    Tree make(const wire::Type& type) {
        switch (type.kind) {
            case wire::Kind::boolean: return {{"type", "boolean"}};
            case wire::Kind::integer:
            case wire::Kind::integer_text:
            case wire::Kind::milliseconds: {
                Tree schema{{"type", "integer"}};
                if (type.kind != wire::Kind::milliseconds && !type.is_signed) schema["minimum"] = 0;
                return schema;
            }
            case wire::Kind::real: return {{"type", "number"}};
            case wire::Kind::timestamp: return {{"type", "string"}, {"format", "date-time"}};
            case wire::Kind::text:
            case wire::Kind::bytes:
            case wire::Kind::enumeration:
            case wire::Kind::duration: return {{"type", "string"}};
            case wire::Kind::choice: {
                Tree texts = Tree::array();
                for (const wire::Choice& one : type.choices()) texts.push_back(one.text);
                return {{"type", "string"}, {"enum", std::move(texts)}};
            }
            case wire::Kind::nullable:
                return {{"anyOf", Tree::array({make(*type.inner), Tree{{"type", "null"}}})}};
            case wire::Kind::list: return {{"type", "array"}, {"items", make(*type.inner)}};
            case wire::Kind::map: return {{"type", "object"}, {"additionalProperties", make(*type.inner)}};
            case wire::Kind::one_of: {
                Tree any = Tree::array();
                for (const wire::Type* one : type.alternatives) any.push_back(make(*one));
                return any.empty() ? Tree::object() : Tree{{"anyOf", std::move(any)}};
            }
            case wire::Kind::structure: return structure(type.table());
            case wire::Kind::json:
            case wire::Kind::raw: return Tree::object();
        }
        return Tree::object();
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

    Tree structure(const wire::StructTable& table) {
        const auto open =
            std::find_if(open_.begin(), open_.end(), [&](const Open& one) { return one.table == &table; });
        if (open != open_.end()) open->named = true;
        if (open != open_.end() || defined_.contains(&table))
            return {{"$ref", "#/$defs/" + definition_name(table)}};
        open_.push_back({&table});
        Tree schema{{"type", "object"}};
        if (!table.description.empty()) schema["description"] = table.description;
        Tree& properties = schema["properties"] = Tree::object();
        Tree required = Tree::array();
        for (const wire::Field& field : table.members()) {
            const wire::Type& type =
                field.type->kind == wire::Kind::nullable ? *field.type->inner : *field.type;
            Tree member = make(type);
            if (field.note) note(member, *field.note);
            properties[std::string(field.name)] = std::move(member);
            if (field.must_be_there()) required.push_back(field.name);
        }
        if (!required.empty()) schema["required"] = std::move(required);
        const bool named = open_.back().named;
        open_.pop_back();
        if (!named) return schema;
        const std::string name = definition_name(table);
        defined_.insert(&table);
        definitions_[name] = std::move(schema);
        return {{"$ref", "#/$defs/" + name}};
    }

    static void note(Tree& schema, const Note& note) {
        if (schema.contains("items")) {
            if (!note.description.empty()) schema["description"] = note.description;
            if (note.min_items) schema["minItems"] = *note.min_items;
            if (note.max_items) schema["maxItems"] = *note.max_items;
            return SchemaMaker::note(schema["items"], wire::of_elements(note));
        }
        const auto put = [&schema](const char* name, const auto& value) {
            if (value) schema[name] = *value;
        };
        const auto put_number = [&schema](const char* name, const std::optional<double>& value) {
            if (!value) return;
            const bool whole = std::fabs(*value) < 9007199254740992.0 && *value == std::trunc(*value);
            if (whole) schema[name] = static_cast<std::int64_t>(*value);
            else schema[name] = *value;
        };
        if (!note.description.empty()) schema["description"] = note.description;
        put_number("minimum", note.minimum);
        put_number("maximum", note.maximum);
        put("minLength", note.min_length);
        put("maxLength", note.max_length);
        if (!note.pattern.empty()) schema["pattern"] = note.pattern;
        if (!note.format.empty()) schema["format"] = note.format;
    }

    struct Open {
        const wire::StructTable* table{};
        bool named{false};
    };

    std::vector<Open> open_{};
    std::map<std::string, const wire::StructTable*> names_{};
    std::set<const wire::StructTable*> defined_{};
    Tree definitions_ = Tree::object();
};

GENAI_INLINE nlohmann::ordered_json json_schema(const wire::Type& type) {
    return SchemaMaker().document(type);
}
GENAI_INLINE nlohmann::ordered_json json_schema(const wire::StructTable& table) {
    return SchemaMaker().document(table);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
