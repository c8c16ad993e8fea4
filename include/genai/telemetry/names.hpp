#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

/// Which version of OpenTelemetry's GenAI semantic conventions names the attributes. All of them are in
/// development there.
enum class TelemetryNames {
    released,  ///< of the last release that has them, 1.41.
               ///< https://github.com/open-telemetry/semantic-conventions
    coming,    ///< of the repository they moved to.
               ///< https://github.com/open-telemetry/semantic-conventions-genai
};

namespace detail {

/// What a span tells.
enum class SpanFact : std::size_t {
    operation,
    provider,
    request_model,
    server_address,
    server_port,
    error_type,
    stream,
    temperature,
    top_p,
    top_k,
    frequency_penalty,
    presence_penalty,
    max_tokens,
    stop_sequences,
    seed,
    choice_count,
    reasoning_level,
    output_type,
    response_id,
    response_model,
    finish_reasons,
    time_to_first_chunk,
    input_tokens,
    output_tokens,
    reasoning_tokens,
    cached_tokens,
    dimensions,
    system_instructions,
    input_messages,
    output_messages,
    tool_definitions,
    count,
};

/// Its names, released and coming; empty where a version has none.
struct FactNames {
    std::string_view released;
    std::string_view coming;
};
inline constexpr std::array<FactNames, static_cast<std::size_t>(SpanFact::count)> fact_names{{
    {"gen_ai.operation.name", "gen_ai.operation.name"},
    {"gen_ai.provider.name", "gen_ai.provider.name"},
    {"gen_ai.request.model", "gen_ai.request.model"},
    {"server.address", "server.address"},
    {"server.port", "server.port"},
    {"error.type", "error.type"},
    {"", "gen_ai.request.stream"},
    {"gen_ai.request.temperature", "gen_ai.request.temperature"},
    {"gen_ai.request.top_p", "gen_ai.request.top_p"},
    {"gen_ai.request.top_k", "gen_ai.request.top_k"},
    {"gen_ai.request.frequency_penalty", "gen_ai.request.frequency_penalty"},
    {"gen_ai.request.presence_penalty", "gen_ai.request.presence_penalty"},
    {"gen_ai.request.max_tokens", "gen_ai.request.max_tokens"},
    {"gen_ai.request.stop_sequences", "gen_ai.request.stop_sequences"},
    {"gen_ai.request.seed", "gen_ai.request.seed"},
    {"gen_ai.request.choice.count", "gen_ai.request.choice.count"},
    {"", "gen_ai.request.reasoning.level"},
    {"gen_ai.output.type", "gen_ai.output.type"},
    {"gen_ai.response.id", "gen_ai.response.id"},
    {"gen_ai.response.model", "gen_ai.response.model"},
    {"gen_ai.response.finish_reasons", "gen_ai.response.finish_reasons"},
    {"", "gen_ai.response.time_to_first_chunk"},
    {"gen_ai.usage.input_tokens", "gen_ai.usage.input_tokens"},
    {"gen_ai.usage.output_tokens", "gen_ai.usage.output_tokens"},
    {"", "gen_ai.usage.reasoning.output_tokens"},
    {"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read.input_tokens"},
    {"gen_ai.embeddings.dimension.count", "gen_ai.embeddings.dimension.count"},
    {"gen_ai.system_instructions", "gen_ai.system_instructions"},
    {"gen_ai.input.messages", "gen_ai.input.messages"},
    {"gen_ai.output.messages", "gen_ai.output.messages"},
    {"gen_ai.tool.definitions", "gen_ai.tool.definitions"},
}};

/// A fact's name; empty where it is not told.
constexpr std::string_view name_of(SpanFact fact, TelemetryNames names) noexcept {
    const FactNames& both = fact_names[static_cast<std::size_t>(fact)];
    return names == TelemetryNames::released ? both.released : both.coming;
}

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
