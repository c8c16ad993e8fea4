#pragma once

/// Traces of calls by OpenTelemetry's semantic conventions for generative AI, through any tracer.

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <genai/call_hooks.hpp>
#include <genai/clock.hpp>
#include <genai/config.hpp>
#include <genai/telemetry/names.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// An attribute's value.
using SpanValue = std::variant<std::string, std::int64_t, double, bool, std::vector<std::string>>;
/// An attribute.
using SpanAttribute = std::pair<std::string_view, SpanValue>;

/// A span as a tracer makes them: movable, ended by `end`, from any thread.
template <class T>
concept TraceSpan = std::movable<T> && requires(T& span, std::string_view text, const SpanValue& value) {
    span.set(text, value);
    span.fail(text, text);  // what `error.type` says, and a sentence
    span.end();
};

/// What makes spans: `start(name, attributes)` gives one of kind CLIENT, a child of what is current in the
/// thread. Its attributes are those that samplers go by. A span that has a `traceparent()` can be propagated.
template <class T>
concept Tracer = requires(T& tracer, std::string_view name, std::span<const SpanAttribute> attributes) {
    { tracer.start(name, attributes) } -> TraceSpan;
};

/// What traces are made with.
struct TracingOptions {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    TelemetryNames names{TelemetryNames::coming};  ///< which attributes, by which names: what OpenTelemetry's
                                                   ///< own instrumentations send today
    bool content{false};                           ///< whether prompts, answers and functions are in spans
    bool propagate{false};           ///< whether requests carry `traceparent`, which the service then sees
    std::shared_ptr<Clock> clock{};  ///< for the time to the first chunk; the system's when unset
};

namespace detail {

/// What a call's span tells at its begin, of its request, and at its end. Attributes without a name in the
/// vocabulary are left out.
class SpanFacts {
public:
    SpanFacts(TelemetryNames names, bool content) : names_(names), content_(content) {}

    /// The span's name: `generate_content gemini-2.5-flash`.
    static std::string span_name(const CallContext& context);
    /// What samplers go by.
    std::vector<SpanAttribute> at_begin(const CallContext& context, const AttemptInfo& info) const;
    /// What its body asks for.
    std::vector<SpanAttribute> of_request(const CallContext& context, const AttemptInfo& info) const;
    /// What came, and how it ended.
    std::vector<SpanAttribute> of_response(const CallContext& context, const AttemptEvent& event) const;
    /// Whether `top_k` is an integer.
    bool whole_top_k() const noexcept { return names_ == TelemetryNames::coming; }
    /// One fact.
    void add(std::vector<SpanAttribute>& to, SpanFact fact, SpanValue value) const {
        if (const std::string_view name = name_of(fact, names_); !name.empty())
            to.emplace_back(name, std::move(value));
    }

private:
    TelemetryNames names_;
    bool content_;
};

}  // namespace detail

/// Hooks that make a span of each call: one over all its attempts, and over all deployments of a router, from
/// the first attempt to the last chunk, error or cancellation. `T` is a Tracer.
///
///     genai::Client client({.hooks = std::make_shared<genai::TracingHooks<MyTracer>>(MyTracer{})});
///
/// Content is in spans only where the options say so; keys never are. Thread-safe where the tracer is.
/// https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
template <Tracer T>
class TracingHooks final : public CallHooks {
public:
    explicit TracingHooks(T tracer, TracingOptions options = {})
        : tracer_(std::move(tracer)), options_(std::move(options)), facts_(options_.names, options_.content) {
        if (!options_.clock) options_.clock = std::make_shared<Clock>();
    }

