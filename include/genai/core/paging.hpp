#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/caller.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/error.hpp>
#include <genai/pager.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What a list calls the size of its pages and the place of the next.
struct Paging {
    const char* size{"pageSize"};
    const char* token{"pageToken"};
};
/// The names in the newer parts of the API.
inline constexpr Paging snake_paging{"page_size", "page_token"};

/// The pager over a list. `call` is for its pages, `read` makes a Page of each response. Throws
/// InvalidArgument for a page size that is not positive, and for a call that is wrong.
template <class Item, class Config>
Pager<Item> list(const CallerRef& caller, Call call, const Config& config, ReadResponse<Page<Item>> read,
                 Paging paging = {}) {
    if (config.page_size && *config.page_size <= 0)
        throw InvalidArgument("config.page_size", "must be positive");
    call.method = "GET";
    call.options = config.http_options;
    if (config.page_size) call.query.emplace_back(paging.size, std::to_string(*config.page_size));
    static_cast<void>(caller->begin(call));  // what is wrong with it shows here, not in the loop
    return PagerAccess::make<Item>(
        [caller = caller.share(), call = std::move(call), read, paging](const std::string& token) {
            Call next = call;
            if (!token.empty()) next.query.emplace_back(paging.token, token);
            return caller->call<Page<Item>>(std::move(next), read);
        },
        config.page_size, config.page_token.value_or(""));
}

template <class Item, class Response>
Item item_of(std::vector<Item> Response::*);
template <class Item, class Response>
Response response_of(std::vector<Item> Response::*);

/// Makes a page of a response that has the items in a member.
template <auto items>
Page<decltype(item_of(items))> read_page(std::string_view text, const http::ResponseHead& head) {
    using Item = decltype(item_of(items));
    auto response = decode_response<decltype(response_of(items))>(text, head);
    Page<Item> page{.items = std::move(response.*items),
                    .next_page_token = std::move(response.next_page_token)};
    if constexpr (requires { response.sdk_http_response; })
        page.sdk_http_response = std::move(response.sdk_http_response);
    return page;
}

/// The pager over a list whose responses have the items in a member.
template <auto items, class Config>
Pager<decltype(item_of(items))> list(const CallerRef& caller, Call call, const Config& config,
                                     Paging paging = {}) {
    using Item = decltype(item_of(items));
    return list<Item>(caller, std::move(call), config, read_page<items>, paging);
}

}  // namespace genai::inline GENAI_ABI::detail
