#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/refusal.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// A condition on the metadata of documents: comparisons `key = value` (also != < > <= >=), `key:value` for
/// a list that has the value, joined by AND, OR and NOT, with parentheses. OR binds more tightly than AND.
/// https://google.aip.dev/160
class MetadataFilter {
public:
    /// An empty text is passed by all. Throws Refusal, with the place, for what is no filter.
    explicit MetadataFilter(std::string_view text) : text_(text) {
        next();
        if (token_.empty()) return;
        root_ = conjunction(0);
        if (!token_.empty()) fail();
    }

    /// Whether a document with these `customMetadata` passes.
    bool passes(const Tree& metadata) const { return !root_ || holds(*root_, metadata); }

private:
    struct Node {
        enum class Kind { all, any, not_, compare } kind{Kind::compare};
        std::vector<std::unique_ptr<Node>> parts{};
        std::string key{};
        std::string comparison{};
        std::string value{};
    };
    using Link = std::unique_ptr<Node>;

    [[noreturn]] void fail() const {
        throw bad_request(
            "tools.file_search.metadata_filter",
            "Invalid filter at character " + std::to_string(begin_ + 1) +
                (token_.empty() ? ": it ends too early." : ": \"" + token_ + "\" is not expected."));
    }

    // Reads the next word, quoted text or sign.
    void next() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
        begin_ = at_;
        token_.clear();
        quoted_ = false;
        if (at_ == text_.size()) return;
        const char c = text_[at_];
        if (c == '"' || c == '\'') return read_quoted(c);
        constexpr std::string_view signs = "()=:<>!,";
        if (signs.find(c) != std::string_view::npos) {
            token_ = c;
            ++at_;
            if ((c == '<' || c == '>' || c == '!') && at_ < text_.size() && text_[at_] == '=')
                token_ += text_[at_++];
            return;
        }
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\n' &&
               signs.find(text_[at_]) == std::string_view::npos)
            token_ += text_[at_++];
    }

    void read_quoted(char quote) {
        quoted_ = true;
        for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            token_ += text_[at_];
        }
        if (at_ == text_.size()) fail();
        ++at_;
        if (token_.empty()) token_ = std::string(1, '\0');  // an empty text is no end
    }

    bool is(std::string_view word) const { return !quoted_ && token_ == word; }

    Link joined(Node::Kind kind, Link first, Link second) {
        if (first->kind != kind) {
            auto node = std::make_unique<Node>();
            node->kind = kind;
            node->parts.push_back(std::move(first));
            first = std::move(node);
        }
        first->parts.push_back(std::move(second));
        return first;
    }

    Link conjunction(int depth) {
        Link node = disjunction(depth);
        while (is("AND")) {
            next();
            node = joined(Node::Kind::all, std::move(node), disjunction(depth));
        }
        return node;
    }

    Link disjunction(int depth) {
        Link node = term(depth);
        while (is("OR")) {
            next();
            node = joined(Node::Kind::any, std::move(node), term(depth));
        }
        return node;
    }

    Link term(int depth) {
        if (token_.empty() || depth > 50) fail();
        if (is("NOT") || is("-")) {
            next();
            auto node = std::make_unique<Node>();
            node->kind = Node::Kind::not_;
            node->parts.push_back(term(depth + 1));
            return node;
        }
        if (is("(")) {
            next();
            Link node = conjunction(depth + 1);
            if (!is(")")) fail();
            next();
            return node;
        }
        return comparison();
    }

    Link comparison() {
        if (is("AND") || is("OR") || is(")")) fail();
        auto node = std::make_unique<Node>();
        node->key = std::exchange(token_, {});
        next();
        if (quoted_) fail();
        constexpr std::string_view known[]{"=", "!=", "<", ">", "<=", ">=", ":"};
        if (std::find(std::begin(known), std::end(known), token_) == std::end(known)) fail();
        node->comparison = token_;
        next();
        if (token_.empty() ||
            (!quoted_ && std::string_view("()=:<>!,").find(token_[0]) != std::string_view::npos))
            fail();
        node->value = token_ == std::string(1, '\0') ? "" : token_;
        next();
        return node;
    }

    static bool holds(const Node& node, const Tree& metadata) {
        const auto part_holds = [&metadata](const Link& part) { return holds(*part, metadata); };
        switch (node.kind) {
            case Node::Kind::all: return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
            case Node::Kind::any: return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
            case Node::Kind::not_: return !holds(*node.parts.front(), metadata);
            default: break;
        }
        bool found = false;
        for (const Tree& entry : metadata)
            if (entry.value("key", "") == node.key) {
                found = true;
                if (fits(node, entry)) return true;
            }
        return !found && node.comparison == "!=";
    }

    // Whether the value of one entry fits a comparison; of a list, any of its texts.
    static bool fits(const Node& node, const Tree& entry) {
        if (entry.contains("numericValue")) {
            char* end = nullptr;
            const double wanted = std::strtod(node.value.c_str(), &end);
            return end != node.value.c_str() &&
                   compared(entry["numericValue"].get<double>(), node.comparison, wanted);
        }
        if (entry.contains("stringListValue")) {
            const Tree values = entry["stringListValue"].value("values", Tree::array());
            const bool has = std::find(values.begin(), values.end(), node.value) != values.end();
            return node.comparison == "!=" ? !has : has && (node.comparison == "=" || node.comparison == ":");
        }
        return compared(entry.value("stringValue", std::string()), node.comparison, node.value);
    }

    template <class T>
    static bool compared(const T& left, const std::string& comparison, const T& right) {
        if (comparison == "=" || comparison == ":") return left == right;
        if (comparison == "!=") return left != right;
        if (comparison == "<") return left < right;
        if (comparison == ">") return left > right;
        return comparison == "<=" ? left <= right : left >= right;
    }

    std::string text_;
    std::size_t at_{0};
    std::size_t begin_{0};  // of the token
    std::string token_{};
    bool quoted_{false};
    Link root_{};
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
