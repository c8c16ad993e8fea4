// Bodies of errors: whatever the server says, in whatever pieces, it becomes an error that does not repeat
// the key.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <genai/genai.hpp>

namespace {

constexpr std::string_view key = "AIzaSecret";

/// Says the same to every request.
class Server {
public:
    Server(int status, std::string hint, std::string body, std::size_t step)
        : status_(status), hint_(std::move(hint)), body_(std::move(body)), step_(step) {}
    void send(const genai::http::Request&, genai::http::Sink& sink) const {
        if (sink.head({.status = status_,
                       .headers = {{"Retry-After", hint_}, {"X-Request-Id", body_.substr(0, 40)}}}) ==
            genai::http::Flow::stop)
            return;
        for (std::size_t at = 0; at < body_.size(); at += step_)
            if (sink.data(std::string_view(body_).substr(at, step_)) == genai::http::Flow::stop) return;
    }

private:
    int status_;
    std::string hint_;
    std::string body_;
    std::size_t step_;
};

void check(std::string_view text) {
    if (text.find(key) != std::string_view::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const int status = 200 + data[0] * 2 % 400;
    const std::size_t hint_size = (std::min<std::size_t>)(data[2] % 40U, size - 3);
    std::string hint(reinterpret_cast<const char*>(data) + 3, hint_size);
    std::string body(reinterpret_cast<const char*>(data) + 3 + hint_size, size - 3 - hint_size);
    const std::size_t step = data[1] % 64U + 1U;
    const genai::Client client({.api_key = std::string(key),
                                .http_options = {.base_url = "http://127.0.0.1:1", .retry = {.attempts = 1}}},
                               Server(status, hint, body, step));
    for (const bool stream : {false, true}) {
        try {
            if (stream) client.models.generate_content_stream("m", "x", {}, [](const auto&) {});
            else client.models.generate_content("m", "x");
        } catch (const genai::ApiError& problem) {
            check(problem.what());
            check(problem.message());
            check(problem.status());
            check(problem.request_id());
            check(problem.details().dump(-1, ' ', false, genai::Json::error_handler_t::replace));
            for (const auto& [name, value] : problem.headers()) check(value);
            if (problem.retry_after() && problem.retry_after()->count() < 0) std::abort();
        } catch (const genai::Error& problem) {
            if (status < 200 || status >= 300) std::abort();  // a refusal is an ApiError, whatever its body
            check(problem.what());
        }
    }
    return 0;
}
