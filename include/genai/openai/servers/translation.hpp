#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The body of a request of the API, and of the one that it becomes. Images and long texts are not read: a
/// mark stands for each in the tree, and what it stands for is sent in its place.
class Translation {
public:
    /// Reads the request, which must outlive this; `mark_texts` false leaves texts as they are.
    explicit Translation(const http::Request& request, bool mark_texts = true);

    /// The API's body.
    const Tree& asked() const noexcept { return body_; }
    /// The other one, what the call adds to it merged in.
    http::Body written(Tree body) const;

private:
    void add_marked(std::string& out, std::string_view json);
    void add_mark(std::string& out, http::Body::Segment stands_for);
    void unmark_calls(Tree& request) const;
    void unmark(Tree& value) const;

    const http::Request& request_;
    Tree body_ = Tree::object();
    std::string mark_{};
    std::vector<http::Body::Segment> marked_{};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <memory>
#include <utility>

#include <genai/call_context.hpp>
#include <genai/os/random.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

GENAI_INLINE Translation::Translation(const http::Request& request, bool mark_texts)
    : request_(request), mark_("genai-" + std::to_string(genai::detail::random_number()) + '-') {
    std::string text;
    const auto add = [&](std::string_view json) {
        if (mark_texts) add_marked(text, json);
        else text += json;
    };
    if (const auto whole = request.body.in_memory()) {
        constexpr std::size_t small = std::size_t{8} << 10U;  // not worth the trouble
        if (whole->size() < small) {
            body_ = parse_tree(*whole);
            return;
        }
        add(*whole);
    }
    for (const http::Body::Segment& one : request.body.segments())
        if (one.source) add_mark(text, one);
        else add(one.text);
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

/// Adds JSON text, with a mark in place of what is in each long text of a part.
GENAI_INLINE void Translation::add_marked(std::string& out, std::string_view json) {
    constexpr std::string_view key = R"("text":")";
    constexpr std::size_t least = 256;
    std::size_t at = 0;
    for (std::size_t found = 0; (found = json.find(key, at)) != std::string_view::npos;) {
        const std::size_t begin = found + key.size();
        std::size_t end = json.find('"', begin);
        const auto is_escaped = [&] {  // an odd number of backslashes stands before it
            std::size_t before = end;
            while (before > begin && json[before - 1] == '\\') --before;
            return (end - before) % 2 == 1;
        };
        while (end != std::string_view::npos && is_escaped()) end = json.find('"', end + 1);
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
    auto owned = std::make_shared<const std::pair<std::string, http::Body>>(write_tree(body), request_.body);
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
