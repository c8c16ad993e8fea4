#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <genai/genai.hpp>

namespace support {

/// Keeps every request, body included, and answers each with the same status, headers and body pieces, or
/// with a list of replies in turn, the last for all that follow.
class RecordingTransport {
public:
    struct Recorded {
        std::string method{};
        std::string url{};
        genai::http::Headers headers{};
        std::string body{};
        genai::http::Timeouts timeouts{};
    };

    struct Reply {
        int status{200};
        genai::http::Headers headers{};
        std::string body{"{}"};
    };

    explicit RecordingTransport(std::vector<Reply> replies) { state_->replies = std::move(replies); }
    explicit RecordingTransport(std::vector<std::string> pieces = {"{}"}, int status = 200,
                                genai::http::Headers headers = {}) {
        state_->pieces = std::move(pieces);
        state_->status = status;
        state_->headers = std::move(headers);
    }

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        Recorded recorded{request.method, request.url, request.headers, {}, request.timeouts};
        char buffer[1000];  // smaller than most bodies: reading on must work
        for (std::size_t count = 0; (count = request.body.read(recorded.body.size(), buffer)) != 0;)
            recorded.body.append(buffer, count);
        std::size_t turn = 0;
        {
            const std::lock_guard lock(state_->mutex);
            turn = state_->requests.size();
            state_->requests.push_back(std::move(recorded));
        }
        if (!state_->replies.empty()) {
            const Reply& reply = state_->replies[(std::min)(turn, state_->replies.size() - 1)];
            if (sink.head({.status = reply.status, .headers = reply.headers}) == genai::http::Flow::more &&
                !reply.body.empty())
                sink.data(reply.body);
            return;
        }
        if (sink.head({.status = state_->status, .headers = state_->headers}) == genai::http::Flow::stop)
            return;
        for (const std::string& piece : state_->pieces)
            if (sink.data(piece) == genai::http::Flow::stop) return;
    }

    /// All requests so far.
    std::vector<Recorded> requests() const {
        const std::lock_guard lock(state_->mutex);
        return state_->requests;
    }
    const Recorded& last() const { return state_->requests.back(); }
    void forget() { state_->requests.clear(); }

private:
    struct State {
        std::mutex mutex{};
        std::vector<Recorded> requests{};
        std::vector<Reply> replies{};
        std::vector<std::string> pieces{};
        int status{};
        genai::http::Headers headers{};
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// An answer that says `text` and is complete.
inline std::string answer(const std::string& text) {
    return genai::encode(genai::GenerateContentResponse{
        .candidates = {{.content = genai::Content{.parts = {genai::Part::from_text(text)}, .role = "model"},
                        .finish_reason = genai::FinishReason::stop}}});
}

}  // namespace support
