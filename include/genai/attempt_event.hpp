#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI {

struct GenerateContentResponseUsageMetadata;

/// What one attempt of a call came to, for logs and metrics. Holds no key, no body, and no header.
struct AttemptEvent {
    std::uint64_t call_id{};         ///< the same for all attempts of a call; counts a client's calls
    std::string operation{};         ///< the method called, such as `models.generate_content`
    std::string model{};             ///< the model's name; empty where the call names none
    std::string method{};            ///< of the request
    std::string url{};               ///< without what is secret in its query
    int attempt{1};                  ///< which of the call's, counted from 1
    std::optional<int> status{};     ///< of the response; nothing when there was none
    std::string request_id{};        ///< of the response's headers; quote it to the server's operator
    std::uint64_t bytes_sent{};      ///< of the request's body, where its length was known
    std::uint64_t bytes_received{};  ///< of the response's body
    std::optional<std::chrono::microseconds>
        first_byte{};  ///< from the attempt's begin to the response's head
    std::optional<std::chrono::microseconds> first_chunk{};  ///< of a stream: from there to its first chunk
    std::chrono::microseconds duration{};  ///< from its begin to its end; of a stream, to its last chunk
    std::string error{};                   ///< what it failed with, in a few words; empty when it succeeded
    std::string error_type{};  ///< its kind, of which there are few: `429`, `timeout`, `TransportError`
    std::optional<std::chrono::milliseconds>
        retry_delay{};  ///< the wait before the next attempt; nothing when there is none
    std::shared_ptr<const GenerateContentResponseUsageMetadata>
        usage{};                  ///< the tokens it cost; null where the response does not say
    std::int64_t searches{};      ///< queries that the answer was grounded in
    bool maps{false};             ///< whether it was grounded in Google Maps
    std::string service_tier{};   ///< how it was served, as `flex`; empty where the response does not say
    std::string response_id{};    ///< as the response says
    std::string model_version{};  ///< the model that answered, as the response says
    std::vector<std::string> finish_reasons{};  ///< of the candidates, as `STOP`
    std::shared_ptr<const std::string>
        response{};  ///< the response's JSON, chunks joined; null where no hook wants content
};

}  // namespace genai::inline GENAI_ABI
