#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::InvalidArgument;
using genai::Page;
using genai::Pager;

namespace {

/// Pages of these numbers; each token is the number of its page.
struct Pages {
    std::vector<std::vector<int>> pages{};
    std::vector<std::string> asked{};
    int fail_next{0};

    Pager<int> pager(std::string token = {}) {
        return Pager<int>(
            [this](const std::string& at) {
                asked.push_back(at);
                if (fail_next > 0) {
                    --fail_next;
                    throw std::runtime_error("no page");
                }
                const std::size_t number = at.empty() ? 0 : std::stoul(at);
                return Page<int>{pages[number], number + 1 < pages.size() ? std::to_string(number + 1) : "", {}};
            },
            std::nullopt, std::move(token));
    }
};

std::vector<int> rest(Pager<int>& pager) {
    std::vector<int> items;
    for (const int item : pager) items.push_back(item);
    return items;
}

}  // namespace

TEST_CASE("a pager walks all pages, empty ones too, and fetches each once, when it comes to it") {
    Pages pages{{{1, 2}, {}, {3}, {}}};
    auto pager = pages.pager();
    CHECK(pages.asked.empty());
    auto at = pager.begin();
    CHECK(pages.asked == std::vector<std::string>{""});
    ++at;
    CHECK(*at == 2);
    CHECK(pages.asked.size() == 1);
    ++at;
    CHECK(*at == 3);
    ++at;
    CHECK(at == pager.end());
    CHECK(pages.asked == std::vector<std::string>{"", "1", "2", "3"});
    CHECK(rest(pager).empty());
    CHECK(pages.asked.size() == 4);
}

TEST_CASE("a list without anything has no items") {
    Pages pages{{{}}};
    auto pager = pages.pager();
    CHECK(rest(pager).empty());
    CHECK(pager.page().empty());
    CHECK(!pager.has_next_page());
}

TEST_CASE("pages can be walked one by one, and from a token") {
    Pages pages{{{1, 2}, {3}}};
    auto pager = pages.pager();
    CHECK(pager.page() == std::vector<int>{1, 2});
    CHECK(pager.page() == std::vector<int>{1, 2});
    CHECK(pages.asked.size() == 1);
    CHECK(pager.has_next_page());
    CHECK(pager.next_page_token() == "1");
    CHECK(pager.next_page() == std::vector<int>{3});
    CHECK(!pager.has_next_page());
    CHECK_THROWS_AS(pager.next_page(), InvalidArgument);
    CHECK(pager.page() == std::vector<int>{3});
    auto later = pages.pager("1");
    CHECK(rest(later) == std::vector<int>{3});
}

TEST_CASE("a server that gives the same page again and again does not keep a loop for ever") {
    int asked = 0;
    Pager<int> pager([&asked](const std::string&) { return Page<int>{++asked % 2 == 0 ? std::vector<int>{} : std::vector<int>{1}, "again", {}}; }, std::nullopt, "");
    CHECK_THROWS_AS(rest(pager), genai::Error);
    CHECK(asked == 2);
}

TEST_CASE("a failed page can be asked for again, and nothing is lost or said twice") {
    Pages pages{{{1, 2}, {3, 4}}};
    auto pager = pages.pager();
    pages.fail_next = 1;
    CHECK_THROWS_AS(rest(pager), std::runtime_error);
    std::vector<int> seen;
    const auto walk = [&] {
        for (const int item : pager) {
            seen.push_back(item);
            if (item == 2) pages.fail_next = 2;
        }
    };
    CHECK_THROWS_AS(walk(), std::runtime_error);
    CHECK(seen == std::vector<int>{1, 2});
    CHECK_THROWS_AS(walk(), std::runtime_error);
    walk();
    CHECK(seen == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE("a new loop goes on with the item the last one was left at") {
    Pages pages{{{1, 2, 3}}};
    auto pager = pages.pager();
    for (const int item : pager)
        if (item == 1) break;
    CHECK(rest(pager) == std::vector<int>{1, 2, 3});
}
