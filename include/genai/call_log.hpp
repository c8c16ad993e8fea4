#pragma once

/// A structured record of each call, with the names of LiteLLM's standard logging payload.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include <genai/call_hooks.hpp>
#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/cost/cost_of.hpp>
#include <genai/values/json.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// What a call log is made with.
struct CallLogOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// Takes the record of a call that is over, in the call's thread. What it throws is dropped.
    std::function<void(const Json&)> write{};
    bool content{false};                         ///< whether prompts and answers are in it
    std::size_t max_base64{64};                  ///< characters that are left of base64 in content
    std::shared_ptr<const PriceTable> prices{};  ///< the library's own when unset
    std::shared_ptr<Clock> clock{};              ///< for times and dated prices; the system's when unset
};

/// Writes a record of each call when it is over, for log stores and billing:
///
///     genai::Client client({.hooks = std::make_shared<genai::CallLog>(genai::CallLogOptions{
///         .write = [](const genai::Json& record) { std::clog << record << '\n'; }})});
///
/// Its members are those of LiteLLM's StandardLoggingPayload that a client knows: `id`, `call_type`,
/// `status`, `model`, `model_group`, `model_id`, `api_base`, `prompt_tokens`, `response_cost` (absent where a
/// price is not known), `startTime`, `request_tags`, `end_user`, `error_information` and so on. One record a
/// call, whatever attempts it took; costs are those of all of them. Keys and tokens are cut out, prompts and
/// answers are not in it unless `content` is set. Thread-safe.
/// https://docs.litellm.ai/docs/proxy/logging_spec
class CallLog final : public CallHooks {
public:
    /// Throws InvalidArgument without `write`.
    explicit CallLog(CallLogOptions options);

    GENAI_INLINE void before_attempt(const CallContext& context, AttemptInfo& info) override;
    GENAI_INLINE void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override;
    GENAI_INLINE void after_call(const CallContext& context, const CallEvent& event) noexcept override;
    bool wants_content() const noexcept override { return options_.content; }

private:
    using Time = std::chrono::system_clock::time_point;

    /// A call under way.
    struct Entry {
        Time begun{};
        std::optional<Time> first_chunk{};
        Json parameters{};
        Json messages{};
        std::optional<AttemptEvent> last{};
        Cost cost{};
        bool priced{false};
        bool unpriced{false};
    };

    Json record(const CallContext& context, const CallEvent& event, const Entry& entry) const;
    void read_body(Entry& entry, const http::Body& body) const;

    CallLogOptions options_;
    std::mutex mutex_{};
    std::unordered_map<const CallContext*, Entry> entries_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <array>
#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/generation/charged_use.hpp>
#include <genai/http/message.hpp>
#include <genai/http/redaction.hpp>
#include <genai/os/random.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/raw.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// LiteLLM's name for what was called.
GENAI_INLINE std::string logged_call_type(std::string_view operation) {
    if (operation.starts_with("chat.completions.")) return "completion";
    const bool stream = operation.ends_with("_stream");
    if (operation.find("generate_content") != std::string_view::npos || operation.starts_with("chats."))
        return stream ? "generate_content_stream" : "generate_content";
    if (operation.find("embed") != std::string_view::npos) return "embedding";
    if (operation.find("images") != std::string_view::npos) return "image_generation";
    return std::string(operation);
}

/// Cuts base64 below `data`, and the values of members that are called secrets.
GENAI_INLINE void cut_for_log(Json& value, std::size_t most) {
    if (!value.is_structured()) return;
    if (value.is_array()) {
        for (Json& one : value) cut_for_log(one, most);
        return;
    }
    for (auto at = value.begin(); at != value.end(); ++at) {
        if (at.value().is_string() && http::Redactor::is_sensitive_member(at.key())) {
            at.value() = "[secret]";
        } else if (at.key() == "data" && at.value().is_string()) {
            const std::string text = at.value().get<std::string>();
            if (text.size() > most)
                at.value() = text.substr(0, most) + "... (" + std::to_string(text.size()) + " characters)";
        } else {
            cut_for_log(at.value(), most);
        }
    }
}

GENAI_INLINE double unix_seconds(std::chrono::system_clock::time_point time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

GENAI_INLINE std::string random_uuid() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";
    std::uint64_t left = random_number();
    int drawn = 0;
    for (char& c : text)
        if (c == 'x') {
            if (++drawn == 16) left = random_number();
            c = digits[left & 15U];
            left >>= 4U;
        }
    return text;
}

GENAI_INLINE void add_usage(Json& record, const GenerateContentResponseUsageMetadata& usage) {
    const std::int64_t prompt = detail::token_count(usage.prompt_token_count) +
                                detail::token_count(usage.tool_use_prompt_token_count);
    const std::int64_t answer =
        token_count(generated_tokens(usage)) +
        (counts_thoughts_within(usage) ? 0 : detail::token_count(usage.thoughts_token_count));
    record["prompt_tokens"] = prompt;
    record["completion_tokens"] = answer;
    record["total_tokens"] = usage.total_token_count.value_or(prompt + answer);
    record["metadata"] = {{"usage_object", decode<Json>(encode(usage))}};
}

GENAI_INLINE void add_cost(Json& record, const Cost& cost) {
    record["response_cost"] = cost.total().value();
    record["cost_breakdown"] = {{"input_cost", cost.input.value()},
                                {"output_cost", cost.output.value()},
                                {"tool_usage_cost", cost.tools.value()},
                                {"total_cost", cost.total().value()}};
}

GENAI_INLINE void add_error(Json& record, const CallEvent& call, const AttemptEvent& last) {
    record["error_str"] = call.error;
    Json& told = record["error_information"];
    told = {{"error_code", call.error_type},
            {"error_class", last.status ? "ApiError" : call.error_type},
            {"llm_provider", record["custom_llm_provider"]},
            {"error_message", call.error},
            {"error_provider_request_id", last.request_id.empty() ? Json() : Json(last.request_id)}};
    if (call.error_type == "429") told["error_rate_limit_category"] = "vendor_rate_limit";
}

}  // namespace detail

