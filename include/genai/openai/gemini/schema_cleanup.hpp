#pragma once

#include <string>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>
#include <genai/types/schema.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// How JSON Schema is brought into the words that Gemini's Schema has.
struct SchemaCleanup {
    bool ordering{false};       ///< writes propertyOrdering, for answers
    bool integer_enums{false};  ///< numbers may be enumerated, as texts
};

/// JSON Schema as Gemini's Schema, types in lower case: references are put in place, `null` becomes
/// `nullable`, `allOf` is merged, and what has no word goes into the description. Throws InvalidArgument with
/// `pointer` for what is no schema, nests too deeply, or refers to what is not there.
Tree cleaned_schema(const Tree& schema, const std::string& pointer, const SchemaCleanup& how);
/// The same, as the struct.
Schema gemini_schema(const Tree& schema, const std::string& pointer, const SchemaCleanup& how);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Cleans one schema. https://ai.google.dev/api/caching#Schema
class SchemaCleaner {
public:
    SchemaCleaner(const Tree& root, std::string pointer, const SchemaCleanup& how)
        : root_(root), pointer_(std::move(pointer)), how_(how) {}

    Tree clean(const Tree& schema, std::size_t depth = 0) {
        if (schema.is_boolean() && schema.get<bool>()) return {{"type", "object"}};
        if (!schema.is_object()) throw InvalidArgument(pointer_, "is no JSON Schema");
        if (depth > deepest) throw InvalidArgument(pointer_, "nests too deeply");
        if (++size_ > largest) throw InvalidArgument(pointer_, "is too large with its references in place");
        if (const Tree* const reference = find(schema, "$ref")) return resolved(schema, *reference, depth);
        if (const Tree* const all = find(schema, "allOf")) {
            const std::size_t open = open_.size();
            Tree made = clean(merged(schema, *all), depth + 1);
            open_.resize(open);
            return made;
        }
        for (const char* const key : {"anyOf", "oneOf"})
            if (const Tree* const some = find(schema, key); some != nullptr && some->is_array())
                return alternatives(schema, key, *some, depth);
        if (const Tree* const type = find(schema, "type")) {
            if (type->is_array()) return several_types(schema, *type, depth);
            if (!type->is_string()) throw InvalidArgument(pointer_, "has a type that is no word");
        }
        return plain(schema, depth);
    }

private:
    static constexpr std::size_t deepest = 100;
    static constexpr std::size_t largest = 10'000;  // schemas, each with what it refers to

    /// What a reference stands for, what stands beside it over that.
    Tree resolved(const Tree& schema, const Tree& reference, std::size_t depth) {
        const std::string name = name_of(reference);
        if (is_open(name)) return {{"type", "object"}};  // circular: one level less is said
        Tree whole = target_of(name);
        for (const auto& [key, value] : schema.items())
            if (key != "$ref") whole[key] = value;
        open_.push_back(name);
        Tree made = clean(whole, depth + 1);
        open_.pop_back();
        return made;
    }

    static std::string name_of(const Tree& reference) {
        return reference.is_string() ? reference.get<std::string>() : "";
    }
    bool is_open(const std::string& name) const {
        return std::find(open_.begin(), open_.end(), name) != open_.end();
    }
    /// The schema that is referred to.
    Tree target_of(const std::string& name) const {
        const Tree* target = nullptr;
        try {
            if (name == "#") target = &root_;
            else if (name.starts_with("#/")) target = &root_.at(Tree::json_pointer(name.substr(1)));
        } catch (const Tree::exception&) {  // said below
        }
        if (target == nullptr) throw InvalidArgument(pointer_, "refers to what is not there: " + name);
        if (*target == true) return {{"type", "object"}};
        if (!target->is_object()) throw InvalidArgument(pointer_, "refers to what is no schema: " + name);
        return *target;
    }

    /// One schema of all: properties and required members add up, else the first that says something counts.
    Tree merged(const Tree& schema, const Tree& all) {
        Tree whole = schema;
        whole.erase("allOf");
        if (!all.is_array()) throw InvalidArgument(pointer_, "has an allOf that is no list");
        for (const Tree& one : all) {
            Tree part = one;
            if (const Tree* const reference = find(one, "$ref")) {
                const std::string name = name_of(*reference);
                part = is_open(name) ? Tree{{"type", "object"}} : target_of(name);
                open_.push_back(name);
            }
            if (!part.is_object())
                throw InvalidArgument(pointer_, "has something in allOf that is no schema");
            add_to(whole, part);
        }
        return whole;
    }
    void add_to(Tree& whole, const Tree& part) const {
        for (const auto& [key, value] : part.items()) {
            if (!whole.contains(key)) {
                whole[key] = value;
            } else if (key == "properties") {
                if (!whole[key].is_object() || !value.is_object())
                    throw InvalidArgument(pointer_, "has properties that are no object");
                merge_tree(whole[key], value);
            } else if (key == "required") {
                if (!whole[key].is_array() || !value.is_array())
                    throw InvalidArgument(pointer_, "has a required that is no list");
                for (const Tree& name : value) whole[key].push_back(name);
            }
        }
    }

