#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <genai/error.hpp>
#include <genai/types/http_response.hpp>
#include <genai/wire/box.hpp>

namespace genai::inline v0 {

/// One page of a list.
template <class Item>
struct Page {
    std::vector<Item> items{};               ///< what is on it
    std::string next_page_token{};           ///< where the next begins; empty on the last
    Box<HttpResponse> sdk_http_response{};   ///< the answer it came in
};

/// The items of a list as an input range over all pages: `for (const auto& item : …)`. Pages are fetched as the loop
/// comes to them. What fetching throws, the loop throws; the pager then stands where it stood, and a new loop asks for
/// the same page again. For one thread at a time; may outlive the client.
template <class Item>
class Pager {
public:
    /// Fetches the page that begins at a token.
    using Fetch = std::function<Page<Item>(const std::string& token)>;

    /// Begins at `token`; nothing is fetched yet.
    Pager(Fetch fetch, std::optional<std::int32_t> page_size, std::string token) : fetch_(std::move(fetch)), page_size_(page_size) {
        current_.next_page_token = std::move(token);
    }

    /// Walks the items, this page's and all that follow.
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = Item;

        iterator() = default;
        explicit iterator(Pager* pager) : pager_(pager) {}
        Item& operator*() const { return pager_->current_.items[pager_->at_]; }
        Item* operator->() const { return &**this; }
        iterator& operator++() {
            ++pager_->at_;
            pager_->settle();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& it, std::default_sentinel_t) { return it.over(); }

    private:
        bool over() const { return pager_->at_ >= pager_->current_.items.size(); }

        Pager* pager_{nullptr};
    };

    /// Goes on with the item the last loop stopped at, which it gives again; at first, from the beginning.
    iterator begin() {
        settle();
        return iterator(this);
    }
    std::default_sentinel_t end() const noexcept { return {}; }

    /// The items of the page it stands on, the first when none was fetched yet.
    const std::vector<Item>& page() {
        if (!fetched_) fetch();
        return current_.items;
    }
    /// Whether there is another page behind this one.
    bool has_next_page() {
        page();
        return !current_.next_page_token.empty();
    }
    /// Goes to the next page. Throws InvalidArgument when this is the last.
    const std::vector<Item>& next_page() {
        if (fetched_ && current_.next_page_token.empty()) throw InvalidArgument("pager", "stands on the last page");
        fetch();
        return current_.items;
    }
    /// Where the next page begins, to go on another day with `page_token`; empty on the last.
    const std::string& next_page_token() const noexcept { return current_.next_page_token; }
    /// Most items a page, as asked for; nothing when the service chose.
    std::optional<std::int32_t> page_size() const noexcept { return page_size_; }
    /// The answer that this page came in; null before the first.
    const HttpResponse* sdk_http_response() const noexcept { return current_.sdk_http_response ? &*current_.sdk_http_response : nullptr; }

private:
    void fetch() {
        Page<Item> next = fetch_(current_.next_page_token);
        if (!next.next_page_token.empty() && next.next_page_token == current_.next_page_token)
            throw Error("the server gives the same page again and again: it does not know its own next_page_token");
        current_ = std::move(next);
        fetched_ = true;
        at_ = 0;
    }
    /// Fetches until there is an item to stand on, or no page more.
    void settle() {
        while (at_ >= current_.items.size() && (!fetched_ || !current_.next_page_token.empty())) fetch();
    }

    Fetch fetch_;
    std::optional<std::int32_t> page_size_;
    Page<Item> current_{};
    std::size_t at_{0};
    bool fetched_{false};
};

}  // namespace genai::inline v0
