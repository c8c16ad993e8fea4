#pragma once

// Deployments of a router whose services are scripted.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/router.hpp>
#include <genai/testing/scripted_transport.hpp>

namespace routed {

using genai::testing::ScriptedTransport;
using Reply = ScriptedTransport::Reply;

/// Answers each request by a function of its number, counted from 0.
struct Service {
    explicit Service(std::function<Reply(int)> given) : reply(std::move(given)) {}
    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        int call = 0;
        {
            const std::lock_guard lock(mutex);  // streams are received in threads of their own
            urls.push_back(request.url);
            timeouts.push_back(request.timeouts.total);
            call = calls++;
        }
        reply(call)(request, sink);
    }

    std::mutex mutex{};
    std::function<Reply(int)> reply;
    int calls{0};
    std::vector<std::string> urls{};
    std::vector<std::optional<std::chrono::milliseconds>> timeouts{};
};

/// One that gives these replies, then text: its name.
inline std::shared_ptr<Service> service(const std::string& name, std::vector<Reply> replies = {}) {
    return std::make_shared<Service>([name, replies = std::move(replies)](int call) {
        const auto at = static_cast<std::size_t>(call);
        return at < replies.size() ? replies[at] : ScriptedTransport::text(name);
    });
}

inline genai::Client<> client(const std::shared_ptr<Service>& over) {
    return genai::Client({.api_key = "k"}, over);
}

inline genai::Deployment deployment(const std::string& group, const std::string& id,
                                    const std::shared_ptr<Service>& over) {
    return {.group = group, .client = client(over), .model = "model-" + id, .id = id};
}

inline const Reply down = ScriptedTransport::error(503, "UNAVAILABLE", "overloaded");
inline const Reply wrong = ScriptedTransport::error(400, "INVALID_ARGUMENT", "no such field");
inline const Reply busy = ScriptedTransport::error(429, "RESOURCE_EXHAUSTED", "slow down");
inline const Reply refused =
    ScriptedTransport::fails(genai::TransportError::Phase::connect, genai::TransportError::Reason::refused);

/// What a group answers.
inline std::string ask(const genai::Router& router, const std::string& model = "g") {
    return router.models.generate_content(model, "x").text();
}

}  // namespace routed
