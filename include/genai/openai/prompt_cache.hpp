#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <genai/client.hpp>
#include <genai/config.hpp>
#include <genai/net/digest.hpp>
#include <genai/types/cache.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/time.hpp>

namespace genai::inline GENAI_ABI {

/// Which part of a prompt is kept in a cache: its beginning, with the system instruction and the tools.
struct PromptPrefix {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::size_t contents{};         ///< how many turns, from the first; the last one is always sent anew
    std::optional<Duration> ttl{};  ///< how long it is kept; an hour when unset
};

/// A prompt whose beginning is in a cache, or the prompt as it was.
struct CachedPrompt {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    std::vector<Content> contents{};                    ///< what is left to send
    GenerateContentConfig config{};                     ///< with `cached_content`, without what is in there
    std::int64_t created_tokens{};                      ///< of a cache that was made for it; else 0
};

/// Explicit context caching without bookkeeping: long beginnings of prompts are put into a cache once and
/// found again by a hash of what they hold, by this program and by others of the project. A cache is made
/// only where the beginning is long enough for the model, and once even when many threads need it; it is paid
/// for as long as it lives. One that cannot be made fails nothing: the prompt is sent whole. Thread-safe;
/// copies share what they know. https://ai.google.dev/gemini-api/docs/caching
class PromptCache {
public:
    /// Over a client, whose caches it uses.
    explicit PromptCache(const Client<>& client);

    /// Puts the beginning of a prompt into a cache, or finds it there. Throws Cancelled, and InvalidArgument
    /// for a config that names a cache already.
    GENAI_LAZY CachedPrompt apply(std::string_view model, const Contents& contents,
                                  const GenerateContentConfig& config, const PromptPrefix& prefix) const;

    /// Generates an answer to a prompt whose beginning is cached. A cache that is gone at its use is made
    /// anew, once. Throws as Models::generate_content does.
    GENAI_LAZY GenerateContentResponse generate_content(std::string_view model, const Contents& contents,
                                                        const GenerateContentConfig& config,
                                                        const PromptPrefix& prefix) const;

    /// A cache, and how many tokens were written to it just now; 0 where it was there.
    struct Entry {
        std::string name{};             ///< `cachedContents/…`
        std::int64_t created_tokens{};  ///< tokens written
    };
    /// The cache of that content, found or made; nothing where it is too short, or cannot be made, which is
    /// not tried again for a minute. Throws Cancelled.
    GENAI_LAZY std::optional<Entry> find_or_create(std::string_view model,
                                                   CreateCachedContentConfig content) const;
    /// Forgets a cache, which turned out to be gone.
    void forget(std::string_view name) const;

private:
    struct State;

    std::shared_ptr<State> state_;
};

namespace detail {

/// The least tokens that a model takes into a cache. https://ai.google.dev/gemini-api/docs/caching
std::int64_t least_cached_tokens(std::string_view model);
/// Whether a call failed because its cache is gone: the service says 403 or 404.
bool is_cache_gone(const ApiError& error);

}  // namespace detail

}  // namespace genai::inline GENAI_ABI

#if GENAI_OPENAI_BODIES

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

#include <genai/ambient_stop.hpp>
#include <genai/api_error.hpp>
#include <genai/core/caller.hpp>
#include <genai/openai/servers/token_estimate.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

GENAI_INLINE std::int64_t least_cached_tokens(std::string_view model) {
    struct Least {
        std::string_view part;
        std::int64_t tokens;
    };
    static constexpr Least known[] = {{"3.1-pro", 4096},      {"3-pro", 4096},     {"3.5-flash", 4096},
                                      {"3.6-flash", 4096},    {"3.7-flash", 4096}, {"3.8-flash", 4096},
                                      {"flash-latest", 4096}, {"2.5-pro", 2048}};
    for (const Least& one : known)
        if (model.find(one.part) != std::string_view::npos) return one.tokens;
    return 1024;
}

GENAI_INLINE bool is_cache_gone(const ApiError& error) { return error.code() == 403 || error.code() == 404; }

}  // namespace detail

/// What is known of caches, by the hash of what they hold.
struct PromptCache::State {
    using Time = std::chrono::system_clock::time_point;

    /// A cache, until when it is known to be there; without a name one that could not be made.
    struct Known {
        std::string name{};
        Time until{};
    };
    using Found = std::optional<Entry>;
    /// What a cache is to hold, by its hash; and that at a server, with the headers of a call.
    struct Wanted {
        std::string hash;
        std::string key;

