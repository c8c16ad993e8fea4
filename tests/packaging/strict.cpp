// What users' flags say of the headers when they are no system headers.
#include <genai/async.hpp>
#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/json.hpp>
#include <genai/limits.hpp>
#include <genai/router.hpp>
#include <genai/call_log.hpp>
#include <genai/tracing.hpp>
#include <genai/adaptive.hpp>
#include <genai/bulk.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/testing/recording_transport.hpp>
#include <genai/testing/replaying_transport.hpp>
#include <genai/testing/scripted_transport.hpp>
#include <genai/tools.hpp>

struct Point {
    int x{};
    static constexpr void fields(auto& self, auto&& visit) { visit("x", self.x); }
};

int main() {
    const genai::Client client;
    const auto point = client.models.generate_content<Point>("m", "x");
    const auto twice = genai::tool("twice", "doubles", {"number"}, [](int number) { return 2 * number; });
    for (const auto& chunk : client.models.generate_content_stream("m", "x", {.tools = {twice}}))
        static_cast<void>(chunk);
    static_cast<void>(client.files.upload("x"));
    for (const auto& job : client.batches.list()) static_cast<void>(job);
    return point->x;
}