    /// `anyOf`, beside which nothing else may stand: members that do are part of each alternative.
    Tree alternatives(const Tree& schema, const char* key_of_some, const Tree& some, std::size_t depth) {
        bool nullable = is_set(schema, "nullable");
        Tree shared = Tree::object();
        if (find(schema, "properties") != nullptr)
            for (const auto& [key, value] : schema.items())
                if (key != key_of_some && !is_one_of(key, "title description nullable default"))
                    shared[key] = value;
        std::vector<Tree> kept;
        for (const Tree& one : some) {
            if (text_at(one, "type") == "null") nullable = true;
            else if (shared.empty()) kept.push_back(clean(one, depth + 1));
            else kept.push_back(clean(Tree{{"allOf", Tree::array({one, shared})}}, depth + 1));
        }
        if (kept.empty()) return {{"nullable", true}};
        Tree list = Tree::array();
        for (Tree& one : kept) {
            if (nullable) one["nullable"] = true;
            for (const char* const key : {"title", "description"})
                if (const Tree* const said = find(schema, key); said != nullptr && !one.contains(key))
                    one[key] = *said;
            list.push_back(std::move(one));
        }
        return {{"anyOf", std::move(list)}};
    }

    /// A list of types, as alternatives; one that is alone, as itself.
    Tree several_types(const Tree& schema, const Tree& types, std::size_t depth) {
        Tree rest = schema;
        rest.erase("type");
        if (types.size() == 1) {
            rest["type"] = types.front();
            return clean(rest, depth + 1);
        }
        Tree some = Tree::array();
        for (const Tree& type : types) {
            Tree one{{"type", type}};
            for (const auto& [key, value] : rest.items())
                if (!is_one_of(key, "title description nullable default") && belongs(key, type))
                    one[key] = value;
            some.push_back(std::move(one));
        }
        Tree whole{{"anyOf", std::move(some)}};
        for (const char* const key : {"title", "description", "nullable"})
            if (const Tree* const said = find(rest, key)) whole[key] = *said;
        return clean(whole, depth + 1);
    }

    /// Whether a keyword says something of values of a type.
    static bool belongs(std::string_view key, const Tree& type) {
        if (is_one_of(key, "items prefixItems minItems maxItems")) return type == "array";
        if (is_one_of(key, "properties required minProperties maxProperties")) return type == "object";
        if (is_one_of(key, "pattern minLength maxLength")) return type == "string";
        if (is_one_of(key, "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"))
            return type == "number" || type == "integer";
        return true;
    }

    Tree plain(const Tree& schema, std::size_t depth) {
        Tree made = Tree::object();
        for (const auto& [key, value] : schema.items()) {
            if (is_one_of(key,
                          "type title description nullable default minItems maxItems required "
                          "minProperties maxProperties minimum maximum minLength maxLength pattern "
                          "example propertyOrdering"))
                made[key] = value;
            else if (key == "format" && value.is_string() &&
                     is_one_of(value.get_ref<const std::string&>(),
                               "enum date-time double float int32 int64"))
                made[key] = value;
            else if (key == "properties" && value.is_object()) add_properties(made, value, depth);
            else if (key == "items" || key == "prefixItems") add_items(made, schema, depth);
        }
        const Tree* const values = find(schema, "enum");
        Tree constant = Tree::array();
        if (const Tree* const only = find(schema, "const")) constant.push_back(*only);
        const Tree& allowed =
            !constant.empty() || values == nullptr || !values->is_array() ? constant : *values;
        if (!made.contains("type") && kinds_of(allowed).size() > 1) return mixed(made, allowed, depth);
        if (!allowed.empty()) add_values(made, allowed);
        if (!made.contains("type")) made["type"] = made.contains("items") ? "array" : "object";
        if (made["type"] == "array" && !made.contains("items")) made["items"] = {{"type", "object"}};
        if (made["type"] == "object" && !made.contains("properties")) made.erase("required");
        add_notes(made, schema);
        return made;
    }

    void add_properties(Tree& made, const Tree& properties, std::size_t depth) {
        if (properties.empty()) return;
        if (!made.contains("type")) made["type"] = "object";
        Tree all = Tree::object();
        Tree order = Tree::array();
        for (const auto& [name, value] : properties.items()) {
            all[name] = clean(value, depth + 1);
            order.push_back(name);
        }
        made["properties"] = std::move(all);
        if (how_.ordering && !made.contains("propertyOrdering")) made["propertyOrdering"] = std::move(order);
    }

