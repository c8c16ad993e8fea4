#pragma once

// As much of opentelemetry-cpp's API as the adapter calls, in its shapes: spans are noted in a log.

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace opentelemetry {

namespace nostd {
using std::shared_ptr;
using std::span;
using std::string_view;
using std::variant;
}  // namespace nostd

namespace common {
using AttributeValue =
    nostd::variant<bool, std::int32_t, std::int64_t, std::uint32_t, std::uint64_t, double, nostd::string_view,
                   const char*, nostd::span<const bool>, nostd::span<const std::int64_t>,
                   nostd::span<const double>, nostd::span<const nostd::string_view>>;
}  // namespace common

namespace trace {

enum class StatusCode { kUnset, kOk, kError };
enum class SpanKind { kInternal, kServer, kClient, kProducer, kConsumer };

struct StartSpanOptions {
    SpanKind kind{SpanKind::kInternal};
};

template <std::size_t size>
struct Id {
    void ToLowerBase16(nostd::span<char, size> out) const noexcept { std::memset(out.data(), fill, size); }
    char fill;
};

struct SpanContext {
    const Id<32>& trace_id() const noexcept { return trace; }
    const Id<16>& span_id() const noexcept { return span; }
    const Id<2>& trace_flags() const noexcept { return flags; }
    Id<32> trace{'a'};
    Id<16> span{'b'};
    Id<2> flags{'0'};
};

class Span {
public:
    explicit Span(std::vector<std::string>& log) : log_(log) {}
    void SetAttribute(nostd::string_view key, const common::AttributeValue& value) noexcept {
        log_.push_back(std::string(key) + '=' + std::visit(Text{}, value));
    }
    void SetStatus(StatusCode code, nostd::string_view text) noexcept {
        log_.push_back("status " + std::to_string(static_cast<int>(code)) + ' ' + std::string(text));
    }
    void End() noexcept { log_.push_back("end"); }
    SpanContext GetContext() const noexcept { return {}; }

private:
    struct Text {
        std::string operator()(bool value) const { return value ? "true" : "false"; }
        std::string operator()(nostd::string_view value) const { return std::string(value); }
        std::string operator()(const char* value) const { return value; }
        std::string operator()(nostd::span<const nostd::string_view> values) const {
            std::string all;
            for (const auto value : values) all += '[' + std::string(value) + ']';
            return all;
        }
        template <class T>
        std::string operator()(nostd::span<const T>) const {
            return "list";
        }
        template <class T>
        std::string operator()(T value) const {
            return std::to_string(value);
        }
    };

    std::vector<std::string>& log_;
};

class Tracer {
public:
    template <class T>
    nostd::shared_ptr<Span> StartSpan(nostd::string_view name, const T& attributes,
                                      const StartSpanOptions& options = {}) noexcept {
        log.push_back("start " + std::string(name) + " kind " + std::to_string(static_cast<int>(options.kind)));
        auto span = std::make_shared<Span>(log);
        for (const auto& [key, value] : attributes) span->SetAttribute(key, value);
        return span;
    }

    std::vector<std::string> log{};
};

class TracerProvider {
public:
    nostd::shared_ptr<Tracer> GetTracer(nostd::string_view, nostd::string_view = "",
                                        nostd::string_view = "") noexcept {
        return tracer;
    }

    nostd::shared_ptr<Tracer> tracer{std::make_shared<Tracer>()};
};

class Provider {
public:
    static nostd::shared_ptr<TracerProvider> GetTracerProvider() noexcept {
        static const auto provider = std::make_shared<TracerProvider>();
        return provider;
    }
};

}  // namespace trace
}  // namespace opentelemetry
