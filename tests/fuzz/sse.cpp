// A stream of events gives the same events however it is cut.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <genai/genai.hpp>
#include <genai/http/sse.hpp>

namespace {

std::string events(std::string_view stream, std::size_t step) {
    genai::http::SseParser parser;
    std::string seen;
    while (!stream.empty()) {
        const std::string piece(stream.substr(0, step));
        stream.remove_prefix((std::min)(step, stream.size()));
        parser.feed(piece, [&seen](const genai::http::SseEvent& event) {
            seen.append(event.type)
                .append("\x01")
                .append(event.data)
                .append("\x02")
                .append(event.id)
                .append("\x03");
            return true;
        });
    }
    return seen + parser.stray();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view stream(reinterpret_cast<const char*>(data), size);
    const std::string whole = events(stream, size);
    if (events(stream, 1) != whole || events(stream, 1U + data[0] % 16U) != whole) std::abort();
    return 0;
}
