#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>

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
