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

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/types/http_response.hpp>
#include <genai/values/box.hpp>

namespace genai::inline GENAI_ABI {

/// One page of a list.
template <class Item>
struct Page {
    std::vector<Item> items{};              ///< what is on it
    std::string next_page_token{};          ///< where the next begins; empty on the last
    Box<HttpResponse> sdk_http_response{};  ///< the response it came in
};

namespace detail {
struct PagerAccess;
}  // namespace detail

/// The items of a list as an input range over all pages: `for (const auto& item : …)`. A page is fetched when
/// an item of it is looked at, not before: `pager | std::views::take(2)` with two items a page makes one
/// request. What fetching throws, the loop throws; the pager then stands where it stood, and a new loop asks
/// for the same page again. For one thread at a time; may outlive the client. A pager that was moved from
/// throws InvalidArgument.
template <class Item>
class [[nodiscard]] Pager {
public:
    Pager(Pager&&) noexcept = default;
    Pager& operator=(Pager&&) noexcept = default;
    Pager(const Pager&) = default;
    Pager& operator=(const Pager&) = default;
    ~Pager() = default;

    /// Walks the items, this page's and all that follow.
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = Item;

        iterator() = default;
        Item& operator*() const { return *pager_->settle(); }
        Item* operator->() const { return pager_->settle(); }
        iterator& operator++() {
            ++pager_->at_;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& it, std::default_sentinel_t) { return it.over(); }

    private:
        friend class Pager;
        explicit iterator(Pager& pager) : pager_(&pager) {}

        bool over() const { return pager_->settle() == nullptr; }

        Pager* pager_{nullptr};
    };

    /// Goes on with the item the last loop stopped at, which it gives again; at first, from the beginning.
    /// Nothing is fetched yet.
    iterator begin() { return iterator(*this); }
    /// The end of the walk.
    std::default_sentinel_t end() const noexcept { return {}; }

    /// The items from where it stands, `max` at most.
    [[nodiscard]] std::vector<Item> to_vector(std::size_t max = static_cast<std::size_t>(-1)) {
        std::vector<Item> items;
        for (; items.size() < max && settle() != nullptr; ++at_) items.push_back(current_.items[at_]);
        return items;
    }

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
        if (fetched_ && current_.next_page_token.empty())
            throw InvalidArgument("pager", "stands on the last page");
        fetch();
        return current_.items;
    }
    /// Where the next page begins, to resume later with `page_token`; empty on the last.
    const std::string& next_page_token() const noexcept { return current_.next_page_token; }
    /// Most items a page, as asked for; nothing when the service chose.
    std::optional<std::int32_t> page_size() const noexcept { return page_size_; }
    /// The response that this page came in; null before the first.
    const HttpResponse* sdk_http_response() const noexcept {
        return current_.sdk_http_response ? &*current_.sdk_http_response : nullptr;
    }

private:
    friend struct detail::PagerAccess;
    /// Fetches the page that begins at a token.
    using Fetch = std::function<Page<Item>(const std::string& token)>;

    Pager(Fetch fetch, std::optional<std::int32_t> page_size, std::string token)
        : fetch_(std::move(fetch)), page_size_(page_size) {
        current_.next_page_token = std::move(token);
    }

    void fetch() {
        if (!fetch_) throw InvalidArgument("pager", "was moved from");
        Page<Item> next = fetch_(current_.next_page_token);
        if (!next.next_page_token.empty() && next.next_page_token == current_.next_page_token)
            throw Error(
                "the server gives the same page again and again: it does not know its own next_page_token");
        empty_in_a_row_ = next.items.empty() ? empty_in_a_row_ + 1 : 0;
        if (empty_in_a_row_ > max_empty_pages)
            throw Error("the server gave " + std::to_string(empty_in_a_row_) +
                        " pages without an item in a row, and ever another behind them");
        current_ = std::move(next);
        fetched_ = true;
        at_ = 0;
    }
    /// The item it stands on, pages fetched until there is one; null at the end.
    Item* settle() {
        while (at_ >= current_.items.size()) {
            if (fetch_ && fetched_ && current_.next_page_token.empty()) return nullptr;
            const std::size_t beyond = at_ - current_.items.size();
            fetch();
            at_ = beyond;
        }
        return &current_.items[at_];
    }

    static constexpr int max_empty_pages = 100;

    Fetch fetch_;
    std::optional<std::int32_t> page_size_;
    int empty_in_a_row_{0};
    Page<Item> current_{};
    std::size_t at_{0};
    bool fetched_{false};
};

namespace detail {

/// Makes pagers.
struct PagerAccess {
    template <class Item, class Fetch>
    static Pager<Item> make(Fetch fetch, std::optional<std::int32_t> page_size, std::string token) {
        return Pager<Item>(std::move(fetch), page_size, std::move(token));
    }
};

}  // namespace detail

}  // namespace genai::inline GENAI_ABI