        GENAI_INLINE Wanted(std::string hash_of_it, const HttpOptions& at);
    };
    /// A cache that a thread is looking for or making, for those that want the same.
    struct Flight {
        Found found{};
        bool landed{false};
    };
    /// Ends a flight, whatever came of it.
    class Landing {
    public:
        Landing(State& state, const std::string& key) : state_(state), key_(key) {}
        Landing(const Landing&) = delete;
        Landing& operator=(const Landing&) = delete;
        GENAI_INLINE ~Landing();

        Found found{};

    private:
        State& state_;
        const std::string& key_;
    };

    explicit State(const Client<>& over) : client(over) {}

    Clock& clock() const { return detail::ClientAccess::caller(client)->clock(); }
    GENAI_LAZY Found look_up(const Wanted& wanted, const CreateCachedContentConfig& content);
    GENAI_LAZY Found create(std::string_view model, const Wanted& wanted, CreateCachedContentConfig content);
    Found wait_for(const std::shared_ptr<Flight>& flight, const HttpOptions& options);
    void remember(const std::string& key, std::string name, Time until);

    static constexpr std::chrono::seconds margin{30};  // a call takes a while
    static constexpr std::size_t most = 1000;

    Client<> client;
    std::mutex mutex{};
    std::map<std::string, Known, std::less<>> known{};
    std::map<std::string, std::shared_ptr<Flight>, std::less<>> in_flight{};
    std::condition_variable landed{};
};

GENAI_INLINE PromptCache::State::Wanted::Wanted(std::string hash_of_it, const HttpOptions& at)
    : hash(std::move(hash_of_it)) {
    std::string place = hash + '\n' + at.base_url.value_or("");
    for (const auto& [name, value] : at.headers) place += '\n' + name + ':' + value;
    key = net::sha256(place);  // headers may hold credentials
}

GENAI_INLINE PromptCache::State::Landing::~Landing() {
    const std::lock_guard lock(state_.mutex);
    const auto flight = state_.in_flight.find(key_);
    flight->second->found = found;
    flight->second->landed = true;
    state_.in_flight.erase(flight);
    state_.landed.notify_all();
}

/// What another thread's flight brings; nothing when the call may wait no longer.
GENAI_INLINE PromptCache::State::Found PromptCache::State::wait_for(const std::shared_ptr<Flight>& flight,
                                                                    const HttpOptions& options) {
    const stop_token stop = detail::effective_stop_token(options.stop_token);
    const auto wake = [this] {
        const std::lock_guard lock(mutex);
        landed.notify_all();
    };
    const stop_callback<decltype(wake)> on_stop(stop, wake);
    std::unique_lock lock(mutex);
    const auto over = [&] { return flight->landed || stop.stop_requested(); };
    if (options.timeout) landed.wait_for(lock, *options.timeout, over);
    else landed.wait(lock, over);
    if (stop.stop_requested()) throw Cancelled();
    Found found = flight->found;
    if (found) found->created_tokens = 0;
    return found;
}

GENAI_INLINE void PromptCache::State::remember(const std::string& key, std::string name, Time until) {
    const std::lock_guard lock(mutex);
    if (known.size() >= most) {
        const Time now = clock().date();
        std::erase_if(known, [now](const auto& one) { return one.second.until <= now; });
        if (known.size() >= most) known.clear();
    }
    known[key] = {.name = std::move(name), .until = until};
}

/// A cache of that hash among those of the project.
GENAI_LAZY_BODY GENAI_INLINE PromptCache::State::Found PromptCache::State::look_up(
    const Wanted& wanted, const CreateCachedContentConfig& content) {
    constexpr std::size_t most_looked_at = 10'000;
    try {
        std::size_t looked_at = 0;
        for (const CachedContent& cache : client.caches.list({.http_options = content.http_options})) {
            if (++looked_at > most_looked_at) break;
            if (cache.display_name != wanted.hash || !cache.expire_time) continue;
            const Time until = cache.expire_time->time_point() - margin;
            if (until <= clock().date()) continue;
            remember(wanted.key, cache.name, until);
            return Entry{.name = cache.name};
        }
    } catch (const ApiError& error) {
        if (!detail::is_cache_gone(error)) throw;  // may not be listed, but may be made
    }
    return std::nullopt;
}

