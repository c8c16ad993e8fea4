// What servers write beside strict JSON of the API, and what is lost of it: nothing.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/scripted_transport.hpp>

using genai::decode;
using genai::DecodeError;
using genai::encode;

namespace {

enum class Square { square };
constexpr void enumerators(Square, auto&& visit) { visit("square", Square::square); }
enum class Round { round };
constexpr void enumerators(Round, auto&& visit) { visit("round", Round::round); }

template <class Tag>
struct Tagged {
    Tag tag{};
    int size{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("tag", self.tag);
        visit("size", self.size);
    }
    friend bool operator==(const Tagged&, const Tagged&) = default;
};

template <class T>
struct Value {
    T value{};
    static constexpr void fields(auto& self, auto&& visit) { visit("value", self.value); }
    friend bool operator==(const Value&, const Value&) = default;
};

struct Wide {
    std::optional<int> a{};
    std::optional<int> b{};
    std::optional<int> c{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("a", self.a);
        visit("b", self.b);
        visit("c", self.c);
    }
    friend bool operator==(const Wide&, const Wide&) = default;
};
struct Narrow {
    std::optional<int> a{};
    std::optional<int> d{};
    static constexpr void fields(auto& self, auto&& visit) {
        visit("a", self.a);
        visit("d", self.d);
    }
    friend bool operator==(const Narrow&, const Narrow&) = default;
};

/// Whether a value is read back as what was written.
template <class T>
bool round_trips(const T& value) {
    const T back = decode<T>(encode(value));
    return back == value && back.index() == value.index();
}

struct Nest;
using Nested = std::variant<std::vector<Nest>, Narrow>;
struct Nest {
    Nested inner{};
    static constexpr void fields(auto& self, auto&& visit) { visit("inner", self.inner); }
};

int elsewhere = 0;

struct OfAGlobal {
    int x{};
    static constexpr void fields(auto&, auto&& visit) { visit("x", elsewhere); }
};
struct OfALocal {
    int x{};
    static constexpr void fields(auto& self, auto&& visit) {
        int local = self.x;
        visit("x", local);
    }
};
struct OfAStatic {
    static inline int shared = 0;
    int x{};
    static constexpr void fields(auto& self, auto&& visit) { visit("x", self.shared); }
};

}  // namespace

TEST_CASE("what fields visits outside the struct is refused") {
    CHECK_THROWS_AS(decode<OfAGlobal>(R"({"x":1})"), genai::InvalidArgument);
    CHECK_THROWS_AS(decode<OfALocal>(R"({"x":1})"), genai::InvalidArgument);
    CHECK_THROWS_AS(encode(OfAStatic{}), genai::InvalidArgument);
}

TEST_CASE("an enumeration's value may be its number") {
    CHECK(decode<genai::Candidate>(R"({"finishReason":1})").finish_reason.text() == "1");
    CHECK(decode<genai::Candidate>(R"({"finishReason":-2})").finish_reason.text() == "-2");
    CHECK_THROWS_AS(decode<genai::Candidate>(R"({"finishReason":true})"), DecodeError);
}

TEST_CASE("numbers that are none are read by protobuf's words") {
    CHECK(std::isnan(decode<double>(R"("NaN")")));
    CHECK(decode<double>(R"("Infinity")") > 1e308);
    CHECK(decode<float>(R"("-Infinity")") < 0.0F);
    CHECK(decode<std::vector<double>>(R"([1,"NaN",null,"2"])").size() == 3);
    CHECK_THROWS_AS(decode<double>(R"("nan")"), DecodeError);
    CHECK_THROWS_AS(decode<double>("NaN"), DecodeError);
    CHECK_THROWS_AS(decode<int>(R"("NaN")"), DecodeError);
}

TEST_CASE("null in a list is nothing, where the element has no word for it") {
    CHECK(decode<std::vector<std::string>>(R"([null,"a",null])") == std::vector<std::string>{"a"});
    CHECK(decode<genai::GenerateContentResponse>(R"({"candidates":[null,{"index":1}]})").candidates.size() ==
          1);
    CHECK(decode<std::vector<std::optional<int>>>("[null,1]").size() == 2);
    CHECK(decode<std::vector<genai::Json>>("[null,1]").size() == 2);
}

