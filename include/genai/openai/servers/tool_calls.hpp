#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Puts the calls of one choice together, whole ones and such that come in pieces.
class ToolCalls {
public:
    /// Takes an element of `tool_calls`, or of its forerunner `function_call`.
    void take(const Tree& piece);
    /// The calls that are whole now, as parts: all at the end, and before it those that others follow. What
    /// is no call after all is said in `broken`.
    std::vector<Tree> whole(bool at_end);
    /// What could not be read as a call: `name: text`; empty where there is none.
    const std::string& broken() const noexcept { return broken_; }
    /// The name of a call that has begun and is not whole; empty where there is none.
    std::string open() const;

private:
    struct Call {
        std::optional<std::int64_t> index{};
        std::string id{};
        std::string name{};
        std::string arguments{};
        Tree object{};  // arguments that came as a value
        std::string signature{};
        bool custom{false};
        bool given{false};
    };

    Call& find_call(const Tree& piece, const Tree& function);
    static std::optional<Tree> arguments_of(const Call& call);
    static std::string_view signature_of(const Tree& piece);

    std::vector<Call> calls_{};
    std::string broken_{};
};

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <utility>

namespace genai::inline GENAI_ABI::openai::detail {

/// The call that a piece belongs to: by its index, where another id is another call; by its id; or the last.
GENAI_INLINE ToolCalls::Call& ToolCalls::find_call(const Tree& piece, const Tree& function) {
    const auto id = text_at(piece, "id");
    const Tree* const index = find(piece, "index");
    Call* found = nullptr;
    if (index != nullptr && index->is_number()) {
        for (Call& call : calls_)
            if (call.index == index->get<std::int64_t>()) found = &call;
        if (found != nullptr && !id.empty() && !found->id.empty() && found->id != id) found = nullptr;
    } else if (!id.empty()) {
        for (Call& call : calls_)
            if (call.id == id) found = &call;
    } else if (!calls_.empty()) {
        Call& last = calls_.back();
        const bool begun = !last.name.empty() && (!last.arguments.empty() || !last.object.is_null());
        if (!begun || text_at(function, "name").empty()) found = &last;
    }
    if (found != nullptr) return *found;
    Call& call = calls_.emplace_back();
    if (index != nullptr && index->is_number()) call.index = index->get<std::int64_t>();
    return call;
}

GENAI_INLINE std::string_view ToolCalls::signature_of(const Tree& piece) {
    if (const Tree* const google = find(piece, "extra_content", "google"))
        if (const auto signature = text_at(*google, "thought_signature"); !signature.empty())
            return signature;
    const Tree* const own = find(piece, "provider_specific_fields");
    return own == nullptr ? std::string_view() : text_at(*own, "thought_signature");
}

GENAI_INLINE void ToolCalls::take(const Tree& piece) {
    const Tree* const custom = find(piece, "custom");
    const Tree* const inner = find(piece, "function");
    const Tree& function = custom != nullptr ? *custom : inner != nullptr ? *inner : piece;
    Call& call = find_call(piece, function);
    if (custom != nullptr) call.custom = true;
    if (const auto id = text_at(piece, "id"); call.id.empty()) call.id = id;
    if (const auto name = text_at(function, "name"); !name.empty() && name != call.name) {
        const bool more = call.arguments.empty() && call.object.is_null() && !call.name.empty();
        if (call.name.empty() || more) call.name += name;  // it comes in pieces itself
    }
    if (const auto signature = signature_of(piece); !signature.empty()) call.signature = signature;
    const Tree* const arguments = find(function, custom != nullptr ? "input" : "arguments");
    if (arguments == nullptr) return;
    if (arguments->is_string()) call.arguments += arguments->get_ref<const std::string&>();
    else call.object = *arguments;
}

/// The arguments as an object; nothing where they are none.
GENAI_INLINE std::optional<Tree> ToolCalls::arguments_of(const Call& call) {
    if (call.custom) return Tree{{"input", call.arguments}};
    if (call.object.is_object()) return call.object;
    if (!call.object.is_null()) return std::nullopt;
    if (call.arguments.find_first_not_of(" \t\r\n") == std::string::npos) return Tree::object();
    Tree parsed = try_parse_tree(call.arguments);
    if (parsed.is_string()) parsed = try_parse_tree(parsed.get<std::string>());  // text of text
    if (parsed.is_null()) return Tree::object();
    return parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

GENAI_INLINE std::vector<Tree> ToolCalls::whole(bool at_end) {
    std::vector<Tree> parts;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        Call& call = calls_[i];
        if (call.given) continue;
        const bool followed = i + 1 < calls_.size() && !(call.arguments.empty() && call.object.is_null());
        auto arguments = at_end || followed ? arguments_of(call) : std::nullopt;
        if (!at_end && (!arguments || call.name.empty())) break;  // in their order
        call.given = true;
        if (!arguments) {
            const std::string text = call.object.is_null() ? call.arguments : write_tree(call.object);
            (broken_ += broken_.empty() ? "" : "; ") += call.name + ": " + text;
            continue;
        }
        Tree made = Tree::object();
        if (!call.id.empty()) made["id"] = call.id;
        made["name"] = call.name;
        made["args"] = std::move(*arguments);
        Tree part{{"functionCall", std::move(made)}};
        if (!call.signature.empty()) part["thoughtSignature"] = call.signature;
        parts.push_back(std::move(part));
    }
    return parts;
}

GENAI_INLINE std::string ToolCalls::open() const {
    for (const Call& call : calls_)
        if (!call.given) return call.name;
    return {};
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
