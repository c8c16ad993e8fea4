// Bodies that are made of segments.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/http/message.hpp>

using genai::http::Body;

TEST_CASE("a body of segments is read from any offset, in pieces of any size") {
    const auto text = std::make_shared<const std::string>("head|tail");
    const auto digits = [](std::uint64_t offset, std::span<char> out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>('0' + (offset + i) % 10);
        return out.size();
    };
    const std::string_view view = *text;
    const Body body({{.text = view.substr(0, 5), .size = 5},
                     {.size = 12, .source = digits},
                     {.text = view.substr(5, 0), .size = 0},
                     {.size = 3, .source = digits},
                     {.text = view.substr(5), .size = 4}},
                    text);
    const std::string all = "head|012345678901012tail";
    CHECK(body.present());
    CHECK(body.size() == all.size());
    CHECK_FALSE(body.in_memory());
    CHECK(body.segments().size() == 5);
    for (std::size_t piece = 1; piece <= all.size() + 1; ++piece) {
        std::string read;
        std::vector<char> buffer(piece);
        for (std::size_t count = 1; count != 0;) {
            count = body.read(read.size(), buffer);
            read.append(buffer.data(), count);
            if (read.size() < all.size()) CHECK(count == piece);
        }
        CHECK(read == all);
    }
    CHECK(Body().segments().empty());
    CHECK(Body::text("x").segments().empty());
}
