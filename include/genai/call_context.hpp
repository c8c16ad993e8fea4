#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/stop_token.hpp>
#include <genai/http/redaction.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI {

/// What is known of a call from its begin to its end, whatever attempts it takes. Hooks get it, and
/// transports find it in `http::Request::context`. Read it during the call only.
struct CallContext {
    std::uint64_t id{};  ///< counts a client's calls, from 1
    std::string_view
        operation{};      ///< the method called, such as `models.generate_content`; `request` for a raw one
    std::string model{};  ///< the model's name without `models/`; empty where the call names none
    std::string group{};  ///< of a router's call: the group that is called
    std::string deployment{};  ///< and the id of the deployment, once one is
    Dict<std::string> tags{};  ///< `http_options.tags`
    std::string end_user{};    ///< `http_options.end_user`
    std::optional<std::chrono::steady_clock::time_point>
        deadline{};                  ///< from `http_options.timeout`, by the client's clock
    genai::stop_token stop_token{};  ///< cancels the call
    http::Redactor secrets{};        ///< removes the call's credentials from text
    const Json* extra_body{};        ///< `http_options.extra_body`, where the transport merges it; else null
};

}  // namespace genai::inline GENAI_ABI