TEST_CASE("counts are of 64 bits") {
    const auto usage =
        decode<genai::GenerateContentResponseUsageMetadata>(R"({"totalTokenCount":5000000000})");
    CHECK(usage.total_token_count == 5'000'000'000);
    CHECK(decode<genai::CountTokensResponse>(R"({"totalTokens":"5000000000"})").total_tokens ==
          5'000'000'000);
}

TEST_CASE("times are read in the forms that servers write") {
    const auto noon = *genai::Timestamp::parse("2026-01-02T12:00:00Z");
    for (const char* text :
         {"2026-01-02T12:00:00+0000", "2026-01-02T12:00:00", "2026-01-02t12:00:00z",
          "2026-01-02T14:00:00+02:00", "2026-01-02T10:30:00-0130", "2026-01-02 12:00:00Z"}) {
        INFO(text);
        REQUIRE(genai::Timestamp::parse(text));
        CHECK(*genai::Timestamp::parse(text) == noon);
    }
    for (const char* text : {"2026-01-02", "2026-01-02T12:00:00+", "2026-01-02T12:00:00+2",
                             "2026-01-02T12:00:00 Z", "2026-01-02T12:00:00.Z"}) {
        INFO(text);
        CHECK_FALSE(genai::Timestamp::parse(text));
    }
}

TEST_CASE("base64 may be in lines") {
    CHECK(decode<genai::Bytes>(R"("aGVs\r\nbG8=\n")").view() == "hello");
    CHECK_THROWS_AS(decode<genai::Bytes>(R"("aGVs bG8=")"), DecodeError);
}

TEST_CASE("half a surrogate pair is replaced in what is read, and refused in what is sent") {
    const std::string replaced = "\xEF\xBF\xBD";
    CHECK(decode<std::string>(R"("a\ud83d")") == "a" + replaced);
    CHECK(decode<std::string>(R"("\ud83dx")") == replaced + "x");
    CHECK(decode<std::string>(R"("\ude00")") == replaced);
    CHECK(decode<std::string>(R"("\ud83d\ud83d\ude00")") == replaced + "\xF0\x9F\x98\x80");
    CHECK(decode<std::string>(R"("\ud83d\u0041")") == replaced + "A");
    CHECK(decode<genai::Json>(R"({"a":"\ud83d"})")["a"] == replaced);
    CHECK_THROWS_AS(genai::RawJson::parse(R"({"a":"\ud83d"})"), DecodeError);
    CHECK_THROWS_AS(encode(std::string("\xED\xA0\xBD")), genai::InvalidArgument);
}

TEST_CASE("an error's body with a bad byte keeps what it says") {
    const auto error_of = [](const std::string& body) {
        const genai::testing::ScriptedTransport script{[&](const auto&, auto& sink) {
            sink.head({.status = 429});
            sink.data(body);
        }};
        const genai::Client client({.api_key = "k", .http_options = {.retry = {.attempts = 1}}}, script);
        try {
            static_cast<void>(client.models.generate_content("m", "x"));
        } catch (const genai::ApiError& error) {
            return error;
        }
        throw std::logic_error("no error");
    };
    for (const char* bad : {"\xFF", "\n", "\x01", "\xE2\x82", "\\ud83d"}) {
        const auto error = error_of(
            std::string(R"({"error":{"code":429,"message":"slow )") + bad +
            R"( down","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}})");
        CHECK(error.status() == "RESOURCE_EXHAUSTED");
        CHECK(error.retry_after() == std::chrono::seconds(7));
        CHECK(error.message().starts_with("slow "));
    }
}

TEST_CASE("a variant is the alternative that reads it with the fewest members left over") {
    using Either = std::variant<Narrow, Wide>;
    CHECK(round_trips(Either(Wide{.a = 1, .b = 2, .c = 3})));
    CHECK(round_trips(Either(Narrow{.a = 1, .d = 2})));
    CHECK(std::holds_alternative<Narrow>(decode<Either>(R"({"a":1})")));  // the first of equals
    CHECK(std::get<Wide>(decode<Either>(R"({"a":1,"b":2,"d":3,"c":4})")).c == 4);
    using Shape = std::variant<Tagged<Square>, Tagged<Round>>;
    CHECK(round_trips(Shape(Tagged<Round>{.size = 3})));
    CHECK(round_trips(Shape(Tagged<Square>{.size = 3})));
    using Scalar = std::variant<Value<int>, Value<std::string>>;
    CHECK(round_trips(Scalar(Value<std::string>{"5"})));
    CHECK(round_trips(Scalar(Value<int>{5})));
    using Number = std::variant<std::int8_t, std::int64_t, double>;
    CHECK(round_trips(Number(std::int64_t{300})));
    CHECK(round_trips(Number(2.5)));
    CHECK(round_trips(Number(std::int8_t{3})));
    using Lists = std::variant<std::vector<Tagged<Square>>, std::vector<Tagged<Round>>, std::vector<int>>;
    CHECK(round_trips(Lists(std::vector<Tagged<Round>>{{.size = 1}, {.size = 2}})));
    CHECK(round_trips(Lists(std::vector<int>{1, 2})));
    using Maps = std::variant<std::map<std::string, int>, std::map<std::string, Tagged<Round>>>;
    CHECK(round_trips(Maps(std::map<std::string, Tagged<Round>>{{"a", {.size = 1}}})));
    using Gaps = std::variant<std::vector<std::optional<Narrow>>, std::vector<std::optional<int>>>;
    CHECK(round_trips(Gaps(std::vector<std::optional<int>>{std::nullopt, 1})));
    CHECK(round_trips(Gaps(std::vector<std::optional<Narrow>>{std::nullopt, Narrow{.d = 1}})));
    CHECK_THROWS_AS(decode<Shape>(R"({"tag":"oval","size":1})"), DecodeError);
}

TEST_CASE("alternatives within alternatives take no exploding time") {
    std::string deep = R"({"a":1})";
    for (int i = 0; i < 40; ++i) deep = R"([{"inner":)" + deep + "}]";
    CHECK(decode<Nested>(deep).index() == 0);
}