GENAI_INLINE CallLog::CallLog(CallLogOptions options) : options_(std::move(options)) {
    if (!options_.write) throw InvalidArgument("write", "is unset: there is nowhere to write to");
    if (!options_.clock) options_.clock = std::make_shared<Clock>();
}

/// What a request asks for, without its content unless that is wanted.
GENAI_INLINE void CallLog::read_body(Entry& entry, const http::Body& body) const try {
    std::string text(detail::number_cast<std::size_t>(body.size().value_or(0)), '\0');
    text.resize(body.read(0, text));
    const auto members = decode<Dict<RawJson>>(text);
    entry.parameters = Json::object();
    for (const auto& [name, value] : members) {
        const bool parameter = name == "safetySettings" || name == "toolConfig" || name == "cachedContent" ||
                               name == "labels" || name == "serviceTier" || name == "model";
        if (name == "generationConfig" && value.text().starts_with('{'))
            entry.parameters.update(value.json());
        else if (parameter) entry.parameters[name] = value.json();
        else if (options_.content) entry.messages[name] = value.json();  // whatever else may be content
    }
    detail::cut_for_log(entry.parameters, options_.max_base64);
    detail::cut_for_log(entry.messages, options_.max_base64);
} catch (const std::exception&) {  // a body that is no JSON, such as an upload's
}

GENAI_INLINE void CallLog::before_attempt(const CallContext& context, AttemptInfo& info) {
    {
        const std::lock_guard lock(mutex_);
        if (entries_.contains(&context)) return;
    }
    Entry entry{.begun = options_.clock->date()};
    if (info.body != nullptr && info.body->present()) read_body(entry, *info.body);
    const std::lock_guard lock(mutex_);
    entries_.emplace(&context, std::move(entry));
}

GENAI_INLINE void CallLog::after_attempt(const CallContext& context, const AttemptEvent& event) noexcept try {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(&context);
    if (found == entries_.end()) return;
    Entry& entry = found->second;
    const Time now = options_.clock->date();
    if (event.first_chunk) entry.first_chunk = now - event.duration + *event.first_chunk;
    entry.last = event;
    if (!event.usage) return;
    const auto cost = cost_of(context.model, *event.usage, now,
                              {.tier = detail::price_tier(event.service_tier),
                               .searches = event.searches,
                               .maps = event.maps,
                               .prices = options_.prices.get()});
    if (cost) entry.cost += *cost;
    (cost ? entry.priced : entry.unpriced) = true;
} catch (...) {  // no memory: a log must not break what it logs
}

GENAI_INLINE void CallLog::after_call(const CallContext& context, const CallEvent& event) noexcept try {
    Entry entry{.begun = options_.clock->date()};
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = entries_.find(&context); found != entries_.end()) {
            entry = std::move(found->second);
            entries_.erase(found);
        }
    }
    options_.write(record(context, event, entry));
} catch (...) {  // a log must not break what it logs
}

GENAI_INLINE Json CallLog::record(const CallContext& context, const CallEvent& event,
                                  const Entry& entry) const {
    const Time end = options_.clock->date();
    const AttemptEvent last = entry.last.value_or(AttemptEvent{});
    const std::string id = detail::random_uuid();
    const std::string type = detail::logged_call_type(context.operation);
    const bool stream = std::string_view(context.operation).ends_with("_stream");
    const std::string base = last.url.substr(0, last.url.find("/models/"));
    Json tags = Json::array();
    for (const auto& [name, value] : context.tags) tags.push_back(value.empty() ? name : name + ':' + value);
    const Time first = entry.first_chunk.value_or(end);
    Json made{{"id", last.response_id.empty() ? id : last.response_id},
              {"trace_id", id},
              {"litellm_call_id", id},
              {"call_type", type},
              {"stream", stream},
              {"status", event.error.empty() ? "success" : "failure"},
              {"startTime", detail::unix_seconds(entry.begun)},
              {"endTime", detail::unix_seconds(end)},
              {"completionStartTime", detail::unix_seconds(first)},
              {"response_time", std::chrono::duration<double>((stream ? first : end) - entry.begun).count()},
              {"attempts", event.attempts},
              {"model", context.model},
              {"model_group", context.group.empty() ? Json() : Json(context.group)},
              {"model_id", context.deployment.empty() ? Json() : Json(context.deployment)},
              {"api_base", base},
              {"custom_llm_provider", base.find("aiplatform") == std::string::npos ? "gemini" : "vertex_ai"},
              {"model_parameters", entry.parameters},
              {"request_tags", std::move(tags)},
              {"end_user", context.end_user.empty() ? Json() : Json(context.end_user)},
              {"cache_hit", Json()},
              {"cache_key", Json()},
              {"saved_cache_cost", 0},
              {"messages", entry.messages},
              {"response", Json()}};
    if (last.usage) detail::add_usage(made, *last.usage);
    if (entry.priced && !entry.unpriced) detail::add_cost(made, entry.cost);
    if (!event.error.empty()) detail::add_error(made, event, last);
    if (options_.content && last.response) {
        Json response = decode<Json>(*last.response);
        detail::cut_for_log(response, options_.max_base64);
        made["response"] = std::move(response);
    }
    context.secrets.redact_tree(made);
    return made;
}

}  // namespace genai::inline GENAI_ABI

#endif
