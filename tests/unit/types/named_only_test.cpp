// No struct takes a value by its place: a text where a config is expected must not become its first member,
// or its first member's, such as `http_options.base_url`, to which the key is sent.

#include <type_traits>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/openai/types.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator_options.hpp>

#include "all_types.hpp"

template <class T>
concept TakesAText = requires {
    T{"https://example.com/cat.png"};
};
template <class T>
concept TakesNestedText = requires {
    T{{"https://example.com/cat.png"}};
}
|| requires { T{{{"https://example.com/cat.png"}}}; };
template <class T>
concept TakesANumber = requires {
    T{1};
}
|| requires { T{true}; };

template <class T>
constexpr bool named_only() {
    static_assert(std::is_aggregate_v<T>, "members are given by name");
    return !TakesAText<T> && !TakesNestedText<T> && !TakesANumber<T>;
}

#define CHECK_TYPE(name) static_assert(named_only<genai::name>());
GENAI_TESTS_CORE_TYPES(CHECK_TYPE)
GENAI_TESTS_NEWER_TYPES(CHECK_TYPE)
CHECK_TYPE(ClientOptions)
CHECK_TYPE(CallConfig)
CHECK_TYPE(HttpLimits)
CHECK_TYPE(HttpRetryOptions)
CHECK_TYPE(WaitOptions)
CHECK_TYPE(TlsOptions)
CHECK_TYPE(TransportOptions)
CHECK_TYPE(McpHttpOptions)
CHECK_TYPE(McpProcessOptions)
CHECK_TYPE(testing::EmulatorOptions)
#undef CHECK_TYPE

// It costs nothing.
struct Bare {
    genai::HttpOptions http_options{};
};
static_assert(sizeof(genai::CallConfig) == sizeof(Bare));
struct BareBlob {
    std::optional<genai::Bytes> data{};
    genai::Text display_name{};
    genai::Text mime_type{};
    genai::Extra extra{};
};
static_assert(sizeof(genai::Blob) == sizeof(BareBlob));

TEST_CASE("members are given by name") {
    const genai::GenerateContentConfig config{.http_options = {.base_url = "https://example.com"},
                                              .temperature = 1};
    CHECK(config.http_options.base_url == "https://example.com");
}
