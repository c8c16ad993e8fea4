#pragma once

#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/message.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Messages that go into a cache, and those that are left.
struct CachedMessages {
    std::vector<ChatCompletionMessage> cached{};
    std::vector<ChatCompletionMessage> rest{};
    std::optional<Duration> ttl{};  ///< the first that is marked
};

/// Divides messages by their marks, as LiteLLM does: the first run of marked ones is cached, with every
/// system message. Nothing where none is marked, where turns that are not marked come before, where the run
/// ends with a turn that more must follow, or where nothing would be left. Throws InvalidArgument for a `ttl`
/// that cannot be read.
std::optional<CachedMessages> split_cached(const std::vector<ChatCompletionMessage>& messages);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_OPENAI_BODIES

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <genai/error.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The mark of a message, or of one of its parts; null where there is none.
GENAI_INLINE const CacheControl* mark_of(const ChatCompletionMessage& message) {
    const auto marks = [](const Box<CacheControl>& control) {
        return control && control->type == "ephemeral";
    };
    if (marks(message.cache_control)) return &*message.cache_control;
    if (const auto* const parts = message.content.get_if<std::vector<ContentPart>>())
        for (const ContentPart& part : *parts)
            if (marks(part.cache_control)) return &*part.cache_control;
    return nullptr;
}

/// `300s`, `1.5m`, `1h`; nothing for zero.
GENAI_INLINE std::optional<Duration> ttl_of(std::string_view text, const std::string& pointer) {
    const char unit = text.empty() ? ' ' : text.back();
    const int seconds = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : 0;
    std::string number = std::string(text.substr(0, text.empty() ? 0 : text.size() - 1)) + 's';
    if (number.starts_with('.')) number.insert(0, "0");
    const auto read = seconds == 0 ? std::nullopt : Duration::parse(number);
    if (!read || number.starts_with('-'))
        throw InvalidArgument(pointer, "is no time: \"" + std::string(text) + "\"; 300s, 5m and 1h are");
    if (*read == Duration()) return std::nullopt;
    return seconds == 1 ? *read : Duration(read->as<std::chrono::milliseconds>() * seconds);
}

GENAI_INLINE std::optional<CachedMessages> split_cached(const std::vector<ChatCompletionMessage>& messages) {
    const auto is_marked = [](const auto& message) { return mark_of(message) != nullptr; };
    const auto is_system = [](const auto& message) {
        return message.role == Role::system || message.role == Role::developer;
    };
    const auto first = std::find_if(messages.begin(), messages.end(), is_marked);
    if (first == messages.end()) return std::nullopt;
    if (std::any_of(messages.begin(), first, [&](const auto& one) { return !is_system(one); }))
        return std::nullopt;  // a cache is read first
    auto last = std::find_if_not(first, messages.end(), is_marked);
    CachedMessages split;
    for (auto at = first; at != last && !split.ttl; ++at)
        if (const Text& ttl = mark_of(*at)->ttl)
            split.ttl =
                ttl_of(*ttl, "/messages/" + std::to_string(at - messages.begin()) + "/cache_control/ttl");
    const auto stays = [&](auto at) { return !is_system(*at) && (at < first || at >= last); };
    bool some_stay = false;
    for (auto at = messages.begin(); at != messages.end(); ++at) some_stay = some_stay || stays(at);
    if (!some_stay) {  // the last turn is sent, for there must be one
        if (last - first < 2) return std::nullopt;
        --last;
    }
    const Role& end = (last - 1)->role;
    if (end == Role::assistant || end == Role::tool || end == Role::function) return std::nullopt;
    for (auto at = messages.begin(); at != messages.end(); ++at)
        (stays(at) ? split.rest : split.cached).push_back(*at);
    return split;
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
