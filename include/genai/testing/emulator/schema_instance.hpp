#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/pattern_text.hpp>
#include <genai/testing/emulator/refusal.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// Makes values that fit a schema, JSON Schema or the API's own, always the same ones. Words for free strings
/// come from a hint, such as a prompt: its capitalised words first. Throws Refusal for a schema that no
/// finite value fits, or only one that is too large.
class InstanceMaker {
public:
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
    Tree make() {
        measure(root_);
        if (height(root_) == endless) throw refused("no finite value fits it");
        return make(root_, 0);
    }

private:
    static constexpr int endless = 64;  // levels of a value that is as good as endless
    static constexpr std::size_t most_values = 20'000;
    static constexpr std::size_t longest_text = 100'000;

    static Refusal refused(const std::string& why) {
        return bad_request("generation_config.response_schema",
                           "The specified schema produces a constraint that cannot be served: " + why + '.');
    }

    static const Tree* member(const Tree& object, const char* name) {
        const auto at = object.find(name);
        return at == object.end() || at->is_null() ? nullptr : &*at;
    }

    // A count, which the API's own form has as a text. Throws Refusal for one that is none.
    static std::size_t count(const Tree& schema, const char* name, std::size_t otherwise, std::size_t most) {
        const Tree* const value = member(schema, name);
        if (value == nullptr) return otherwise;
        std::int64_t number = -1;
        if (value->is_number()) {
            const double real = value->get<double>();
            number = real >= 0 && real < 1e15 ? static_cast<std::int64_t>(real) : real < 0 ? -1 : INT64_MAX;
        } else if (value->is_string()) {
            const auto& text = value->get_ref<const std::string&>();
            if (std::from_chars(text.data(), text.data() + text.size(), number).ec ==
                std::errc::result_out_of_range)
                number = INT64_MAX;
        }
        if (number < 0) throw refused(std::string(name) + " is no count");
        if (static_cast<std::uint64_t>(number) > most) {
            if (name[1] == 'a') return most;  // a maximum
            throw refused(std::string(name) + " is more than " + std::to_string(most));
        }
        return static_cast<std::size_t>(number);
    }

    const Tree& resolve(const Tree& schema) const {
        const Tree* at = &schema;
        for (int hops = 0; hops < 16; ++hops) {
            const Tree* reference = at->is_object() ? member(*at, "$ref") : nullptr;
            if (reference == nullptr || !reference->is_string()) return *at;
            at = find(reference->get_ref<const std::string&>());
            if (at == nullptr) throw refused("a $ref leads nowhere");
        }
        throw refused("a $ref leads to itself");
    }

    // What a JSON pointer in a fragment (RFC 6901) leads to; null for nothing.
    const Tree* find(std::string_view pointer) const {
        if (!pointer.starts_with('#')) return nullptr;
        pointer.remove_prefix(1);
        const Tree* at = &root_;
        while (!pointer.empty()) {
            if (pointer.front() != '/') return nullptr;
            const auto end = pointer.find('/', 1);
            std::string token(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
            pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
            for (const auto& [from, to] : {std::pair("~1", "/"), std::pair("~0", "~"), std::pair("%24", "$")})
                for (std::size_t i = 0; (i = token.find(from, i)) != std::string::npos; i += 1)
                    token.replace(i, std::string_view(from).size(), to);
            if (at->is_object() && at->contains(token)) {
                at = &at->at(token);
                continue;
            }
            std::size_t index = 0;
            const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
            if (!at->is_array() || read.ec != std::errc() || index >= at->size()) return nullptr;
            at = &at->at(index);
        }
        return at;
    }

    static std::string type_of(const Tree& schema) {
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
            if (named->is_string()) return lower_case(named->get_ref<const std::string&>());
        }
        if (member(schema, "properties") != nullptr) return "object";
        if (member(schema, "items") != nullptr || member(schema, "prefixItems") != nullptr) return "array";
        return "string";
    }

    static const Tree* union_of(const Tree& schema) {
        for (const char* name : {"anyOf", "oneOf"})
            if (const Tree* options = member(schema, name);
                options != nullptr && options->is_array() && !options->empty())
                return options;
        return nullptr;
    }

    static bool is_given(const Tree& schema) {
        for (const char* name : {"const", "example", "default", "enum"})
            if (member(schema, name) != nullptr) return true;
        return false;
    }

    static bool is_required(const Tree& schema, const std::string& name) {
        const Tree* const required = member(schema, "required");
        return required != nullptr && required->is_array() &&
               std::find(required->begin(), required->end(), name) != required->end();
    }

