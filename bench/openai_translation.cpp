// What it costs to speak OpenAI's shapes, to a server and by a program, without a network: a request of fifty
// turns with images beside the same in the API's own, and a chunk of a stream. Prints one JSON object.
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/openai.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/wire/base64.hpp>

#include "cpu_time.hpp"

namespace {

/// CPU seconds of one call, of the fastest of several runs.
double cost(int calls, const std::function<void()>& call) {
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        const double begin = cpu_seconds();
        for (int i = 0; i < calls; ++i) call();
        best = (std::min)(best, (cpu_seconds() - begin) / calls);
    }
    return best;
}

/// Gives the same answer to each request, without a network.
class Server {
public:
    explicit Server(std::string answer, std::string type = "application/json")
        : answer_(std::move(answer)), type_(std::move(type)) {}
    void send(const genai::http::Request&, genai::http::Sink& sink) const {
        if (sink.head({.status = 200, .headers = {{"Content-Type", type_}}}) == genai::http::Flow::stop)
            return;
        constexpr std::size_t piece = std::size_t{16} << 10U;
        for (std::size_t i = 0; i < answer_.size(); i += piece)
            if (sink.data(std::string_view(answer_).substr(i, piece)) == genai::http::Flow::stop) return;
    }

private:
    std::string answer_;
    std::string type_;
};

/// A server in another process that gives the same answer to each request; its address.
std::string serve(std::string answer) {
    int pipe[2];
    if (::pipe(pipe) != 0) std::exit(1);
    if (::fork() == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        const genai::testing::LoopbackServer server([&answer](const genai::testing::ReceivedRequest&) {
            return genai::testing::RawReply{.headers = {{"Content-Type", "application/json"}},
                                            .pieces = {answer}};
        });
        const std::string url = server.url() + '\n';
        if (::write(pipe[1], url.data(), url.size()) < 0) std::exit(1);
        for (;;) ::pause();
    }
    std::string url;
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';) url += c;
    return url;
}

std::vector<genai::Content> history() {
    std::vector<genai::Content> turns;
    const std::string words(400, 'w');
    for (int i = 0; i < 50; ++i) {
        genai::Content user{.parts = {genai::Part::from_text(words)}, .role = "user"};
        if (i % 10 == 0)
            user.parts.push_back(
                genai::Part::from_bytes(std::string(200'000, static_cast<char>(i)), "image/png"));
        turns.push_back(std::move(user));
        turns.push_back({.parts = {genai::Part::from_text(words)}, .role = "model"});
    }
    turns.push_back({.parts = {genai::Part::from_text("And now?")}, .role = "user"});
    return turns;
}

/// The same in OpenAI's shapes.
genai::openai::CompletionCreateParams conversation(const std::vector<genai::Content>& turns) {
    namespace openai = genai::openai;
    openai::CompletionCreateParams params{.model = "m"};
    for (const genai::Content& turn : turns) {
        openai::ChatCompletionMessage message{.role = turn.role == "model" ? "assistant" : "user"};
        std::vector<openai::ContentPart> parts;
        for (const genai::Part& part : turn.parts)
            if (part.text) parts.push_back(openai::ContentPart::from_text(*part.text));
            else
                parts.push_back(openai::ContentPart::from_image(
                    "data:image/png;base64," + genai::wire::to_base64(part.inline_data->data->view())));
        if (parts.size() == 1) message.content = *parts.front().text;
        else message.content = std::move(parts);
        params.messages.push_back(std::move(message));
    }
    return params;
}

constexpr std::size_t chunks = 2000;

std::string stream_of(const std::string& chunk, const std::string& last) {
    std::string all;
    for (std::size_t i = 0; i < chunks; ++i) all += "data: " + chunk + "\n\n";
    return all + "data: " + last + "\n\n";
}

}  // namespace

int main() {
    const genai::ClientOptions options{.api_key = "key",
                                       .http_options = {.base_url = "http://localhost:1/v1"}};
    const std::string gemini =
        R"({"candidates":[{"content":{"parts":[{"text":"Fine, thank you."}],"role":"model"},"finishReason":"STOP","index":0}]})";
    const std::string openai =
        R"({"id":"c","object":"chat.completion","created":1764000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Fine, thank you."},"finish_reason":"stop"}]})";
    const auto turns = history();
    const genai::Client<> native(
        {.api_key = "key", .http_options = {.base_url = serve(gemini)}, .proxy = ""});
    const genai::Client<> translated(
        {.api_key = "key", .http_options = {.base_url = serve(openai) + "/v1"}, .proxy = ""},
        genai::openai::Transport());
    const auto ask = [&turns](const genai::Client<>& client) {
        return [&] { static_cast<void>(client.models.generate_content("m", turns)); };
    };
    const double request = cost(20, ask(native));
    const double translation = cost(20, ask(translated));
    const genai::openai::Client<> program(native);
    const auto messages = conversation(turns);
    const double in_shapes = cost(20, [&] { static_cast<void>(program.chat.completions.create(messages)); });

    const std::string chunk =
        R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1764000000,"model":"qwen3","choices":[{"index":0,"delta":{"content":" word and more"},"finish_reason":null}]})";
    const std::string end =
        R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1764000000,"model":"qwen3","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
    const genai::Client<> gemini_stream(
        options,
        Server(
            stream_of(
                R"({"candidates":[{"content":{"parts":[{"text":" word and more"}],"role":"model"},"index":0}],"modelVersion":"m","responseId":"c"})",
                gemini),
            "text/event-stream"));
    const genai::Client<> openai_stream(
        options, genai::openai::Transport({}, Server(stream_of(chunk, end), "text/event-stream")));
    const auto read = [](const genai::Client<>& client) {
        return [&] { client.models.generate_content_stream("m", "x", {}, [](const auto&) {}); };
    };
    const double own = cost(3, read(gemini_stream)) / chunks;
    const double theirs = cost(3, read(openai_stream)) / chunks;
    const genai::openai::Client<> streaming(gemini_stream);
    const double shaped = cost(3,
                               [&] {
                                   for (const auto& each : streaming.chat.completions.create_stream(
                                            {.model = "m", .messages = {{.role = "user", .content = "x"}}}))
                                       static_cast<void>(each);
                               }) /
                          chunks;
    const double pulled =
        cost(3,
             [&] {
                 for (const auto& each : gemini_stream.models.generate_content_stream("m", "x"))
                     static_cast<void>(each);
             }) /
        chunks;
    std::cout << genai::Json{{"request_us", request * 1e6},
                             {"translated_request_us", translation * 1e6},
                             {"request_ratio", translation / request},
                             {"request_in_openai_shapes_us", in_shapes * 1e6},
                             {"request_in_openai_shapes_ratio", in_shapes / request},
                             {"pulled_chunk_us", pulled * 1e6},
                             {"pulled_chunk_in_openai_shapes_us", shaped * 1e6},
                             {"chunk_us", own * 1e6},
                             {"translated_chunk_us", theirs * 1e6}}
              << '\n';
}
