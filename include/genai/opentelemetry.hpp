#pragma once

/// Traces through opentelemetry-cpp; empty where its API headers are not found.

#include <genai/config.hpp>

#if __has_include(<opentelemetry/trace/provider.h>)

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <opentelemetry/common/attribute_value.h>
#include <opentelemetry/trace/provider.h>
#include <opentelemetry/trace/span.h>
#include <opentelemetry/trace/span_startoptions.h>
#include <opentelemetry/trace/tracer.h>

#include <genai/tracing.hpp>

namespace genai::inline GENAI_ABI {

/// A Tracer over the program's TracerProvider, which it must have set before:
///
///     genai::Client client({.hooks = std::make_shared<genai::TracingHooks<genai::OpenTelemetryTracer>>(
///         genai::OpenTelemetryTracer())});
///
/// Needs opentelemetry-cpp's API headers alone (CMake: `opentelemetry-cpp::api`).
/// https://opentelemetry.io/docs/languages/cpp/
class OpenTelemetryTracer {
public:
    /// A span; ended when `end` is called, or when nothing holds it any more.
    class Span {
    public:
        explicit Span(opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> span)
            : span_(std::move(span)) {}

        /// Sets an attribute.
        void set(std::string_view name, const SpanValue& value) {
            with(value, [&](const opentelemetry::common::AttributeValue& given) {
                span_->SetAttribute(view(name), given);
            });
        }
        /// Marks it as failed.
        void fail(std::string_view /*type*/, std::string_view text) {
            span_->SetStatus(opentelemetry::trace::StatusCode::kError, view(text));
        }
        /// Ends it.
        void end() { span_->End(); }
        /// The header's value by which a server continues the trace. https://www.w3.org/TR/trace-context/
        std::string traceparent() const {
            const auto context = span_->GetContext();
            std::array<char, 32> trace{};
            std::array<char, 16> span{};
            std::array<char, 2> flags{};
            context.trace_id().ToLowerBase16(trace);
            context.span_id().ToLowerBase16(span);
            context.trace_flags().ToLowerBase16(flags);
            return "00-" + std::string(trace.data(), trace.size()) + '-' +
                   std::string(span.data(), span.size()) + '-' + std::string(flags.data(), flags.size());
        }

    private:
        opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> span_;
    };

    /// Over the tracer of a name.
    explicit OpenTelemetryTracer(const std::string& name = "genai-cpp")
        : tracer_(opentelemetry::trace::Provider::GetTracerProvider()->GetTracer(name, version())) {}

    /// Starts a span of kind CLIENT.
    Span start(std::string_view name, std::span<const SpanAttribute> attributes) {
        std::vector<std::pair<opentelemetry::nostd::string_view, opentelemetry::common::AttributeValue>>
            given;
        for (const auto& [key, value] :
             attributes)  // their values stay where they are until StartSpan returns
            if (!std::holds_alternative<std::vector<std::string>>(value))
                with(value, [&](const opentelemetry::common::AttributeValue& one) {
                    given.emplace_back(view(key), one);
                });
        opentelemetry::trace::StartSpanOptions options;
        options.kind = opentelemetry::trace::SpanKind::kClient;
        Span span(tracer_->StartSpan(view(name), given, options));
        for (const auto& [key, value] : attributes)
            if (std::holds_alternative<std::vector<std::string>>(value)) span.set(key, value);
        return span;
    }

private:
    static opentelemetry::nostd::string_view view(std::string_view text) {
        return {text.data(), text.size()};
    }

    /// Calls `use` with a value as the API has it, which refers to the value.
    template <class Use>
    static void with(const SpanValue& value, Use&& use) {
        using opentelemetry::nostd::string_view;
        if (const auto* text = std::get_if<std::string>(&value)) return use(view(*text));
        if (const auto* whole = std::get_if<std::int64_t>(&value)) return use(*whole);
        if (const auto* number = std::get_if<double>(&value)) return use(*number);
        if (const auto* flag = std::get_if<bool>(&value)) return use(*flag);
        std::vector<string_view> list;
        for (const std::string& one : std::get<std::vector<std::string>>(value)) list.push_back(view(one));
        use(opentelemetry::nostd::span<const string_view>(list.data(), list.size()));
    }

    opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> tracer_;
};

}  // namespace genai::inline GENAI_ABI

#endif
