#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The body of a request of the API, and of the one that it becomes. Images, long texts and turns that are
/// one text are not read: a mark stands for each in the tree, and what it stands for is sent in its place.
class Translation {
public:
    /// What marks stand for: bytes; long texts too; turns too, which are messages already then.
    enum class Marks { bytes, texts, turns };

    /// Reads the request, which must outlive this.
    Translation(const http::Request& request, Marks marks);

    /// The API's body.
    const Tree& asked() const noexcept { return body_; }
    /// The other one, what the call adds to it merged in.
    http::Body written(Tree body) const;

private:
    void add_marked(std::string& out, std::string_view json);
    void mark_turns(std::string& text);
    std::string with_messages(std::string text) const;
    void add_mark(std::string& out, http::Body::Segment stands_for);
    void unmark_calls(Tree& request) const;
    void unmark(Tree& value) const;

    const http::Request& request_;
    Tree body_ = Tree::object();
    std::string mark_{};
    std::vector<http::Body::Segment> marked_{};
    std::string message_mark_{};
    std::vector<std::string> messages_{};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <memory>
#include <utility>

#include <genai/call_context.hpp>
#include <genai/os/random.hpp>
#include <genai/wire/document.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Translation::Translation(const http::Request& request, Marks marks)
    : request_(request), mark_("genai-" + std::to_string(genai::detail::random_number()) + '-') {
    message_mark_ = '"' + mark_.substr(0, mark_.size() - 1) + '+';
    std::string text;
    const auto add = [&](std::string_view json) {
        if (marks != Marks::bytes) add_marked(text, json);
        else text += json;
    };
    if (const auto whole = request.body.in_memory()) {
        constexpr std::size_t worthwhile = std::size_t{8} << 10U;  // less is not worth the trouble
        if (whole->size() < worthwhile) {
            body_ = parse_tree(*whole);
            return;
        }
        add(*whole);
    }
    for (const http::Body::Segment& one : request.body.segments())
        if (one.source) add_mark(text, one);
        else add(one.text);
    if (marks == Marks::turns) mark_turns(text);
    body_ = parse_tree(text);
    unmark_calls(body_);
    if (body_.contains("generateContentRequest")) unmark_calls(body_["generateContentRequest"]);
}

/// Puts texts back where they become part of another text: the arguments and results of functions.
GENAI_INLINE void Translation::unmark_calls(Tree& request) const {
    if (!request.is_object() || !request.contains("contents")) return;
    for (Tree& content : request["contents"]) {
        if (!content.is_object() || !content.contains("parts")) continue;
        for (Tree& part : content["parts"])
            for (const char* name : {"functionCall", "functionResponse"})
                if (part.is_object() && part.contains(name)) unmark(part[name]);
    }
}

GENAI_INLINE void Translation::add_mark(std::string& out, http::Body::Segment stands_for) {
    (out += mark_).append(std::to_string(marked_.size())) += '.';
    marked_.push_back(std::move(stands_for));
}

/// Where the JSON string that begins at `begin` ends; npos where it does not.
GENAI_INLINE std::size_t string_end(std::string_view json, std::size_t begin) {
    std::size_t end = json.find('"', begin);
    const auto is_escaped = [&] {  // an odd number of backslashes stands before it
        std::size_t before = end;
        while (before > begin && json[before - 1] == '\\') --before;
        return (end - before) % 2 == 1;
    };
    while (end != std::string_view::npos && is_escaped()) end = json.find('"', end + 1);
    return end;
}

/// Adds JSON text, with a mark in place of what is in each long text of a part.
GENAI_INLINE void Translation::add_marked(std::string& out, std::string_view json) {
    constexpr std::string_view key = R"("text":")";
    constexpr std::size_t least = 256;
    std::size_t at = 0;
    for (std::size_t found = 0; (found = json.find(key, at)) != std::string_view::npos;) {
        const std::size_t begin = found + key.size();
        const std::size_t end = string_end(json, begin);
        if (end == std::string_view::npos) break;
        if (end - begin < least) {
            out += json.substr(at, end - at);
        } else {
            out += json.substr(at, begin - at);
            add_mark(out, {.text = json.substr(begin, end - begin), .size = end - begin});
        }
        at = end;
    }
    out += json.substr(at);
}

/// A turn as JSON text, as the library writes it.
struct WrittenTurn {
    std::string_view whole{};
    std::string_view said{};  // its text, where it is a single one; else empty
    std::string_view role{};  // of the message that it surely becomes, in OpenAI's words; else empty
};

