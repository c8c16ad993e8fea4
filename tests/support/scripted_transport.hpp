#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <genai/genai.hpp>

namespace support {

/// Does what the list says, one step a request, the last for all that follow.
class ScriptedTransport {
public:
    using Step = std::function<void(const genai::http::Request&, genai::http::Sink&)>;

    explicit ScriptedTransport(std::vector<Step> steps) { state_->steps = std::move(steps); }

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        const std::size_t turn = state_->totals.size();
        state_->totals.push_back(request.timeouts.total);
        state_->steps[(std::min)(turn, state_->steps.size() - 1)](request, sink);
    }

    /// How many requests were made.
    std::size_t requests() const { return state_->totals.size(); }
    /// The time each was given.
    const std::vector<std::optional<std::chrono::milliseconds>>& totals() const { return state_->totals; }

private:
    struct State {
        std::vector<Step> steps{};
        std::vector<std::optional<std::chrono::milliseconds>> totals{};
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// An answer.
inline ScriptedTransport::Step says(int status, std::string body, genai::http::Headers headers = {}) {
    return [=](const genai::http::Request&, genai::http::Sink& sink) {
        if (sink.head({.status = status, .headers = headers})) sink.data(body);
    };
}

/// No answer.
inline ScriptedTransport::Step fails(genai::Phase phase, genai::Reason reason) {
    return [=](const genai::http::Request&, genai::http::Sink&) { throw genai::TransportError(phase, reason, "as the test wants it"); };
}

/// A part of an answer, and then no more.
inline ScriptedTransport::Step breaks_after(std::string body, genai::Reason reason = genai::Reason::reset) {
    return [=](const genai::http::Request&, genai::http::Sink& sink) {
        if (sink.head({.status = 200}) && sink.data(body)) throw genai::TransportError(genai::Phase::body, reason, "as the test wants it");
    };
}

}  // namespace support
