#pragma once

#include <string>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

namespace support {

/// The shipped one, with the last reply for all requests that follow.
class ScriptedTransport : public genai::testing::ScriptedTransport {
public:
    using Step = Reply;

    explicit ScriptedTransport(std::vector<Step> steps)
        : genai::testing::ScriptedTransport(std::move(steps)) {
        repeat_last();
    }
};

/// A response.
inline ScriptedTransport::Step says(int status, std::string body, genai::http::Headers headers = {}) {
    return ScriptedTransport::json(std::move(body), status, std::move(headers));
}

/// No response.
inline ScriptedTransport::Step fails(genai::TransportError::Phase phase,
                                     genai::TransportError::Reason reason) {
    return ScriptedTransport::fails(phase, reason);
}

/// A part of a response, and then no more.
inline ScriptedTransport::Step breaks_after(
    std::string body, genai::TransportError::Reason reason = genai::TransportError::Reason::reset) {
    return ScriptedTransport::breaks_off(std::move(body), reason);
}

}  // namespace support
