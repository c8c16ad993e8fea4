// What an OpenAI-compatible server says, whatever it is and in whatever pieces: an answer, or an error of the
// library's.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/openai.hpp>

namespace {

/// Says the same to every request.
class Server {
public:
    Server(int status, std::string body, std::size_t step)
        : status_(status), body_(std::move(body)), step_(step) {}
    void send(const genai::http::Request& request, genai::http::Sink& sink) const {
        const bool stream =
            request.body.in_memory().value_or("").find("\"stream\":true") != std::string_view::npos;
        if (sink.head({.status = status_,
                       .headers = {{"Content-Type", stream ? "text/event-stream" : "application/json"}}}) ==
            genai::http::Flow::stop)
            return;
        for (std::size_t at = 0; at < body_.size(); at += step_)
            if (sink.data(std::string_view(body_).substr(at, step_)) == genai::http::Flow::stop) return;
    }

private:
    int status_;
    std::string body_;
    std::size_t step_;
};

template <class Call>
void attempt(Call call) {
    try {
        call();
    } catch (const genai::Error&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const std::string body(reinterpret_cast<const char*>(data) + 3, size - 3);
    const auto kind = static_cast<genai::openai::Kind>(data[2] % 13);
    const genai::Client<> client(
        {.api_key = "key", .http_options = {.base_url = "http://localhost:1/v1", .retry = {.attempts = 1}}},
        genai::openai::Transport({.kind = kind, .think_tags = "think"},
                                 Server(data[0] % 4 == 0 ? 400 : 200, body, data[1] % 64U + 1U)));
    attempt([&] { static_cast<void>(client.models.generate_content("m", "x")); });
    attempt([&] { client.models.generate_content_stream("m", "x", {}, [](const auto&) {}); });
    attempt([&] { static_cast<void>(client.models.embed_content("m", "x")); });
    attempt([&] { static_cast<void>(client.models.get("m")); });
    try {  // a history that came from anywhere
        const auto contents = genai::decode<std::vector<genai::Content>>(body);
        attempt([&] { static_cast<void>(client.models.generate_content("m", contents)); });
    } catch (const genai::DecodeError&) {
    }
    return 0;
}