    void add_items(Tree& made, const Tree& schema, std::size_t depth) {
        if (made.contains("items")) return;
        const Tree* const each = find(schema, "items");
        const Tree* const in_order = find(schema, "prefixItems");
        if (each != nullptr && each->is_object() && !each->empty()) {
            made["items"] = clean(*each, depth + 1);
        } else if (in_order != nullptr && in_order->is_array() && !in_order->empty()) {
            Tree some = Tree::array();
            for (const Tree& one : *in_order) some.push_back(clean(one, depth + 1));
            made["items"] = {{"anyOf", std::move(some)}};
        } else {
            made["items"] = {{"type", "object"}};
        }
    }

    /// The type that a value is of.
    static std::string_view kind_of(const Tree& value) {
        return value.is_string()           ? "string"
               : value.is_boolean()        ? "boolean"
               : value.is_number_integer() ? "integer"
               : value.is_number()         ? "number"
               : value.is_array()          ? "array"
                                           : "object";
    }
    /// The types that values are of, `null` aside.
    static std::vector<std::string_view> kinds_of(const Tree& values) {
        std::vector<std::string_view> kinds;
        for (const Tree& value : values)
            if (!value.is_null() && std::find(kinds.begin(), kinds.end(), kind_of(value)) == kinds.end())
                kinds.push_back(kind_of(value));
        if (kinds.size() == 2 && is_one_of(kinds[0], "integer number") &&
            is_one_of(kinds[1], "integer number"))
            return {"number"};
        return kinds;
    }
    /// Values of several types, as alternatives.
    Tree mixed(const Tree& said, const Tree& values, std::size_t depth) {
        Tree some = Tree::array();
        for (const std::string_view kind : kinds_of(values)) {
            Tree one{{"enum", Tree::array()}};
            for (const Tree& value : values)
                if (!value.is_null() && kind_of(value) == kind) one["enum"].push_back(value);
            some.push_back(std::move(one));
        }
        Tree whole = said;
        whole["anyOf"] = std::move(some);
        if (has_null(values)) whole["nullable"] = true;
        return clean(whole, depth + 1);
    }
    static bool has_null(const Tree& values) {
        return std::any_of(values.begin(), values.end(), [](const Tree& value) { return value.is_null(); });
    }

    /// The values that are allowed: texts in `enum`, others in words.
    void add_values(Tree& made, const Tree& values) {
        if (values.size() > 1 && has_null(values)) made["nullable"] = true;
        Tree texts = Tree::array();
        std::string others;
        for (const Tree& value : values) {
            if (value.is_string() && !value.get_ref<const std::string&>().empty()) texts.push_back(value);
            else if (!value.is_string() && !value.is_null())
                others += (others.empty() ? "" : ", ") + write_tree(value);
        }
        const std::string type(text_at(made, "type"));
        if (others.empty()) {
            if (!texts.empty() && (type.empty() || type == "string")) {
                made["type"] = "string";
                made["enum"] = std::move(texts);
            }
            return;
        }
        if (type.empty()) made["type"] = std::string(kinds_of(values).front());
        if (how_.integer_enums && made["type"] == "integer") {
            for (const Tree& value : values)
                if (!value.is_null()) texts.push_back(write_tree(value));
            made["enum"] = std::move(texts);
        } else {
            add_note(made, (values.size() == 1 ? "Always " : "One of ") + others + '.');
        }
    }

    /// What Gemini's Schema has no keyword for.
    static void add_notes(Tree& made, const Tree& schema) {
        for (const auto& [key, words] :
             {std::pair("exclusiveMinimum", "Greater than "), std::pair("exclusiveMaximum", "Less than "),
              std::pair("multipleOf", "A multiple of ")})
            if (const Tree* const value = find(schema, key); value != nullptr && value->is_number())
                add_note(made, words + write_tree(*value) + '.');
    }

    static void add_note(Tree& made, const std::string& note) {
        const std::string said(text_at(made, "description"));
        made["description"] = said.empty() ? note : said + ' ' + note;
    }

    const Tree& root_;
    std::string pointer_;
    SchemaCleanup how_;
    std::vector<std::string> open_{};  // references within which we are
    std::size_t size_{0};              // schemas so far
};

GENAI_INLINE Tree cleaned_schema(const Tree& schema, const std::string& pointer, const SchemaCleanup& how) {
    return SchemaCleaner(schema, pointer, how).clean(schema);
}

GENAI_INLINE Schema gemini_schema(const Tree& schema, const std::string& pointer, const SchemaCleanup& how) {
    try {
        return decode<Schema>(write_tree(cleaned_schema(schema, pointer, how)));
    } catch (const DecodeError& problem) {
        throw InvalidArgument(pointer + problem.pointer(), problem.problem());
    }
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