    // Calls `use` with every schema that is part of this one.
    template <class Use>
    static void each_part(const Tree& schema, const Use& use) {
        for (const char* name : {"anyOf", "oneOf", "allOf", "prefixItems", "properties"})
            if (const Tree* parts = member(schema, name); parts != nullptr && parts->is_structured())
                for (const Tree& part : *parts) use(part);
        if (const Tree* items = member(schema, "items")) use(*items);
    }

    // The least levels that a value of this schema has; `endless` where none ends.
    int height(const Tree& given) const {
        const Tree& schema = resolve(given);
        if (!schema.is_object() || is_given(schema)) return 1;
        const auto known = heights_.find(&schema);
        return known == heights_.end() ? endless : known->second;
    }

    // Finds the heights of a schema and its parts: all are `endless` at first, until none gets lower.
    void measure(const Tree& root) {
        bool lower = true;
        while (lower) {
            lower = false;
            std::set<const Tree*> seen;
            std::vector<const Tree*> open{&root};
            while (!open.empty()) {
                const Tree& schema = resolve(*open.back());
                open.pop_back();
                if (!schema.is_object() || !seen.insert(&schema).second) continue;
                each_part(schema, [&](const Tree& part) { open.push_back(&part); });
                const int found = (std::min)(endless, measured(schema));
                const auto [known, added] = heights_.try_emplace(&schema, endless);
                lower = lower || found < known->second;
                known->second = found;
            }
        }
    }

    int measured(const Tree& schema) const {
        if (const Tree* const options = union_of(schema)) {
            int least = endless;
            for (const Tree& option : *options) least = (std::min)(least, height(option));
            return least;
        }
        int most = 0;
        if (const Tree* all = member(schema, "allOf"); all != nullptr && all->is_array())
            for (const Tree& one : *all) most = (std::max)(most, height(one));
        if (const Tree* properties = member(schema, "properties");
            properties != nullptr && properties->is_object())
            for (const auto& [name, property] : properties->items())
                if (is_required(schema, name)) most = (std::max)(most, height(property));
        if (const Tree* items = member(schema, "items");
            items != nullptr && count(schema, "minItems", 0, most_values) > 0)
            most = (std::max)(most, height(*items));
        if (const Tree* prefix = member(schema, "prefixItems"); prefix != nullptr && prefix->is_array())
            for (const Tree& item : *prefix) most = (std::max)(most, height(item));
        return most + 1;
    }

    Tree make(const Tree& given, int depth) {
        if (depth > 4 * endless) throw refused("no finite value fits it");
        if (++values_ > most_values) throw refused("its values are too large");
        const Tree& schema = resolve(given);
        if (!schema.is_object()) return "any";  // `true` fits everything
        for (const char* name : {"const", "example", "default"})
            if (const Tree* value = member(schema, name)) return *value;
        if (const Tree* values = member(schema, "enum");
            values != nullptr && values->is_array() && !values->empty())
            return values->front();
        if (const Tree* const options = union_of(schema)) return make(chosen(*options, depth), depth + 1);
        if (const Tree* all = member(schema, "allOf"); all != nullptr && all->is_array() && !all->empty())
            return make_all(schema, *all, depth);
        const std::string type = type_of(schema);
        if (type == "object") return object(schema, depth);
        if (type == "array") return array(schema, depth);
        if (type == "integer" || type == "number") return number(schema, type == "integer");
        if (type == "boolean") return true;
        if (type == "null") return nullptr;
        return text(schema);
    }

    // The first alternative, unless it would go deep where another ends sooner.
    const Tree& chosen(const Tree& options, int depth) const {
        const Tree* best = &options.front();
        const int first = height(*best);
        if (first < endless && depth + first <= 8) return *best;
        for (const Tree& option : options)
            if (height(option) < height(*best)) best = &option;
        return *best;
    }

    Tree make_all(const Tree& schema, const Tree& all, int depth) {
        merged_.push_back(std::make_unique<Tree>(schema));
        Tree& merged = *merged_.back();
        merged.erase("allOf");
        for (const Tree& one : all) {
            const Tree& part = resolve(one);
            if (!part.is_object()) continue;
            for (const auto& [name, value] : part.items()) {
                Tree& into = merged[name];
                if (into.is_object() && value.is_object()) into.update(value);
                else if (into.is_array() && value.is_array() && name == "required")
                    into.insert(into.end(), value.begin(), value.end());
                else into = value;
            }
        }
        measure(merged);
        return make(merged, depth + 1);
    }