    void before_attempt(const CallContext& context, AttemptInfo& info) override {
        const std::lock_guard lock(mutex_);
        auto found = spans_.find(&context);
        const auto now = options_.clock->now();
        if (found == spans_.end()) {
            const auto attributes = facts_.at_begin(context, info);
            found =
                spans_
                    .emplace(
                        &context,
                        Entry{tracer_.start(detail::SpanFacts::span_name(context), attributes), now, now, {}})
                    .first;
            set(found->second.span, facts_.of_request(context, info));
        }
        found->second.attempt_begun = now;
        if constexpr (requires(Span & span) {
                          { span.traceparent() } -> std::convertible_to<std::string>;
                      })
            if (options_.propagate) info.headers.set("traceparent", found->second.span.traceparent());
    }
    void after_attempt(const CallContext& context, const AttemptEvent& event) noexcept override try {
        const std::lock_guard lock(mutex_);
        const auto found = spans_.find(&context);
        if (found != spans_.end()) found->second.last = event;
    } catch (...) {  // no memory: tracing must not break what it traces
    }
    void after_call(const CallContext& context, const CallEvent& event) noexcept override try {
        std::unique_lock lock(mutex_);
        const auto found = spans_.find(&context);
        if (found == spans_.end()) return;  // it failed before its first attempt
        Entry entry = std::move(found->second);
        spans_.erase(found);
        lock.unlock();
        if (entry.last) {
            std::vector<SpanAttribute> told = facts_.of_response(context, *entry.last);
            if (entry.last->first_chunk)
                facts_.add(told, detail::SpanFact::time_to_first_chunk,
                           std::chrono::duration<double>(entry.attempt_begun - entry.begun +
                                                         *entry.last->first_chunk)
                               .count());
            set(entry.span, told);
        }
        if (!event.error.empty()) {
            entry.span.set(detail::name_of(detail::SpanFact::error_type, options_.names),
                           SpanValue(event.error_type));
            entry.span.fail(event.error_type, event.error);
        }
        entry.span.end();
    } catch (...) {  // as above
    }
    bool wants_content() const noexcept override { return options_.content; }

private:
    using Span = decltype(std::declval<T&>().start(std::string_view(), std::span<const SpanAttribute>()));
    struct Entry {
        Span span;
        std::chrono::steady_clock::time_point begun{};
        std::chrono::steady_clock::time_point attempt_begun{};
        std::optional<AttemptEvent> last{};
    };

    static void set(Span& span, const std::vector<SpanAttribute>& attributes) {
        for (const auto& [name, value] : attributes) span.set(name, value);
    }

    T tracer_;
    TracingOptions options_;
    detail::SpanFacts facts_;
    std::mutex mutex_{};
    std::unordered_map<const CallContext*, Entry> spans_{};
};

}  // namespace genai::inline GENAI_ABI

#if GENAI_COST_BODIES

#include <cmath>

#include <genai/generation/charged_use.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>
#include <genai/telemetry/messages.hpp>
#include <genai/types/generate_content.hpp>
#include <genai/types/generation_config.hpp>
#include <genai/types/tool.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What a generation's body says that spans tell.
struct TracedBody {
    std::vector<Content> contents{};
    Box<Content> system_instruction{};
    std::vector<Tool> tools{};
    Box<GenerationConfig> generation_config{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("contents", self.contents);
        visit("systemInstruction", self.system_instruction);
        visit("tools", self.tools);
        visit("generationConfig", self.generation_config);
    }
};

/// The same without content, which is then passed over.
struct TracedConfig {
    Box<GenerationConfig> generation_config{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("generationConfig", self.generation_config);
    }
};

GENAI_INLINE std::string span_operation(const CallContext& context) {
    const std::string_view called = context.operation;
    if (called.starts_with("chat.completions.")) return "chat";
    if (called.find("generate_content") != std::string_view::npos || called.starts_with("chats."))
        return "generate_content";
    if (called.find("embed") != std::string_view::npos) return "embeddings";
    return std::string(called);
}

GENAI_INLINE std::string SpanFacts::span_name(const CallContext& context) {
    const std::string operation = span_operation(context);
    const std::string& model = context.group.empty() ? context.model : context.group;
    return model.empty() ? operation : operation + ' ' + model;
}

GENAI_INLINE std::vector<SpanAttribute> SpanFacts::at_begin(const CallContext& context,
                                                            const AttemptInfo& info) const {
    std::vector<SpanAttribute> told;
    add(told, SpanFact::operation, span_operation(context));
    const http::Url url = http::parse_url(info.url, "url");
    const bool vertex = url.host.find("aiplatform.googleapis.com") != std::string::npos;
    const bool chat = context.operation.starts_with("chat.completions.");
    add(told, SpanFact::provider, std::string(vertex ? "gcp.vertex_ai" : chat ? "openai" : "gcp.gemini"));
    if (!context.model.empty())
        add(told, SpanFact::request_model, context.group.empty() ? context.model : context.group);
    add(told, SpanFact::server_address, url.host);
    add(told, SpanFact::server_port, static_cast<std::int64_t>(url.port));
    return told;
}

GENAI_INLINE std::string output_type(const GenerationConfig& config) {
    for (const auto& modality : config.response_modalities) {
        if (modality == Modality::image) return "image";
        if (modality == Modality::audio) return "speech";
    }
    const std::string type = config.response_mime_type.value_or("");
    return type == "application/json" ? "json" : type == "text/plain" ? "text" : "";
}

