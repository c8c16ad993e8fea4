#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::testing {

/// Makes values that fit a schema, JSON Schema or the API's own, always the same ones. Words for free strings
/// come from a hint, such as a prompt: its capitalised words first.
class InstanceMaker {
public:
    using Tree = nlohmann::ordered_json;

    /// `root` is where `$ref` looks; both must outlive the maker.
    InstanceMaker(const Tree& root, std::string_view hint) : root_(root) {
        std::vector<std::string> plain;
        std::string word;
        bool first = true;
        const auto end_word = [&] {
            if (word.empty()) return;
            const bool proper = !first && word.front() >= 'A' && word.front() <= 'Z';
            (proper ? words_ : plain).push_back(std::exchange(word, {}));
            first = false;
        };
        for (const char c : hint) {
            if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)
                word += c;
            else end_word();
        }
        end_word();
        words_.insert(words_.end(), plain.begin(), plain.end());
        if (words_.empty()) words_.emplace_back("example");
    }

    /// A value that fits the root.
    Tree make() { return make(root_, 0); }
    /// A value that fits `schema`, a part of the root.
    Tree make(const Tree& schema) { return make(schema, 0); }

private:
    static const Tree* member(const Tree& object, const char* name) {
        const auto at = object.find(name);
        return at == object.end() || at->is_null() ? nullptr : &*at;
    }

    static std::int64_t whole(const Tree& object, const char* name, std::int64_t otherwise) {
        const Tree* value = member(object, name);
        if (value == nullptr) return otherwise;
        if (value->is_string()) return std::stoll(value->get<std::string>());  // the API's 64-bit numbers
        return value->is_number() ? value->get<std::int64_t>() : otherwise;
    }

    const Tree& resolve(const Tree& schema) const {
        const Tree* at = &schema;
        for (int hops = 0; hops < 16; ++hops) {
            const Tree* reference = at->is_object() ? member(*at, "$ref") : nullptr;
            if (reference == nullptr || !reference->is_string()) break;
            const std::string& pointer = reference->get_ref<const std::string&>();
            if (pointer != "#" && !pointer.starts_with("#/")) break;
            const nlohmann::json::json_pointer where(pointer.substr(1));
            const nlohmann::ordered_json::json_pointer place(where.to_string());
            if (!root_.contains(place)) break;
            at = &root_.at(place);
        }
        return *at;
    }

    std::string type_of(const Tree& schema) const {
        if (const Tree* type = member(schema, "type")) {
            const Tree* named = type;
            if (type->is_array()) {
                for (const Tree& entry : *type)
                    if (entry != "null") {
                        named = &entry;
                        break;
                    }
                if (named->is_array()) return "null";
            }
            if (named->is_string()) {
                std::string name = named->get<std::string>();
                std::transform(name.begin(), name.end(), name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
                return name;
            }
        }
        if (member(schema, "properties") != nullptr) return "object";
        if (member(schema, "items") != nullptr || member(schema, "prefixItems") != nullptr) return "array";
        return "string";
    }

    Tree make(const Tree& given, int depth) {
        const Tree& schema = resolve(given);
        if (!schema.is_object()) return "any";  // `true` fits everything
        if (depth > 64) return nullptr;         // no finite instance
        for (const char* name : {"const", "example", "default"})
            if (const Tree* value = member(schema, name)) return *value;
        if (const Tree* values = member(schema, "enum");
            values != nullptr && values->is_array() && !values->empty())
            return values->front();
        for (const char* name : {"anyOf", "oneOf"})
            if (const Tree* options = member(schema, name);
                options != nullptr && options->is_array() && !options->empty()) {
                // the last that is not null ends recursion where the first would not
                const Tree& chosen = depth > 4 ? options->back() : options->front();
                return make(chosen, depth + 1);
            }
        if (const Tree* all = member(schema, "allOf"); all != nullptr && all->is_array() && !all->empty()) {
            Tree merged = schema;
            merged.erase("allOf");
            for (const Tree& one : *all) merged.merge_patch(resolve(one));
            return make(merged, depth + 1);
        }
        const std::string type = type_of(schema);
        if (type == "object") return object(schema, depth);
        if (type == "array") return array(schema, depth);
        if (type == "integer" || type == "number") return number(schema, type == "integer");
        if (type == "boolean") return true;
        if (type == "null") return nullptr;
        return text(schema);
    }

    Tree object(const Tree& schema, int depth) {
        Tree made = Tree::object();
        const Tree* required = member(schema, "required");
        const auto is_required = [required](const std::string& name) {
            return required != nullptr && required->is_array() &&
                   std::find(required->begin(), required->end(), name) != required->end();
        };
        if (const Tree* properties = member(schema, "properties"))
            for (const auto& [name, property] : properties->items())
                if (depth < 6 || is_required(name)) {
                    made[name] = make(property, depth + 1);
                }
        if (required != nullptr && required->is_array())
            for (const Tree& name : *required)
                if (name.is_string() && !made.contains(name.get<std::string>()))
                    made[name.get<std::string>()] = "any";
        return made;
    }

    Tree array(const Tree& schema, int depth) {
        Tree made = Tree::array();
        if (const Tree* prefix = member(schema, "prefixItems"); prefix != nullptr && prefix->is_array())
            for (const Tree& item : *prefix) made.push_back(make(item, depth + 1));
        const Tree* items = member(schema, "items");
        const auto least = whole(schema, "minItems", depth < 5 && items != nullptr ? 1 : 0);
        const auto most = whole(schema, "maxItems", 1000);
        while (static_cast<std::int64_t>(made.size()) < (std::min)(least, most)) {
            Tree value = items == nullptr ? Tree("any") : make(*items, depth + 1);
            if (const Tree* unique = member(schema, "uniqueItems"); unique != nullptr && *unique == true) {
                if (value.is_string())
                    value = value.get<std::string>() + (made.empty() ? "" : std::to_string(made.size()));
                else if (value.is_number_integer())
                    value = value.get<std::int64_t>() + static_cast<std::int64_t>(made.size());
            }
            made.push_back(std::move(value));
        }
        return made;
    }

    static Tree number(const Tree& schema, bool integral) {
        double value = 1;
        const Tree* least = member(schema, "minimum");
        const Tree* above = member(schema, "exclusiveMinimum");
        const Tree* most = member(schema, "maximum");
        const Tree* below = member(schema, "exclusiveMaximum");
        if (most != nullptr && most->is_number()) value = (std::min)(value, most->get<double>());
        if (below != nullptr && below->is_number())
            value = (std::min)(value, below->get<double>() - (integral ? 1 : 0.5));
        if (least != nullptr && least->is_number()) value = (std::max)(value, least->get<double>());
        if (above != nullptr && above->is_number())
            value = (std::max)(value, above->get<double>() + (integral ? 1 : 0.5));
        if (const Tree* step = member(schema, "multipleOf");
            step != nullptr && step->is_number() && step->get<double>() > 0)
            value = std::ceil(value / step->get<double>()) * step->get<double>();
        if (integral) return static_cast<std::int64_t>(std::ceil(value));
        return value;
    }

    Tree text(const Tree& schema) {
        std::string format;
        if (const Tree* named = member(schema, "format"); named != nullptr && named->is_string())
            format = named->get<std::string>();
        if (format == "date-time") return "2025-01-01T00:00:00Z";
        if (format == "date") return "2025-01-01";
        if (format == "time") return "00:00:00Z";
        if (format == "email") return "someone@example.com";
        if (format == "uri" || format == "url") return "https://example.com/";
        if (format == "uuid") return "00000000-0000-4000-8000-000000000000";
        std::string made = words_[next_word_++ % words_.size()];
        const auto least = static_cast<std::size_t>(whole(schema, "minLength", 0));
        const auto most = static_cast<std::size_t>(whole(schema, "maxLength", 1'000'000));
        while (made.size() < least) made += 'x';
        std::size_t cut = (std::min)(most, made.size());
        while (cut > 0 && cut < made.size() && (static_cast<unsigned char>(made[cut]) & 0xC0U) == 0x80)
            --cut;  // whole characters
        made.resize(cut);
        return made;
    }

    const Tree& root_;
    std::vector<std::string> words_{};
    std::size_t next_word_{0};
};

}  // namespace genai::inline GENAI_ABI::testing