GENAI_INLINE WrittenTurn written_turn(std::string_view json) {
    constexpr std::string_view head = R"({"parts":[{"text":")";
    if (json.starts_with(head)) {
        const std::size_t end = string_end(json, head.size());
        const std::string_view rest = json.substr((std::min)(end, json.size()));
        for (const auto& [tail, role] : {std::pair(std::string_view(R"("}],"role":"user"})"), "user"),
                                         std::pair(std::string_view(R"("}],"role":"model"})"), "assistant")})
            if (rest.starts_with(tail) && end > head.size())
                return {json.substr(0, end + tail.size()), json.substr(head.size(), end - head.size()), role};
    }
    const std::string_view whole = wire::first_value(json);
    const auto has = [whole](std::string_view part) { return whole.find(part) != std::string_view::npos; };
    const bool user = whole.ends_with(R"(,"role":"user"})") && !has(R"("function)") && !has(R"("thought)");
    return {whole, {}, user ? "user" : ""};
}

/// Puts marks in place of runs of turns that are one text each, and makes their messages.
GENAI_INLINE void Translation::mark_turns(std::string& text) {
    constexpr std::string_view head = R"({"contents":[)";
    if (!text.starts_with(head)) return;
    std::vector<WrittenTurn> turns;
    std::size_t at = head.size();
    while (at < text.size() && text[at] != ']') {
        turns.push_back(written_turn(std::string_view(text).substr(at)));
        at += turns.back().whole.size();
        if (at < text.size() && text[at] == ',') ++at;
    }
    const auto alternates = [&turns](std::size_t i, std::size_t other) {  // so that nothing is to be merged
        return other >= turns.size() || (!turns[other].role.empty() && turns[other].role != turns[i].role);
    };
    std::string marked(head);
    bool within = false;  // a run of such turns, for which one mark stands
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const bool plain = !turns[i].said.empty() && alternates(i, i - 1) && alternates(i, i + 1);
        if (i != 0 && !(plain && within)) marked += ',';
        if (!plain) {
            marked += turns[i].whole;
        } else if (within) {
            messages_.back() += ',';
        } else {
            (marked += message_mark_).append(std::to_string(messages_.size())) += ".\"";
            messages_.emplace_back();
        }
        if (plain)
            ((messages_.back() += R"({"role":")").append(turns[i].role) += R"(","content":")")
                .append(turns[i].said) += "\"}";
        within = plain;
    }
    text = marked + text.substr(at);
}

/// Puts the messages where their marks are.
GENAI_INLINE std::string Translation::with_messages(std::string text) const {
    if (messages_.empty()) return text;
    std::string whole;
    std::size_t at = 0;
    for (std::size_t found = 0; (found = text.find(message_mark_, at)) != std::string::npos;) {
        whole.append(text, at, found - at);
        const std::size_t index = found + message_mark_.size();
        at = text.find('"', index) + 1;
        whole += messages_.at(std::stoul(text.substr(index, at - index)));
    }
    return whole.append(text, at);
}

GENAI_INLINE void Translation::unmark(Tree& value) const {
    if (value.is_structured()) {
        for (Tree& inner : value) unmark(inner);
    } else if (value.is_string() && value.get_ref<const std::string&>().starts_with(mark_)) {
        const auto index = std::stoul(value.get_ref<const std::string&>().substr(mark_.size()));
        if (index < marked_.size() && !marked_[index].source)
            value = parse_tree('"' + std::string(marked_[index].text) + '"');
    }
}

GENAI_INLINE http::Body Translation::written(Tree body) const {
    if (request_.context != nullptr && request_.context->extra_body != nullptr)
        merge_tree(body, Tree::parse(request_.context->extra_body->dump()));
    // with the other body, whose texts the segments are
    auto owned = std::make_shared<const std::pair<std::string, http::Body>>(with_messages(write_tree(body)),
                                                                            request_.body);
    const std::string_view text = owned->first;
    if (marked_.empty()) return {text, std::move(owned)};
    std::vector<http::Body::Segment> segments;
    std::size_t at = 0;
    const auto add = [&](std::size_t end) {
        segments.push_back({.text = text.substr(at, end - at), .size = end - at});
    };
    for (std::size_t found = 0; (found = text.find(mark_, at)) != std::string_view::npos;) {
        add(found);
        const std::size_t index = found + mark_.size();
        at = text.find('.', index) + 1;
        segments.push_back(marked_.at(std::stoul(std::string(text.substr(index, at - 1 - index)))));
    }
    add(text.size());
    return {std::move(segments), std::move(owned)};
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
