#include <atomic>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/wire/base64.hpp>

using namespace genai;
using genai::wire::from_base64;
using genai::wire::to_base64;

TEST_CASE("base64 is that of RFC 4648") {
    const std::pair<const char*, const char*> known[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : known) {
        CHECK(to_base64(plain) == coded);
        CHECK(from_base64(coded)->view() == plain);
    }
    CHECK(from_base64("Zm8")->view() == "fo");
    CHECK(from_base64("Zg")->view() == "f");
    CHECK(to_base64("\xFB\xEF\xFF") == "++//");
    CHECK(from_base64("--__")->view() == "\xFB\xEF\xFF");
    CHECK(from_base64("++//")->view() == "\xFB\xEF\xFF");
    for (const char* bad : {"Z", "Zg=", "Zg===", "Z===", "====", "=", "Zm9v=", "Zm9v====", "Zm 9v", "Zm9v\n",
                            "Zm9*", "Z\x80ow", "Zm=9"}) {
        INFO(bad);
        CHECK_FALSE(from_base64(bad));
    }
}

TEST_CASE("base64 of any bytes comes back") {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 700; ++size) {
        std::string bytes(size, '\0');
        for (char& octet : bytes) octet = static_cast<char>(random());
        const std::string coded = to_base64(bytes);
        CHECK(from_base64(coded)->view() == bytes);
        std::string for_urls = coded;
        for (char& c : for_urls) c = c == '+' ? '-' : c == '/' ? '_' : c;
        CHECK(from_base64(for_urls)->view() == bytes);
    }
    CHECK(genai::decode<Bytes>(R"("Zm8\u003d")").view() == "fo");
    CHECK(genai::decode<Bytes>(R"("\/\/\/\/")").view() == "\xFF\xFF\xFF");
}

TEST_CASE("base64 of any length and with any other character in any place is refused") {
    std::string coded;
    while (coded.size() < 400)
        coded +=
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkrLw++//00";
    coded.resize(400);
    for (int octet = 0; octet < 256; ++octet) {
        const char c = static_cast<char>(octet);
        const bool known = std::isalnum(static_cast<unsigned char>(octet)) != 0 ||
                           std::string_view("+/-_").find(c) != std::string_view::npos;
        for (const std::size_t at : {0U, 5U, 31U, 32U, 63U, 200U, 350U, 399U}) {
            std::string changed = coded;
            changed[at] = c;
            INFO("octet " << octet << " at " << at);
            CHECK(from_base64(changed).has_value() == (known || (c == '=' && at == 399)));
        }
    }
}

TEST_CASE("long base64 text becomes bytes when they are looked at, and is sent as it is") {
    std::string raw(30'000, '\0');
    for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = static_cast<char>(i * 7 + i / 256);
    for (std::size_t cut = 0; cut < 3; ++cut) {
        const std::string text = wire::to_base64(std::string_view(raw).substr(cut));
        for (const bool borrowed : {false, true}) {
            const auto bytes = wire::deferred_base64(text, borrowed);
            REQUIRE(bytes.has_value());
            CHECK(bytes->source() == text);
            CHECK((bytes->source().data() == text.data()) == borrowed);
            CHECK(bytes->size() == raw.size() - cut);
            CHECK(encode(Blob{.data = *bytes}) == "{\"data\":\"" + text + "\"}");
            Bytes copy = *bytes;
            std::vector<std::thread> readers;
            std::atomic<int> right{0};
            for (int i = 0; i < 4; ++i)
                readers.emplace_back(
                    [&] { right += copy.view() == std::string_view(raw).substr(cut) ? 1 : 0; });
            for (std::thread& reader : readers) reader.join();
            CHECK(right == 4);
            CHECK(copy == Bytes(raw.substr(cut)));
            copy.mutable_data()[0] = 'x';
            CHECK(copy.source().empty());
            CHECK(bytes->view()[0] == raw[cut]);
        }
    }
    const std::string text = wire::to_base64(raw);
    Bytes shorter = *wire::deferred_base64(text, false);
    shorter.truncate(10);
    CHECK(shorter.source().empty());
    CHECK(shorter.view() == raw.substr(0, 10));
}

TEST_CASE("long text that is no base64 is refused, and other spellings are understood") {
    const std::string good = wire::to_base64(std::string(9'001, '\xFB'));
    for (const std::size_t place : {std::size_t{0}, std::size_t{31}, std::size_t{5'000}, good.size() - 3}) {
        std::string text = good;
        text[place] = '!';
        CHECK_FALSE(wire::deferred_base64(text, false).has_value());
    }
    CHECK_FALSE(wire::deferred_base64(good + "=", false).has_value());
    std::string url_safe = good;
    for (char& c : url_safe) c = c == '+' ? '-' : c == '/' ? '_' : c;
    CHECK(wire::deferred_base64(url_safe, false)->view() == std::string(9'001, '\xFB'));
    CHECK(wire::deferred_base64(url_safe, false)->source().empty());
    std::string loose = good;  // bits behind the last byte
    ++loose[loose.size() - 3];
    REQUIRE(wire::deferred_base64(loose, false).has_value());
    CHECK(encode(Blob{.data = wire::deferred_base64(loose, false)}) ==
          encode(Blob{.data = wire::from_base64(loose)}));
}