GENAI_LAZY_BODY GENAI_INLINE PromptCache::State::Found PromptCache::State::create(
    std::string_view model, const Wanted& wanted, CreateCachedContentConfig content) {
    content.display_name = wanted.hash;
    const CachedContent made = client.caches.create(model, content);
    const Time until = made.expire_time ? Time(made.expire_time->time_point() - margin)
                                        : clock().date() + std::chrono::minutes(1);
    remember(wanted.key, made.name, until);
    Entry entry{.name = made.name};
    if (made.usage_metadata) entry.created_tokens = made.usage_metadata->total_token_count.value_or(0);
    return entry;
}

GENAI_INLINE PromptCache::PromptCache(const Client<>& client) : state_(std::make_shared<State>(client)) {}

GENAI_LAZY_BODY GENAI_INLINE std::optional<PromptCache::Entry> PromptCache::find_or_create(
    std::string_view model, CreateCachedContentConfig content) const {
    const std::string text = encode(content);
    if (openai::detail::estimated_tokens(openai::detail::parse_tree(text)) <
        detail::least_cached_tokens(model))
        return std::nullopt;
    const State::Wanted wanted(net::sha256(std::string(model) + '\n' + text), content.http_options);
    std::shared_ptr<State::Flight> other;
    {
        const std::lock_guard lock(state_->mutex);
        const auto at = state_->known.find(wanted.key);
        if (at != state_->known.end() && state_->clock().date() < at->second.until) {
            if (at->second.name.empty()) return std::nullopt;
            return Entry{.name = at->second.name};
        }
        const auto flying = state_->in_flight.find(wanted.key);
        if (flying != state_->in_flight.end()) other = flying->second;
        else state_->in_flight[wanted.key] = std::make_shared<State::Flight>();
    }
    if (other) return state_->wait_for(other, content.http_options);
    State::Landing landing(*state_, wanted.key);
    try {
        landing.found = state_->look_up(wanted, content);
        if (!landing.found) landing.found = state_->create(model, wanted, std::move(content));
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) {  // the prompt is sent whole
        state_->remember(wanted.key, {}, state_->clock().date() + std::chrono::minutes(1));
    }
    return landing.found;
}

GENAI_INLINE void PromptCache::forget(std::string_view name) const {
    const std::lock_guard lock(state_->mutex);
    std::erase_if(state_->known, [name](const auto& one) { return one.second.name == name; });
}

GENAI_LAZY_BODY GENAI_INLINE CachedPrompt PromptCache::apply(std::string_view model, const Contents& contents,
                                                             const GenerateContentConfig& config,
                                                             const PromptPrefix& prefix) const {
    if (config.cached_content)
        throw InvalidArgument("config.cached_content", "is set: there is a cache already");
    CachedPrompt prompt{.contents = contents.contents(), .config = config};
    if (prompt.contents.empty()) throw InvalidArgument("contents", "is empty");
    const std::size_t count = (std::min)(prefix.contents, prompt.contents.size() - 1);
    const auto end = prompt.contents.begin() + static_cast<std::ptrdiff_t>(count);
    CreateCachedContentConfig content{.http_options = config.http_options,
                                      .contents = std::vector<Content>(prompt.contents.begin(), end),
                                      .system_instruction = config.system_instruction,
                                      .tools = config.tools,
                                      .tool_config = config.tool_config,
                                      .ttl = prefix.ttl};
    content.http_options.extra_body.reset();
    const std::optional<Entry> entry = find_or_create(model, std::move(content));
    if (!entry) return prompt;
    prompt.contents.erase(prompt.contents.begin(), end);
    prompt.config.cached_content = entry->name;
    prompt.config.system_instruction = Message();
    std::erase_if(prompt.config.tools, [](const Tool& tool) { return tool.handlers.empty(); });
    prompt.config.tool_config.reset();
    prompt.created_tokens = entry->created_tokens;
    return prompt;
}

GENAI_LAZY_BODY GENAI_INLINE GenerateContentResponse
PromptCache::generate_content(std::string_view model, const Contents& contents,
                              const GenerateContentConfig& config, const PromptPrefix& prefix) const {
    CachedPrompt prompt = apply(model, contents, config, prefix);
    if (!prompt.config.cached_content)
        return state_->client.models.generate_content(model, prompt.contents, prompt.config);
    try {
        return state_->client.models.generate_content(model, prompt.contents, prompt.config);
    } catch (const ApiError& error) {
        if (!detail::is_cache_gone(error)) throw;
        forget(*prompt.config.cached_content);
    }
    prompt = apply(model, contents, config, prefix);
    return state_->client.models.generate_content(model, prompt.contents, prompt.config);
}

}  // namespace genai::inline GENAI_ABI

#endif
