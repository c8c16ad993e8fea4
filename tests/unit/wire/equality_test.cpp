// Equality does not forget: what has members that are not sent cannot be compared.

#include <concepts>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

template <class T>
concept Comparable = requires(const T& a, const T& b) {
    { a == b } -> std::convertible_to<bool>;
};
static_assert(Comparable<Content> && Comparable<Part> && Comparable<GenerateContentResponse> &&
              Comparable<Schema>);
static_assert(!Comparable<Tool> && !Comparable<GenerateContentConfig> && !Comparable<EmbedContentConfig> &&
              !Comparable<LiveConnectConfig> && !Comparable<CreateCachedContentConfig>);
static_assert(!Comparable<InlinedRequest>, "its config has what is not sent");

TEST_CASE("HTTP options are compared member by member") {
    HttpOptions a;
    HttpOptions b;
    CHECK(a == b);
    const auto differs = [&](auto&& change) {
        HttpOptions changed = a;
        change(changed);
        return !(changed == a);
    };
    CHECK(differs([](HttpOptions& o) { o.base_url = "https://example.com"; }));
    CHECK(differs([](HttpOptions& o) { o.api_version = ""; }));
    CHECK(differs([](HttpOptions& o) { o.headers = {{"a", "b"}}; }));
    CHECK(differs([](HttpOptions& o) { o.timeout = std::chrono::seconds(1); }));
    CHECK(differs([](HttpOptions& o) { o.limits.connect = std::chrono::seconds(1); }));
    CHECK(differs([](HttpOptions& o) { o.limits.first_byte = std::chrono::seconds(1); }));
    CHECK(differs([](HttpOptions& o) { o.limits.idle = std::chrono::seconds(1); }));
    CHECK(differs([](HttpOptions& o) { o.require_finish_reason = true; }));
    CHECK(differs([](HttpOptions& o) { o.extra_body = Json{{"a", 1}}; }));
    CHECK(differs([](HttpOptions& o) { o.tags = {{"a", "b"}}; }));
    CHECK(differs([](HttpOptions& o) { o.end_user = "x"; }));
    CHECK(differs([](HttpOptions& o) { o.retry.attempts = 1; }));
    CHECK(differs([](HttpOptions& o) { o.retry.initial_delay = std::chrono::seconds(2); }));
    CHECK(differs([](HttpOptions& o) { o.retry.max_delay = std::chrono::seconds(2); }));
    CHECK(differs([](HttpOptions& o) { o.retry.exp_base = 3; }));
    CHECK(differs([](HttpOptions& o) { o.retry.jitter = 0; }));
    CHECK(differs([](HttpOptions& o) { o.retry.http_status_codes = std::vector<std::int32_t>{}; }));
    const genai::stop_source stop;
    CHECK(differs([&](HttpOptions& o) { o.stop_token = stop.get_token(); }));
}
