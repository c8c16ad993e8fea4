// Uploads to a server that breaks off, refuses, forgets and lies as the fuzzer has it: they end, and where a
// server that keeps what it got says that all is there, all is there.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <genai/genai.hpp>
#include <genai/testing/manual_clock.hpp>

namespace {

/// What the server does is read from here; when it is used up, the server is as it should be.
class Moods {
public:
    explicit Moods(std::string_view bytes) : bytes_(bytes) {}
    unsigned next(unsigned kinds) {
        if (bytes_.empty()) return 0;
        const auto mood = static_cast<unsigned char>(bytes_.front()) % kinds;
        bytes_.remove_prefix(1);
        return mood;
    }

private:
    std::string_view bytes_;
};

struct State {
    Moods moods;
    std::string received{};
    bool finished{false};
    bool honest{true};
    int requests{0};
};

class Server {
public:
    explicit Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        State& state = *state_;
        if (++state.requests > 200) std::abort();  // an upload that does not end
        const std::string_view command = request.headers.get("x-goog-upload-command");
        switch (state.moods.next(12)) {
            case 1:
                throw genai::TransportError(genai::TransportError::Phase::connect,
                                            genai::TransportError::Reason::refused, "");
            case 2:
                throw genai::TransportError(genai::TransportError::Phase::wait,
                                            genai::TransportError::Reason::reset, "");
            case 3: return answer(sink, 503, {}, "{}");
            case 4: return answer(sink, 400, {}, "{}");
            case 5: return answer(sink, 200, {}, "");
            case 6: return answer(sink, 200, {{"X-Goog-Upload-Status", "cancelled"}}, "");
            case 7:
                state.honest = false;
                return answer(
                    sink, 200,
                    {{"X-Goog-Upload-Status", "active"},
                     {"X-Goog-Upload-Size-Received", std::to_string(state.moods.next(256) * 0x8001U)}},
                    "");
            default: break;
        }
        if (command == "start") {
            const char* const grains[] = {"262144",  "1", "0", "-1", "x", "99999999999999999999",
                                          "8388609", ""};
            return answer(sink, 200,
                          {{"X-Goog-Upload-URL", "http://127.0.0.1:1/upload?upload_id=u"},
                           {"X-Goog-Upload-Status", "active"},
                           {"X-Goog-Upload-Chunk-Granularity", grains[state.moods.next(8)]}},
                          "");
        }
        if (command != "query") {
            const auto offset = std::stoull(std::string(request.headers.get("x-goog-upload-offset")));
            if (offset != state.received.size() && !state.finished) return answer(sink, 400, {}, "{}");
            std::string part(static_cast<std::size_t>(request.body.size().value()), '\0');
            std::size_t count = 0;
            while (count < part.size()) count += request.body.read(count, std::span(part).subspan(count));
            const unsigned kept = state.moods.next(4);  // all, or a part of it before the connection breaks
            if (!state.finished)
                state.received.append(part, 0, kept == 0 ? part.size() : part.size() * kept / 4);
            if (kept != 0)
                throw genai::TransportError(genai::TransportError::Phase::send,
                                            genai::TransportError::Reason::reset, "");
            if (command.find("finalize") != std::string_view::npos) state.finished = true;
            if (state.moods.next(4) == 1)
                throw genai::TransportError(genai::TransportError::Phase::wait,
                                            genai::TransportError::Reason::closed, "");
        }
        if (state.finished)
            return answer(sink, 200, {{"X-Goog-Upload-Status", "final"}}, R"({"file":{"name":"files/f"}})");
        answer(sink, 200,
               {{"X-Goog-Upload-Status", "active"},
                {"X-Goog-Upload-Size-Received", std::to_string(state.received.size())}},
               "");
    }

private:
    static void answer(genai::http::Sink& sink, int status, genai::http::Headers headers,
                       std::string_view body) {
        genai::http::deliver(sink, {.status = status, .headers = std::move(headers)}, body);
    }

    std::shared_ptr<State> state_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const bool large = data[0] == 0xA1;  // more than one part
    const std::size_t length = large ? (std::size_t{8} << 20U) + data[1] * 70'000U : data[1] * 300U;
    const auto state =
        std::make_shared<State>(State{.moods = Moods({reinterpret_cast<const char*>(data) + 2, size - 2})});
    const genai::Client client({.api_key = "k",
                                .http_options = {.base_url = "http://127.0.0.1:1"},
                                .clock = std::make_shared<genai::testing::ManualClock>()},
                               Server(state));

    static const std::string pattern = [] {
        std::string text((std::size_t{8} << 20U) + 256 * 70'000, ' ');
        for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 + i / 251);
        return text;
    }();
    std::size_t given = 0;
    const auto read = [&](std::span<char> buffer) {
        const std::size_t count = (std::min)(buffer.size(), length - given);
        pattern.copy(buffer.data(), count, given);
        given += count;
        return count;
    };
    const auto announced = data[0] % 2 == 0 ? std::optional<std::uint64_t>(length) : std::nullopt;
    try {
        const auto file = client.files.upload(genai::UploadSource::from_reader(read, announced),
                                              {.mime_type = "text/plain"});
        if (!state->honest) return 0;
        if (file.name != "files/f" || state->received != std::string_view(pattern).substr(0, length))
            std::abort();
    } catch (const genai::Error&) {
    }
    return 0;
}
