// Sessions with MCP servers over a way of the program's own.

#include <optional>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/mcp.hpp>

#include "mcp_double.hpp"
#include "mcp_service.hpp"

namespace {

/// A server in the process.
class InProcess {
public:
    explicit InProcess(bool stateless) : server_(stateless) {}

    std::string exchange(const std::string& message, const genai::McpEnvelope& envelope,
                         const genai::stop_token& stop) {
        if (stop.stop_requested()) throw genai::Cancelled();
        last_version = envelope.version;
        const auto answer = server_.answer(genai::Json::parse(message));
        return answer ? answer->dump() : "";
    }

    std::string last_version{};

private:
    support::McpDouble server_;
};

static_assert(genai::McpTransport<InProcess>);
static_assert(!genai::McpTransport<genai::McpHttpOptions>);

}  // namespace

TEST_CASE("a custom channel works with both protocol revisions") {
    for (const bool stateless : {false, true}) support::check_tools(genai::McpClient(InProcess(stateless)));
}

TEST_CASE("a server that answers with something else than JSON is an error") {
    struct Babbling {
        std::string exchange(const std::string&, const genai::McpEnvelope&, const genai::stop_token&) {
            return "hello";
        }
    };
    CHECK_THROWS_AS(genai::McpClient(Babbling()), genai::Error);
}
