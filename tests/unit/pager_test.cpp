// What a pager is to the loop that reads it: pages come from a scripted transport.

#include <functional>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>

using genai::Client;
using genai::File;
using genai::InvalidArgument;
using Names = std::vector<std::string>;

namespace {

/// Serves pages of files' names; each page's token is its number.
class Pages {
public:
    explicit Pages(std::vector<Names> pages) : pages_(std::move(pages)) {}

    void send(const genai::http::Request& request, genai::http::Sink& sink) {
        const auto mark = request.url.find("pageToken=");
        const std::string token = mark == std::string::npos ? "" : request.url.substr(mark + 10);
        asked.push_back(token);
        if (fail_next > 0) {
            --fail_next;
            throw std::runtime_error("no page");
        }
        genai::ListFilesResponse response;
        const std::size_t number = token.empty() ? 0 : std::stoul(token);
        for (const std::string& name : pages_[number]) response.files.push_back({.name = name});
        if (repeat_token) response.next_page_token = "0";
        else if (number + 1 < pages_.size()) response.next_page_token = std::to_string(number + 1);
        genai::http::deliver(sink, {.status = 200}, genai::encode(response));
    }

    Names asked{};
    int fail_next{0};
    bool repeat_token{false};

private:
    std::vector<Names> pages_;
};

struct Service {
    Service(std::initializer_list<Names> all) : pages(all) {}
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    genai::Pager<File> list(genai::ListFilesConfig config = {}) {
        return Client<>({.api_key = "k"}, std::ref(pages)).files.list(config);
    }

    Pages pages;
};

Names rest(genai::Pager<File>& pager) {
    Names names;
    for (const File& file : pager) names.push_back(file.name);
    return names;
}

Names names(const std::vector<File>& files) {
    Names names;
    for (const File& file : files) names.push_back(file.name);
    return names;
}

}  // namespace

TEST_CASE("a pager walks all pages, empty ones too, and fetches each once, when an item of it is looked at") {
    Service service{{"a", "b"}, {}, {"c"}, {}};
    auto pager = service.list();
    auto at = pager.begin();
    CHECK(service.pages.asked.empty());
    CHECK(at->name == "a");
    CHECK(service.pages.asked == Names{""});
    ++at;
    CHECK(at->name == "b");
    ++at;
    CHECK(service.pages.asked.size() == 1);
    CHECK(at->name == "c");
    ++at;
    CHECK(at == pager.end());
    CHECK(service.pages.asked == Names{"", "1", "2", "3"});
    CHECK(rest(pager).empty());
    CHECK(service.pages.asked.size() == 4);
}

TEST_CASE("a step of the iterator fetches nothing, and counts") {
    Service service{{"a", "b"}, {"c"}, {"d"}};
    auto pager = service.list();
    auto at = pager.begin();
    for (int i = 0; i < 3; ++i) ++at;
    CHECK(service.pages.asked.empty());
    CHECK(at->name == "d");
}

TEST_CASE("a view of as many items as a page has makes one request") {
    Service service{{"a", "b"}, {"c", "d"}};
    Names seen;
    for (const File& file : service.list({.page_size = 2}) | std::views::take(2)) seen.push_back(file.name);
    CHECK(seen == Names{"a", "b"});
    CHECK(service.pages.asked.size() == 1);
}

TEST_CASE("a pager's items as a vector, all or some") {
    Service service{{"a", "b"}, {"c", "d"}};
    auto pager = service.list();
    CHECK(names(pager.to_vector(2)) == Names{"a", "b"});
    CHECK(service.pages.asked.size() == 1);
    CHECK(names(pager.to_vector(1)) == Names{"c"});
    CHECK(names(pager.to_vector()) == Names{"d"});
    CHECK(pager.to_vector().empty());
}

TEST_CASE("a list without anything has no items") {
    Service service{Names{}};
    auto pager = service.list();
    CHECK(rest(pager).empty());
    CHECK(pager.page().empty());
    CHECK(!pager.has_next_page());
}

TEST_CASE("pages can be walked one by one, and from a token") {
    Service service{{"a", "b"}, {"c"}};
    auto pager = service.list();
    CHECK(names(pager.page()) == Names{"a", "b"});
    CHECK(names(pager.page()) == Names{"a", "b"});
    CHECK(service.pages.asked.size() == 1);
    CHECK(pager.has_next_page());
    CHECK(pager.next_page_token() == "1");
    CHECK(names(pager.next_page()) == Names{"c"});
    CHECK(!pager.has_next_page());
    CHECK_THROWS_AS(pager.next_page(), InvalidArgument);
    CHECK(names(pager.page()) == Names{"c"});
    auto later = service.list({.page_token = "1"});
    CHECK(rest(later) == Names{"c"});
}

TEST_CASE("pagination ends with an error where the server repeats a page") {
    Service service{Names{"a"}};
    service.pages.repeat_token = true;
    auto pager = service.list();
    CHECK_THROWS_AS(rest(pager), genai::Error);
    CHECK(service.pages.asked.size() == 2);
}

TEST_CASE("a failed page can be asked for again, and nothing is lost or said twice") {
    Service service{{"a", "b"}, {"c", "d"}};
    auto pager = service.list();
    service.pages.fail_next = 1;
    CHECK_THROWS_AS(rest(pager), std::runtime_error);
    Names seen;
    const auto walk = [&] {
        for (const File& file : pager) {
            seen.push_back(file.name);
            if (file.name == "b") service.pages.fail_next = 2;
        }
    };
    CHECK_THROWS_AS(walk(), std::runtime_error);
    CHECK(seen == Names{"a", "b"});
    CHECK_THROWS_AS(walk(), std::runtime_error);
    walk();
    CHECK(seen == Names{"a", "b", "c", "d"});
}

TEST_CASE("a new loop goes on with the item the last one was left at") {
    Service service{Names{"a", "b", "c"}};
    auto pager = service.list();
    for (const File& file : pager)
        if (file.name == "a") break;
    CHECK(rest(pager) == Names{"a", "b", "c"});
}

TEST_CASE("a pager that was moved from says so") {
    Service service{Names{"a"}};
    auto pager = service.list();
    auto moved = std::move(pager);
    CHECK(rest(moved) == Names{"a"});
    CHECK_THROWS_AS(rest(pager), InvalidArgument);
}
