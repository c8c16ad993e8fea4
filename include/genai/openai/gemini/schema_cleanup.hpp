#pragma once

#include <string>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

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

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>

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
        if (const Tree* const reference = find(schema, "$ref")) return resolved(schema, *reference, depth);
        if (const Tree* const all = find(schema, "allOf")) return clean(merged(schema, *all), depth + 1);
        for (const char* const key : {"anyOf", "oneOf"})
            if (const Tree* const some = find(schema, key); some != nullptr && some->is_array())
                return alternatives(schema, *some, depth);
        if (const Tree* const type = find(schema, "type"); type != nullptr && type->is_array())
            return several_types(schema, *type, depth);
        return plain(schema, depth);
    }

private:
    static constexpr std::size_t deepest = 100;

    /// What a reference stands for, what stands beside it over that.
    Tree resolved(const Tree& schema, const Tree& reference, std::size_t depth) {
        const std::string name = reference.is_string() ? reference.get<std::string>() : "";
        for (const std::string& open : open_)
            if (open == name) return {{"type", "object"}};  // circular: one level less is said
        const Tree* target = nullptr;
        try {
            if (name == "#") target = &root_;
            else if (name.starts_with("#/")) target = &root_.at(Tree::json_pointer(name.substr(1)));
        } catch (const Tree::exception&) {  // said below
        }
        if (target == nullptr) throw InvalidArgument(pointer_, "refers to what is not there: " + name);
        Tree whole = *target;
        for (const auto& [key, value] : schema.items())
            if (key != "$ref") whole[key] = value;
        open_.push_back(name);
        Tree made = clean(whole, depth + 1);
        open_.pop_back();
        return made;
    }

    /// One schema of all: properties and required members add up, else the first that says something counts.
    Tree merged(const Tree& schema, const Tree& all) {
        Tree whole = schema;
        whole.erase("allOf");
        for (const Tree& one : all) {
            Tree part = one;
            if (const Tree* const reference = find(one, "$ref")) {
                const std::string name = reference->get<std::string>();
                if (!name.starts_with("#/") || !root_.contains(Tree::json_pointer(name.substr(1))))
                    throw InvalidArgument(pointer_, "refers to what is not there: " + name);
                part = root_.at(Tree::json_pointer(name.substr(1)));
            }
            if (!part.is_object())
                throw InvalidArgument(pointer_, "has something in allOf that is no schema");
            for (const auto& [key, value] : part.items()) {
                if (key == "properties" && whole.contains(key)) merge_tree(whole[key], value);
                else if (key == "required" && whole.contains(key))
                    whole[key].insert(whole[key].end(), value.begin(), value.end());
                else if (!whole.contains(key)) whole[key] = value;
            }
        }
        return whole;
    }

    /// `anyOf`, beside which nothing else may stand.
    Tree alternatives(const Tree& schema, const Tree& some, std::size_t depth) {
        bool nullable = is_set(schema, "nullable");
        std::vector<Tree> kept;
        for (const Tree& one : some) {
            if (text_at(one, "type") == "null") nullable = true;
            else kept.push_back(clean(one, depth + 1));
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
        if (const Tree* const constant = find(schema, "const")) add_values(made, Tree::array({*constant}));
        if (const Tree* const values = find(schema, "enum"); values != nullptr && values->is_array())
            add_values(made, *values);
        if (!made.contains("type")) made["type"] = "object";
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

    /// The values that are allowed: texts in `enum`, others in words.
    void add_values(Tree& made, const Tree& values) {
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
        if (type.empty())
            made["type"] = values.front().is_boolean()          ? "boolean"
                           : values.front().is_number_integer() ? "integer"
                                                                : "number";
        if (how_.integer_enums && made["type"] == "integer") {
            for (const Tree& value : values) texts.push_back(write_tree(value));
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
};

GENAI_INLINE Tree cleaned_schema(const Tree& schema, const std::string& pointer, const SchemaCleanup& how) {
    return SchemaCleaner(schema, pointer, how).clean(schema);
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
