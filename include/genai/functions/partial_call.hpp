#pragma once

#include <genai/config.hpp>
#include <genai/types/content.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Whether `next` is more of a call that goes on: it names no function, or the same call.
bool is_continuation(const FunctionCall& call, const FunctionCall& next);

/// Adds the next chunk's part of a call.
void continue_call(FunctionCall& call, const FunctionCall& next);

/// Puts the pieces of a call that is complete into its arguments. Where one cannot be placed, because its
/// path cannot be read or leads through a value that is neither an object nor a list, they stay pieces.
void complete_call(FunctionCall& call);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_BODIES

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE bool is_continuation(const FunctionCall& call, const FunctionCall& next) {
    if (!call.will_continue) return false;
    const std::string id = next.id.value_or("");
    return id.empty() ? next.name.value_or("").empty() : id == call.id.value_or(id);
}

GENAI_INLINE void continue_call(FunctionCall& call, const FunctionCall& next) {
    if (!call.id) call.id = next.id;
    if (!call.name) call.name = next.name;
    if (next.args && next.args->is_object()) {
        if (!call.args || !call.args->is_object()) call.args = Json::object();
        call.args->update(*next.args);
    }
    call.partial_args.insert(call.partial_args.end(), next.partial_args.begin(), next.partial_args.end());
    call.will_continue = next.will_continue;
}

/// Goes through the segments of a JSONPath that names one place: `$.days[0]['the name']`.
class JsonPlace {
public:
    explicit JsonPlace(std::string_view path) : rest_(path) {}

    /// The place in `root`, made where it is not there; null where there can be none.
    Json* in(Json& root) {
        Json* at = &root;
        if (!take('$')) return nullptr;
        while (!rest_.empty() && at != nullptr) {
            if (take('.')) at = member(*at, name());
            else if (take('[')) at = bracket(*at);
            else return nullptr;
        }
        return at;
    }

private:
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string name() {
        const std::string_view found = rest_.substr(0, rest_.find_first_of(".["));
        rest_.remove_prefix(found.size());
        return std::string(found);
    }

    /// What is quoted, up to the quotation mark.
    std::optional<std::string> quoted(char mark) {
        std::string text;
        while (!rest_.empty()) {
            if (take(mark)) return text;
            if (take('\\') && rest_.empty()) break;
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        return std::nullopt;
    }

    static Json* member(Json& object, const std::string& key) {
        if (key.empty() || !(object.is_null() || object.is_object())) return nullptr;
        return &object[key];
    }

    Json* bracket(Json& around) {
        for (const char mark : {'\'', '"'}) {
            if (!take(mark)) continue;
            const std::optional<std::string> key = quoted(mark);
            return key && take(']') ? member(around, *key) : nullptr;
        }
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), index);
        if (error != std::errc()) return nullptr;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if (!take(']') || !(around.is_null() || around.is_array()) || index > around.size()) return nullptr;
        return &around[index];  // at most one behind the last: a list grows in order
    }

    std::string_view rest_;
};

/// Puts a piece in its place; a text goes on where `goes_on`.
GENAI_INLINE bool place(Json& args, const PartialArg& piece, bool goes_on) {
    Json* const at = JsonPlace(piece.json_path.value_or("")).in(args);
    if (at == nullptr) return false;
    constexpr double exact = 9007199254740992.0;  // whole numbers up to 2^53 are just what they say
    if (piece.string_value && goes_on && at->is_string()) at->get_ref<std::string&>() += *piece.string_value;
    else if (piece.string_value) *at = *piece.string_value;
    else if (const auto number = piece.number_value;
             number && std::trunc(*number) == *number && std::abs(*number) < exact)
        *at = static_cast<std::int64_t>(*number);
    else if (piece.number_value) *at = *piece.number_value;
    else if (piece.bool_value) *at = *piece.bool_value;
    else if (piece.null_value) *at = nullptr;
    return true;
}

GENAI_INLINE void complete_call(FunctionCall& call) {
    if (call.will_continue || call.partial_args.empty()) return;
    Json args = call.args.value_or(Json::object());
    std::string open;  // the path of a text that goes on
    for (const PartialArg& piece : call.partial_args) {
        const std::string path = piece.json_path.value_or("");
        if (!place(args, piece, path == open)) return;
        open = piece.will_continue ? path : std::string();
    }
    call.args = std::move(args);
    call.partial_args.clear();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
