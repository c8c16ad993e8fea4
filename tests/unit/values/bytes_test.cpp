#include <ranges>
#include <span>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using namespace genai;

TEST_CASE("a copy of bytes is a value of its own") {
    Bytes first(std::string("abc"));
    Bytes second = first;
    second.mutable_data()[0] = 'x';
    CHECK(first.view() == "abc");
    first = std::move(second);
    CHECK(first.view() == "xbc");
    CHECK(Bytes().empty());
}

static_assert(std::ranges::contiguous_range<const Bytes> && std::ranges::sized_range<const Bytes>);

TEST_CASE("bytes are a contiguous range") {
    const Bytes bytes(std::string("abc"));
    CHECK(std::string(bytes.begin(), bytes.end()) == "abc");
    CHECK(bytes.as_bytes().size() == 3);
    CHECK(std::span<const char>(bytes)[1] == 'b');
    CHECK(Bytes().begin() == Bytes().end());
}