GENAI_INLINE void add_config(const SpanFacts& facts, std::vector<SpanAttribute>& told,
                             const GenerationConfig& config) {
    const auto number = [&](SpanFact fact, const auto& value) {
        if (value) facts.add(told, fact, static_cast<double>(*value));
    };
    const auto whole = [&](SpanFact fact, const auto& value) {
        if (value)
            facts.add(told, fact, static_cast<std::int64_t>(std::llround(static_cast<double>(*value))));
    };
    number(SpanFact::temperature, config.temperature);
    number(SpanFact::top_p, config.top_p);
    if (facts.whole_top_k()) whole(SpanFact::top_k, config.top_k);
    else number(SpanFact::top_k, config.top_k);
    number(SpanFact::frequency_penalty, config.frequency_penalty);
    number(SpanFact::presence_penalty, config.presence_penalty);
    whole(SpanFact::max_tokens, config.max_output_tokens);
    whole(SpanFact::seed, config.seed);
    if (!config.stop_sequences.empty()) facts.add(told, SpanFact::stop_sequences, config.stop_sequences);
    if (config.candidate_count.value_or(1) != 1) whole(SpanFact::choice_count, config.candidate_count);
    if (config.thinking_config && config.thinking_config->thinking_level)
        facts.add(told, SpanFact::reasoning_level, config.thinking_config->thinking_level.text());
    if (std::string type = output_type(config); !type.empty())
        facts.add(told, SpanFact::output_type, std::move(type));
}

GENAI_INLINE std::vector<SpanAttribute> SpanFacts::of_request(const CallContext& context,
                                                              const AttemptInfo& info) const {
    std::vector<SpanAttribute> told;
    if (std::string_view(context.operation).ends_with("_stream")) add(told, SpanFact::stream, true);
    if (info.body == nullptr || !info.body->present()) return told;
    std::string text(number_cast<std::size_t>(info.body->size().value_or(0)), '\0');
    text.resize(info.body->read(0, text));
    try {
        if (!content_) {
            const auto body = decode<TracedConfig>(text);
            if (body.generation_config) add_config(*this, told, *body.generation_config);
            return told;
        }
        const auto body = decode<TracedBody>(text);
        if (body.generation_config) add_config(*this, told, *body.generation_config);
        const auto secret_free = [&context](const Json& value) {
            return context.secrets.redact(value.dump());
        };
        if (!body.contents.empty())
            add(told, SpanFact::input_messages, secret_free(telemetry_messages(body.contents)));
        if (body.system_instruction)
            add(told, SpanFact::system_instructions, secret_free(telemetry_parts(*body.system_instruction)));
        if (!body.tools.empty())
            add(told, SpanFact::tool_definitions, secret_free(decode<Json>(encode(body.tools))));
    } catch (const DecodeError&) {  // a body of another kind
    }
    return told;
}

GENAI_INLINE std::vector<SpanAttribute> SpanFacts::of_response(const CallContext& context,
                                                               const AttemptEvent& event) const {
    std::vector<SpanAttribute> told;
    if (!event.response_id.empty()) add(told, SpanFact::response_id, event.response_id);
    if (!event.model_version.empty()) add(told, SpanFact::response_model, event.model_version);
    if (!event.finish_reasons.empty()) {
        std::vector<std::string> reasons = event.finish_reasons;
        for (std::string& reason : reasons) {
            for (char& c : reason) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
            if (reason.empty()) reason = "error";  // it ended without one
        }
        add(told, SpanFact::finish_reasons, std::move(reasons));
    }
    if (event.usage) {
        const GenerateContentResponseUsageMetadata& usage = *event.usage;
        const std::int64_t thinking = detail::token_count(usage.thoughts_token_count);
        add(told, SpanFact::input_tokens,
            detail::token_count(usage.prompt_token_count) +
                detail::token_count(usage.tool_use_prompt_token_count));
        if (const auto answer = generated_tokens(usage))
            add(told, SpanFact::output_tokens, *answer + (counts_thoughts_within(usage) ? 0 : thinking));
        if (thinking != 0) add(told, SpanFact::reasoning_tokens, thinking);
        if (usage.cached_content_token_count)
            add(told, SpanFact::cached_tokens, *usage.cached_content_token_count);
    }
    if (!content_ || !event.response) return told;
    const auto response = decode<GenerateContentResponse>(*event.response);
    Json messages = Json::array();
    for (const Candidate& candidate : response.candidates) {
        Json message = telemetry_messages({candidate.content.value_or(Content{.role = "model"})})[0];
        message["role"] = "assistant";
        messages.push_back(std::move(message));
    }
    add(told, SpanFact::output_messages, context.secrets.redact(messages.dump()));
    return told;
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
