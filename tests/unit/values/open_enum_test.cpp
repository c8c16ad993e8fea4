#include <concepts>
#include <map>
#include <sstream>
#include <string>
#include <unordered_map>
#include <version>
#if defined(__cpp_lib_format)
#include <format>
#endif

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Candidate;
using genai::decode;
using genai::encode;
using genai::FinishReason;

static_assert(std::totally_ordered<FinishReason>);
static_assert(!std::convertible_to<std::string, FinishReason>,
              "a text is named as such: FinishReason(\"NEW\")");
template <class T>
concept HasEditText = requires(T value) {
    value.edit_text();
};
static_assert(!HasEditText<FinishReason>, "nothing but the codec changes the text");

TEST_CASE("an open enum is unset, which is not sent, or a value") {
    Candidate candidate;
    CHECK_FALSE(candidate.finish_reason);
    CHECK_FALSE(candidate.finish_reason.has_value());
    CHECK(encode(candidate) == "{}");
    candidate.finish_reason = FinishReason::stop;
    CHECK(candidate.finish_reason);
    CHECK(candidate.finish_reason == FinishReason::stop);
    CHECK(encode(candidate) == R"({"finishReason":"STOP"})");
    candidate.finish_reason.reset();
    CHECK(candidate == Candidate{});
    candidate.finish_reason = {};
    CHECK(candidate.finish_reason.empty());
}

TEST_CASE("an open enum keeps values it does not know, and reads null as unset") {
    const auto candidate = decode<Candidate>(R"({"finishReason":"BRAND_NEW"})");
    CHECK(candidate.finish_reason.text() == "BRAND_NEW");
    CHECK(encode(candidate) == R"({"finishReason":"BRAND_NEW"})");
    CHECK_FALSE(decode<Candidate>(R"({"finishReason":null})").finish_reason);
    CHECK_FALSE(decode<Candidate>(R"({"finishReason":"STOP","finishReason":null})").finish_reason);
    CHECK(decode<Candidate>(R"({"finishReason":"STOP","finishReason":"OTHER"})").finish_reason ==
          FinishReason::other);
}

TEST_CASE("an open enum is a key, and is printed") {
    std::map<FinishReason, int> ordered{{FinishReason::stop, 1}, {FinishReason::max_tokens, 2}};
    CHECK(ordered[FinishReason::max_tokens] == 2);
    std::unordered_map<FinishReason, int> hashed{{FinishReason::stop, 1}};
    CHECK(hashed[FinishReason("STOP")] == 1);
    CHECK(FinishReason(FinishReason::max_tokens) < FinishReason(FinishReason::stop));
    std::ostringstream out;
    out << FinishReason(FinishReason::stop) << ' ' << FinishReason::other;
    CHECK(out.str() == "STOP OTHER");
    CHECK(format_as(FinishReason(FinishReason::stop)) == "STOP");
#if defined(__cpp_lib_format)
    CHECK(std::format("{:>6}", FinishReason(FinishReason::stop)) == "  STOP");
#endif
}
