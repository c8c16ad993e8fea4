#pragma once

#include <cstddef>
#include <optional>

#include <genai/config.hpp>
#include <genai/transport.hpp>
#include <genai/types/generate_content_config.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::openai {

/// What a `reasoning_effort` comes to on a model that takes a budget of thoughts.
enum class EffortTable {
    litellm,  ///< low 1024, medium 2048, high 4096; thoughts are sent
    google,   ///< low 1024, medium 8192, high 24576, as Google's own endpoint has it; thoughts are not sent
};

/// How requests in OpenAI's shapes become Gemini's, and answers the other way round.
struct Options {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    bool drop_params{
        false};  ///< leaves out what Gemini has no place for, where InvalidArgument would be thrown
    EffortTable effort_table{EffortTable::litellm};  ///< what `reasoning_effort` comes to
    /// Checks answers where `response_format.enforce_validation` is set: `genai::validate`, of
    /// genai/validation.hpp.
    Validator validator{};
    /// Fetches media at `http` and `https` addresses and sends its bytes, where Gemini would be given the
    /// address. Never from private, loopback or link-local addresses, nor through redirects to them.
    bool fetch_urls{false};
    std::size_t max_fetched_bytes{std::size_t{20} << 20U};  ///< of one such file; more is InvalidArgument
    std::optional<AnyTransport> fetch_through{};  ///< what fetches them; one that keeps to public addresses
    /// Appends thought signatures to ids of tool calls (`call_…__thought__…`), as LiteLLM does, for histories
    /// that keep nothing else. Such ids are understood in any case.
    bool signatures_in_ids{true};
    /// Gives thought signatures in `extra_content.google` too, as Google's own endpoint does. Those are
    /// understood in any case.
    bool google_extra{false};
};

}  // namespace genai::inline GENAI_ABI::openai