    // The names of an object's properties, those of `propertyOrdering` first.
    static std::vector<std::string> ordered(const Tree& schema, const Tree& properties) {
        std::vector<std::string> names;
        const auto add = [&names](const std::string& name) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        };
        if (const Tree* const order = member(schema, "propertyOrdering");
            order != nullptr && order->is_array())
            for (const Tree& name : *order)
                if (name.is_string() && properties.contains(name.get<std::string>()))
                    add(name.get<std::string>());
        for (const auto& [name, property] : properties.items()) add(name);
        return names;
    }

    Tree object(const Tree& schema, int depth) {
        Tree made = Tree::object();
        if (const Tree* properties = member(schema, "properties");
            properties != nullptr && properties->is_object())
            for (const std::string& name : ordered(schema, *properties)) {
                const Tree& property = properties->at(name);
                const bool fits = depth + height(property) <= 6 && values_ < most_values / 8;
                if (fits || is_required(schema, name)) made[name] = make(property, depth + 1);
            }
        if (const Tree* required = member(schema, "required"); required != nullptr && required->is_array())
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
        const std::size_t usual = items != nullptr && depth + height(*items) <= 6 ? 1 : 0;
        const std::size_t least = count(schema, "minItems", usual, most_values);
        const std::size_t most = count(schema, "maxItems", most_values, most_values);
        if (member(schema, "minItems") != nullptr && least > most) throw refused("minItems is over maxItems");
        const Tree* const unique = member(schema, "uniqueItems");
        while (made.size() < (std::min)(least, most)) {
            Tree value = items == nullptr ? Tree("any") : make(*items, depth + 1);
            if (unique != nullptr && *unique == true) {
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
        const auto bound = [&schema](const char* name, double otherwise) {
            const Tree* const value = member(schema, name);
            return value != nullptr && value->is_number() ? value->get<double>() : otherwise;
        };
        const double step = integral ? 1 : 0.5;
        double least = (std::max)(bound("minimum", -1e15), bound("exclusiveMinimum", -2e15) + step);
        double most = (std::min)(bound("maximum", 1e15), bound("exclusiveMaximum", 2e15) - step);
        if (integral) {
            least = std::ceil(least);
            most = std::floor(most);
        }
        if (least > most) throw refused("its bounds exclude every number");
        double value = (std::max)(least, (std::min)(1.0, most));
        if (const double unit = bound("multipleOf", 0); unit > 0) value = std::ceil(value / unit) * unit;
        if (integral && std::abs(value) < 9e18) return static_cast<std::int64_t>(value);
        return value;
    }

    static const char* text_of_format(const std::string& format) {
        for (const auto& [name, text] :
             {std::pair("date-time", "2025-01-01T00:00:00Z"), std::pair("date", "2025-01-01"),
              std::pair("time", "00:00:00Z"), std::pair("duration", "PT1S"),
              std::pair("email", "someone@example.com"), std::pair("hostname", "example.com"),
              std::pair("ipv4", "192.0.2.1"), std::pair("ipv6", "2001:db8::1"),
              std::pair("uri", "https://example.com/"), std::pair("url", "https://example.com/"),
              std::pair("uuid", "00000000-0000-4000-8000-000000000000")})
            if (format == name) return text;
        return nullptr;
    }

    Tree text(const Tree& schema) {
        if (const Tree* format = member(schema, "format"); format != nullptr && format->is_string())
            if (const char* const text = text_of_format(format->get<std::string>())) return text;
        if (const Tree* pattern = member(schema, "pattern"); pattern != nullptr && pattern->is_string())
            if (auto fits = PatternText::make(pattern->get_ref<const std::string&>())) return *fits;
        std::string made = words_[next_word_++ % words_.size()];
        const std::size_t least = count(schema, "minLength", 0, longest_text);
        const std::size_t most = count(schema, "maxLength", longest_text, longest_text);
        if (least > most) throw refused("minLength is over maxLength");
        while (made.size() < least) made += 'x';
        std::size_t cut = (std::min)(most, made.size());
        while (cut > 0 && cut < made.size() && (static_cast<unsigned char>(made[cut]) & 0xC0U) == 0x80)
            --cut;  // whole characters
        made.resize(cut);
        if ((written_ += made.size()) > longest_text * 10) throw refused("its values are too large");
        return made;
    }

    const Tree& root_;
    std::vector<std::string> words_{};
    std::size_t next_word_{0};
    std::size_t values_{0};
    std::size_t written_{0};
    std::map<const Tree*, int> heights_{};
    std::vector<std::unique_ptr<Tree>> merged_{};  // of `allOf`; their places are known to `heights_`
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
